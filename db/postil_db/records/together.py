"""What stands together with what, and which dates a text names."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from postil_db.records.entities import Entity


class Unit(StrEnum):
    """What two things that stand together stand in."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document, with its text."""

    document_id: int
    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Together:
    """How often things stand together. `counts`: by (index into `rows`, index into `columns`); absent for never.

    `columns` are the same entities as `rows`, each pair counted once (row before column), or the names of tags.
    """

    rows: tuple[Entity, ...]
    columns: tuple[Entity, ...] | tuple[str, ...]
    counts: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date that a text names. `value`: what it means, in ISO 8601 ("2026", "2026-01", "2026-01-27")."""

    value: str
    passage: Passage
