"""Kindle's "My Clippings.txt": one entry after another, each told at the moment it was made; nothing is ever taken out.

So a highlight that was made longer stands there twice, and a note stands behind the highlight that it is on. The words
around numbers and dates depend on the reader's language; dates are understood in English.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from postil.exchange.importing import fit
from postil.exchange.importing.incoming import Contents, Incoming, Source, Step
from postil.exchange.importing.source_file import MOST, too_many

NAME = "clippings"
_BETWEEN = re.compile(r"^={6,}[^\S\n]*$", re.MULTILINE)
_ENTRY = re.compile(r"^[^\n]+\n- [^\n]*\d[^\n]*\n")
_BOOK = re.compile(r"(?P<title>.*?)\s*\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_RANGE = re.compile(r"(\d+)(?:[-–](\d+))?")
_NOTES = ("note", "nota", "notiz", "notitie", "anteckning", "заметка", "メモ", "笔记", "筆記")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?:(\d{1,2}) ([A-Za-z]{3})[a-z]*|([A-Za-z]{3})[a-z]* (\d{1,2})),? (\d{4}),? (\d{1,2}):(\d\d):(\d\d) ?([AP]M)?"
)
_LIMITED = "clipping limit"  # what stands there instead of words that the publisher keeps


@dataclass(frozen=True, slots=True)
class _Entry:
    source: Source
    words: str
    is_note: bool
    first: int
    last: int
    when: datetime | None


def recognises(text: str) -> bool:
    """Whether a text looks like it."""
    head = text[: 1 << 16].replace("\r\n", "\n").lstrip("\ufeff\n =")
    return bool(_BETWEEN.search(head)) and bool(_ENTRY.match(head))


def parse(text: str, name: str, step: Step) -> Contents:
    """Read all of it; raises NoAnnotations for too many."""
    found, places = list[Incoming](), list[_Entry]()
    odd = older = 0
    for entry, at in _entries(text.replace("\r\n", "\n").replace("\r", "\n")):
        step(min(at, len(text)), len(text))
        if entry is None:
            odd += 1
            continue
        on = _highlight_at(entry, places)
        if on is not None and entry.is_note and found[on].note is None:
            found[on] = replace(found[on], note=entry.words)
        elif on is not None and not entry.is_note and _is_made_anew(entry.words, places[on].words):
            found[on], places[on] = replace(found[on], quote=entry.words, modified_at=entry.when), entry
            older += 1
        else:
            found.append(_incoming(entry))
            places.append(entry)
        if len(found) > MOST:
            raise too_many(name)
    return Contents(NAME, tuple(found), notes=tuple(_told(odd, older)))


def _told(odd: int, older: int) -> Iterator[str]:
    if odd:
        yield f"{_entries_are(odd)} left out: bookmarks, or without words."
    if older:
        yield f"{_entries_are(older)} left out: the passage was marked anew later."


def _entries_are(count: int) -> str:
    return "One entry is" if count == 1 else f"{count:,} entries are"


def _entries(text: str) -> Iterator[tuple[_Entry | None, int]]:
    """Each entry, None for one without words, and how far one has read."""
    start = 0
    for end in (*(match.span() for match in _BETWEEN.finditer(text)), (len(text), len(text))):
        lines = text[start : end[0]].strip("\ufeff\n ").split("\n")
        start = end[1]
        if len(lines) >= 2 and lines[1].lstrip("\ufeff ").startswith("-"):
            words = fit.text("\n".join(lines[2:])).strip()
            told = words and not (words.startswith("<") and _LIMITED in words.casefold())
            yield (_entry(lines[0], lines[1], words) if told else None), end[1]


def _entry(book: str, about: str, words: str) -> _Entry:
    book = fit.line(book.strip("\ufeff "))
    named = _BOOK.match(book)
    source = Source(named["title"], named["author"]) if named else Source(book)
    kind, *rest = about.lstrip("\ufeff -").split("|")
    # of page and location the last one counts: it is the finer one
    where = _RANGE.findall(rest[0] if len(rest) > 1 else kind)
    first, last = (int(where[-1][0][:9]), int((where[-1][1] or where[-1][0])[:9])) if where else (0, 0)
    is_note = any(word in kind.casefold() for word in _NOTES)
    return _Entry(source, words, is_note, first, max(first, last), _moment(rest[-1] if rest else ""))


def _moment(said: str) -> datetime | None:
    """When it was added, if that is told in English; names of months do not depend on this machine's language.

    A Kindle writes the time of its reader's clock and not which zone that is: taken for the one of this machine.
    """
    found = _DATE.search(fit.line(said))
    if found is None:
        return None
    day, month, hour = found[1] or found[4], (found[2] or found[3]).casefold(), int(found[6])
    if found[9]:
        hour = hour % 12 + 12 * (found[9] == "PM")
    try:
        clock = datetime(int(found[5]), 1 + _MONTHS.index(month), int(day), hour, int(found[7]), int(found[8]))  # noqa: DTZ001
        told = clock.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return fit.moment(told.isoformat())


def _highlight_at(entry: _Entry, before: Sequence[_Entry]) -> int | None:
    """The last highlight of the same book at the same location, among the last ones."""
    for at in range(len(before) - 1, max(-1, len(before) - 50), -1):
        other = before[at]
        there = 0 < entry.first <= other.last and entry.last >= other.first
        if there and other.source == entry.source and not other.is_note:
            return at
    return None


def _is_made_anew(words: str, other: str) -> bool:
    """Whether a highlight is another one with its end or its beginning put elsewhere."""
    return other in words or words in other or words.startswith(other[:20]) or words.endswith(other[-20:])


def _incoming(entry: _Entry) -> Incoming:
    return Incoming(
        entry.source,
        "" if entry.is_note else entry.words,
        section=f"Location {entry.first}" if entry.first else "",
        note=entry.words if entry.is_note else None,
        created_at=entry.when,
        modified_at=entry.when,
    )
