"""What goes into the index and what comes out of it. Loads nothing heavy: the library names these at start."""

from array import array  # noqa: TC003 - what a dataclass names is there when it runs
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Part(IntEnum):
    """Where in an entry a word stands, in the order that the index keeps them."""

    TITLE = 0
    QUOTE = 1
    NOTE = 2
    TAG = 3
    ENTITY = 4
    TEXT = 5
    PERSON = 7
    ORG = 8
    PLACE = 9
    DATE = 10
    EVENT = 11
    DOCUMENT = 12
    GROUP = 13
    PRODUCT = 14
    QUANTITY = 15


NAMES = (Part.ENTITY, *(part for part in Part if part >= Part.PERSON))
"""The parts that hold names of entities; all but the first by kind."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that an entry names: its kind and name, and the other forms in which it stands there.

    `values`: what dates mean there, in ISO 8601.
    """

    kind: str
    name: str
    forms: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the index knows about one annotation, paragraph or entity. Times: microseconds since the epoch.

    `entities`: names of which the kind is not known; the others are in `named`. `marks`: what `is:` and `has:` find it
    by. `start`, `end`: its place in the document. `word`: of a paragraph, how many words of the document stand before
    it. `inside`: of an entity, the documents that name it. `split`: the words of `text` and where they begin in it,
    where that is known already.
    """

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
    text: str = ""
    named: tuple[Named, ...] = ()
    marks: tuple[str, ...] = ()
    modified: int = 0
    start: int = 0
    end: int = 0
    word: int = 0
    inside: tuple[int, ...] = ()
    split: "tuple[list[str], array[int]] | None" = field(default=None, compare=False, repr=False)


class How(StrEnum):
    """In which way a word stands for others."""

    STEM = "stem"
    FUZZY = "fuzzy"
    WILD = "wild"


@dataclass(frozen=True, slots=True)
class Loose:
    """A word that stands for others: those of the same stem, those spelt nearly so, those that fit a pattern."""

    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a query looked for, folded, so that a snippet can mark it.

    `words` are marked whole, `prefixes` wherever a word begins with them, `phrases` only where all their words
    follow each other; the last word of a phrase in `open_phrases` may be a beginning. `loose`: words that stand for
    others like them.
    """

    words: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    open_phrases: frozenset[tuple[str, ...]] = frozenset()
    loose: frozenset[Loose] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The best ids of a search, their scores (0 unless sorted by relevance), and how many ids fit in all."""

    ids: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    terms: Terms
