"""What is painted for one block: colours and shapes, ready to draw, made once and kept until something changes."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from postil.view.look.contrast import mix
from postil.view.look.patterns import WIDTH
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.page.formats import SIZE
from postil.view.page.geometry import DEPTH, Geometry, Run
from postil.view.page.marks import LANES, Highlight, Interval, Layers
from postil_db.records import Color, EntityKind

TALLEST = 0.74
"""How far letters rise above the baseline, in ems."""

type Path = tuple[QColor, QPainterPath]


@dataclass(frozen=True, slots=True)
class MarginBar:
    """A highlight's line beside the text; `top` and `bottom` in the block's coordinates. `kind` gives its pattern.

    `sign`: it is no line but the small sign of a name that the reader wrote about.
    """

    lane: int
    color: QColor
    top: float
    bottom: float
    note: bool
    current: bool
    kind: Color = Color.YELLOW
    sign: bool = False


@dataclass(slots=True)
class Decoration:
    """Shapes in the block's coordinates, in the order in which they are drawn."""

    grounds: list[Path] = field(default_factory=list)
    hatched: list[Path] = field(default_factory=list)
    lines: list[tuple[EntityKind, QColor, float, list[QLineF]]] = field(default_factory=list)
    bars: list[Path] = field(default_factory=list)
    boxes: list[tuple[QColor, float, QPainterPath]] = field(default_factory=list)
    margin: list[MarginBar] = field(default_factory=list)


@dataclass(frozen=True)
class Manner:
    """How marks are to be painted: theme, size, strength and what is emphasised.

    `em`: height of the block's font; `unit`: a pixel at zoom 1, what lines are measured in. `bar`, `step`: the height
    of a highlight's bar, and how much lower that of the next lane begins, in units. `leading`: from one line to
    the next, in ems.
    """

    theme: Theme
    em: float
    unit: float = 1.0
    bar: float = 2.0
    step: float = 3.0
    leading: float = 1.5
    strength: Strength = Strength.NORMAL
    current: int | None = None
    entity: int | None = None
    hit: Interval | None = None

    @property
    def tints(self) -> bool:
        """Whether names get a ground; in large headings a line is enough, unless they are to be strong."""
        large = self.em > 1.3 * SIZE * self.unit
        return self.strength is Strength.STRONG or (self.strength is Strength.NORMAL and not large)

    def closer(self, deepest: int) -> "Manner":
        """The same with the bars of so many further lanes so close that the last leaves the next line's words free."""
        free = (self.leading - DEPTH - TALLEST) * self.em / self.unit - self.bar
        step = max(1.0, free / deepest) if deepest else self.step
        if step >= self.step:
            return self
        return replace(self, step=step, bar=max(0.8, min(self.bar, step - 0.8)))  # apart, though of one colour

    def ground(self, highlight: Highlight) -> QColor:
        """The fill of a highlight; the current one's is deeper."""
        fill, line = self.theme.highlight(highlight.color)
        return mix(fill, line, 0.14) if highlight.id == self.current else fill


def decorate(layers: Layers, geometry: Geometry, manner: Manner, start: int) -> Decoration:
    """Make the shapes of one block that begins at `start` in the text."""
    made = Decoration()
    manner = manner.closer(max((lane for _, lane in layers.bars), default=0))
    unit = manner.unit
    _names(made, layers, geometry, manner, unit)
    _fills(made, layers, geometry, manner)
    _bars(made, layers, geometry, manner, unit)
    for highlight, a, e in layers.highlights:
        _edges(made, highlight, (a, e), geometry, manner, start)
    made.bars = _joined(made.bars)
    _hits(made, layers, geometry, manner, start)
    made.margin = apart(made.margin) + [bar for bar, _run in signs(layers, geometry, manner)]
    return made


def _joined(bars: list[Path]) -> list[Path]:
    """The same with one path for a colour: what the painter is handed at once it fills in a fraction of the time."""
    paths: dict[str, Path] = {}
    for color, path in bars:
        whole = paths.setdefault(color.name(), (color, QPainterPath()))[1]
        whole.setFillRule(Qt.FillRule.WindingFill)
        whole.addPath(path)
    return list(paths.values())


def apart(bars: list[MarginBar]) -> list[MarginBar]:
    """Lines beside the text in lanes of which no two share a height: marks may stand in one line and not overlap."""
    placed: list[MarginBar] = []
    for bar in sorted(bars, key=lambda bar: (bar.lane, bar.top, bar.bottom)):
        lanes = [bar.lane, *(lane for lane in range(LANES) if lane != bar.lane)]
        taken = {other.lane for other in placed if other.top < bar.bottom and bar.top < other.bottom}
        placed.append(replace(bar, lane=next((lane for lane in lanes if lane not in taken), bar.lane)))
    return placed


def signs(layers: Layers, geometry: Geometry, manner: Manner) -> list[tuple[MarginBar, Run]]:
    """The signs beside names that the reader wrote about, one for a line and a kind, and where each name begins."""
    found: dict[tuple[EntityKind, float], tuple[MarginBar, Run]] = {}
    for kind, a, e in layers.written:
        for run in geometry.runs(a, e)[:1]:
            line = manner.theme.entity(kind, Strength.STRONG)[1]
            top, bottom = run.baseline - manner.em * 0.85, run.baseline + manner.em * 0.25
            bar = MarginBar(0, line, top, bottom, note=False, current=False, sign=True)
            found.setdefault((kind, run.baseline), (bar, run))
    return list(found.values())


