"""What goes into the index and what comes out of it. Loads nothing heavy: the library names these at start."""

from dataclasses import dataclass
from enum import IntEnum


class Part(IntEnum):
    """Where in an entry a word stands, in the order that the index keeps them."""

    TITLE = 0
    QUOTE = 1
    NOTE = 2
    TAG = 3
    ENTITY = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the index knows about one annotation. `created`: microseconds since the epoch."""

    id: int
    rev: int
    document_id: int
    title: str
    quote: str
    note: str
    tags: tuple[str, ...]
    entities: tuple[str, ...]
    color: str
    created: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a query looked for, folded, so that a snippet can mark it.

    `words` are marked whole, `prefixes` wherever a word begins with them, `phrases` only where all their words
    follow each other; the last word of a phrase in `open_phrases` may be a beginning.
    """

    words: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    open_phrases: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The best ids of a search, their scores (0 unless sorted by relevance), and how many ids fit in all."""

    ids: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    terms: Terms
