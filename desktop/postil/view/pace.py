"""Pace: how long the reader has still to read, in the section and in the document, counted in words."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postil_db.records import Content, Document

if TYPE_CHECKING:
    from postil.work.run import Work
    from postil_db.library import Library

KEPT = 4
"""Documents whose counts are kept: those of both halves, and those before."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to be read. `section`: the name of the one that is being read, "" for none."""

    words: int
    section_words: int
    section: str


class Count:
    """The words before each block of one document, counted once."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._before = [0, *accumulate(len(block.text.split()) for block in content.blocks)]
        self._sections = [section.block for section in content.sections]

    def left(self, offset: int) -> Left:
        """What lies after an offset; words of the block there are taken to be of even length."""
        content = self._content
        here = self._words_to(offset)
        at = bisect_right(self._sections, content.block_at(offset)) - 1
        if at < 0:
            return Left(self._before[-1] - here, 0, "")
        section = content.sections[at]
        later = (one.block for one in content.sections[at + 1 :] if one.level <= section.level)
        end = next(later, len(content.blocks))
        return Left(self._before[-1] - here, max(0, self._before[end] - here), section.title)

    def _words_to(self, offset: int) -> int:
        index = self._content.block_at(offset)
        length = len(self._content.blocks[index].text)
        share = min(1.0, max(0, offset - self._content.starts[index]) / length) if length else 0.0
        return round(self._before[index] + share * (self._before[index + 1] - self._before[index]))


class Pace(QObject):
    """Has the words of open documents counted off the UI thread, and keeps what it knows of the last few."""

    counted = Signal(int)  # document id

    def __init__(self, work: "Work", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._counts: dict[int, Count] = {}

    def count(self, document: Document | None) -> None:
        """Have the words of a document counted, if that was not done."""
        if document is None or document.id in self._counts:
            return

        def run(_library: "Library") -> Count:
            return Count(document.content)

        def take(count: Count) -> None:
            self._counts[document.id] = count
            for old in list(self._counts)[:-KEPT]:
                del self._counts[old]
            self.counted.emit(document.id)

        from postil.work.reading import Query  # the status bar needs this module before anything is read

        self._work.query(Query(run), take)

    def left(self, document_id: int | None, offset: int) -> Left | None:
        """What is still to be read after an offset; None as long as that is not known."""
        count = self._counts.get(document_id) if document_id is not None else None
        return count.left(offset) if count is not None else None


def in_words(left: Left, pace: int) -> str:
    """Say how long it takes at so many words a minute: in all, then in the section, if that is less."""
    text = f"{minutes(left.words, pace)} left"
    if left.section and left.section_words < left.words:
        text += f" · {minutes(left.section_words, pace)} in “{left.section}”"
    return text


def minutes(words: int, pace: int) -> str:
    """A time to read in, in words; never nothing."""
    whole = max(1, round(words / pace))
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{whole} min"
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"
