"""Annotations that are there: not removed themselves, nor with their document."""

from collections.abc import Iterable

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound
from postil_db.tables import AnnotationRow, DocumentRow
from postil_db.touched import batches


def live() -> Select[AnnotationRow]:
    """The annotations that are there."""
    return (
        select(AnnotationRow)
        .join(DocumentRow, DocumentRow.id == AnnotationRow.document_id)
        .where(AnnotationRow.removed_at.is_(None), DocumentRow.removed_at.is_(None))
    )


_LIVE_OF = live().where(AnnotationRow.id.in_(bindparam("ids", expanding=True))).order_by(AnnotationRow.id)


def require_all(session: Session, ids: Iterable[int]) -> list[AnnotationRow]:
    """The rows of these annotations, each once, by id; raises `NotFound` unless all are there."""
    wanted = set(ids)
    found: list[AnnotationRow] = []
    for some in batches(wanted):
        found += session.scalars(_LIVE_OF, {"ids": some})
    if missing := wanted - {row.id for row in found}:
        raise NotFound(f"There is no annotation {min(missing)} in this library.")
    return found
