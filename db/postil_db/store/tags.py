"""Tags: rows to records and back. Names differ in more than case: "Policy" and "policy" are one tag."""

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound, Refused
from postil_db.records import Color, Tag
from postil_db.store.live import require_all
from postil_db.store.text import clean_name
from postil_db.tables import AnnotationRow, AnnotationTagRow, DocumentRow, EntityTagRow, TagRow, TrashedTagRow
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


def ensure_all(session: Session, names: Iterable[str]) -> dict[str, TagRow]:
    """The rows of the tags of these names, by folded name, in this order; missing ones are made."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(folded(name), _clean(name))
    known: dict[str, TagRow] = {}
    for some in batches(wanted):
        known |= {row.folded: row for row in session.scalars(select(TagRow).where(TagRow.folded.in_(some)))}
    rows = {key: known.get(key) or TagRow(name=name, folded=key) for key, name in wanted.items()}
    session.add_all(rows.values())
    session.flush()
    return rows


def folded(name: str) -> str:
    """What a tag is known by: its clean name without regard to case."""
    return _clean(name).casefold()


def attach(session: Session, annotation_ids: Iterable[int], name: str) -> None:
    """Give annotations a tag, which is made if there is none of that name."""
    (tag,) = ensure_all(session, [name]).values()
    for some in batches(set(annotation_ids)):
        carriers = {link.annotation_id for link in _links(session, tag, some)}
        last = last_ordinals(session, some)
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
    tag, name = require(session, old), _clean(new)
    other = _named(session, name)
    if other is not None and other.id != tag.id:
        raise Refused(f"There is already a tag “{other.name}”. Merge “{tag.name}” into it instead.")
    tag.name, tag.folded = name, name.casefold()
    session.flush()


def merge(session: Session, source: str, target: str) -> None:
    """Give all that carries `source` the tag `target` instead, and delete `source`."""
    gone, kept = require(session, source), require(session, target)
    if gone.id == kept.id:
        raise Refused(f"“{kept.name}” cannot be merged into itself. Choose two different tags.")
    carriers = {link.annotation_id for link in _links(session, kept)}
    for link in _links(session, gone):
        if link.annotation_id not in carriers:
            session.add(AnnotationTagRow(annotation_id=link.annotation_id, tag_id=kept.id, ordinal=link.ordinal))
        session.delete(link)
    entities = {(link.kind, link.name) for link in _on_entities(session, kept)}
    for named in _on_entities(session, gone):
        if (named.kind, named.name) in entities:
            session.delete(named)
        else:
            named.tag_id = kept.id
    session.flush()
    session.delete(gone)
    session.flush()


def delete(session: Session, name: str) -> None:
    """Delete a tag, everywhere; what carried it stays. The trash can bring it back."""
    tag = require(session, name)
    links, on_entities = _links(session, tag), _on_entities(session, tag)
    session.add(
        TrashedTagRow(
            name=tag.name,
            color=tag.color,
            annotations=json.dumps([link.annotation_id for link in links]),
            entities=json.dumps([[link.kind, link.name] for link in on_entities]),
            removed_at=now(),
        )
    )
    for link in (*links, *on_entities):
        session.delete(link)
    session.flush()
    session.delete(tag)
    session.flush()


def set_color(session: Session, name: str, color: Color | None) -> None:
    """Give a tag a colour, or none."""
    require(session, name).color = color


def require(session: Session, name: str) -> TagRow:
    """The row of the tag of that name."""
    wanted = _clean(name)
    tag = _named(session, wanted)
    if tag is None:
        raise NotFound(f"There is no tag “{wanted}” in this library.")
    return tag


def _clean(name: str) -> str:
    if ";" in name:
        raise Refused(
            f"A tag cannot hold a semicolon (“{name.strip()}”): it parts tags that are written in a row. "
            "Give two tags, or write a comma."
        )
    return clean_name(name, "A tag")


def _named(session: Session, name: str) -> TagRow | None:
    return session.scalars(select(TagRow).where(TagRow.folded == name.casefold())).first()


def _links(session: Session, tag: TagRow, annotation_ids: Iterable[int] | None = None) -> list[AnnotationTagRow]:
    found = select(AnnotationTagRow).where(AnnotationTagRow.tag_id == tag.id)
    if annotation_ids is not None:
        found = found.where(AnnotationTagRow.annotation_id.in_(annotation_ids))
    return list(session.scalars(found.order_by(AnnotationTagRow.annotation_id)))


def _on_entities(session: Session, tag: TagRow) -> list[EntityTagRow]:
    return list(session.scalars(select(EntityTagRow).where(EntityTagRow.tag_id == tag.id).order_by(EntityTagRow.id)))


def last_ordinals(session: Session, annotation_ids: list[int]) -> dict[int, int]:
    """At which place the last tag of each of these annotations stands; none for those without."""
    last = (
        select(AnnotationTagRow.annotation_id, func.max(AnnotationTagRow.ordinal))
        .where(AnnotationTagRow.annotation_id.in_(annotation_ids))
        .group_by(AnnotationTagRow.annotation_id)
    )
    return {annotation_id: ordinal for annotation_id, ordinal in session.execute(last)}  # noqa: C416
