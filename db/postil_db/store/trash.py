"""The trash: what was deleted, how it comes back, and how it goes for good."""

import json
from collections.abc import Iterable, Set

from sqlalchemy import ScalarSelect, delete, exists, func, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound
from postil_db.keeping import Change, ledger
from postil_db.records import EntityKind, Trashed, TrashKind
from postil_db.store import derive, likely
from postil_db.store.tags import ensure_all, last_ordinals
from postil_db.tables import (
    ActRow,
    AnnotationRow,
    AnnotationTagRow,
    Base,
    BlockRow,
    ChangeRow,
    DecisionRow,
    DocumentRow,
    EntityTagRow,
    FormerQuoteRow,
    MentionRow,
    PageRow,
    RecognitionRow,
    SectionRow,
    TrashedTagRow,
    VersionRow,
)
from postil_db.touched import batches

type Item = tuple[TrashKind, int]


def every(session: Session) -> list[Trashed]:
    """What lies in the trash, the last deleted first."""
    found = [*_documents(session), *_annotations(session), *_tags(session)]
    return sorted(found, key=lambda one: (one.removed_at, one.kind, one.id), reverse=True)


def restore(session: Session, items: Iterable[Item]) -> None:
    """Bring things back; an annotation brings its document along."""
    wanted = _sorted(items)
    for document in _removed(session, DocumentRow, wanted[TrashKind.DOCUMENT]):
        document.removed_at = None
    brought: set[int] = set()
    for annotation in _removed(session, AnnotationRow, wanted[TrashKind.ANNOTATION]):
        annotation.removed_at = None
        brought.add(annotation.document_id)
    for number in brought:
        session.get_one(DocumentRow, number).removed_at = None
    for number in wanted[TrashKind.TAG]:
        _restore_tag(session, number)
    session.flush()


def empty(session: Session, items: Iterable[Item]) -> list[str]:
    """Delete things for good.

    Cannot be undone: what the change log holds of them goes, too. Returns the hashes of originals and pictures that no
    document needs any more; their files may be deleted once this is committed.
    """
    wanted = _sorted(items)
    documents = {row.id for row in _removed(session, DocumentRow, wanted[TrashKind.DOCUMENT])}
    documents |= _earlier(session, documents)
    annotations = {row.id for row in _removed(session, AnnotationRow, wanted[TrashKind.ANNOTATION])}
    for some in batches(documents):
        annotations |= set(session.scalars(select(AnnotationRow.id).where(AnnotationRow.document_id.in_(some))))
    tags = wanted[TrashKind.TAG]
    files = _files_of(session, documents)
    _purge_annotations(session, annotations)
    _purge_documents(session, documents)
    for some in batches(tags):
        session.execute(delete(TrashedTagRow).where(TrashedTagRow.id.in_(some)))
    _forget(session, {"trashed_tag": set(tags)})
    _note(session, {"document": documents, "annotation": annotations, "trashed_tag": set(tags)})
    session.expire_all()
    return sorted(files - _files_of(session, None))


def _documents(session: Session) -> list[Trashed]:
    count: ScalarSelect[int] = (
        select(func.count(AnnotationRow.id))
        .where(AnnotationRow.document_id == DocumentRow.id, AnnotationRow.removed_at.is_(None))
        .scalar_subquery()
    )
    older = exists().where(VersionRow.document_id == DocumentRow.id)  # kept for the newer copy's sake
    out_of_sight = (DocumentRow.removed_at.is_not(None), ~older)
    return [
        Trashed(TrashKind.DOCUMENT, row.id, row.title, row.source, annotations, row.removed_at)
        for row, annotations in session.execute(select(DocumentRow, count).where(*out_of_sight))
        if row.removed_at
    ]


def _annotations(session: Session) -> list[Trashed]:
    rows = session.execute(
        select(AnnotationRow.id, AnnotationRow.quote, AnnotationRow.note, DocumentRow.title, AnnotationRow.removed_at)
        .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
        .where(AnnotationRow.removed_at.is_not(None))
    )
    return [
        Trashed(TrashKind.ANNOTATION, number, quote, " · ".join(filter(None, (note, title))), 0, removed)
        for number, quote, note, title, removed in rows
        if removed
    ]


def _tags(session: Session) -> list[Trashed]:
    rows = session.scalars(select(TrashedTagRow))
    return [
        Trashed(TrashKind.TAG, row.id, row.name, "", len(json.loads(row.annotations)), row.removed_at) for row in rows
    ]


def _sorted(items: Iterable[Item]) -> dict[TrashKind, set[int]]:
    found: dict[TrashKind, set[int]] = {kind: set() for kind in TrashKind}
    for kind, number in items:
        found[kind].add(number)
    return found


