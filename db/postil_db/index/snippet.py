"""The piece of an annotation that shows best why it was found, with the hit words marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postil_db.index.entry import Terms
from postil_db.index.expand import beginning, test
from postil_db.index.fold import Placed, beginnings, placed_beginning, placed_from

READ_AT_MOST = 50_000  # code points of a part: beyond that nobody looks for the reason
MORE = "…"
_BREAK = re.compile(r"[^\S ]")


@dataclass(slots=True)  # not frozen: thousands are made for one page of results
class Mark:
    """A hit, from `start` to `end`, and what it is a hit of."""

    start: int
    end: int
    term: str


class Marker:
    """Finds in texts what a query looked for; what it learns of a word serves all the texts of one answer."""

    def __init__(self, terms: Terms) -> None:
        self._words, self._prefixes = terms.words, tuple(terms.prefixes)
        self._loose = [(each.text, beginning(each), test(each)) for each in terms.loose]
        self._phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        for phrases, unfinished in ((terms.phrases, False), (terms.open_phrases, True)):
            for phrase in phrases:
                self._phrases.setdefault(phrase[0], []).append((phrase, unfinished))
        self._longest = max((len(one) for held in self._phrases.values() for one, _ in held), default=0)
        self._known: dict[str, str] = {}
        begun = {*self._words, *self._prefixes, *(first for _, first, _ in self._loose), *self._phrases}
        self._beginnings = beginnings(begun) if begun else None

    def term(self, word: str) -> str:
        """What was looked for that this word is, or ""."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._term(word)
        return known

    def _term(self, word: str) -> str:
        if word in self._words:
            return word
        if self._prefixes and word.startswith(self._prefixes):
            return max((each for each in self._prefixes if word.startswith(each)), key=len)
        return next((text for text, first, is_one in self._loose if word.startswith(first) and is_one(word)), "")

    def marks(self, text: str) -> list[Mark]:
        """Every hit in a text, from left to right."""
        text = text[:READ_AT_MOST]
        if self._beginnings is None:
            return []
        found: list[Mark] = []
        begun = list(placed_beginning(text, self._beginnings))
        for word in begun:
            if term := self.term(word.text):
                alone = len(term) == 1 and term in self._prefixes and word.text not in self._words
                found.append(Mark(word.start, word.first_end if alone else word.end, term))
        starts = [word.start for word in begun if word.text in self._phrases] if self._phrases else ()
        if not starts:
            return found
        for following in placed_from(text, starts, self._longest):
            found += self._phrases_at(following, 0)
        return sorted(found, key=lambda mark: (mark.start, mark.end))

    def _phrases_at(self, held: Sequence[Placed], at: int) -> Iterator[Mark]:
        for phrase, unfinished in self._phrases.get(held[at].text, ()):
            for each in _follow(held, at, phrase, unfinished=unfinished):
                yield Mark(each.start, each.end, " ".join(phrase))


def snippet(terms: Terms | Marker, parts: Sequence[str], width: int = 160) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The best window of the best part, and the hit words in it as (start, end) in code points.

    The best window holds the most different terms, then the most hits; of equal parts the first one is taken, of
    windows the earliest. Without any hit: the beginning of the first part that says something. Line breaks become
    blanks, an ellipsis stands where something was left out; both count in `width`, about.
    """
    marker = terms if isinstance(terms, Marker) else Marker(terms)
    best, best_marks, best_value = next((part for part in parts if part.strip()), ""), [], (0, 0)
    for part in parts:
        value, window = _densest(marker.marks(part), width)
        if value > best_value:
            best, best_marks, best_value = part, window, value
    return _cut(best, _joined(best_marks), width)


def excerpt(
    terms: Terms | Marker, text: str, width: int = 160
) -> tuple[str, tuple[tuple[int, int], ...], tuple[int, int]]:
    """The best window of one text, the hit words in it, and where the first hit in the text stands (else all of it)."""
    marker = terms if isinstance(terms, Marker) else Marker(terms)
    marks = marker.marks(text)
    _, window = _densest(marks, width)
    return (*_cut(text, _joined(window), width), (marks[0].start, marks[0].end) if marks else (0, len(text)))


def _follow(words: Sequence[Placed], at: int, phrase: tuple[str, ...], *, unfinished: bool) -> Sequence[Placed]:
    """The words of a phrase that begins at `at`, or none."""
    hit: list[Placed] = []
    for number, text in enumerate(phrase):
        last = number == len(phrase) - 1
        while at < len(words) and hit and len(words[at].text) == 1 and words[at].end == hit[-1].end:
            at += 1  # the lone last character of a run, which queries leave out
        if at >= len(words) or not (
            words[at].text == text or (last and unfinished and words[at].text.startswith(text))
        ):
            return ()
        hit.append(words[at])
        at += 1
    return hit


def _densest(marks: Sequence[Mark], width: int) -> tuple[tuple[int, int], list[Mark]]:
    best, value = (0, 0), (0, 0)
    first = 0
    for last, mark in enumerate(marks):
        while mark.end - marks[first].start > width and first < last:
            first += 1
        held = marks[first : last + 1]
        now = (len({each.term for each in held}), len(held))
        if now > value:
            best, value = (first, last + 1), now
    return value, list(marks[best[0] : best[1]])


def _joined(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Marks as spans, those that touch made one."""
    spans: list[tuple[int, int]] = []
    for mark in marks:
        if spans and mark.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
        else:
            spans.append((mark.start, mark.end))
    return spans


def _cut(text: str, spans: list[tuple[int, int]], width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The window around the spans, with some words before them."""
    start, end = _window(text, spans, width)
    head = MORE if start > 0 else ""
    tail = MORE if end < len(text) else ""
    shown = head + _BREAK.sub(" ", text[start:end]) + tail
    shift = len(head) - start
    kept = ((max(low, start), min(high, end)) for low, high in spans if low < end and high > start)
    return shown, tuple((low + shift, high + shift) for low, high in kept)


def _window(text: str, spans: list[tuple[int, int]], width: int) -> tuple[int, int]:
    if len(text) <= width:
        return len(text) - len(text.lstrip()), len(text.rstrip())
    first, last = (spans[0][0], min(spans[-1][1], spans[0][0] + width)) if spans else (0, 0)
    start = max(0, min(first - (width - (last - first)) // 3, len(text) - width))
    end = start + width
    if start > 0:  # not in the middle of a word, unless it is a very long one
        gap = next((at for at in range(start, min(first, start + 24)) if text[at].isspace()), None)
        start = start if gap is None else gap + 1
    if end < len(text):
        gap = next((at for at in range(end, max(last, end - 24), -1) if text[at].isspace()), None)
        end = end if gap is None else gap
    return start, end
