"""The strip beside the scroll bar: where in the document highlights, notes, hits and the chosen name lie.

Colour and shape both tell them apart: a highlight is a bar at the left, a note a dot on it, a find hit a line right
across, a mention of the chosen name a diamond at the right. What falls on one row of pixels is painted once, so that
the strip costs what it is high, not what a document holds.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.page.marks import Highlight, Place, Span
from postil.view.page.overlay import Overlay
from postil_db.records import Color

WIDTH = 16
PAUSE_MS = 200
"""Changes that come in one after another are drawn together, after the last."""
FEW = 40
"""So many rows that changed are drawn by themselves; for more, the whole strip is."""
REACH = 6
"""How far, in pixels, a mark's shape may reach above and below its row."""
DOT = 10
"""The side of the square that a note's dot is drawn in."""
EDGE = DOT // 2
"""Pixels left free above the first row and below the last: no shape is cut off there."""
CROWDED = 0.3
"""Of the strip's rows: if there are hits on more, lines right across would leave nothing to see."""
PALEST = 0.14
"""The shade of a row with hardly a hit, where there are so many; 1 is that of the fullest."""
DEEP = 40
"""Marks on one row that are looked at for its colours."""
_OUTWARDS = (0, -1, 1, -2, 2, -3, 3, -4, 4)
"""By how many pixels a click may miss a mark."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What lies on each row of pixels."""

    highlights: dict[int, list[Highlight]]
    hits: dict[int, list[Place]]
    names: dict[int, list[Span]]

    def differing(self, other: "Rows") -> set[int]:
        """The rows on which something else lies."""
        found: set[int] = set()
        for mine, theirs in ((self.highlights, other.highlights), (self.hits, other.hits), (self.names, other.names)):
            found.update(y for y in mine.keys() | theirs.keys() if mine.get(y) != theirs.get(y))
        return found

    def about(self, changed: set[int]) -> "Rows":
        """Only what lies so near that its shapes may reach into what is drawn again."""
        near = {y + step for y in changed for step in range(-2 * REACH, 2 * REACH + 1)}
        return Rows(_only(self.highlights, near), _only(self.hits, near), _only(self.names, near))


