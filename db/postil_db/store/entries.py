"""What the index is told about annotations, those in the trash included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import BindParameter, Integer, Text, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from postil_db.index.entry import Entry, Named
from postil_db.store.annotations import names_of_tags
from postil_db.store.entities import LONGEST
from postil_db.tables import AnnotationRow, DocumentRow, EntityRow, MentionRow
from postil_db.touched import batches

# Made once: putting a statement together takes longer than SQLite takes to answer it. Times and choices are read as
# they are stored, for that is what the index wants of them.
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_ENTRIES = (
    select(
        AnnotationRow.id,
        AnnotationRow.index_rev,
        AnnotationRow.document_id,
        DocumentRow.title,
        AnnotationRow.quote,
        AnnotationRow.note,
        type_coerce(AnnotationRow.color, Text).label("color"),
        type_coerce(AnnotationRow.anchor_state, Text).label("anchor_state"),
        type_coerce(AnnotationRow.created_at, Integer).label("created_at"),
        type_coerce(AnnotationRow.modified_at, Integer).label("modified_at"),
        AnnotationRow.start,
        AnnotationRow.end,
        (AnnotationRow.removed_at.is_not(None) | DocumentRow.removed_at.is_not(None)).label("trashed"),
    )
    .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
    .where(AnnotationRow.id.in_(_IDS))
    .order_by(AnnotationRow.id)
)
_NAMED = (
    select(AnnotationRow.id, type_coerce(EntityRow.kind, Text), EntityRow.name, MentionRow.text, MentionRow.value)
    .join(
        MentionRow,
        (MentionRow.document_id == AnnotationRow.document_id)
        & MentionRow.start.between(AnnotationRow.start - LONGEST, AnnotationRow.end - 1)
        & (MentionRow.end > AnnotationRow.start)
        & MentionRow.hidden.is_(False),
    )
    .join(EntityRow, EntityRow.id == MentionRow.entity_id)
    .where(AnnotationRow.id.in_(_IDS))
    .order_by(AnnotationRow.id, MentionRow.start)
)


def entries(session: Session, ids: Iterable[int]) -> Iterator[Entry]:
    """The entries of those of these annotations that are there, or in the trash."""
    for some in batches(ids):
        rows = session.execute(_ENTRIES, {"ids": some}).all()
        tags, named = names_of_tags(session, some), _named(session, some)
        for row in rows:
            held, names = tags[row.id], named.get(row.id, ())
            has = {"note": row.note.strip(), "tag": held, "entity": names, "trashed": row.trashed}
            yield Entry(
                id=row.id,
                rev=row.index_rev,
                document_id=row.document_id,
                title=row.title,
                quote=row.quote,
                note=row.note,
                tags=tuple(held),
                entities=(),
                color=row.color,
                created=row.created_at,
                named=names,
                marks=(row.anchor_state, *(mark for mark, is_so in has.items() if is_so)),
                modified=row.modified_at,
                start=row.start,
                end=row.end,
            )


def _named(session: Session, ids: list[int]) -> Mapping[int, tuple[Named, ...]]:
    """The entities named in the quote of each annotation, with the forms that stand there."""
    forms: defaultdict[int, dict[tuple[str, str], dict[str, None]]] = defaultdict(dict)
    values: defaultdict[tuple[int, str, str], dict[str, None]] = defaultdict(dict)
    for annotation_id, kind, name, text, value in session.execute(_NAMED, {"ids": ids}):
        forms[annotation_id].setdefault((kind, name), {})[text] = None
        if value:
            values[annotation_id, kind, name][value] = None
    return {
        annotation_id: tuple(
            Named(kind, name, tuple(texts), tuple(values.get((annotation_id, kind, name), ())))
            for (kind, name), texts in held.items()
        )
        for annotation_id, held in forms.items()
    }


def revisions(session: Session) -> dict[int, int]:
    """What the index should hold: the `index_rev` of every annotation, those in the trash included."""
    rows = session.execute(select(AnnotationRow.id, AnnotationRow.index_rev))
    return {annotation_id: revision for annotation_id, revision in rows}  # noqa: C416 - a Row is no pair to mypy
