"""Which document of the library a file means: by its bytes, its address, its title and authors, in this order."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from postil.anchors.normalise import letters, words
from postil.exchange.importing.incoming import Source
from postil_db.records import DocumentInfo

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid", re.IGNORECASE)
_ENDING = re.compile(r"\.(epub|pdf|html?|docx?|odt|rtf|txt|md|mobi|azw3?|mhtml?)$", re.IGNORECASE)
MOST_CANDIDATES = 12


class Trust(IntEnum):
    """How sure it is that a document is meant: the lower ones only if passages are found in it."""

    NUMBER = 1
    TITLE = 2
    SURE = 3
    CHOSEN = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be meant."""

    info: DocumentInfo
    trust: Trust


@dataclass(slots=True)
class Homes:
    """The documents of a library, by all that a file may say of them."""

    by_sha256: dict[str, DocumentInfo] = field(default_factory=dict)
    by_address: defaultdict[str, list[DocumentInfo]] = field(default_factory=lambda: defaultdict(list))
    by_title: defaultdict[str, list[DocumentInfo]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[int, DocumentInfo] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[DocumentInfo]) -> "Homes":
        """Take in the documents of a library."""
        homes = cls()
        for info in documents:
            homes.by_sha256[info.sha256] = info
            homes.by_number[info.id] = info
            homes.by_title[title_key(info.title)].append(info)
            if key := address_key(info.source):
                homes.by_address[key].append(info)
        return homes

    def candidates(self, source: Source) -> list[Candidate]:
        """The documents that may be meant: of several of one trust each may be."""
        if source.sha256 and (known := self.by_sha256.get(source.sha256.lower())):
            return [Candidate(known, Trust.SURE)]
        numbered = self.by_number.get(source.number)
        last = [Candidate(numbered, Trust.NUMBER)] if numbered is not None else []
        if there := self.by_address.get(address_key(source.address), ()):
            return [Candidate(info, Trust.SURE) for info in there[:MOST_CANDIDATES]]
        titled = [info for info in self._titled(source) if _same_authors(source.author, info.authors)]
        found = [Candidate(info, Trust.TITLE) for info in titled[:MOST_CANDIDATES]]
        return found + [one for one in last if one.info not in titled]

    def _titled(self, source: Source) -> Sequence[DocumentInfo]:
        key = title_key(source.title)
        return self.by_title.get(key, ()) if key else ()


def title_key(title: str) -> str:
    """What a title is known by: its letters and digits, without a file's ending."""
    return letters(_ENDING.sub("", title.strip()))


def address_key(address: str) -> str:
    """What an address is known by: no matter how it was written, or where it was followed from."""
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return address
    if parts.scheme.lower() == "file":
        return unquote(parts.path)
    if parts.scheme.lower() in ("http", "https"):
        told = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
        where = host if port in (None, 80, 443) else f"{host}:{port}"
        return f"//{where}{unquote(parts.path).rstrip('/')}?{urlencode(sorted(told))}".rstrip("?")
    return address.lower() if parts.scheme.lower() in ("doi", "urn") else str(PurePath(address))


def same_source(sources: Iterable[Source]) -> Callable[[Source], Source]:
    """Tell for each source the first one that means the same document, so that they are looked at together."""
    first: dict[tuple[str, ...], Source] = {}
    for source in sources:
        first.setdefault(_identity(source), source)
    return lambda source: first[_identity(source)]


def _identity(source: Source) -> tuple[str, ...]:
    if source.address:
        return ("address", address_key(source.address))
    number = str(source.number) if source.number else ""
    return (source.sha256, number, title_key(source.title) or source.title, letters(source.author))


def _same_authors(said: str, authors: Sequence[str]) -> bool:
    """Whether a name is shared; where one side tells none, nothing speaks against it."""
    ours = set(_names(authors))
    theirs = set(_names([said]))
    return not ours or not theirs or bool(ours & theirs)


def _names(authors: Iterable[str]) -> Iterator[str]:
    for author in authors:
        every = words(author).folded
        long = [word for word in every if len(word) > 2]
        yield from long or every
