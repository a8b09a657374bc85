"""Where the pages stand one below the other, or in pairs: arithmetic of rectangles, nothing drawn. No widgets."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF

MARGIN = 16.0
"""Pixels around all pages."""
GAP = 14.0
"""Pixels between one row of pages and the next."""
SPINE = 2.0
"""Pixels between two facing pages."""
SCREEN = 96 / 72
"""Pixels to a point at 100 %."""


class Sheets:
    """Pages in rows, scaled. Sizes are in points; places in pixels from the top left of the whole, at `scale`.

    In pairs the first page stands alone, as a cover does: on the right, so that the pairs face each other as in print.
    `scale`: pixels to a point; `sharp`: device pixels to a pixel, so that every page begins and ends on one.
    """

    def __init__(self, sizes: Sequence[tuple[float, float]], *, two: bool = False) -> None:
        self._sizes = sizes
        self.two = two and len(sizes) > 1
        self.scale, self.sharp, self.room = SCREEN, 1.0, 0.0
        first = [range(1)] if self.two else []
        step = 2 if self.two else 1
        rest = (range(at, min(at + step, len(sizes))) for at in range(len(first), len(sizes), step))
        self._rows = [*first, *rest]
        heights = [max(sizes[page][1] for page in row) for row in self._rows]
        self._tops = [0.0, *accumulate(heights)]
        self._half = max((width for width, _ in sizes), default=0.0)
        widths = Counter(round(width, 1) for width, _ in sizes)
        self._usual = widths.most_common(1)[0][0] if widths else 0.0
        tall = Counter(round(height, 1) for height in heights)
        self._usual_height = tall.most_common(1)[0][0] if tall else 0.0

    def __len__(self) -> int:
        return len(self._sizes)

    @property
    def height(self) -> float:
        """Of everything, margins with it."""
        return self._tops[-1] * self.scale + 2 * MARGIN + GAP * max(0, len(self._rows) - 1)

    @property
    def width(self) -> float:
        """Of everything, margins with it; at least the room there is."""
        pages = 2 * self._half * self.scale + SPINE if self.two else self._half * self.scale
        return max(self.room, pages + 2 * MARGIN)

    def fitting_width(self, room: float) -> float:
        """The scale at which most pages are as wide as the room."""
        points = self._usual * (2 if self.two else 1)
        return max(0.05, (room - 2 * MARGIN - (SPINE if self.two else 0)) / max(1.0, points))

    def fitting_page(self, room: float, height: float) -> float:
        """The scale at which most pages are seen as a whole."""
        return min(self.fitting_width(room), max(0.05, (height - 2 * GAP) / max(1.0, self._usual_height)))

    def device_width(self, page: int) -> int:
        """How many device pixels wide a page is."""
        return max(1, round(self._sizes[page][0] * self.scale * self.sharp))

    def scale_of(self, page: int) -> float:
        """Pixels to a point of one page, with its width rounded to device pixels."""
        return self.device_width(page) / self.sharp / max(1e-3, self._sizes[page][0])

    def rect(self, page: int) -> QRectF:
        """Where a page stands."""
        width, height = self._sizes[page]
        across = self.device_width(page)
        down = max(1, round(height * across / max(1e-3, width)))
        row = self.row_of(page)
        middle = self.width / 2
        left = middle - across / self.sharp / 2
        if self.two:
            on_the_right = page % 2 == 0
            left = middle + SPINE / 2 if on_the_right else middle - SPINE / 2 - across / self.sharp
        return QRectF(self._snap(left), self._snap(self._row_top(row)), across / self.sharp, down / self.sharp)

    def row_of(self, page: int) -> int:
        """The row a page stands in."""
        return (page + 1) // 2 if self.two else page

    def row(self, number: int) -> range:
        """The pages of a row; the nearest one's beyond the ends."""
        return self._rows[min(max(0, number), len(self._rows) - 1)]

    def between(self, top: float, bottom: float) -> range:
        """The pages of all rows that a stretch of the height touches."""
        if not self._rows:
            return range(0)
        return range(self._rows[self._row_at(top)].start, self._rows[self._row_at(bottom)].stop)

    def page_at(self, point: QPointF) -> int:
        """The page at a point, or the nearest one."""
        row = self._rows[self._row_at(point.y())]
        return row[-1] if len(row) > 1 and point.x() >= self.width / 2 else row[0]

    def _row_at(self, y: float) -> int:
        def middle_of_gap(row: int) -> float:
            return self._row_top(row) - GAP / 2

        return max(0, bisect_right(range(len(self._rows)), y, key=middle_of_gap) - 1)

    def _row_top(self, row: int) -> float:
        return MARGIN + self._tops[row] * self.scale + row * GAP

    def _snap(self, value: float) -> float:
        return round(value * self.sharp) / self.sharp