def _names(made: Decoration, layers: Layers, geometry: Geometry, manner: Manner, unit: float) -> None:
    for kind, intervals in layers.names.items():
        tint, line = manner.theme.entity(kind, manner.strength)
        placed = [run for a, e in intervals for run in geometry.runs(a, e)]
        if manner.tints:
            path = QPainterPath()
            for run in placed:
                path.addRoundedRect(run.behind(manner.em).adjusted(-1.5 * unit, 0, 1.5 * unit, 0), 3 * unit, 3 * unit)
            made.grounds.append((tint, path))
        wide = unit * (1.25 if manner.strength is Strength.STRONG else 1.0)
        strokes = []
        for run in placed:
            y = round(run.baseline + manner.em * 0.19) + WIDTH * wide / 2  # its upper edge on a whole pixel
            strokes.append(QLineF(run.left, y, run.right, y))
        made.lines.append((kind, line, wide, strokes))
    for kind, a, e in layers.chosen_names:
        tint, line = manner.theme.entity(kind, Strength.STRONG)
        path = QPainterPath()
        for run in geometry.runs(a, e):
            path.addRoundedRect(run.behind(manner.em).adjusted(-2.5 * unit, 0, 2.5 * unit, 0), 3 * unit, 3 * unit)
        made.grounds.append((tint, path))
        made.boxes.append((line, 1.4 * unit, path))


def _fills(made: Decoration, layers: Layers, geometry: Geometry, manner: Manner) -> None:
    fills: dict[str, Path] = {}
    hatches: dict[Color, Path] = {}
    for piece in layers.pieces:
        color = manner.ground(piece.top)
        _, path = fills.setdefault(color.name(), (color, QPainterPath()))
        runs = geometry.runs(piece.start, piece.end)
        _add(path, runs, manner.em)
        if piece.under is not None:
            shade = QColor(manner.theme.highlight(piece.under)[1])
            shade.setAlphaF(0.34)
            _add(hatches.setdefault(piece.under, (shade, QPainterPath()))[1], runs, manner.em)
    made.grounds += fills.values()
    made.hatched += hatches.values()


def _add(path: QPainterPath, runs: list[Run], em: float) -> None:
    path.setFillRule(Qt.FillRule.WindingFill)  # lines of print may overlap
    for run in runs:
        path.addRect(run.behind(em))


def lane_top(lane: int, manner: Manner) -> float:
    """How far below the baseline the bar of a lane begins: right under the fill, and each further one lower."""
    return manner.em * DEPTH + lane * manner.step * manner.unit


def _bars(made: Decoration, layers: Layers, geometry: Geometry, manner: Manner, unit: float) -> None:
    by_color: dict[Color, QPainterPath] = {}
    for (color, lane), intervals in layers.bars.items():
        path = by_color.setdefault(color, QPainterPath())
        for a, e in intervals:
            for run in geometry.runs(a, e):
                path.addRect(run.strip(lane_top(lane, manner), manner.bar * unit))
    made.bars += [(manner.theme.highlight(color)[1], path) for color, path in by_color.items()]


def _edges(
    made: Decoration, highlight: Highlight, place: Interval, geometry: Geometry, manner: Manner, start: int
) -> None:
    """The posts at a highlight's two ends, its line in the margin and, if it is the current one, its outline."""
    a, e = place
    first, last = geometry.runs(a, min(a + 1, e)), geometry.runs(max(a, e - 1), e)
    if not first or not last:
        return
    _, line = manner.theme.highlight(highlight.color)
    unit, em = manner.unit, manner.em
    wide = (3 if highlight.id == manner.current else 2) * unit
    foot = lane_top(highlight.lane, manner) + manner.bar * unit
    path = QPainterPath()
    for run, here, right_edge in (
        (first[0], highlight.start == start + a, geometry.goes_left(a)),
        (last[-1], highlight.end == start + e, not geometry.goes_left(e - 1)),
    ):
        if here:
            x, head = round(run.right if right_edge else run.left), round(run.baseline - em * 0.95)
            path.addRect(QRectF(x - (0 if right_edge else wide), head, wide, run.baseline + foot - head))
    made.bars.append((line, path))
    current = highlight.id == manner.current
    if current:
        outline = QPainterPath()
        _add(outline, geometry.runs(a, e), em)
        made.boxes.append((line, 1.2 * unit, outline.simplified()))
    note = bool(highlight.note) and highlight.start == start + a
    top, bottom = first[0].baseline - em * 0.85, last[-1].baseline + em * 0.25
    made.margin.append(MarginBar(highlight.lane, line, top, bottom, note, current, highlight.color))


def _hits(made: Decoration, layers: Layers, geometry: Geometry, manner: Manner, start: int) -> None:
    color, unit = manner.theme.color("hit"), manner.unit
    plain, current = QPainterPath(), QPainterPath()
    here = manner.hit or (0, 0)
    for a, e in layers.hits:
        path = current if here[0] <= a + start and e + start <= here[1] else plain
        for run in geometry.runs(a, e):
            path.addRoundedRect(run.behind(manner.em).adjusted(-1.5 * unit, 0, 1.5 * unit, 0), 2 * unit, 2 * unit)
    if not plain.isEmpty():
        made.boxes.append((color, 1.3 * unit, plain))
    if not current.isEmpty():
        ground = mix(manner.theme.color("page"), color, 0.2)
        made.grounds.append((ground, current))
        made.boxes.append((color, 2.2 * unit, current))
