"""Lines in reading order to blocks: where a paragraph ends, what is a heading, a list item, a footnote."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from postil.documents.pdf_chars import RAISED
from postil.documents.pdf_lines import Line

MARKER = re.compile(r"(?P<sign>[•◦▪▫●○■□‣⁃∙·➢➤✓✔❖*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\(\w{1,3}\))\s+(?=\S)")
_BULLET = re.compile(r"[•◦▪▫●○■□‣⁃∙➢➤✓✔❖]\s*\S")
_NOTE = re.compile(r"(\d{1,3}|[*†‡§¶]{1,3})[.)]?\s*(?=\D)")
_ENDED = re.compile(r"[.!?:…。！？]['\"”’»)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")

_BIGGER = 1.12
"""Than the text: from here on a line is a heading."""

_INDENT = 0.6
"""Of the size: how far a line goes in that begins a paragraph."""

_SMALLER = 0.93
_SAME = 0.07
_MOST_BETWEEN = 8
"""Passages of small print that may stand between the parts of a paragraph."""

_LONGEST_HEADING = 220
_MOST_BOLD_LINES = 3


class Role(Enum):
    """What lines are."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    NOTE = "note"


@dataclass
class Passage:
    """Lines that make one block."""

    role: Role
    lines: list[Line] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[round(line.size * 4) / 4] += len(line.text)
        return sizes.most_common(1)[0][0]


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most of a document is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 4) / 4] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def passages_of(lines: Sequence[Line]) -> list[Passage]:
    """Group the lines of a whole document; footnotes come after the paragraph that ends behind them."""
    return _Grouping(lines).passages()


class _Grouping:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._body = body_size(lines)
        self._leading = _leadings(lines)
        self._right = _right_edges(lines)
        self._notes = _notes(lines, self._body)

    def passages(self) -> list[Passage]:
        found: list[Passage] = []
        waiting: list[Passage] = []
        for index, line in enumerate(self._lines):
            if index in self._notes:
                if self._notes[index] or not waiting:
                    waiting.append(Passage(Role.NOTE))
                waiting[-1].lines.append(line)
                continue
            if not found or not self._continues(found[-1], line):
                found += waiting
                waiting = []
                found.append(Passage(self._role(line, found[-1] if found else None)))
            found[-1].lines.append(line)
        found += waiting
        for passage in found:
            self._settle(passage)
        return self._reunited(found)

    def _reunited(self, passages: list[Passage]) -> list[Passage]:
        """Put paragraphs together that small print (a notice at a column's foot, a caption) had come between."""
        found: list[Passage] = []
        for passage in passages:
            at = len(found) - 1
            while at >= 0 and len(found) - at <= _MOST_BETWEEN and self._is_small(found[at]):
                at -= 1
            if 0 <= at < len(found) - 1 and self._goes_on_after(found[at], passage):
                found[at].lines += passage.lines
            else:
                found.append(passage)
        return found

    def _is_small(self, passage: Passage) -> bool:
        return passage.role in (Role.TEXT, Role.NOTE) and passage.size <= _SMALLER * self._body

    def _goes_on_after(self, passage: Passage, later: Passage) -> bool:
        last, line = passage.lines[-1], later.lines[0]
        if passage.role is not Role.TEXT or later.role is not Role.TEXT or line.page - last.page > 1:
            return False
        alike = abs(passage.size - later.size) <= _SAME * passage.size
        return alike and line.text[0].islower() and not re.search(r"[.!?:]['\"”’»)]*$", last.text)

    def _role(self, line: Line, before: Passage | None) -> Role:
        if self._is_item(line, before):
            return Role.ITEM
        if _LETTER.search(line.text) and len(line.text) <= _LONGEST_HEADING:
            if line.size >= _BIGGER * self._body:
                return Role.HEADING
            if line.bold and line.size > 0.95 * self._body and not re.search(r"[.,;]$", line.text):
                return Role.HEADING
        return Role.TEXT

    def _settle(self, passage: Passage) -> None:
        """Take a heading back that has become too long for one, or a sentence."""
        length = sum(len(line.text) for line in passage.lines)
        bold = all(line.size < _BIGGER * self._body for line in passage.lines)
        if passage.role is Role.HEADING and (
            length > _LONGEST_HEADING
            or (bold and (len(passage.lines) > _MOST_BOLD_LINES or re.search(r"[.,;]$", passage.lines[-1].text)))
        ):
            passage.role = Role.TEXT

    def _is_item(self, line: Line, before: Passage | None) -> bool:
        """Whether a list item begins here: a bullet says so alone, a number only where something else does, too."""
        if _BULLET.match(line.text):
            return True
        marker = MARKER.match(line.text)
        if marker is None or line.size >= _BIGGER * self._body or line.bold:
            return False
        if before is None:
            return False
        if before.role is Role.ITEM and MARKER.match(before.lines[0].text):
            return True
        last = before.lines[-1]
        above = last.page == line.page and last.column == line.column
        indented = line.left > line.low + _INDENT * line.size
        apart = not above or line.base - last.base > 1.25 * self._lead(line)
        return bool(_ENDED.search(last.text)) and (indented or apart or last.text.endswith(":"))

    def _continues(self, passage: Passage, line: Line) -> bool:
        last = passage.lines[-1]
        if abs(line.size - passage.size) > _SAME * max(line.size, passage.size) or passage.role is Role.NOTE:
            return False
        if line.bold != last.bold and (line.bold or passage.role is Role.HEADING or len(passage.lines) == 1):
            return False
        if self._is_item(line, passage):
            return False
        if last.page != line.page or last.column != line.column:
            return self._goes_on(passage, last, line)
        return self._is_next(passage, last, line)

    def _is_next(self, passage: Passage, last: Line, line: Line) -> bool:
        """Whether a line below another one belongs to its paragraph."""
        down = line.base - last.base
        if not -0.3 * line.size < down <= 1.3 * self._lead(line) + 1:
            return False
        if passage.role is Role.HEADING or _are_centred(last, line):
            return True
        if self._fitted(last, line):
            return False
        shift = line.left - last.left
        if abs(shift) <= _INDENT * line.size or passage.role is Role.ITEM:
            return True
        if len(passage.lines) == 1:
            # The first line goes in, or hangs out.
            return shift < 0 or not _ENDED.search(last.text)
        return False

    def _goes_on(self, passage: Passage, last: Line, line: Line) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        if passage.role is Role.HEADING or line.page - last.page > 1:
            return False
        if re.search(r"[-\u2010]$", last.text) or line.text[0].islower():
            return not re.search(r"[.!?]['\"”’»)]*$", last.text) or line.text[0].islower()
        if _ENDED.search(last.text) or self._fitted(last, line):
            return False
        return line.left - line.low <= _INDENT * line.size and self._role(line, passage) is Role.TEXT

    def _fitted(self, last: Line, line: Line) -> bool:
        """Whether the next line's first word had room at the end of this one: then the break was meant."""
        if re.search(r"\w[-\u2010]$", last.text):
            return False
        first = len(line.text.split(" ", 1)[0])
        width = (line.right - line.left) / max(1, len(line.text)) * first
        room = self._right[_edge_key(last)] - last.right
        return room > width + 1.2 * last.size

    def _lead(self, line: Line) -> float:
        """From one baseline to the next, in text of this size."""
        return self._leading.get(round(line.size), 1.2 * line.size)


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    steps: dict[int, Counter[float]] = defaultdict(Counter)
    for last, line in pairwise(lines):
        step = line.base - last.base
        below = last.column == line.column and last.page == line.page and round(last.size) == round(line.size)
        if below and 0.8 * line.size < step < 2.6 * line.size:
            steps[round(line.size)][round(step * 2) / 2] += 1
    return {size: found.most_common(1)[0][0] for size, found in steps.items()}


