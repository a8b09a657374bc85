"""Finding words or a pattern in the text."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression

from postil.anchors.offsets import Utf16
from postil.view.page.marks import Interval
from postil_db.records import Content

MOST = 50_000
"""Hits beyond this many are not counted: nobody steps through them."""
PATIENCE_S = 0.8
"""How long a pattern may search before it is given up."""
_STEPS = 200_000
"""How often a pattern may try at one place: a millisecond or so. One that runs away is stopped by this."""


class BadPattern(Exception):
    """A pattern that cannot be searched for; says why."""


@dataclass(frozen=True, slots=True)
class How:
    """What counts as the same. `pattern`: the words are a regular expression, matched paragraph by paragraph."""

    case: bool = False
    whole_words: bool = False
    pattern: bool = False


class TextFinder:
    """Searches one text; keeps its lower-case form for the next keystroke."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._lower: str | None = None

    def find(self, words: str, how: How = How()) -> list[Interval]:
        """Every place of `words`, in order, none overlapping; raises `BadPattern`."""
        if not words:
            return []
        found = self._patterns(words, how) if how.pattern else self._words(words, how)
        return [hit for _, hit in zip(range(MOST), found, strict=False)]

    def _words(self, words: str, how: How) -> Iterator[Interval]:
        if how.case:
            text, wanted = self._content.text, words
        else:
            if self._lower is None:
                self._lower = _lower(self._content.text)
            text, wanted = self._lower, _lower(words)
        at = text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            whole = not how.whole_words or (_stands_free(text, at) and _stands_free(text, end))
            if whole:
                yield at, end
            at = text.find(wanted, end if whole else at + 1)

    def _patterns(self, words: str, how: How) -> Iterator[Interval]:
        pattern = _compiled(words, how)
        until = time.monotonic() + PATIENCE_S
        for start, block in zip(self._content.starts, self._content.blocks, strict=True):
            units = Utf16(block.text)
            matches, high = pattern.globalMatch(block.text), 0
            while matches.hasNext():
                match = matches.next()
                low, high = match.capturedStart(), match.capturedEnd()
                if high > low:
                    yield start + units.to_code_points(low), start + units.to_code_points(high)
            stopped = not matches.isValid() and not pattern.match(block.text, high).isValid()
            if stopped or time.monotonic() > until:
                raise BadPattern("This pattern takes too long")


def _compiled(words: str, how: How) -> QRegularExpression:
    whole = rf"\b(?:{words})\b" if how.whole_words else words
    options = QRegularExpression.PatternOption.UseUnicodePropertiesOption
    if not how.case:
        options |= QRegularExpression.PatternOption.CaseInsensitiveOption
    alone = QRegularExpression(words)
    pattern = QRegularExpression(f"(*LIMIT_MATCH={_STEPS}){whole}", options)
    for made in (alone, pattern):
        if not made.isValid():
            raise BadPattern(f"Not a pattern: {made.errorString()}")
    return pattern


def _stands_free(text: str, at: int) -> bool:
    """Whether no word goes on over `at`."""
    return not (0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at]))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _lower(text: str) -> str:
    """Lower case of the same length: the few letters that would become two stay as they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
