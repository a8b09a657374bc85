"""Where days and bars stand in the timeline's picture: numbers only, so that painting and pointing agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from PySide6.QtCore import QRectF, QSize

from postil.view.timeline.scale import Bar

ROW = 20
TICKS = 28
GAP = 10
MARGIN = 40


@dataclass(frozen=True, slots=True)
class Measure:
    """One state of the picture.

    `origin`: the first day; `scale`: pixels a day; `offset`: how far it is scrolled; `size`: of the view; `line`: the
    height of small words; `most`: the marks in the highest bar that is no stretch; `rows`: of stretches.
    """

    origin: date
    scale: float
    offset: int
    size: QSize
    line: float
    most: int
    rows: int

    @property
    def axis(self) -> float:
        """The top of the axis."""
        return self.size.height() * 0.62 - TICKS / 2

    def x(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.origin).days * self.scale + MARGIN - self.offset

    def day_at(self, x: float) -> date:
        """The day at a place."""
        days = int((x - MARGIN + self.offset) // self.scale)
        return date.fromordinal(min(max(1, self.origin.toordinal() + days), date.max.toordinal()))

    def rect(self, bar: Bar) -> QRectF:
        """Where a bar stands: what texts name above the axis, stretches next to it, what the reader did below."""
        left, width = self.x(bar.first), max(4.0, bar.days * self.scale - 2)
        if bar.wide:
            return QRectF(left + 1, self.axis - GAP / 2 - ROW * (bar.row + 1), width, ROW - 3)
        share = 0.12 + 0.88 * log(1 + len(bar.marks)) / log(1 + self.most)
        below = self.axis + TICKS
        if bar.yours:
            room = self.size.height() - below - 2 * GAP - 2 * self.line
            return QRectF(left + 1, below + 2, width, max(8.0, room * share))
        floor = self.axis - GAP / 2 - ROW * self.rows
        height = max(8.0, (floor - 2 * GAP - 2 * self.line) * share)
        return QRectF(left + 1, floor - 2 - height, width, height)

    def at(self, bars: Sequence[Bar], x: float, y: float) -> int | None:
        """The index of the bar at a place."""
        return next((at for at, bar in enumerate(bars) if self.rect(bar).adjusted(-2, -2, 2, 2).contains(x, y)), None)
