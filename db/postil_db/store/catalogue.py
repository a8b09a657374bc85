"""What the search knows of documents."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.index.catalogue import Catalogue, Facts
from postil_db.tables import DocumentRow
from postil_db.touched import batches

_COLUMNS = (
    DocumentRow.id,
    DocumentRow.title,
    DocumentRow.authors,
    DocumentRow.language,
    DocumentRow.published,
    DocumentRow.source,
    DocumentRow.added_at,
    DocumentRow.opened_at,
    DocumentRow.removed_at,
)


def every(session: Session) -> Catalogue:
    """All documents, those in the trash included."""
    return Catalogue(_facts(*row) for row in session.execute(select(*_COLUMNS)))


def some(session: Session, ids: Iterable[int]) -> dict[int, Facts | None]:
    """Some documents; None for those that are gone."""
    ids = set(ids)
    found: dict[int, Facts | None] = dict.fromkeys(ids)
    for part in batches(ids):
        rows = session.execute(select(*_COLUMNS).where(DocumentRow.id.in_(part)))
        found |= {row.id: _facts(*row) for row in rows}
    return found


def _facts(number, title, authors, language, published, source, added, opened, removed) -> Facts:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return Facts(
        number, title, authors, language, published, source, added.date().isoformat(), opened is not None,
        removed is not None,
    )  # fmt: skip
