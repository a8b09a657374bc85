"""What a reader ruled about entities."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from postil_db.records.kinds import EntityKind


class Ruling(StrEnum):
    """What a reader can rule about an entity, or about a text; see `Decision`."""

    NOT_ENTITY = "not_entity"
    KIND = "kind"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    ALWAYS = "always"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a reader ruled. Decisions are replayed one after the other on all that a recogniser finds.

    An entity goes by `kind` and `name`, as the decisions before this one left them. What is ruled holds everywhere;
    with `document_id`, in that document; with `start` and `end` too, of the one mention there.

    NOT_ENTITY: the entity (or the mention) is none. KIND, RENAME, MERGE: it is `to_kind`, `to_name` (None and "" leave
    that as it is). SPLIT: where it is written as `text`, it is `to_kind`, `to_name` (or `text`) instead. ALWAYS: `text`
    is `to_kind`, `to_name` (or `text`) wherever it stands as a word of its own. IGNORE: `text` is never marked.
    """

    ruling: Ruling
    kind: EntityKind | None = None
    name: str = ""
    text: str = ""
    document_id: int | None = None
    start: int | None = None
    end: int | None = None
    to_kind: EntityKind | None = None
    to_name: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling that stands."""

    id: int
    what: NewDecision
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision changes: how many mentions, in how many documents."""

    mentions: int
    documents: int
