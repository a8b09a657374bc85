"""Printed lines to running text: hyphens at their ends undone, blanks between them, and every place kept."""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from postil.documents.pdf_lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
_BEGINNING = re.compile(r"[^\W\d_]+")
_HYPHENS = ("-", "\u2010")
_COMPOUNDS = frozenset(("well", "self", "ex", "quasi", "half", "cross", "all", "non", "so"))
"""What keeps its hyphen where nothing else in the document says how the word is written."""

_WHOLE_WORD = 4
"""Letters: two parts as long as this that are both words of the document make a compound, not a broken word."""

_AND = frozenset(("and", "or", "und", "oder", "et", "ou", "en", "of", "y", "o"))
"""After a hyphen that stands for the rest of a word: "Ein- und Ausgabe"."""


@dataclass
class Text:
    """Text that grows line by line. `places` and `flags` as in `Line`, one for each character."""

    text: str = ""
    places: "array[int]" = field(default_factory=lambda: array("q"))
    flags: bytearray = field(default_factory=bytearray)

    def add(self, text: str, places: Sequence[int] = (), flags: bytes = b"") -> None:
        """Add characters; those without `places` are not printed."""
        self.text += text
        self.places.extend(places or [-1] * len(text))
        self.flags.extend(flags or bytes(len(text)))

    def cut(self, start: int, end: int | None = None) -> "Text":
        """A part of it."""
        part = slice(start, end)
        return Text(self.text[part], self.places[part], self.flags[part])


class Words:
    """The words of a document, by which a hyphen at a line's end is judged."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._seen: Counter[str] = Counter()
        for line in lines:
            found = _WORD.findall(line.text.casefold())
            self._seen.update(found[1:-1] if line.text.endswith(("-", "\u2010")) else found[1:])

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether "first-second" is likelier to be written with its hyphen than as one word."""
        first, second = first.casefold(), second.casefold()
        whole, parted = self._seen[first + second], self._seen[f"{first}-{second}"]
        if whole or parted:
            return parted > whole
        both = min(len(first), len(second)) >= _WHOLE_WORD and self._seen[first] and self._seen[second]
        return bool(both) or first in _COMPOUNDS

    def joined(self, lines: Sequence[Line]) -> Text:
        """Make one text of lines."""
        whole = Text()
        for line in lines:
            self._add(whole, line)
        return whole

    def _add(self, whole: Text, line: Line) -> None:
        broken = _BROKEN.search(whole.text)
        begins = _BEGINNING.match(line.text)
        if broken and begins and begins.group().casefold() in _AND:
            whole.add(" ")
        elif broken and begins and begins.group()[0].islower():
            goes_on = line.text[begins.end() : begins.end() + 1] in _HYPHENS  # "behind-the-scenes"
            if not goes_on and not self.keeps_hyphen(broken.group(1), begins.group()):
                _shorten(whole)
        elif whole.text and not _is_tied(whole.text, line.text):
            whole.add(" ")
        whole.add(line.text, line.places, line.flags)


def _shorten(text: Text) -> None:
    text.text = text.text[:-1]
    text.places.pop()
    text.flags.pop()


def _is_tied(before: str, after: str) -> bool:
    """Whether no blank belongs between two lines: after a hyphen, and in writing that has no blanks."""
    if re.search(r"\w[-\u2010]$", before) and re.match(r"\w", after):
        return True
    return _is_ideograph(before[-1]) and _is_ideograph(after[0])


def _is_ideograph(sign: str) -> bool:
    wide = unicodedata.east_asian_width(sign) in ("W", "F")
    return wide and not "\uac00" <= sign <= "\ud7a3"
