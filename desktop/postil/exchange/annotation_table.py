"""Annotations as a table: one row each, everything needed to find the passage again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING

from postil_db.records import Annotation, DocumentInfo, Entity

if TYPE_CHECKING:
    from postil.exchange.table import Row
    from postil_db.library import Session

HEADER: "Row" = (
    "id",
    "created_at",
    "modified_at",
    "document",
    "document_id",
    "author",
    "url",
    "published",
    "kind",
    "quote",
    "note",
    "tags",
    "color",
    "entities",
    "entity_kinds",
    "start",
    "end",
    "section",
    "prefix",
    "suffix",
    "anchor_state",
)
BETWEEN = "; "
_ROWS_AT_ONCE = 500

type EntitiesOf = Callable[[Sequence[int]], Mapping[int, Sequence[Entity]]]


def rows(session: "Session", annotations: Iterable[Annotation]) -> "Iterator[Row]":
    """The row of each annotation, in the order given, read from the library as they are asked for.

    To be used up while the session is open.
    """
    from postil_db.store import documents, entities  # the storage is loaded by whoever opened a library

    by_id = {info.id: info for info in documents.every(session)}
    return rows_of(annotations, by_id, lambda ids: entities.by_annotation(session, ids))


def rows_of(
    annotations: Iterable[Annotation], documents: Mapping[int, DocumentInfo], entities_of: EntitiesOf
) -> "Iterator[Row]":
    """The row of each annotation whose document is given; entities are asked for a few hundred at a time."""
    kept = (annotation for annotation in annotations if annotation.document_id in documents)
    for some in batched(kept, _ROWS_AT_ONCE):
        entities = entities_of([annotation.id for annotation in some])
        for annotation in some:
            yield _row(annotation, documents[annotation.document_id], entities.get(annotation.id, ()))


def iso_time(moment: datetime) -> str:
    """A time as ISO 8601 with its offset, to the second."""
    return moment.isoformat(timespec="seconds")


def address(source: str) -> str:
    """The source if it is a web address; a path of the reader's own machine stays out of what is handed on."""
    return source if source.lower().startswith(("http://", "https://", "doi:")) else ""


def _row(annotation: Annotation, document: DocumentInfo, entities: Sequence[Entity]) -> "Row":
    place = annotation.selector
    return (
        str(annotation.id),
        iso_time(annotation.created_at),
        iso_time(annotation.modified_at),
        document.title,
        str(document.id),
        BETWEEN.join(document.authors),
        address(document.source),
        document.published,
        "note" if annotation.note else "highlight",
        place.quote,
        annotation.note,
        BETWEEN.join(annotation.tags),
        annotation.color.value,
        BETWEEN.join(entity.name for entity in entities),
        BETWEEN.join(entity.kind.value for entity in entities),
        str(place.start),
        str(place.end),
        place.section,
        place.prefix,
        place.suffix,
        annotation.anchor_state.value,
    )
