"""What the index is told about annotations."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.index.entry import Entry
from postil_db.store import entities
from postil_db.store.annotations import names_of_tags
from postil_db.tables import AnnotationRow, DocumentRow
from postil_db.tables.base import micros
from postil_db.touched import batches


def entries(session: Session, ids: Iterable[int]) -> Iterator[Entry]:
    """The entries of those of these annotations that are there."""
    for some in batches(ids):
        rows = session.execute(
            select(AnnotationRow, DocumentRow.title)
            .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
            .where(AnnotationRow.id.in_(some), AnnotationRow.removed_at.is_(None), DocumentRow.removed_at.is_(None))
            .order_by(AnnotationRow.id)
            .execution_options(populate_existing=True)
        ).all()
        tags = names_of_tags(session, some)
        named = entities.by_annotation(session, some)
        for row, title in rows:
            yield Entry(
                id=row.id,
                rev=row.index_rev,
                document_id=row.document_id,
                title=title,
                quote=row.quote,
                note=row.note,
                tags=tuple(tags[row.id]),
                entities=tuple(entity.name for entity in named.get(row.id, ())),
                color=row.color.value,
                created=micros(row.created_at),
            )


def revisions(session: Session) -> dict[int, int]:
    """What the index should hold: the `index_rev` of every annotation that is there."""
    rows = session.execute(
        select(AnnotationRow.id, AnnotationRow.index_rev)
        .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
        .where(AnnotationRow.removed_at.is_(None), DocumentRow.removed_at.is_(None))
    )
    return {annotation_id: revision for annotation_id, revision in rows}  # noqa: C416 - a Row is no pair to mypy
