"""Where a name stands in a text: exact, in whole words, fast for many names of a long document."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’.-]*")
PREFIXES = frozenset({"non", "pro", "anti", "ex", "pre", "post", "mid", "trans", "intra", "inter"})
REACH = 40
"""How far to look for a neighbouring word."""

_COMMON_OPENERS = """
The A An In On At For But And Or If It He She They We You I This That These Those There Here What When Where Who Why
How Not No Yes As By From With To Of After Before Since While During Under Over Through Following Despite Between Among
Against Within Without About Per Via Both Each Every Any Another Also However Meanwhile Then Now Today Yesterday Last
Next Late Early Mr Mrs Ms Dr His Her Its Their Our My Your One Two First New More Most All Some Many Other Such
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
January February March April May June July August September October November December
"""
COMMON_OPENERS = frozenset(_COMMON_OPENERS.split())
"""Words that are written with a capital without being part of a name."""


class Neighbours(NamedTuple):
    """The capitalised words right before and right after a place, "" for none."""

    before: str
    after: str


class Occurrences:
    """An index of the capitalised words and numbers of a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = defaultdict(list)
        for match in WORD.finditer(self._text):
            word = match.group()
            if not word[0].islower():
                starts[word].append(match.start())
        return starts

    def count(self, word: str) -> int:
        """How often one word stands in the text, as written."""
        return len(self._starts.get(word, ()))

    def words(self) -> Iterator[tuple[str, list[int]]]:
        """Every capitalised word with the places where it stands."""
        return iter(self._starts.items())

    def of(self, name: str) -> Iterator[tuple[int, int]]:
        """Every place where `name` stands as whole words."""
        word, offset = _first_word(name)
        for word_start in self._starts.get(word, ()):
            start = word_start - offset
            end = start + len(name)
            if start >= 0 and self._text.startswith(name, start) and self._is_whole(start, end):
                yield start, end

    def neighbours(self, start: int, end: int) -> Neighbours:
        """The capitalised words beside start..end on its line; a word that only opens a sentence is none."""
        after = CAPITALISED.match(self._text, end + 1) if self._text[end : end + 1] == " " else None
        word = after.group() if after else ""
        return Neighbours(self._before(start), "" if word.rstrip(".") in COMMON_OPENERS else word)

    def _before(self, start: int) -> str:
        if self._text[start - 1 : start] != " ":
            return ""
        window = self._text[max(0, start - REACH) : start - 1]
        word_start = max(window.rfind(blank) for blank in " \n\t\"'“‘([—–-") + 1
        word = window[word_start:]
        if not CAPITALISED.fullmatch(word) or word in COMMON_OPENERS:
            return ""
        opens = window[:word_start].rstrip(" \"'“‘([")[-1:] in ("", ".", "!", "?", ":", "\n", "\t")
        return "" if opens or (word.endswith(".") and len(word) > 4) else word

    def _is_whole(self, start: int, end: int) -> bool:
        text = self._text
        after = text[end : end + 2]
        if after[:1].isalnum() or after[:1] == "_":
            return False
        before = text[max(0, start - REACH) : start]
        if before[-1:] == "-" and before[-2:-1].islower():
            word = WORD.findall(before)[-1]
            return not word[0].islower() or word in PREFIXES
        return not (before[-1:] in ("'", "’") and before[-2:-1].isalnum())


@lru_cache(maxsize=10_000)
def _first_word(name: str) -> tuple[str, int]:
    """The first word of a name and its place in it; ("", 0) for none."""
    first = WORD.search(name)
    return (first.group(), first.start()) if first else ("", 0)
