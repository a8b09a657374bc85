"""Entities and mentions: rows to records and back. They are derived: from what a recogniser found, and decisions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from postil_db.keeping import ledger
from postil_db.records import Entity, EntityKind, FoundMention, Mention, Origin
from postil_db.store import derive, documents
from postil_db.store.derive import ids_of
from postil_db.tables import AnnotationRow, DecisionRow, DocumentRow, EntityRow, MentionRow, RecognitionRow
from postil_db.tables.base import now
from postil_db.touched import batches
from postil_db.undisturbed import undisturbed

LONGEST = 1000
"""No name is longer than this, in code points; knowing so lets an index find what overlaps a passage."""


def replace(session: Session, document_id: int, recogniser: str, found: Sequence[FoundMention]) -> None:
    """Put what a recogniser found in a document in the place of what was known before; decisions are replayed on it."""
    text = documents.get(session, document_id).text
    session.execute(delete(MentionRow).where(MentionRow.document_id == document_id))
    _insert(session, document_id, text, found)
    finish(session, document_id, recogniser)


def keep(
    session: Session,
    document_id: int,
    places: Sequence[tuple[int, int]],
    found: Sequence[FoundMention],
    text: str | None = None,
) -> None:
    """Put what was found in some places of a document in the place of what was known there.

    Told to nobody: whoever shows the document has been shown it, and is told when the whole of it is there (`finish`).
    `text`: the document's, if it is known: a book takes long to read.
    """
    documents.title(session, document_id)  # it is there
    text = documents.content(session, document_id).text if text is None else text
    for start, end in places:
        here = (MentionRow.document_id == document_id, MentionRow.start >= start, MentionRow.start < end)
        session.execute(delete(MentionRow).where(*here))
    _insert(session, document_id, text, found)
    for place in places if _decided(session) else ():
        derive.derive(session, [document_id], place)


def finish(session: Session, document_id: int, recogniser: str) -> None:
    """Note that what is kept of a document is all that a recogniser found there."""
    if _decided(session):
        derive.derive(session, [document_id])
    else:
        derive.prune(session)
    session.merge(RecognitionRow(document_id=document_id, recogniser=recogniser, done_at=now()))
    ledger(session).mentions.add(document_id)


def _decided(session: Session) -> bool:
    """Whether there is any decision."""
    return session.scalar(select(DecisionRow.id).limit(1)) is not None


def _insert(session: Session, document_id: int, text: str, found: Iterable[FoundMention]) -> None:
    found = [one for one in found if 0 <= one.start < one.end <= len(text) and one.end - one.start <= LONGEST]
    ids = ids_of(session, {(one.kind, one.name) for one in found})
    rows = []
    for one in found:
        number = ids[one.kind, one.name]
        written = text[one.start : one.end]
        rows.append((document_id, number, one.start, one.end, written, one.origin.value, one.value, number, 0))
    if rows:  # as it is stored, by the driver itself: there may be a hundred thousand
        session.connection().exec_driver_sql(_INSERT, rows)


_INSERT = (
    'INSERT INTO mention (document_id, entity_id, start, "end", text, origin, value, found_id, hidden) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def recogniser(session: Session, document_id: int) -> str:
    """The version of the recogniser that read the document to the end; "" if none did."""
    row = session.get(RecognitionRow, document_id)
    return row.recogniser if row else ""


def mentions(session: Session, document_id: int) -> list[Mention]:
    """A document's mentions in the order of its text."""
    return _mentions(session, _live().where(MentionRow.document_id == document_id))


def in_span(session: Session, document_id: int, start: int, end: int) -> list[Mention]:
    """The mentions that share a character with a passage."""
    here = (
        MentionRow.document_id == document_id,
        MentionRow.start.between(start - LONGEST, end - 1),
        MentionRow.end > start,
    )
    return _mentions(session, _live().where(*here))


def of_entity(session: Session, entity_id: int) -> list[Mention]:
    """Where an entity is named, document by document."""
    return _mentions(session, _live().where(MentionRow.entity_id == entity_id))


