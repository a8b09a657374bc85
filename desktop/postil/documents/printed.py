"""Where the characters of a text stand on a printed page: packed for the library, unpacked for the page view.

Coordinates are in points from the page's top left corner, y downwards, as the page is shown (its rotation applied).
Offsets count code points of the canonical text. A character has one box at most; one that is not printed (the blank
that joins two lines) has none.
"""

import zlib
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

type Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_VERSION = b"\x01"
_UNITS = 64
"""To a point. Finer than any screen shows, and whole numbers pack well."""

_COLUMNS = 6
_NEARLY_INSIDE = 0.25
"""Of a line's height: how far off a line a point still lies on it rather than on the next one."""

_LINES_FIRST = 12
"""How much more a point's distance above or below a line counts than beside it: drags stay in their line."""


def pack(
    offsets: "Sequence[int] | NDArray[Any]",
    boxes: "Sequence[Box] | NDArray[Any]",
    lines: "Sequence[int] | NDArray[Any]" = (),
) -> bytes:
    """Return the characters of one page as `Glyphs.unpack` takes them; about 3 bytes for each.

    `lines`: the number of the printed line that each is on; told from the boxes where it is not given.
    """
    import numpy as np

    table = np.zeros((len(offsets), _COLUMNS), np.int64)
    if len(offsets):
        placed = np.asarray(boxes, np.float64)
        order = np.argsort(np.asarray(offsets), kind="stable")
        table[:, 0] = offsets
        table[:, 1] = lines if len(lines) else _lines_of(placed)
        table[:, 2:] = np.clip(np.rint(placed * _UNITS), -(2**30), 2**30)
        table = table[order]
        # Widths and heights repeat more often than edges do, and most lines keep their top.
        table[:, 4:] -= table[:, 2:4]
    steps = np.diff(table, axis=0, prepend=np.zeros((1, _COLUMNS), np.int64)).astype("<i4")
    # Bytes of equal rank side by side: most are zero.
    shuffled = steps.T.reshape(-1, 1).view(np.uint8).reshape(_COLUMNS, -1, 4).transpose(0, 2, 1)
    return _VERSION + zlib.compress(shuffled.tobytes(), 6)


def _lines_of(boxes: "NDArray[np.float64]") -> "NDArray[np.int64]":
    """Number the lines: a new one begins where the next box is not beside the one before."""
    import numpy as np

    before, after = boxes[:-1], boxes[1:]
    height = np.minimum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
    shared = np.minimum(before[:, 3], after[:, 3]) - np.maximum(before[:, 1], after[:, 1])
    gap = np.maximum(before[:, 0], after[:, 0]) - np.minimum(before[:, 2], after[:, 2])
    breaks = (shared < height / 2) | (gap > 3 * np.maximum(height, 1))
    return np.concatenate(([0], np.cumsum(breaks)))