def _edge_key(line: Line) -> tuple[int, int, int]:
    return line.page, line.column, round(line.size)


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int, int], float]:
    """Where the lines of each column end that go farthest; of a column of a few lines, its own end."""
    ends: dict[tuple[int, int, int], list[float]] = defaultdict(list)
    for line in lines:
        ends[_edge_key(line)].append(line.right)
    highest = {_edge_key(line): line.high for line in lines}
    return {key: max(found) if len(found) > 3 else highest[key] for key, found in ends.items()}


def _are_centred(last: Line, line: Line) -> bool:
    return all(
        one.left - one.low > one.size and abs((one.left - one.low) - one.room) < 1.5 * one.size for one in (last, line)
    )


def _notes(lines: Sequence[Line], body: float) -> dict[int, bool]:
    """The indexes of lines of footnotes, and whether a note begins there.

    Only small print at a column's end that begins with a number which the page's text refers to, raised, is taken.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append(index)
    found: dict[int, bool] = {}
    for members in pages.values():
        raised = {mark for index in members if lines[index].size > _SMALLER * body for mark in raised_in(lines[index])}
        if not raised:
            continue
        columns: dict[int, list[int]] = defaultdict(list)
        for index in members:
            columns[lines[index].column].append(index)
        for column in columns.values():
            found.update(_notes_of(column, lines, body, raised))
    return found


def _notes_of(column: list[int], lines: Sequence[Line], body: float, raised: set[str]) -> dict[int, bool]:
    start = len(column)
    while start and lines[column[start - 1]].size <= _SMALLER * body:
        start -= 1
    found: dict[int, bool] = {}
    for index in column[start:]:
        begins = note_marker(lines[index].text) in raised
        if begins or found:
            found[index] = begins
    return found


def note_marker(text: str) -> str:
    """What a footnote begins with: its number or sign; "" for text that is none."""
    match = _NOTE.match(text)
    return match.group(1) if match else ""


def raised_in(line: Line) -> set[str]:
    """The raised numbers and signs of a line."""
    return {text for _start, _end, text in raised_runs(line.text, line.flags)}


def raised_runs(text: str, flags: bytes | bytearray) -> list[tuple[int, int, str]]:
    """Where raised text stands, and what it says."""
    runs: list[tuple[int, int, str]] = []
    if max(flags, default=0) < RAISED:
        return runs
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and flags[end] & RAISED:
            end += 1
        if end > at:
            runs.append((at, end, text[at:end].strip()))
        at = max(end, at + 1)
    return runs
