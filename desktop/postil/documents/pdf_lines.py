"""Rows of runs to lines of text: blanks where they are seen, logical order, ligatures undone, and each place kept."""

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from postil.documents.canonical import clean
from postil.documents.pdf_chars import BOLD, RAISED, Run, Turn
from postil.documents.pdf_columns import Column, Row
from postil.documents.pdf_directions import is_turned, logical
from postil.documents.printed import Box

_BLANK = 0.17
"""Of the size: room between two runs that is a blank. Kerning needs less, and a thin space is as wide."""

PAGE_BITS = 32
"""A place is a page's number, and behind that many bits the number of a box on it."""

type Mark = tuple[str, Box | None, int]
"""A character, its place, and how it is set."""


@dataclass
class Sheet:
    """A page as shown: the boxes of its characters, four numbers each, and the numbers of their lines.

    `turn` leads there from the page's own coordinates.
    """

    number: int
    width: float
    height: float
    turn: Turn | None = None
    boxes: "array[float]" = field(default_factory=lambda: array("f"))
    lines: "array[int]" = field(default_factory=lambda: array("i"))

    def place(self, box: Box | None, line: int) -> int:
        """Keep a box; return by what number it is found again, -1 for none."""
        if box is None:
            return -1
        self.boxes.extend(box)
        self.lines.append(line)
        return (self.number << PAGE_BITS) + len(self.lines) - 1


@dataclass(slots=True)
class Line:
    """A printed line. `places`: of each character, by `Sheet.place`. `flags`: how each is set.

    `left`, `right`, `base`, `size` in points; `low` and `high` are where its column begins and ends.
    `column` numbers the columns of the document, in reading order.
    """

    text: str
    places: "array[int]"
    flags: bytes
    page: int
    column: int
    base: float
    size: float
    left: float
    right: float
    low: float
    high: float
    bold: bool = False

    @property
    def room(self) -> float:
        """How much of its column's width it leaves free at its end."""
        return self.high - self.right


def line_of(row: Row, column: Column, sheet: Sheet, columns: int, number: int) -> Line | None:
    """Make the text of a row; None where it has none. `number` is the line's, on its page."""
    marks = _composed(_trimmed(_undone(logical(_marks(row), row.size), row.runs[0].way)))
    if not marks:
        return None
    text = "".join(mark[0] for mark in marks)
    places = array("q", (sheet.place(box, number) for _text, box, _flags in marks))
    letters = [flags for text, _box, flags in marks if text != " "]
    bold = sum(bool(flags & BOLD) for flags in letters) > 0.9 * len(letters)
    return Line(
        text,
        places,
        bytes(mark[2] for mark in marks),
        sheet.number,
        columns,
        row.base,
        row.size,
        row.left,
        row.right,
        column.left,
        column.right,
        bold,
    )


def _marks(row: Row) -> list[Mark]:
    """The characters of a row from left to right, with blanks where there is room for them."""
    marks: list[Mark] = []
    before: Run | None = None
    for run in row.runs:
        raised = RAISED if run.size < 0.85 * row.size and run.base < row.base - 0.15 * row.size else 0
        if before is not None and _is_apart(before, run, row.size):
            marks.append((" ", None, 0))
        marks += [(text, box, flags | raised) for text, box, flags in zip(run.texts, run.boxes, run.flags, strict=True)]
        before = run
    return marks


def _is_apart(before: Run, after: Run, size: float) -> bool:
    gap = after.left - before.right
    return gap > _BLANK * size or (before.spaced and gap > 0.05 * size)


def _trimmed(marks: Sequence[Mark]) -> list[Mark]:
    """One blank where there are many, none at the ends; of a printed and an unprinted one, the printed one."""
    found: list[Mark] = []
    for text, box, flags in marks:
        if not text.isascii():
            text = clean(text)  # noqa: PLW2901
        if not text:
            continue
        if text.isspace():
            if found and found[-1][0] != " ":
                found.append((" ", box, flags))
            elif found and found[-1][1] is None:
                found[-1] = (" ", box, flags)
        else:
            found.append((text, box, flags))
    while found and found[-1][0] == " ":
        found.pop()
    return found


def _undone(marks: Sequence[Mark], way: int) -> list[Mark]:
    """Take ligatures apart, each letter with its share of the place that they had in common."""
    found: list[Mark] = []
    for mark in marks:
        if _is_joined(mark[0]):
            found += [(letter, mark[1], mark[2]) for letter in unicodedata.normalize("NFKC", mark[0])]
        else:
            found.append(mark)
    at = 0
    while at < len(found):
        box, end = found[at][1], at + 1
        while box is not None and end < len(found) and found[end][1] == box:
            end += 1
        if end > at + 1 and box is not None:
            shares = _shares(box, end - at, way, backwards=is_turned(found[at][0]))
            found[at:end] = [
                (text, share, flags) for (text, _, flags), share in zip(found[at:end], shares, strict=True)
            ]
        at = end
    return found


def _is_joined(text: str) -> bool:
    """Whether a character is a ligature, or a form that a letter only has beside others."""
    return "\ufb00" <= text <= "\ufdff" or "\ufe70" <= text <= "\ufefc"


def _shares(box: Box, count: int, way: int, *, backwards: bool) -> list[Box]:
    """Cut a box into equal parts along the way of the text."""
    left, top, right, bottom = box
    if way in (0, 2):
        step = (right - left) / count
        parts = [(left + step * at, top, left + step * (at + 1), bottom) for at in range(count)]
    else:
        step = (bottom - top) / count
        parts = [(left, top + step * at, right, top + step * (at + 1)) for at in range(count)]
    return parts[::-1] if (way in (2, 3)) != backwards else parts


def _composed(marks: list[Mark]) -> list[Mark]:
    """Put letters and the accents after them together (NFC); what stays several characters keeps several places."""
    text = "".join(mark[0] for mark in marks)
    if unicodedata.is_normalized("NFC", text):
        return marks
    found: list[Mark] = []
    for cluster in _clusters(marks):
        composed = unicodedata.normalize("NFC", "".join(mark[0] for mark in cluster))
        if len(composed) == len(cluster):
            found += [(text, box, flags) for text, (_, box, flags) in zip(composed, cluster, strict=True)]
            continue
        whole = _around([box for _, box, _ in cluster if box is not None])
        found += [(letter, whole if at == 0 else None, cluster[0][2]) for at, letter in enumerate(composed)]
    return found


def _clusters(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Characters that compose with each other, together."""
    cluster: list[Mark] = []
    for mark in marks:
        text = "".join(one[0] for one in cluster)
        apart = unicodedata.normalize("NFC", text) + unicodedata.normalize("NFC", mark[0])
        if cluster and not unicodedata.combining(mark[0]) and unicodedata.normalize("NFC", text + mark[0]) == apart:
            yield cluster
            cluster = []
        cluster.append(mark)
    if cluster:
        yield cluster


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
