"""Which cards belong beside the text that is in view, and how high the lines of their passages stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint

MOST = 64
"""Cards looked at for one view; so many passages on one screen are more than it has room for cards."""


class Passages(Protocol):
    """The text beside the list: where passages stand in it. Offsets are code points of the canonical text."""

    def tops(self, offsets: Sequence[int]) -> list[float | None]:
        """The y of the line that holds each offset, from the top of the page; None for what is not laid out."""

    def visible_range(self) -> tuple[int, int]:
        """The offsets of the first and last character in view."""

    def mapToGlobal(self, point: QPoint, /) -> QPoint:  # noqa: N802 -- Qt's name
        """Where a point of the page is on the screen."""


@dataclass(frozen=True, slots=True)
class Near:
    """Rows and the lines of their passages, from the top down; and those of the very first and last row, if known."""

    rows: list[int]
    lines: list[float]
    first: float | None = None
    last: float | None = None


def near(passages: Passages, starts: Sequence[int], lift: int, height: int, current: int) -> Near:
    """The rows whose passages are in view or nearly so.

    `starts`: where each row's passage begins, in text order. `lift`: how much lower the text begins than the list.
    `height`: of the list, in pixels. `current`: a row that is wanted if it is anywhere near, -1 for none.
    """
    if not starts:
        return Near([], [])

    def lines(rows: Sequence[int]) -> list[float | None]:
        return [None if top is None else _lowered(top, lift) for top in passages.tops([starts[row] for row in rows])]

    first, last = lines([0, len(starts) - 1])
    low, high = passages.visible_range()
    rows = range(max(0, bisect_left(starts, low) - 1), min(len(starts), bisect_right(starts, high) + 2))
    if 0 <= current < rows.start and rows.start - current < MOST // 2:
        rows = range(current, rows.stop)
    if len(rows) > MOST:
        middle = bisect_right(rows, height * 0.4, key=lambda row: _or_else(lines([row])[0], row, rows)) + rows.start
        rows = range(max(rows.start, middle - MOST // 2), min(rows.stop, middle + MOST // 2))
        if 0 <= current < len(starts) and current not in rows and abs(current - middle) <= MOST:
            rows = range(min(current, rows.start), max(current + 1, rows.stop))
    found = sorted((line, row) for line, row in zip(lines(rows), rows, strict=True) if line is not None)
    return Near([row for _, row in found], [line for line, _ in found], first, last)


def _lowered(top: float, lift: int) -> float:
    """A line of the page in the list's own measure; the list begins lower, and a card waits for its passage there."""
    y = top + lift
    if lift >= 0 or y >= 0:
        return y
    return min(0.0, top)


def _or_else(line: float | None, row: int, rows: range) -> float:
    """The line of a row, or which way it is off."""
    if line is not None:
        return line
    return float("-inf") if row < (rows.start + rows.stop) // 2 else float("inf")