class MarksStrip(QWidget):
    """Shows the marks of an overlay over the whole length of a text; a click asks to go to one, or to that place."""

    asked = Signal(int, object)  # start, and end where a mark was clicked

    def __init__(self, overlay: Overlay, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overlay, self.theme = overlay, theme
        self._rows: Rows | None = None
        self._drawn: QPixmap | None = None
        self._soon = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._soon.timeout.connect(self._refresh)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Marks in the document")
        overlay.listen(self.changed)

    def sizeHint(self) -> QSize:
        """Narrow and as high as there is room."""
        return QSize(WIDTH, 100)

    def changed(self) -> None:
        """Draw afresh, once nothing has changed for a moment."""
        self._soon.start()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self.theme = theme
        self._drawn = None
        self.update()

    def rows(self) -> Rows:
        """What lies where, by rows of pixels."""
        if self._rows is None:
            overlay = self._overlay
            scale = max(1, self.height() - 2 * EDGE) / overlay.length
            hits = (Place(*hit) for hit in overlay.hits)
            self._rows = Rows(
                _binned(overlay.highlights(), scale), _binned(hits, scale), _in_order(overlay.chosen_names(), scale)
            )
        return self._rows

    @property
    def _crowd(self) -> int:
        """How many hits the fullest row has, where lines right across would fill the strip; else 0."""
        hits = self.rows().hits
        return max(map(len, hits.values())) if len(hits) > CROWDED * self.height() else 0

    def _refresh(self) -> None:
        """Draw the rows that are others than before."""
        crowd, before = self._crowd, self._rows
        self._rows = None
        if crowd != self._crowd:
            self._drawn = None  # every row has another shade
        if before is not None and self._drawn is not None:
            changed = before.differing(self.rows())
            if len(changed) <= FEW and self.devicePixelRatioF().is_integer():  # else edges lie between pixels
                self._draw_again(self._drawn, changed)
            else:
                self._drawn = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every mark has another row now."""
        super().resizeEvent(event)
        self._rows = self._drawn = None
        self.update()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Show the strip as it was last drawn."""
        scale = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != scale:
            self._drawn = QPixmap(self.size() * scale)
            self._drawn.setDevicePixelRatio(scale)
            self._drawn.fill(self.theme.color("page"))
            painter = QPainter(self._drawn)
            self._draw(painter, self.rows())
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)

    def _draw_again(self, drawn: QPixmap, changed: set[int]) -> None:
        painter = QPainter(drawn)
        room = QRegion()
        for y in changed:
            room += QRect(0, y - REACH, WIDTH, 2 * REACH)
        painter.setClipRegion(room)
        painter.fillRect(self.rect(), self.theme.color("page"))
        self._draw(painter, self.rows().about(changed))
        painter.end()

    def _draw(self, painter: QPainter, rows: Rows) -> None:
        lines = {color: self.theme.highlight(color)[1] for color in Color}
        paper, current = self.theme.color("page"), self.theme.color("current")
        most, hit = self._crowd, self.theme.color("hit")
        for y, hits in rows.hits.items():
            if most:
                share = PALEST + (1 - PALEST) * len(hits) / most
                painter.fillRect(QRectF(4, y, WIDTH - 8, 1), mix(paper, hit, min(1.0, share)))
            else:
                painter.fillRect(QRectF(1, y - 0.5, WIDTH - 2, 1.5), hit)
        for y, marks in rows.highlights.items():
            for at, color in enumerate(sorted({mark.color for mark in marks[:DEEP]})[:2]):
                painter.fillRect(QRectF(2 + at * 3, y - 1.5, 6 - at * 3, 3), lines[color])
        dots = {color: self._dot(line) for color, line in lines.items()}
        for y, marks in rows.highlights.items():
            noted = next((mark for mark in marks[:DEEP] if mark.note), None)
            if noted is not None:
                painter.drawPixmap(QPointF(5 - DOT / 2, y - DOT / 2), dots[noted.color])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paper, 1))
        painter.setBrush(current)
        for y in rows.names:
            painter.drawPolygon(QPolygonF([QPointF(12, y - 4), QPointF(16, y), QPointF(12, y + 4), QPointF(8, y)]))

    def _dot(self, color: QColor) -> QPixmap:
        """The dot of a note, drawn once and stamped wherever one is."""
        scale = self.devicePixelRatioF()
        stamp = QPixmap(round(DOT * scale), round(DOT * scale))
        stamp.setDevicePixelRatio(scale)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("page"), 1))
        painter.setBrush(color)
        painter.drawEllipse(QPointF(DOT / 2, DOT / 2), 3.6, 3.6)
        painter.end()
        return stamp

    # the pointer

    def _near[S: Span](self, found: dict[int, list[S]], y: int) -> list[S]:
        """What lies about a height, the nearest first."""
        return [span for step in _OUTWARDS for span in found.get(y + step, ())]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to go to what was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        y = round(event.position().y())
        rows = self.rows()
        spans = [*self._near(rows.names, y), *self._near(rows.hits, y), *self._near(rows.highlights, y)]
        if spans:
            self.asked.emit(spans[0].start, spans[0].end)
        else:
            share = min(max(0.0, (y - EDGE) / max(1, self.height() - 2 * EDGE)), 1.0)
            self.asked.emit(round(share * self._overlay.length), None)

    def tip(self, y: int) -> str:
        """What lies at a height, in words; "" for nothing."""
        rows = self.rows()
        marks = self._near(rows.highlights, y)
        counted = (
            ("1 highlight", "{n} highlights", len(marks)),
            ("1 note", "{n} notes", sum(bool(mark.note) for mark in marks)),
            ("1 hit", "{n} hits", len(self._near(rows.hits, y))),
            ("1 mention", "{n} mentions", len(self._near(rows.names, y))),
        )
        return ", ".join(one if n == 1 else more.format(n=f"{n:,}") for one, more, n in counted if n)

    def event(self, event: QEvent) -> bool:
        """Say what lies under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(event.pos().y()), self)
            return True
        return super().event(event)


def _only[S: Span](rows: dict[int, list[S]], some: set[int]) -> dict[int, list[S]]:
    return {y: spans for y, spans in rows.items() if y in some}


def _in_order[S: Span](spans: Sequence[S], scale: float) -> dict[int, list[S]]:
    """As `_binned`, for spans in the order of the text: one look for each row of pixels, however many there are."""
    rows: dict[int, list[S]] = {}
    at = 0
    while at < len(spans):
        y = int(spans[at].start * scale)
        after = bisect_left(spans, y + 1, at, key=lambda span: int(span.start * scale))
        rows[y + EDGE] = list(spans[at:after])
        at = after
    return rows


def _binned[S: Span](spans: Iterable[S], scale: float) -> dict[int, list[S]]:
    rows: dict[int, list[S]] = {}
    for span in spans:
        rows.setdefault(int(span.start * scale) + EDGE, []).append(span)
    return rows