def _removed[Row: (DocumentRow, AnnotationRow)](session: Session, row: type[Row], ids: Set[int]) -> list[Row]:
    """What lies in the trash under these ids; raises `NotFound` unless all of it does."""
    found: list[Row] = []
    for some in batches(ids):
        found += session.scalars(select(row).where(row.id.in_(some), row.removed_at.is_not(None)))
    older: set[int] = set()
    for some in batches(ids if row is DocumentRow else ()):
        older |= set(session.scalars(select(VersionRow.document_id).where(VersionRow.document_id.in_(some))))
    if missing := (ids - {one.id for one in found}) | older:
        raise NotFound(f"There is no {row.__tablename__} {min(missing)} in the trash.")
    return found


def _restore_tag(session: Session, number: int) -> None:
    """Make the tag again, or the one that has its name by now, and give it to what carried it and is still there."""
    row = session.get(TrashedTagRow, number)
    if row is None:
        raise NotFound(f"There is no tag {number} in the trash.")
    (tag,) = ensure_all(session, [row.name]).values()
    tag.color = tag.color or row.color
    known = set(session.scalars(select(AnnotationTagRow.annotation_id).where(AnnotationTagRow.tag_id == tag.id)))
    for some in batches(set(json.loads(row.annotations))):
        last = last_ordinals(session, some)
        for number in session.scalars(select(AnnotationRow.id).where(AnnotationRow.id.in_(some))):
            if number not in known:
                session.add(AnnotationTagRow(annotation_id=number, tag_id=tag.id, ordinal=last.get(number, -1) + 1))
        session.flush()
    for kind, name in json.loads(row.entities):
        here = (EntityTagRow.kind == EntityKind(kind), EntityTagRow.name == name, EntityTagRow.tag_id == tag.id)
        if session.scalars(select(EntityTagRow).where(*here)).first() is None:
            session.add(EntityTagRow(kind=EntityKind(kind), name=name, tag_id=tag.id, ordinal=0))
    session.delete(row)


def _earlier(session: Session, document_ids: Iterable[int]) -> set[int]:
    """The copies whose place these documents took: with the newest goes what it replaced."""
    found = newest = set(document_ids)
    while newest:
        older: set[int] = set()
        for some in batches(newest):
            older |= set(session.scalars(select(VersionRow.document_id).where(VersionRow.newer_id.in_(some))))
        newest = older - found
        found = found | older
    return found


def _files_of(session: Session, document_ids: Iterable[int] | None) -> set[str]:
    """The hashes of the originals and pictures of these documents, or of all."""
    originals, pictures = select(DocumentRow.sha256), select(BlockRow.image).where(BlockRow.image != "").distinct()
    if document_ids is None:
        return {*session.scalars(originals), *session.scalars(pictures)}
    found: set[str] = set()
    for some in batches(document_ids):
        found |= set(session.scalars(originals.where(DocumentRow.id.in_(some))))
        found |= set(session.scalars(pictures.where(BlockRow.document_id.in_(some))))
    return found


def _purge_annotations(session: Session, ids: set[int]) -> None:
    for some in batches(ids):
        for row in (AnnotationTagRow, FormerQuoteRow):
            session.execute(delete(row).where(row.annotation_id.in_(some)))
        session.execute(delete(AnnotationRow).where(AnnotationRow.id.in_(some)))
    _forget(session, dict.fromkeys(("annotation", "annotation_tag", "former_quote"), ids))


def _purge_documents(session: Session, ids: set[int]) -> None:
    hanging: tuple[type[Base], ...] = (BlockRow, SectionRow, PageRow, MentionRow, RecognitionRow)
    for some in batches(ids):
        ruled = set(session.scalars(select(DecisionRow.id).where(DecisionRow.document_id.in_(some))))
        session.execute(delete(DecisionRow).where(DecisionRow.id.in_(ruled)))
        _forget(session, {"decision": ruled})
        for row in hanging:
            column = row.__table__.c.document_id
            session.execute(delete(row).where(column.in_(some)))
        session.execute(delete(VersionRow).where(VersionRow.document_id.in_(some) | VersionRow.newer_id.in_(some)))
        session.execute(delete(DocumentRow).where(DocumentRow.id.in_(some)))
    if ids:
        derive.prune(session)
    likely.forget(session, ids)
    _forget(session, dict.fromkeys(("document", "version"), ids))


def _forget(session: Session, gone: dict[str, set[int]]) -> None:
    """Take rows out of the change log, and acts of which nothing is left: undo must not bring half a thing back."""
    number = func.json_extract(ChangeRow.key, "$[0]")
    for table, ids in gone.items():
        if ids:  # all at once: there may be a hundred thousand, and each statement reads the whole log
            here = (ChangeRow.table == table, number.in_(derive.listed(ids)))
            session.execute(delete(ChangeRow).where(*here).execution_options(synchronize_session=False))
    if any(gone.values()):
        left = select(ChangeRow.act_id).where(ChangeRow.act_id == ActRow.id).exists()
        session.execute(delete(ActRow).where(~left).execution_options(synchronize_session=False))


def _note(session: Session, gone: dict[str, set[int]]) -> None:
    """Tell the ledger what went, so that the index forgets it, and whoever shows it."""
    noted = ledger(session)
    noted.changes += [Change(table, (number,), None, None) for table, ids in gone.items() for number in sorted(ids)]
    noted.mentions |= gone["document"]
