"""The caret between the signs of a line as one sees them: where the direction changes, one offset has two places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTextBoundaryFinder

from postil.anchors.offsets import Utf16
from postil.view.page.geometry import Geometry

CARET = 2
"""Pixels that it is wide."""
_TOUCHING = 0.6
"""Two edges no further apart are one, in the units of the geometry."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What the reader takes for one character, and its edges on the line. `start`, `end`: from the block's start."""

    start: int
    end: int
    left: float
    right: float
    leftwards: bool

    def edge(self, *, behind: bool) -> float:
        """Where the caret stands that comes before it, or behind it, in reading order."""
        return self.right if behind != self.leftwards else self.left


def signs(text: str, start: int, end: int, geometry: Geometry) -> list[Sign]:
    """The signs of one line of a block, from left to right."""
    found = []
    for low, high in _graphemes(text, start, end):
        runs = geometry.runs(low, high)
        if runs:
            left, right = min(run.left for run in runs), max(run.right for run in runs)
            found.append(Sign(low, high, left, right, geometry.goes_left(low)))
    return sorted(found, key=lambda sign: (sign.left, sign.right))


def edge_at(line: Sequence[Sign], at: int, *, behind: bool) -> float | None:
    """Where the caret at an offset stands: before the sign there, or `behind` the one before. None on a blank line."""
    before = next((sign for sign in line if sign.end == at), None)
    after = next((sign for sign in line if sign.start == at), None)
    if before is not None and (behind or after is None):
        return before.edge(behind=True)
    return after.edge(behind=False) if after is not None else None


def beside(line: Sequence[Sign], x: float, step: int) -> tuple[int, bool] | None:
    """The place one sign to the right (1) or left (-1) of a caret at `x`: its offset, and whether behind a sign.

    None at the line's edge.
    """
    if step > 0:
        over = next((sign for sign in line if sign.left > x - _TOUCHING and sign.right > x + _TOUCHING), None)
    else:
        over = next((sign for sign in reversed(line) if sign.right < x + _TOUCHING and sign.left < x - _TOUCHING), None)
    if over is None:
        return None
    behind = (step > 0) != over.leftwards
    return (over.end if behind else over.start), behind


def step_beside(
    text: str, line: tuple[int, int], geometry: Geometry, at: int, step: int, *, behind: bool
) -> tuple[int, bool] | None:
    """The place that is seen beside the caret at `at` on a line of a block; None at the line's edge."""
    found = signs(text, *line, geometry)
    x = edge_at(found, at, behind=behind)
    return beside(found, x, step) if x is not None else None


def _graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    units = Utf16(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    finder.setPosition(units.to_utf16(start))
    low = start
    while low < end:
        to = finder.toNextBoundary()
        high = min(end, units.to_code_points(to)) if to >= 0 else end
        yield low, high
        low = high
