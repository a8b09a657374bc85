"""Marks on a printed page: the shapes that reflowed text has, made of the places where the characters are printed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from postil.view.page.decoration import Decoration, Manner, MarginBar, decorate, signs
from postil.view.page.geometry import Run, goes_right_to_left
from postil.view.page.marks import Layers
from postil.view.page.overlay import Overlay
from postil.view.page.printed.leaf import Leaf

DESCENT = 0.2
"""Of a character's box: how much of it lies below the baseline."""
UPRIGHT = 2.2
"""A stretch of print higher than so many ems runs upwards or downwards."""
LEADING = 1.2
"""Ems from one line of print to the next, as a rule."""
BODY = 10.5
"""Points of usual type: lines of marks are as thick beside it as beside the text's own."""


@dataclass(frozen=True, slots=True)
class Upright(Run):
    """A stretch of a line that runs upwards or downwards: `area` is all of it."""

    area: QRectF

    def behind(self, em: float) -> QRectF:  # noqa: ARG002
        """The ground behind its words."""
        return self.area

    def strip(self, below: float, height: float) -> QRectF:
        """A bar beside it."""
        return QRectF(self.area.right() + below / 4, self.area.top(), height, self.area.height())


class PrintedGeometry:
    """Runs of intervals of one block on one page, in pixels from the page's corner. `start`: of the block."""

    def __init__(self, leaf: Leaf, start: int, scale: float, em: float, *, bidi: bool) -> None:
        self._leaf, self._start, self._scale, self._em, self._bidi = leaf, start, scale, em, bidi

    def runs(self, start: int, end: int) -> list[Run]:
        """The stretches of [start, end), counted from the block's start, in reading order."""
        placed = self._leaf.by_lines(self._start + start, self._start + end) if end > start else ()
        return [self._run(line, *box) for line, box in placed]

    def goes_left(self, at: int) -> bool:
        """Whether the character at `at` runs from right to left."""
        return self._bidi and self._leaf.goes_left(self._start + at)

    def column_left(self, run: Run) -> float:
        """Where the column begins that a stretch stands in."""
        return self._leaf.column_left(run.line) * self._scale

    def _run(self, line: int, left: float, top: float, right: float, bottom: float) -> Run:
        k = self._scale
        left, top, right, bottom = left * k, top * k, right * k, bottom * k
        baseline = bottom - (bottom - top) * DESCENT
        if bottom - top > UPRIGHT * self._em:
            return Upright(left, right, baseline, line, QRectF(left, top, right - left, bottom - top))
        return Run(left, right, baseline, line)


@dataclass(frozen=True, slots=True)
class Beside:
    """Lines beside highlights, and where the column begins that they stand beside."""

    left: float
    bars: list[MarginBar]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The marks of one block on one page, ready to draw from the page's corner. `area`: where its words are."""

    decoration: Decoration
    beside: list[Beside]
    area: QRectF


def shapes(overlay: Overlay, leaf: Leaf, block: int, manner: Manner, scale: float) -> Shapes | None:
    """Make the shapes of one block on a page at `scale` pixels to a point; None if there is no mark."""
    start, text = overlay.content.starts[block], overlay.content.blocks[block].text
    low, high = max(start, leaf.page.start), min(start + len(text), leaf.page.end)
    if low >= high:
        return None
    layers = overlay.layers(block, low - start, high - start)
    if not layers:
        return None
    em = leaf.em(low, high) * scale
    geometry = PrintedGeometry(leaf, start, scale, em, bidi=goes_right_to_left(text))
    made = decorate(
        layers, geometry, replace(manner, em=em, unit=unit_at(scale), bar=1.5, step=2.0, leading=LEADING), start
    )
    made.margin.clear()
    area = QRectF()
    for run in geometry.runs(low - start, high - start):
        area |= run.behind(em)
    return Shapes(made, _beside(layers, geometry, manner, em, start), area)


def unit_at(scale: float) -> float:
    """How thick a line of one pixel is at a scale."""
    return min(max(0.8, scale * BODY / 18), 2.5)


def _beside(layers: Layers, geometry: PrintedGeometry, manner: Manner, em: float, start: int) -> list[Beside]:
    """One line for each column that a highlight runs through, at the column's edge."""
    columns: dict[float, list[MarginBar]] = {}
    for highlight, a, e in layers.highlights:
        color, current = manner.theme.highlight(highlight.color)[1], highlight.id == manner.current
        note = bool(highlight.note) and highlight.start == start + a
        for piece in _by_columns(geometry.runs(a, e)):
            left = min(geometry.column_left(run) for run in piece)
            top, bottom = piece[0].baseline - em * 0.85, piece[-1].baseline + em * 0.25
            columns.setdefault(left, []).append(
                MarginBar(highlight.lane, color, top, bottom, note, current, highlight.color)
            )
            note = False
    for bar, run in signs(layers, geometry, replace(manner, em=em)):
        columns.setdefault(geometry.column_left(run), []).append(bar)
    return [Beside(left, bars) for left, bars in columns.items()]


def _by_columns(runs: Sequence[Run]) -> list[list[Run]]:
    """Cut where the print goes on further up."""
    pieces: list[list[Run]] = []
    for run in runs:
        if pieces and run.baseline >= pieces[-1][-1].baseline - 1:
            pieces[-1].append(run)
        else:
            pieces.append([run])
    return pieces
