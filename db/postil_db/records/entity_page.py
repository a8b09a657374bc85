"""Everything about one entity, as its page shows it."""

from dataclasses import dataclass

from postil_db.records.entities import Entity, EntityNote
from postil_db.records.marks import Annotation


@dataclass(frozen=True, slots=True)
class Shown:
    """A place with the words around it: `text[at:at + length]` is what stands at `start` to `end` of its document."""

    document_id: int
    start: int
    end: int
    text: str
    at: int

    @property
    def length(self) -> int:
        """How many characters of the text are the place itself."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Met:
    """A document that names the entity: how often, and where first."""

    document_id: int
    title: str
    date: str
    count: int
    passages: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Quoting:
    """An annotation that has to do with the entity, and the title of its document."""

    annotation: Annotation
    title: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Another entity, and in how many paragraphs it stands together with this one."""

    entity: Entity
    count: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything about one entity. `first_seen`, `last_seen`: dates of documents, ISO 8601.

    `quoting`: annotations whose passage names it; `linking`: those whose note holds a link to it; `linking_names`:
    entities whose note does.
    """

    entity: Entity
    note: EntityNote
    first_seen: str
    last_seen: str
    met: tuple[Met, ...]
    quoting: tuple[Quoting, ...]
    linking: tuple[Quoting, ...]
    linking_names: tuple[Entity, ...]
    beside: tuple[Beside, ...]
