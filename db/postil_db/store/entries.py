"""What the index is told about annotations, those in the trash included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.index.entry import Entry, Named
from postil_db.store.annotations import names_of_tags
from postil_db.store.entities import LONGEST
from postil_db.tables import AnnotationRow, DocumentRow, EntityRow, MentionRow
from postil_db.tables.base import micros
from postil_db.touched import batches


def entries(session: Session, ids: Iterable[int]) -> Iterator[Entry]:
    """The entries of those of these annotations that are there, or in the trash."""
    for some in batches(ids):
        rows = session.execute(
            select(AnnotationRow, DocumentRow.title, DocumentRow.removed_at)
            .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
            .where(AnnotationRow.id.in_(some))
            .order_by(AnnotationRow.id)
            .execution_options(populate_existing=True)
        ).all()
        tags, named = names_of_tags(session, some), _named(session, some)
        for row, title, document_removed in rows:
            trashed = row.removed_at is not None or document_removed is not None
            has = {
                "note": row.note.strip(),
                "tag": tags[row.id],
                "entity": named.get(row.id),
                "trashed": trashed,
            }
            yield Entry(
                id=row.id,
                rev=row.index_rev,
                document_id=row.document_id,
                title=title,
                quote=row.quote,
                note=row.note,
                tags=tuple(tags[row.id]),
                entities=(),
                color=row.color.value,
                created=micros(row.created_at),
                named=named.get(row.id, ()),
                marks=(row.anchor_state.value, *(mark for mark, is_so in has.items() if is_so)),
                modified=micros(row.modified_at),
                start=row.start,
                end=row.end,
            )


def _named(session: Session, ids: Iterable[int]) -> Mapping[int, tuple[Named, ...]]:
    """The entities named in the quote of each annotation, with the forms that stand there."""
    rows = session.execute(
        select(AnnotationRow.id, EntityRow.kind, EntityRow.name, MentionRow.text)
        .join(
            MentionRow,
            (MentionRow.document_id == AnnotationRow.document_id)
            & MentionRow.start.between(AnnotationRow.start - LONGEST, AnnotationRow.end - 1)
            & (MentionRow.end > AnnotationRow.start)
            & MentionRow.hidden.is_(False),
        )
        .join(EntityRow, EntityRow.id == MentionRow.entity_id)
        .where(AnnotationRow.id.in_(list(ids)))
        .order_by(AnnotationRow.id, MentionRow.start)
    )
    forms: defaultdict[int, dict[tuple[str, str], dict[str, None]]] = defaultdict(dict)
    for annotation_id, kind, name, text in rows:
        forms[annotation_id].setdefault((kind.value, name), {})[text] = None
    return {
        annotation_id: tuple(Named(kind, name, tuple(texts)) for (kind, name), texts in held.items())
        for annotation_id, held in forms.items()
    }


def revisions(session: Session) -> dict[int, int]:
    """What the index should hold: the `index_rev` of every annotation, those in the trash included."""
    rows = session.execute(select(AnnotationRow.id, AnnotationRow.index_rev))
    return {annotation_id: revision for annotation_id, revision in rows}  # noqa: C416 - a Row is no pair to mypy
