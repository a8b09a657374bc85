"""Annotations: rows to records and back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound, Refused
from postil_db.records import AnchorState, Annotation, Color, Selector
from postil_db.store import tags as tag_store
from postil_db.store.live import live, require_all
from postil_db.store.text import clean
from postil_db.tables import AnnotationRow, AnnotationTagRow, DocumentRow, FormerQuoteRow, TagRow, VersionRow
from postil_db.tables.base import now
from postil_db.touched import batches


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """A passage to be marked.

    What was marked before, in another library or program, may have lost its passage (an orphan, whose selector starts
    and ends at one place), or marks other words than then: `former`. `created_at`, `modified_at`: None for now.
    """

    selector: Selector
    color: Color = Color.YELLOW
    note: str = ""
    tags: tuple[str, ...] = ()
    state: AnchorState = AnchorState.EXACT
    former: str = ""
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What an annotation is to say from now on; None: what it says already. `modified_at`: None for now."""

    note: str | None = None
    color: Color | None = None
    tags: tuple[str, ...] | None = None
    modified_at: datetime | None = None


def add(
    session: Session,
    document_id: int,
    selector: Selector,
    *,
    color: Color = Color.YELLOW,
    note: str = "",
    tags: Iterable[str] = (),
) -> Annotation:
    """Mark a passage."""
    return add_all(session, document_id, [NewAnnotation(selector, color, note, tuple(tags))])[0]


def add_all(session: Session, document_id: int, wanted: Sequence[NewAnnotation]) -> list[Annotation]:
    """Mark passages of a document; thousands take seconds, which one by one would take a minute."""
    document = session.get(DocumentRow, document_id)
    if document is None or document.removed_at is not None:
        if session.get(VersionRow, document_id) is not None:
            raise Refused("This is an earlier version, which only shows how it was. Mark the passage in the newer one.")
        raise NotFound(f"There is no document {document_id} in this library.")
    rows = [_row(document_id, one) for one in wanted]
    session.add_all(rows)
    known = tag_store.ensure_all(session, (name for one in wanted for name in one.tags))  # flushes: the rows have ids
    added = []
    for row, one in zip(rows, wanted, strict=True):
        given = {tag.id: tag for tag in map(known.__getitem__, map(tag_store.folded, one.tags))}
        links = (AnnotationTagRow(annotation_id=row.id, tag_id=tag, ordinal=at) for at, tag in enumerate(given))
        session.add_all(links)
        added.append(_record(row, [tag.name for tag in given.values()]))
        if one.former and one.former != row.quote:
            session.add(FormerQuoteRow(annotation_id=row.id, quote=clean(one.former)))
    session.flush()
    return added


def _row(document_id: int, wanted: NewAnnotation) -> AnnotationRow:
    place, lost = wanted.selector, wanted.state is AnchorState.ORPHAN
    if (
        place.start < 0
        or not (place.start == place.end if lost else place.start < place.end)
        or not place.quote.strip()
    ):
        raise Refused("There is no text in this passage. Select some words first.")
    moment = now()
    return AnnotationRow(
        document_id=document_id,
        start=place.start,
        end=place.end,
        quote=place.quote,
        prefix=place.prefix,
        suffix=place.suffix,
        section=place.section,
        text_hash=place.text_hash,
        color=Color(wanted.color),
        note=clean(wanted.note),
        anchor_state=wanted.state,
        created_at=wanted.created_at or moment,
        modified_at=wanted.modified_at or wanted.created_at or moment,
    )


def get(session: Session, annotation_id: int) -> Annotation:
    """One annotation."""
    return _records(session, [require(session, annotation_id)])[0]


def of_document(session: Session, document_id: int) -> list[Annotation]:
    """A document's annotations in the order of its text."""
    rows = session.scalars(
        live()
        .where(AnnotationRow.document_id == document_id)
        .order_by(AnnotationRow.start, AnnotationRow.end, AnnotationRow.id)
    )
    return _records(session, rows.all())


# columns, not rows: nothing of what is only read needs to be known to the session
_COLUMNS = AnnotationRow.__table__.columns
_OF = AnnotationRow.id.in_(bindparam("ids", expanding=True))
_ANY_OF, _LIVE_OF = select(*_COLUMNS).where(_OF), live().with_only_columns(*_COLUMNS).where(_OF)


