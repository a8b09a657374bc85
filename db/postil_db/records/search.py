"""What a search found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from postil_db.records.entities import Entity
from postil_db.records.marks import Annotation


@dataclass(frozen=True, slots=True)
class Hit:
    """An annotation that a search found.

    `snippet`: the part of quote, note, tags or title that fits best; `marks`: the hit words in it, as (start, end).
    """

    annotation: Annotation
    title: str
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of search results, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class Group(StrEnum):
    """What a result is, in the order in which results are shown.

    An annotation is a NOTE if it has a note and, where words were asked for, one of them stands in it; else it is a
    HIGHLIGHT. TEXT: a paragraph of a document.
    """

    HIGHLIGHT = "highlight"
    NOTE = "note"
    ENTITY = "entity"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Result:
    """A passage that a search found. Of an entity: its first mention.

    `date`: when the document was published, else when it was added, in ISO 8601. `start`, `end`: the place in the
    document; of a paragraph, its first hit where that is known. `snippet`: what shows best why it was found; `marks`:
    the hit words in it, as (start, end). `annotation` and `entity`: what was found, where it is one.
    """

    group: Group
    document_id: int
    title: str
    date: str
    start: int
    end: int
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float
    annotation: Annotation | None = None
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """How many results have something in common. Of annotations, except for the field "group".

    `field`: tag, entity, kind (of the entities named), color, document, month (of the annotation) or group. `label`:
    `value` for people. `clause`: what added to the query leaves only these ("tag:policy/defence").
    """

    field: str
    value: str
    label: str
    count: int
    clause: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: the best results of each group, group by group, and how many there are in all.

    `suggestion`: the whole query as it may have been meant, or "". `ready`: from 0 to 1, how much of the library has
    been indexed so far; below 1 there may be more results a moment later.
    """

    query: str
    results: tuple[Result, ...] = ()
    totals: Mapping[Group, int] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    suggestion: str = ""
    ready: float = 1.0


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand at the caret in place of `start` to `end` of the query.

    `count`: how often that is used; 0 where nobody counts.
    """

    text: str
    start: int
    end: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SmartView:
    """A query that a reader keeps under a name. `ordinal`: its place in the list."""

    id: int
    name: str
    query: str
    ordinal: int
