"""One printed page and the characters on it, in the page's points; the questions that a view asks of them."""

from functools import cached_property
from typing import TYPE_CHECKING

from postil_db.records import PrintedPage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from postil.documents.printed import Box, Glyphs


class Leaf:
    """A page whose characters are known."""

    def __init__(self, page: PrintedPage, glyphs: "Glyphs") -> None:
        self.page, self.glyphs = page, glyphs
        self._ems: dict[tuple[int, int], float] = {}

    @cached_property
    def _lines(self) -> "tuple[NDArray[np.int32], NDArray[np.float32]]":
        """The offset each line begins with, in the order of the text, and where it is."""
        import numpy as np

        starts = np.flatnonzero(np.diff(self.glyphs.lines, prepend=self.glyphs.lines[:1] - 1))
        boxes = self.rects(0, int(self.glyphs.offsets[-1]) + 1) if len(self.glyphs) else []
        return self.glyphs.offsets[starts], np.array(boxes, np.float32).reshape(-1, 4)

    @cached_property
    def _heights(self) -> dict[int, tuple[float, float]]:
        """Top and bottom of each line by its number, as most of its characters have them.

        A sign of a formula may have a box twice as high, which is nothing to draw a line under.
        """
        import numpy as np

        lines, boxes = self.glyphs.lines, self.glyphs.boxes
        if not len(lines):
            return {}
        bottoms, highs = boxes[:, 3], boxes[:, 3] - boxes[:, 1]
        order = np.argsort(lines, kind="stable")
        starts = np.flatnonzero(np.diff(lines[order], prepend=lines[order][0] - 1))
        middles = (starts + np.append(starts[1:], len(lines)) - 1) // 2
        bottom, high = (values[np.lexsort((values, lines))][middles] for values in (bottoms, highs))
        low = np.minimum.reduceat(boxes[order, :2], starts, axis=0)
        up = np.maximum.reduceat(boxes[order, 2:], starts, axis=0)
        level = up[:, 1] - low[:, 1] <= TALL * np.maximum(1.0, up[:, 0] - low[:, 0])
        found = zip(lines[order][starts].tolist(), bottom.tolist(), high.tolist(), level.tolist(), strict=True)
        # In lines that run upwards or downwards each passage has its own top and bottom.
        return {number: (foot - tall, foot) for number, foot, tall, is_level in found if is_level}

    def line_below(self, y: float) -> tuple[int, float] | None:
        """The first line of the text that begins below a height, and its top; None if none does."""
        import numpy as np

        offsets, boxes = self._lines
        if not len(boxes):
            return None
        below = np.flatnonzero(boxes[:, 1] >= y)
        return (int(offsets[below[0]]), float(boxes[below[0], 1])) if len(below) else None

    def last_above(self, y: float) -> int | None:
        """The last offset of the lines that end above a height; None if none does."""
        import numpy as np

        if not len(self.glyphs):
            return None
        above = np.flatnonzero(self.glyphs.boxes[:, 3] <= y)
        return int(self.glyphs.offsets[above[-1]]) if len(above) else None

    def line_range(self, offset: int) -> tuple[int, int]:
        """The offsets at the two ends of the printed line that holds a place for the caret."""
        import numpy as np

        offsets, numbers = self.glyphs.offsets, self.glyphs.lines
        if not len(offsets):
            return offset, offset
        at = min(int(np.searchsorted(offsets, offset)), len(offsets) - 1)
        if at > 0 and int(offsets[at]) != offset:  # behind the last character of a line
            at -= 1
        same = np.flatnonzero(numbers == numbers[at])
        return int(offsets[same[0]]), int(offsets[same[-1]]) + 1

    def rects(self, start: int, end: int) -> "list[Box]":
        """One box for each printed line of a passage, in reading order; as high as the line mostly is."""
        return [box for _, box in self.by_lines(start, end)]

    def by_lines(self, start: int, end: int) -> "list[tuple[int, Box]]":
        """The boxes of a passage, each with the number of its line."""
        import numpy as np

        first, last = np.searchsorted(self.glyphs.offsets, (start, end))
        if first >= last:
            return []
        lines, boxes = self.glyphs.lines[first:last], self.glyphs.boxes[first:last]
        starts = np.flatnonzero(np.diff(lines, prepend=lines[0] - 1))
        around = np.column_stack(
            [np.minimum.reduceat(boxes[:, :2], starts, axis=0), np.maximum.reduceat(boxes[:, 2:], starts, axis=0)]
        )
        found: list[tuple[int, Box]] = []
        for number, (left, top, right, bottom) in zip(lines[starts].tolist(), around.tolist(), strict=True):
            high = self._heights.get(number)
            found.append((number, (left, high[0], right, high[1]) if high else (left, top, right, bottom)))
        return found

    def line_starts(self, start: int, end: int) -> "list[tuple[int, Box]]":
        """The printed lines of a passage: the offset each begins with, and its box."""
        import numpy as np

        first, last = np.searchsorted(self.glyphs.offsets, (start, end))
        lines = self.glyphs.lines[first:last]
        if not len(lines):
            return []
        starts = self.glyphs.offsets[first:last][np.flatnonzero(np.diff(lines, prepend=lines[0] - 1))]
        return list(zip(starts.tolist(), self.rects(start, end), strict=True))

    def line_of(self, offset: int) -> "Box | None":
        """The line of a character, or of the next one where it is not printed; None on a page without text."""
        found = self.rects(offset, offset + 1) or self.rects(*self._next(offset))
        return found[0] if found else None

    def column_left(self, line: int) -> float:
        """Where the column of a line has its edge: lists and formulas stand further in, each step by a little."""
        left = start = float(self.glyphs.boxes[self.glyphs.lines == line, 0].min())
        boxes = self._lines[1]
        edges = boxes[boxes[:, 2] > start + 1][:, 0]  # what ends before it stands in another column
        while len(near := edges[(edges < left - 0.5) & (edges >= left - INDENT)]):
            left = float(near.min())
        return left

    def _next(self, offset: int) -> tuple[int, int]:
        import numpy as np

        offsets = self.glyphs.offsets
        if not len(offsets):
            return 0, 0
        at = int(offsets[min(int(np.searchsorted(offsets, offset)), len(offsets) - 1)])
        return at, at + 1

    def caret(self, offset: int) -> "Box | None":
        """The line of no width before a character, or after the last one of a line; None on a page without text."""
        if here := self.rects(offset, offset + 1):
            return self._edge(here[0], after=False, leftwards=self.goes_left(offset))
        if before := self.rects(offset - 1, offset):
            return self._edge(before[-1], after=True, leftwards=self.goes_left(offset - 1))
        nearest = self.rects(*self._next(offset))
        return self._edge(nearest[0], after=False, leftwards=False) if nearest else None

    @staticmethod
    def _edge(box: "Box", *, after: bool, leftwards: bool) -> "Box":
        left, top, right, bottom = box
        x = right if after != leftwards else left
        return x, top, x, bottom

    def goes_left(self, offset: int) -> bool:
        """Whether the text runs from right to left at a character."""
        here, following = self.rects(offset, offset + 1), self.rects(offset + 1, offset + 2)
        if not following:
            here, following = self.rects(offset - 1, offset), here
        if not here or not following or abs(here[0][3] - following[0][3]) > here[0][3] - here[0][1]:
            return False
        return following[0][0] + following[0][2] < here[0][0] + here[0][2]

    def em(self, start: int, end: int) -> float:
        """About the size of the type of a passage in points, small enough that no two lines of it touch."""
        key = (start, end)
        if key not in self._ems:
            self._ems[key] = self._measure(start, end)
        return self._ems[key]

    def _measure(self, start: int, end: int) -> float:
        import numpy as np

        first, last = np.searchsorted(self.glyphs.offsets, (start, end))
        boxes = self.glyphs.boxes[first:last]
        if not len(boxes):
            return 10.0
        size = float(np.median(np.minimum(boxes[:, 3] - boxes[:, 1], 1e3))) / BOX
        lines = self.rects(start, end)
        bottoms = np.diff([box[3] for box in lines]) if len(lines) > 1 else np.empty(0)
        steps = bottoms[bottoms > size / 2]
        return max(2.0, min(size, float(np.median(steps)) / FILL) if len(steps) else size)


TALL = 2.5
"""A line so many times as high as it is wide runs upwards or downwards."""
INDENT = 72
"""Points by which a line may stand further in than its column."""
BOX = 1.15
"""Height of a character's box in ems: what most type faces have above and below the baseline together."""
FILL = 1.24
"""Height of the ground behind a mark, in ems."""