def many(session: Session, ids: Sequence[int], *, trashed: bool = False) -> list[Annotation]:
    """These annotations in the order asked for, without those that are gone. `trashed`: with those in the trash."""
    found: dict[int, Row[Any]] = {}
    for some in batches(set(ids)):
        wanted = _ANY_OF if trashed else _LIVE_OF
        found |= {row.id: row for row in session.execute(wanted, {"ids": some})}
    return _records(session, [found[one] for one in ids if one in found])


def every(session: Session) -> list[Annotation]:
    """All annotations, document by document in the order of the text."""
    order = (AnnotationRow.document_id, AnnotationRow.start, AnnotationRow.end, AnnotationRow.id)
    return _records(session, session.scalars(live().order_by(*order)).all())


def with_tag(session: Session, name: str) -> list[Annotation]:
    """The annotations that carry a tag, document by document in the order of the text."""
    tag = tag_store.require(session, name)
    rows = session.scalars(
        live()
        .join(AnnotationTagRow, AnnotationTagRow.annotation_id == AnnotationRow.id)
        .where(AnnotationTagRow.tag_id == tag.id)
        .order_by(AnnotationRow.document_id, AnnotationRow.start, AnnotationRow.end, AnnotationRow.id)
    )
    return _records(session, rows.all())


def set_color(session: Session, ids: Iterable[int], color: Color) -> None:
    """Give annotations a colour."""
    for row in require_all(session, ids):
        if row.color != color:
            row.color = Color(color)
            row.modified_at = now()


def set_note(session: Session, annotation_id: int, note: str) -> None:
    """Write an annotation's note anew."""
    row = require(session, annotation_id)
    if row.note != clean(note):
        row.note = clean(note)
        row.modified_at = now()


def revise(session: Session, wanted: Mapping[int, Revision]) -> None:
    """Make annotations say what is said of each; what is None stays as it is."""
    rows = require_all(session, wanted)
    known = tag_store.ensure_all(session, (name for one in wanted.values() for name in one.tags or ()))
    for row in rows:
        one = wanted[row.id]
        row.note = row.note if one.note is None else clean(one.note)
        row.color = one.color or row.color
        row.modified_at = one.modified_at or now()
    tagged = [one for one in wanted if wanted[one].tags is not None]
    for some in batches(tagged):
        for link in session.scalars(select(AnnotationTagRow).where(AnnotationTagRow.annotation_id.in_(some))):
            session.delete(link)
    session.flush()
    for number in tagged:
        given = dict.fromkeys(known[tag_store.folded(name)].id for name in wanted[number].tags or ())
        session.add_all(AnnotationTagRow(annotation_id=number, tag_id=tag, ordinal=at) for at, tag in enumerate(given))
    session.flush()


def remove(session: Session, ids: Iterable[int]) -> None:
    """Take annotations away, until undo brings them back."""
    for row in require_all(session, ids):
        row.removed_at = now()


def require(session: Session, annotation_id: int) -> AnnotationRow:
    """The row of an annotation that is there."""
    return require_all(session, [annotation_id])[0]


def _records(session: Session, rows: Sequence[AnnotationRow | Row[Any]]) -> list[Annotation]:
    names = names_of_tags(session, [row.id for row in rows])
    return [_record(row, names[row.id]) for row in rows]


def _record(row: AnnotationRow | Row[Any], tags: Sequence[str]) -> Annotation:
    return Annotation(
        id=row.id,
        document_id=row.document_id,
        selector=Selector(row.start, row.end, row.quote, row.prefix, row.suffix, row.section, row.text_hash),
        color=row.color,
        note=row.note,
        tags=tuple(tags),
        anchor_state=row.anchor_state,
        created_at=row.created_at,
        modified_at=row.modified_at,
    )


_NAMES_OF_TAGS = (
    select(AnnotationTagRow.annotation_id, TagRow.name)
    .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
    .where(AnnotationTagRow.annotation_id.in_(bindparam("ids", expanding=True)))
    .order_by(AnnotationTagRow.annotation_id, AnnotationTagRow.ordinal, TagRow.id)
)


def names_of_tags(session: Session, ids: Iterable[int]) -> defaultdict[int, list[str]]:
    """The tags of each of these annotations, in the order they were given."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for some in batches(ids):
        for annotation_id, name in session.execute(_NAMES_OF_TAGS, {"ids": some}):
            names[annotation_id].append(name)
    return names
