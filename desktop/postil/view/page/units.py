"""The pieces of a text that a reader selects as one: words, sentences, paragraphs, sections."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from PySide6.QtCore import QTextBoundaryFinder

from postil.anchors.offsets import Utf16
from postil.view.page.marks import Interval, Span
from postil_db.records import Content

_NO_END = re.compile(
    r"(?:^|[\s(\[“\"'‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Capt|Sen|Rep|Gov|Hon|Rev|No|vs|cf|al|e\.g|i\.e|[A-Z])\.\s*$"
)
"""What ends in a full stop that ends no sentence: titles, initials and the like."""

type Edge = Callable[[Content, int, int], int]
"""Where the caret goes from an offset in a direction."""


def word(content: Content, at: int) -> Interval:
    """The word at an offset, or the blanks or the sign that stand there."""
    index = content.block_at(at)
    start, text = content.starts[index], content.blocks[index].text
    units = Utf16(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, text)
    finder.setPosition(units.to_utf16(min(at - start, max(0, len(text) - 1))))
    low = finder.position() if finder.isAtBoundary() else finder.toPreviousBoundary()
    high = finder.toNextBoundary()
    low, high = max(0, low), high if high >= 0 else units.to_utf16(len(text))
    return start + units.to_code_points(low), start + units.to_code_points(high)


def sentence(content: Content, at: int) -> Interval:
    """The sentence at an offset, without the blanks behind it."""
    index = content.block_at(at)
    start = content.starts[index]
    found = _sentences(content.blocks[index].text)
    low, high = next((row for row in reversed(found) if row[0] <= at - start), (0, 0))
    return start + low, start + high


def paragraph(content: Content, at: int) -> Interval:
    """The block at an offset."""
    index = content.block_at(at)
    return content.starts[index], content.starts[index] + len(content.blocks[index].text)


def section(content: Content, at: int) -> Interval:
    """The section at an offset, from its heading to the next one; all of the text where there are none."""
    edges = [content.starts[part.block] for part in content.sections if part.block < len(content.blocks)]
    low = max((edge for edge in edges if edge <= at), default=0)
    high = min((edge - 1 for edge in edges if edge > at), default=len(content.text))
    return low, high


def grown(content: Content, start: int, end: int, names: Iterable[Span]) -> Interval:
    """The next larger piece around [start, end): a word, a name, a sentence, a paragraph, a section, everything."""
    last = max(start, end - 1)
    around = [(name.start, name.end) for name in names if name.start <= start and name.end >= end]
    around += [
        (min(start, unit(content, start)[0]), max(end, unit(content, last)[1]))
        for unit in (word, sentence, paragraph, section)
    ]
    around.append((0, len(content.text)))
    larger = [(low, high) for low, high in around if high - low > end - start]
    return min(larger, key=lambda row: row[1] - row[0], default=(start, end))


def sentence_edge(content: Content, at: int, direction: int) -> int:
    """Where the caret goes by one sentence: the next end of one (1), or the last beginning of one (-1)."""
    index = content.block_at(at)
    while 0 <= index < len(content.blocks):
        start, found = content.starts[index], _sentences(content.blocks[index].text)
        edges = [start + high for _, high in found] if direction > 0 else [start + low for low, _ in reversed(found)]
        for edge in edges:
            if (edge - at) * direction > 0:
                return edge
        index += direction
    return len(content.text) if direction > 0 else 0


def paragraph_edge(content: Content, at: int, direction: int) -> int:
    """Where the caret goes by one paragraph."""
    low, high = paragraph(content, at)
    if direction > 0:
        return high if high > at else paragraph(content, min(len(content.text), at + 1))[1]
    return low if low < at else paragraph(content, max(0, at - 1))[0]


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[Interval, ...]:
    units = Utf16(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, text)
    found: list[Interval] = []
    low, at = 0, finder.toNextBoundary()
    while at >= 0:
        high = units.to_code_points(at)
        if high == len(text) or not _NO_END.search(text, max(0, high - 12), high):
            words = text[low:high]
            if words.strip():
                found.append((low + len(words) - len(words.lstrip()), low + len(words.rstrip())))
            low = high
        at = finder.toNextBoundary()
    return tuple(found)