def of_entity_after(session: Session, entity_id: int, document_id: int, after: int, most: int) -> list[Mention]:
    """Where a document names an entity behind a place: the first few of them."""
    here = (MentionRow.entity_id == entity_id, MentionRow.document_id == document_id, MentionRow.start > after)
    return _mentions(session, _live().where(*here).limit(most))


def of_document(session: Session, document_id: int) -> list[Entity]:
    """The entities of a document, the most often named ones first. Forms and counts are the document's."""
    return _entities(session, MentionRow.document_id == document_id)


def every(session: Session) -> list[Entity]:
    """The entities of the library, the most often named ones first."""
    return _entities(session)


def new_in(session: Session, document_id: int) -> set[int]:
    """The entities that no document named which was in the library before this one."""
    here = select(MentionRow.entity_id).where(MentionRow.document_id == document_id, MentionRow.hidden.is_(False))
    ids = set(session.scalars(here.distinct()))
    earlier = (
        select(MentionRow.id)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(
            MentionRow.entity_id == EntityRow.id,
            MentionRow.hidden.is_(False),
            MentionRow.document_id < document_id,
            documents.there(),
        )
    )
    met: set[int] = set()
    for some in batches(ids):  # asked once for each entity, not for each of its mentions
        met |= set(session.scalars(select(EntityRow.id).where(EntityRow.id.in_(some), earlier.exists())))
    return ids - met


def by_annotation(session: Session, annotation_ids: Iterable[int]) -> dict[int, list[Entity]]:
    """The entities named in the quote of each of these annotations, in the order of the text, each once."""
    found: defaultdict[int, dict[int, Entity]] = defaultdict(dict)
    for ids in batches(annotation_ids):
        rows = session.execute(
            select(AnnotationRow.id, EntityRow.id, EntityRow.kind, EntityRow.name)
            .join(
                MentionRow,
                (MentionRow.document_id == AnnotationRow.document_id)
                & MentionRow.start.between(AnnotationRow.start - LONGEST, AnnotationRow.end - 1)
                & (MentionRow.end > AnnotationRow.start)
                & MentionRow.hidden.is_(False),
            )
            .join(EntityRow, EntityRow.id == MentionRow.entity_id)
            .where(AnnotationRow.id.in_(ids))
            .order_by(AnnotationRow.id, MentionRow.start)
        )
        for annotation_id, entity_id, kind, name in rows:
            known = found[annotation_id].get(entity_id)
            count = known.count + 1 if known else 1
            found[annotation_id][entity_id] = Entity(entity_id, kind, name, (), count)
    return {annotation_id: list(entities.values()) for annotation_id, entities in found.items()}


type _Found = Select[int, int, int, int, str, EntityKind, Origin, str]


def _live() -> _Found:
    """The mentions of documents that are there."""
    return (
        select(
            MentionRow.entity_id,
            MentionRow.document_id,
            MentionRow.start,
            MentionRow.end,
            MentionRow.text,
            EntityRow.kind,
            MentionRow.origin,
            MentionRow.value,
        )
        .join(EntityRow, EntityRow.id == MentionRow.entity_id)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(DocumentRow.removed_at.is_(None), MentionRow.hidden.is_(False))
    )


def _mentions(session: Session, wanted: _Found) -> list[Mention]:
    with undisturbed():
        rows = session.execute(wanted.order_by(MentionRow.document_id, MentionRow.start, MentionRow.end))
        return [
            Mention(row.entity_id, row.document_id, row.start, row.end, row.text, row.kind, row.origin, row.value)
            for row in rows
        ]


def _entities(session: Session, *where: ColumnElement[bool]) -> list[Entity]:
    counted = (
        select(MentionRow.entity_id, MentionRow.text, func.count())
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(DocumentRow.removed_at.is_(None), MentionRow.hidden.is_(False), *where)
        .group_by(MentionRow.entity_id, MentionRow.text)
    )
    with undisturbed():
        forms: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for number, form, count in session.execute(counted):
            forms[number].append((-count, form))
        found = []
        for number, (kind, name) in derive.names_of(session, forms).items():
            mine = sorted(forms[number])
            aliases = tuple(form for _count, form in mine if form != name)
            found.append(Entity(number, kind, name, aliases, -sum(count for count, _form in mine)))
        return sorted(found, key=lambda one: (-one.count, one.name.casefold(), one.id))
