"""How high the rows of a list are: measured where known, guessed elsewhere."""

from bisect import bisect_right
from collections.abc import Callable, Hashable
from itertools import accumulate


class RowHeights:
    """Offsets of rows, known by their keys, under a margin at the top; all in pixels."""

    def __init__(self, guess: int, margin: int) -> None:
        self._guess, self._margin = guess, margin
        self._last: dict[Hashable, int] = {}
        self._known: set[Hashable] = set()
        self.keys: list[Hashable] = []
        self.tops: list[int] = [margin]

    def add_up(self) -> None:
        """Make the offsets anew after heights or keys changed."""
        last, guess = self._last, self._guess
        self.tops = list(accumulate((last.get(key, guess) for key in self.keys), initial=self._margin))

    def forget(self, *keys: Hashable) -> None:
        """Have these measured again; until then their last heights are the best guess."""
        self._known.difference_update(keys)

    def forget_all(self) -> None:
        """Have every row measured again."""
        self._known.clear()

    def known(self, row: int) -> bool:
        """Whether a row has been measured."""
        return self.keys[row] in self._known

    def measure(self, rows: range, height_of: Callable[[int], int]) -> bool:
        """Measure those of `rows` that are not; whether there were any."""
        new = [row for row in rows if not self.known(row)]
        for row in new:
            self._last[self.keys[row]] = height_of(row)
            self._known.add(self.keys[row])
        return bool(new)

    def height(self, row: int) -> int:
        """The height of a row, as far as it is known."""
        return self.tops[row + 1] - self.tops[row]

    def total(self) -> int:
        """All of them, with the margin at both ends."""
        return self.tops[-1] + self._margin

    def row_at(self, offset: int) -> int:
        """The row at an offset, or the nearest one; -1 if there is none."""
        return max(0, min(bisect_right(self.tops, offset) - 1, len(self.keys) - 1)) if self.keys else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows that meet a span of offsets."""
        return range(self.row_at(top), self.row_at(bottom) + 1) if self.keys else range(0)
