"""What a reader can look at of what stands together, and when: one function for each, as in acts.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from postil.view.timeline.marks import TimeMark, yours
from postil.view.together.layout import Drawing, draw
from postil.work.reading import Query, reading
from postil_db.records import EntityKind, Passage, Together, Unit

if TYPE_CHECKING:
    from postil_db.library import Library, Session

KINDS = frozenset(EntityKind) - {EntityKind.DATE, EntityKind.QUANTITY}
"""What is compared: a table of "two" and "Tuesday" would say nothing."""


class Against(StrEnum):
    """What names are held against."""

    NAMES = "names"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare, in what, and where: in one document, or (None) in the whole library."""

    against: Against = Against.NAMES
    unit: Unit = Unit.PARAGRAPH
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """The answer: numbers, and a drawing of them."""

    asked: Asked
    table: Together
    drawing: Drawing


def load_together(*, asked: Asked) -> Query[Sight]:
    """Ask how often things stand together; the drawing is laid out on the worker too."""

    def op(session: "Session") -> Together:
        from postil_db.store import together

        count = together.entity_pairs if asked.against is Against.NAMES else together.entities_with_tags
        return count(session, unit=asked.unit, document=asked.document, kinds=KINDS)

    def run(library: "Library") -> Sight:
        table = library.read(op)
        return Sight(asked, table, draw(table))

    return Query(run, "together")


def load_passages(*, asked: Asked, entity_id: int, other: int | str) -> Query[Sequence[Passage]]:
    """Ask for the passages in which an entity stands with another one, or with a tag."""

    def op(session: "Session") -> Sequence[Passage]:
        from postil_db.store import together

        return together.passages(session, entity_id, other, unit=asked.unit, document=asked.document)

    return reading(op, "passages together")


def load_timeline(*, document: int | None) -> Query[Sequence[TimeMark]]:
    """Ask for the dates that texts name, and for the days on which the reader marked something."""

    def op(session: "Session") -> Sequence[TimeMark]:
        from postil_db.store import annotations, documents, together

        named = [TimeMark.of_date(one) for one in together.dates(session, document)]
        own = annotations.every(session) if document is None else annotations.of_document(session, document)
        titles = {info.id: info.title for info in documents.every(session)}
        return [*(mark for mark in named if mark is not None), *(yours(one, titles) for one in own)]

    return reading(op, "timeline")
