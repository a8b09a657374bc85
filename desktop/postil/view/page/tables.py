"""Tables: where their columns stand, and how the cells of one row are laid out side by side.

A row is one block of the window's document, its cells separated by line separators where the canonical text has tabs,
so that offsets stay as they are. Qt breaks it into lines; where they stand is said here. The room that a row takes
is the margin above its block: Qt moves blocks by their number of lines and margins, never by where a line stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextLine, QTextOption

from postil_db.records import Block

SEPARATOR = "\u2028"
"""What stands for the tab between two cells: one unit as well, and the end of a line."""
LINE = 1.45
"""Height of a line in a cell, in heights of its font."""

_SAMPLE = 200
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.68)
_WIDEST = 24.0
_OURS = 1.0  # a distance of tabs, of which there are none: how rows that we laid out are known
_NUMBER = frozenset("0123456789.,+-−–—%$€£¥ \u00a0\u202f/()")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, from the column of text's left edge, in pixels. `size`: height of the font.

    `right`: which ones hold numbers, whose right ends stand under one another.
    """

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    right: tuple[bool, ...]
    size: float
    mirrored: bool

    @property
    def left(self) -> float:
        """Where the table begins."""
        return min(self.lefts)

    @property
    def width(self) -> float:
        """How wide all of it is."""
        return max(left + width for left, width in zip(self.lefts, self.widths, strict=True)) - self.left

    def at(self, x: float) -> int:
        """The column at `x`, or the nearest one."""

        def distance(column: int) -> float:
            left = self.lefts[column]
            return max(left - x, x - left - self.widths[column], 0.0)

        return min(range(len(self.lefts)), key=distance)


def columns(rows: Sequence[Block], font: QFont, size: float, room: float, most: float, *, mirrored: bool) -> Columns:
    """Share the room out among the columns of a table: what fits takes no more than it needs.

    `room`: width of the text; `most`: what a table may take of the view where its words do not fit into that, on the
    side away from the marks in the margin; where even this is too little the type gets smaller, and then words break.
    """
    cells = [row.text.split("\t") for row in rows[:_SAMPLE]]
    count = max(len(row) for row in cells)
    longest = [_longest([row[at] for row in cells if at < len(row)]) for at in range(count)]
    heads = any(row.level for row in rows[:_SAMPLE])
    for scale in _SCALES:
        scaled, em = QFont(font), size * scale
        scaled.setPixelSize(max(1, round(em)))
        scaled.setBold(heads)
        metrics = QFontMetricsF(scaled)
        wanted = [_widest(metrics, whole, em, _WIDEST) for whole, _ in longest]
        least = [
            min(want, _widest(metrics, words, em, _WIDEST / 2))
            for want, (_, words) in zip(wanted, longest, strict=True)
        ]
        gap = min(1.3 * em, max(0.7 * em, (most - sum(least)) / max(1, count - 1)))
        gaps = gap * (count - 1)
        if sum(least) + gaps <= most:
            break
    widths = _shared(least, wanted, max(room, min(most, sum(least) + gaps)) - gaps)
    lefts, x = [], 0.0
    for width in widths:
        lefts.append(room - x - width if mirrored else x)
        x += width + gap
    body = [row for row, block in zip(cells, rows, strict=False) if not block.level] or cells
    numbers = tuple(_numbers([row[at] for row in body if at < len(row)]) for at in range(count))
    return Columns(tuple(lefts), tuple(widths), numbers, em, mirrored)


def _longest(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The few cells, and the few words, that may be the widest of a column."""
    words = {word for cell in cells for word in cell.split()}
    return nlargest(4, cells, key=len), nlargest(4, words, key=len)


def _widest(metrics: QFontMetricsF, texts: Sequence[str], em: float, most: float) -> float:
    """The width of the widest of some texts, between that of a letter and `most` ems."""
    return max(em, min(most * em, max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 1.5))


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Widths between the least and the wanted ones that fill at most `room`."""
    if sum(wanted) <= room:
        return list(wanted)
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def _numbers(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell.strip()]
    return bool(told) and all(any(sign.isdecimal() for sign in cell) and _NUMBER.issuperset(cell) for cell in told)


def lay(layout: QTextLayout, ends: Sequence[int], where: Columns, *, bottom: float = 0.0) -> float:
    """Lay the cells of a row out side by side, the foot of the tallest at `bottom`; gives the height of that one.

    `ends`: the separators' places, in Qt's units.
    """
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setTabStopDistance(_OURS)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(layout.textOption().textDirection())
    layout.setTextOption(option)
    high = where.size * LINE
    placed: list[tuple[QTextLine, int, int]] = []
    layout.beginLayout()
    cell = number = 0
    while (line := layout.createLine()).isValid():
        while cell < len(ends) and line.textStart() > ends[cell]:
            cell, number = cell + 1, 0
        column = min(cell, len(where.widths) - 1)
        line.setLineWidth(where.widths[column])
        placed.append((line, column, number))
        number += 1
    layout.endLayout()
    tallest = max((number for _, _, number in placed), default=0) + 1
    for line, column, number in placed:
        room = where.widths[column] - line.naturalTextWidth()
        to_right = where.right[column] or where.mirrored
        top = bottom - tallest * high + number * high
        drop = line.ascent() + max(0.0, line.leading()) - high * 0.8  # as Qt stands text in lines of a fixed height
        line.setPosition(QPointF(where.lefts[column] + (max(0.0, room) if to_right else 0.0), top - drop))
    return tallest * high


def is_laid(layout: QTextLayout, where: Columns) -> bool:
    """Whether a row still stands as it was laid out: Qt lays blocks out anew when their neighbours change."""
    if not layout.lineCount():
        return False
    return layout.textOption().tabStopDistance() == _OURS and abs(layout.lineAt(0).width() - where.widths[0]) < 1


def caret(layout: QTextLayout, ends: Sequence[int], where: Columns, x: float, y: float) -> tuple[QTextLine, int]:
    """The line of the cell at a point, or the nearest line there, and where in the row the caret goes."""
    lines = _lines_of(layout, ends, where.at(x), len(where.lefts))
    high = where.size * LINE
    line = next((line for line in lines if y < line.y() + high), lines[-1])
    at = line.xToCursor(x)
    return (
        line,
        at - 1 if at - 1 in ends and at - 1 >= line.textStart() else at,
    )  # not behind it: there is the next cell


def _lines_of(layout: QTextLayout, ends: Sequence[int], column: int, count: int) -> list[QTextLine]:
    """The lines of the cell in a column; where a row is too short, those of its last one."""
    cells = [(low + 1, high + 1) for low, high in pairwise((-1, *ends, 1 << 30))]
    start, end = cells[min(column, len(cells) - 1)]
    if column == count - 1:
        end = 1 << 30  # cells beyond the last column stand in it
    found = [line for line in map(layout.lineAt, range(layout.lineCount())) if start <= line.textStart() < end]
    return found or [layout.lineAt(layout.lineCount() - 1)]
