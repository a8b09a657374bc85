"""What a text names, and where."""

from dataclasses import dataclass

from postil_db.records.kinds import EntityKind, Origin


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention as a recogniser reports it. `name`: the entity's name, the fullest form seen ("Kaja Kallas").

    `value`: what a date means, in ISO 8601 ("2026-01-27", "2026-01"), or "".
    """

    start: int
    end: int
    kind: EntityKind
    name: str
    origin: Origin
    value: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names an entity. `value`: what a date means, in ISO 8601, or ""."""

    entity_id: int
    document_id: int
    start: int
    end: int
    text: str
    kind: EntityKind
    origin: Origin
    value: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name with a kind. `aliases`: other forms it was seen in. `count`: mentions, where it was asked for."""

    id: int
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class EntityNote:
    """What a reader wrote about an entity (Markdown), and the tags they gave it."""

    note: str = ""
    tags: tuple[str, ...] = ()
