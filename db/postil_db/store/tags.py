"""Tags: rows to records and back. Names differ in more than case: "Policy" and "policy" are one tag."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound, Refused
from postil_db.records import Color, Tag
from postil_db.store.live import require_all
from postil_db.store.text import clean_name
from postil_db.tables import AnnotationRow, AnnotationTagRow, DocumentRow, TagRow
from postil_db.tables.base import now
from postil_db.touched import batches


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
    count: ColumnElement[int] = func.coalesce(carried.c.count, 0)
    rows = session.execute(
        select(TagRow, count).outerjoin(carried, carried.c.tag_id == TagRow.id).order_by(TagRow.folded)
    )
    return [Tag(row.id, row.name, row.color, carriers) for row, carriers in rows]


def ensure_all(session: Session, names: Iterable[str]) -> list[TagRow]:
    """The rows of the tags of these names, each once, in this order; missing ones are made."""
    rows: dict[str, TagRow] = {}
    for name in names:
        shown = clean_name(name, "A tag")
        folded = shown.casefold()
        if folded not in rows:
            rows[folded] = _named(session, shown) or TagRow(name=shown, folded=folded)
            session.add(rows[folded])
    session.flush()
    return list(rows.values())


def attach(session: Session, annotation_ids: Iterable[int], name: str) -> None:
    """Give annotations a tag, which is made if there is none of that name."""
    (tag,) = ensure_all(session, [name])
    for some in batches(set(annotation_ids)):
        carriers = {link.annotation_id for link in _links(session, tag, some)}
        last = _last_ordinals(session, some)
        for annotation in require_all(session, some):
            if annotation.id not in carriers:
                ordinal = last.get(annotation.id, -1) + 1
                session.add(AnnotationTagRow(annotation_id=annotation.id, tag_id=tag.id, ordinal=ordinal))
                annotation.modified_at = now()
    session.flush()


def detach(session: Session, annotation_ids: Iterable[int], name: str) -> None:
    """Take a tag from annotations; the tag itself stays in the library."""
    tag = require(session, name)
    for some in batches(set(annotation_ids)):
        rows = {annotation.id: annotation for annotation in require_all(session, some)}
        for link in _links(session, tag, some):
            session.delete(link)
            rows[link.annotation_id].modified_at = now()
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


def _links(session: Session, tag: TagRow, annotation_ids: Iterable[int] | None = None) -> list[AnnotationTagRow]:
    found = select(AnnotationTagRow).where(AnnotationTagRow.tag_id == tag.id)
    if annotation_ids is not None:
        found = found.where(AnnotationTagRow.annotation_id.in_(annotation_ids))
    return list(session.scalars(found.order_by(AnnotationTagRow.annotation_id)))


def _last_ordinals(session: Session, annotation_ids: list[int]) -> dict[int, int]:
    last = (
        select(AnnotationTagRow.annotation_id, func.max(AnnotationTagRow.ordinal))
        .where(AnnotationTagRow.annotation_id.in_(annotation_ids))
        .group_by(AnnotationTagRow.annotation_id)
    )
    return {annotation_id: ordinal for annotation_id, ordinal in session.execute(last)}  # noqa: C416
