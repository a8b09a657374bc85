"""From intervals of a block to rectangles on the page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QTextLayout, QTextLine

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

DEPTH = 0.29
"""How far the ground of a mark reaches below the baseline, in ems."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line, from `left` to `right`, with its baseline; in the block's own coordinates."""

    left: float
    right: float
    baseline: float
    line: int

    def behind(self, em: float) -> QRectF:
        """The ground behind its words, on whole pixels."""
        top, bottom = round(self.baseline - em * 0.95), round(self.baseline + em * DEPTH)
        return QRectF(self.left, top, self.right - self.left, bottom - top)

    def strip(self, below: float, height: float) -> QRectF:
        """A bar `below` its baseline, its top on a whole pixel."""
        return QRectF(self.left, round(self.baseline + below), self.right - self.left, height)


class Geometry(Protocol):
    """Where the characters of one block stand. Offsets are code points from its start."""

    def runs(self, start: int, end: int) -> list[Run]:
        """The visual runs of [start, end), in reading order of their lines."""

    def goes_left(self, at: int) -> bool:
        """Whether the character at `at` runs from right to left."""


type Known = dict[tuple[int, int], list[Run]]
"""The runs of intervals in a block, by their offsets in it."""


def goes_right_to_left(text: str) -> bool:
    """Whether any of the text is in a script that runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def extent(layout: QTextLayout, line: QTextLine) -> tuple[float, float]:
    """Where the words of a line begin and end, from left to right; a justified one fills its width."""
    if layout.textOption().alignment() & Qt.AlignmentFlag.AlignJustify and line.lineNumber() + 1 < layout.lineCount():
        return line.x(), line.x() + line.width()
    words = line.naturalTextRect()
    return words.left(), words.right()


class BlockGeometry:
    """Runs of intervals in one laid-out block. `to_utf16` converts an offset in the block for Qt.

    `known`: what was measured of this block before, as long as it is laid out as then; it grows.
    """

    def __init__(
        self, layout: QTextLayout, to_utf16: Callable[[int], int], *, bidi: bool, known: Known | None = None
    ) -> None:
        self._layout, self._to_utf16, self._bidi = layout, to_utf16, bidi
        self._known: Known = {} if known is None else known
        self._ends: dict[int, float] = {}

    def runs(self, start: int, end: int) -> list[Run]:
        """The visual runs of [start, end), in reading order of their lines; none for what is not laid out."""
        key = (start, end)
        if key not in self._known:
            self._known[key] = self._measure(self._to_utf16(start), self._to_utf16(end))
        return self._known[key]

    def goes_left(self, at: int) -> bool:
        """Whether the character at `at` runs from right to left."""
        return self._bidi and any(run.isRightToLeft() for run in self._layout.glyphRuns(self._to_utf16(at), 1))

    def _measure(self, start: int, end: int) -> list[Run]:
        if end <= start:
            return []
        first = self._layout.lineForTextPosition(start)
        last = self._layout.lineForTextPosition(end - 1)
        if not (first.isValid() and last.isValid()):
            return []
        measured = []
        for number in range(first.lineNumber(), last.lineNumber() + 1):
            line = self._layout.lineAt(number)
            a = max(start, line.textStart())
            e = min(end, line.textStart() + line.textLength())
            baseline = line.y() + line.ascent()
            for left, right in self._mixed(a, e) if self._bidi else [self._plain(line, a, e)]:
                if right > left:
                    measured.append(Run(left, right, baseline, number))
        return measured

    def _plain(self, line: QTextLine, start: int, end: int) -> tuple[float, float]:
        one, other = x_of(line, start), x_of(line, end)
        number = line.lineNumber()
        if number not in self._ends:
            self._ends[number] = extent(self._layout, line)[1]
        return min(one, other), min(max(one, other), self._ends[number])  # no trailing spaces

    def _mixed(self, start: int, end: int) -> list[tuple[float, float]]:
        """One stretch for each visual run: in mixed lines an interval may be in several places.

        Taken from the glyphs, since where the direction changes one offset has two places and Qt tells only one.
        """
        boxes = (run.boundingRect() for run in self._layout.glyphRuns(start, end - start))
        found: list[tuple[float, float]] = []
        for left, right in sorted((box.left(), box.right()) for box in boxes):
            if found and left - found[-1][1] < 0.5:
                found[-1] = (found[-1][0], max(right, found[-1][1]))
            else:
                found.append((left, right))
        return found


def x_of(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """Where a position of a line stands, in the block's coordinates."""
    # PySide gives (x, position), where C++ changes the position in place; its stubs say float
    got: object = line.cursorToX(position, edge)
    return float(got[0]) if isinstance(got, tuple) else float(got)  # type: ignore[arg-type]
