"""Tags: rows to records and back. Names differ in more than case: "Policy" and "policy" are one tag."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound, Refused
from postil_db.records import Color, Tag
from postil_db.store.text import clean_name
from postil_db.tables import AnnotationRow, AnnotationTagRow, DocumentRow, TagRow
from postil_db.tables.base import now


def every(session: Session) -> list[Tag]:
    """All tags by name, with how many annotations carry each."""
    carried = (
        select(AnnotationTagRow.tag_id, func.count().label("count"))
        .join(AnnotationRow, AnnotationRow.id == AnnotationTagRow.annotation_id)
        .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
        .where(AnnotationRow.removed_at.is_(None), DocumentRow.removed_at.is_(None))
        .group_by(AnnotationTagRow.tag_id)
        .subquery()
    )
    rows = session.execute(
        select(TagRow, func.coalesce(carried.c.count, 0))
        .outerjoin(carried, carried.c.tag_id == TagRow.id)
        .order_by(TagRow.folded)
    )
    return [Tag(row.id, row.name, row.color, count) for row, count in rows]


def attach(session: Session, annotation_ids: Iterable[int], name: str) -> None:
    """Give annotations a tag, which is made if there is none of that name."""
    name = clean_name(name, "A tag")
    tag = _named(session, name)
    if tag is None:
        tag = TagRow(name=name, folded=name.casefold())
        session.add(tag)
        session.flush()
    for annotation_id in annotation_ids:
        annotation = _annotation(session, annotation_id)
        if session.get(AnnotationTagRow, (annotation_id, tag.id)) is None:
            session.add(
                AnnotationTagRow(
                    annotation_id=annotation_id, tag_id=tag.id, ordinal=_next_ordinal(session, annotation_id)
                )
            )
            annotation.modified_at = now()
            session.flush()


def detach(session: Session, annotation_ids: Iterable[int], name: str) -> None:
    """Take a tag from annotations; the tag itself stays in the library."""
    tag = require(session, name)
    for annotation_id in annotation_ids:
        annotation = _annotation(session, annotation_id)
        link = session.get(AnnotationTagRow, (annotation_id, tag.id))
        if link is not None:
            session.delete(link)
            annotation.modified_at = now()
    session.flush()


def rename(session: Session, old: str, new: str) -> None:
    """Give a tag another name, everywhere."""
    tag, name = require(session, old), clean_name(new, "A tag")
    other = _named(session, name)
    if other is not None and other.id != tag.id:
        raise Refused(f"There is already a tag “{other.name}”. Merge “{tag.name}” into it instead.")
    tag.name, tag.folded = name, name.casefold()
    session.flush()


def merge(session: Session, source: str, target: str) -> None:
    """Give every annotation that carries `source` the tag `target` instead, and delete `source`."""
    gone, kept = require(session, source), require(session, target)
    if gone.id == kept.id:
        raise Refused(f"“{kept.name}” cannot be merged into itself. Choose two different tags.")
    for link in _links(session, gone):
        if session.get(AnnotationTagRow, (link.annotation_id, kept.id)) is None:
            session.add(AnnotationTagRow(annotation_id=link.annotation_id, tag_id=kept.id, ordinal=link.ordinal))
        session.delete(link)
    session.flush()
    session.delete(gone)
    session.flush()


def delete(session: Session, name: str) -> None:
    """Delete a tag, everywhere; the annotations stay."""
    tag = require(session, name)
    for link in _links(session, tag):
        session.delete(link)
    session.flush()
    session.delete(tag)
    session.flush()


def set_color(session: Session, name: str, color: Color | None) -> None:
    """Give a tag a colour, or none."""
    require(session, name).color = color


def require(session: Session, name: str) -> TagRow:
    """The row of the tag of that name."""
    wanted = clean_name(name, "A tag")
    tag = _named(session, wanted)
    if tag is None:
        raise NotFound(f"There is no tag “{wanted}” in this library.")
    return tag


def _named(session: Session, name: str) -> TagRow | None:
    return session.scalars(select(TagRow).where(TagRow.folded == name.casefold())).first()


def _links(session: Session, tag: TagRow) -> list[AnnotationTagRow]:
    found = select(AnnotationTagRow).where(AnnotationTagRow.tag_id == tag.id)
    return list(session.scalars(found.order_by(AnnotationTagRow.annotation_id)))


def _annotation(session: Session, annotation_id: int) -> AnnotationRow:
    row = session.get(AnnotationRow, annotation_id)
    if row is None or row.removed_at is not None:
        raise NotFound(f"There is no annotation {annotation_id} in this library.")
    return row


def _next_ordinal(session: Session, annotation_id: int) -> int:
    last = session.scalar(
        select(func.max(AnnotationTagRow.ordinal)).where(AnnotationTagRow.annotation_id == annotation_id)
    )
    return 0 if last is None else last + 1
