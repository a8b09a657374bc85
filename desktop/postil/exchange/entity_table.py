"""Entities as a table: one row each, with where and when they were met."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from postil.exchange.annotation_table import BETWEEN, iso_time
from postil_db.records import DocumentInfo, Entity, EntityKind, EntityNote, Mention

if TYPE_CHECKING:
    from postil.exchange.table import Row
    from postil_db.library import Session

HEADER: "Row" = (
    "entity",
    "kind",
    "aliases",
    "mentions",
    "documents",
    "first_seen",
    "last_seen",
    "origin",
    "note",
    "tags",
)

type MentionsOf = Callable[[int], Sequence[Mention]]
type NotesOf = Mapping[tuple[EntityKind, str], EntityNote]


def rows(session: "Session", entities: Iterable[Entity], document: int | None = None) -> "Iterator[Row]":
    """The row of each entity, in the order given; of one document's mentions only, if that is named.

    To be used up while the session is open.
    """
    # the storage is loaded by whoever opened a library
    from postil_db.store import documents, entity_notes
    from postil_db.store import entities as store

    by_id = {info.id: info for info in documents.every(session) if document in (None, info.id)}
    return rows_of(entities, by_id, lambda entity_id: store.of_entity(session, entity_id), entity_notes.every(session))


def rows_of(
    entities: Iterable[Entity],
    documents: Mapping[int, DocumentInfo],
    mentions_of: MentionsOf,
    notes: NotesOf = MappingProxyType({}),
) -> "Iterator[Row]":
    """The row of each entity. Mentions in documents that are not given do not count.

    `notes`: what is written about entities, by kind and name.
    """
    for entity in entities:
        mentions = [mention for mention in mentions_of(entity.id) if mention.document_id in documents]
        yield _row(entity, mentions, documents, notes.get((entity.kind, entity.name), EntityNote()))


def _row(
    entity: Entity, mentions: Sequence[Mention], documents: Mapping[int, DocumentInfo], written: EntityNote
) -> "Row":
    met_in = {mention.document_id for mention in mentions}
    seen = sorted(_dated(documents[document_id]) for document_id in met_in) or [""]
    origins = sorted({mention.origin.value for mention in mentions})
    return (
        entity.name,
        entity.kind.value,
        BETWEEN.join(entity.aliases),
        str(len(mentions)),
        str(len(met_in)),
        seen[0],
        seen[-1],
        BETWEEN.join(origins),
        written.note,
        BETWEEN.join(written.tags),
    )


def _dated(document: DocumentInfo) -> str:
    """When a document came out; if it does not say, when it came into the library."""
    return document.published or iso_time(document.added_at)
