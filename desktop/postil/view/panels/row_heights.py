"""How high the rows of a list are: measured where known, guessed elsewhere."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from itertools import accumulate

KEPT = 5_000
"""So many rows that are no longer shown are remembered: of some documents, not of a whole day."""


class RowHeights:
    """Offsets of rows, known by their keys, under a margin at the top; all in pixels."""

    def __init__(self, guess: int, margin: int) -> None:
        self._guess, self._margin = guess, margin
        self._last: dict[Hashable, int] = {}
        self._known: set[Hashable] = set()
        self._heights: list[int] = []
        self._moved = False
        self.keys: list[Hashable] = []
        self.tops: list[int] = [margin]

    def set_keys(self, keys: list[Hashable]) -> None:
        """Take other rows; those that were there before keep what is known of them."""
        self.keys = keys
        self._let_go()
        last, guess = self._last, self._guess
        self._heights = [last.get(key, guess) for key in keys]
        self._moved = True
        self.add_up()

    def _let_go(self) -> None:
        """Forget rows long gone: their keys are new ones with every document, and a session may be of many."""
        if len(self._last) > KEPT + len(self.keys):
            self._last = {key: self._last[key] for key in self.keys if key in self._last}
            self._known.intersection_update(self._last)

    def add_up(self) -> None:
        """Make the offsets anew if heights or keys changed."""
        if self._moved:
            self.tops = list(accumulate(self._heights, initial=self._margin))
            self._moved = False

    def forget(self, *keys: Hashable) -> None:
        """Have these measured again; until then their last heights are the best guess."""
        self._known.difference_update(keys)

    def forget_all(self) -> None:
        """Have every row measured again."""
        self._known.clear()

    def known(self, row: int) -> bool:
        """Whether a row has been measured."""
        return self.keys[row] in self._known

    def measure(self, rows: Iterable[int], height_of: Callable[[int], int]) -> bool:
        """Measure those of `rows` that are not; whether there were any."""
        new = [row for row in rows if not self.known(row)]
        for row in new:
            key, height = self.keys[row], height_of(row)
            self._moved = self._moved or self._heights[row] != height
            self._heights[row] = self._last[key] = height
            self._known.add(key)
        return bool(new)

    def latest(self, row: int) -> int:
        """The height of a row as last measured, whether or not it has been added up."""
        return self._heights[row]

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