@dataclass(frozen=True, eq=False)
class Glyphs:
    """The characters of one page. `offsets` ascend; `boxes` are theirs, `lines` the numbers of their lines."""

    offsets: "NDArray[np.int32]"
    boxes: "NDArray[np.float32]"
    lines: "NDArray[np.int32]"

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Unpack a page's glyphs. Raises ValueError for bytes that `pack` did not make."""
        import numpy as np

        if not packed.startswith(_VERSION):
            raise ValueError("glyphs of a kind that this version does not know")
        try:
            shuffled = np.frombuffer(zlib.decompress(packed[1:]), np.uint8).reshape(_COLUMNS, 4, -1)
        except zlib.error as fault:
            raise ValueError(f"damaged glyphs: {fault}") from fault
        steps = np.ascontiguousarray(shuffled.transpose(0, 2, 1)).view("<i4")[:, :, 0]
        table = np.cumsum(steps.T.astype(np.int64), axis=0)
        table[:, 4:] += table[:, 2:4]
        return cls(
            table[:, 0].astype(np.int32), (table[:, 2:] / _UNITS).astype(np.float32), table[:, 1].astype(np.int32)
        )

    def __len__(self) -> int:
        return len(self.offsets)

    def rects(self, start: int, end: int) -> list[Box]:
        """Return one box for each printed line that `start` to `end` covers on this page, in reading order."""
        import numpy as np

        first, last = np.searchsorted(self.offsets, (start, end))
        if first >= last:
            return []
        lines, boxes = self.lines[first:last], self.boxes[first:last]
        starts = np.flatnonzero(np.diff(lines, prepend=lines[0] - 1))
        return [(left, top, right, bottom) for left, top, right, bottom in _around(boxes, starts).tolist()]

    def glyph_at(self, x: float, y: float) -> int | None:
        """Return the offset of the character under a point, None on blank paper."""
        import numpy as np

        left, top, right, bottom = self.boxes.T
        inside = np.flatnonzero((left <= x) & (x < right) & (top <= y) & (y < bottom))
        if not len(inside):
            return None
        return int(self.offsets[inside[np.argmin(self._distances(inside, x, y))]])

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset of the caret nearest to a point: before or after a character, whichever half is nearer.

        The nearest line decides first, so that a drag through the margin stays in its line. 0 on a page without text.
        """
        import numpy as np

        if not len(self):
            return 0
        left, top, right, bottom = self._line_boxes.T
        slack = _NEARLY_INSIDE * np.minimum(right - left, bottom - top)
        beside = np.maximum(np.maximum(left - x, x - right), 0)
        over = np.maximum(np.maximum(top - y, y - bottom) - slack, 0)
        members = np.flatnonzero(self._line_ranks == np.argmin(beside + _LINES_FIRST * over))
        nearest = int(members[np.argmin(self._distances(members, x, y))])
        return int(self.offsets[nearest]) + self._is_after(nearest, x, y)

    def _distances(self, which: "NDArray[np.intp]", x: float, y: float) -> "NDArray[np.float64]":
        """How far a point lies outside of each box; for those that hold it, how far off their centres, far below 1."""
        import numpy as np

        left, top, right, bottom = self.boxes[which].T.astype(np.float64)
        outside = np.hypot(
            np.maximum(np.maximum(left - x, x - right), 0), np.maximum(np.maximum(top - y, y - bottom), 0)
        )
        distances: NDArray[np.float64] = outside + 1e-6 * np.hypot((left + right) / 2 - x, (top + bottom) / 2 - y)
        return distances

    def _is_after(self, index: int, x: float, y: float) -> bool:
        """Whether a point lies on the far half of a character, in the direction in which its line is read there."""
        along_x, along_y = self._direction(index)
        left, top, right, bottom = (float(edge) for edge in self.boxes[index])
        return (x - (left + right) / 2) * along_x + (y - (top + bottom) / 2) * along_y > 0

    def _direction(self, index: int) -> tuple[float, float]:
        """Where the text runs at a character: towards the next one, or away from the one before if that is nearer.

        At the end of a run that is read the other way the next one is far off; beside the one before, it is not.
        """
        near = [at for at in range(max(index - 1, 0), min(index + 2, len(self))) if self.lines[at] == self.lines[index]]
        centres = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in self.boxes[near].tolist()]
        steps = [(to[0] - here[0], to[1] - here[1]) for here, to in pairwise(centres)]
        moving = [step for step in reversed(steps) if step != (0.0, 0.0)]
        return min(moving, key=lambda step: hypot(*step), default=(1.0, 0.0))

    @cached_property
    def _line_ranks(self) -> "NDArray[np.intp]":
        """Which of `_line_boxes` each character is in."""
        import numpy as np

        return np.unique(self.lines, return_inverse=True)[1]

    @cached_property
    def _line_boxes(self) -> "NDArray[np.float32]":
        """The box around each line."""
        import numpy as np

        order = np.argsort(self._line_ranks, kind="stable")
        starts = np.flatnonzero(np.diff(self._line_ranks[order], prepend=-1))
        return _around(self.boxes[order], starts)


def _around(boxes: "NDArray[np.float32]", starts: "NDArray[np.intp]") -> "NDArray[np.float32]":
    """The box around each run of boxes; `starts` says where the runs begin."""
    import numpy as np

    return np.column_stack(
        [np.minimum.reduceat(boxes[:, :2], starts, axis=0), np.maximum.reduceat(boxes[:, 2:], starts, axis=0)]
    )
