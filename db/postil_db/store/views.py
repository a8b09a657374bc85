"""Smart views: queries that a reader keeps under a name."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound, Refused
from postil_db.records import SmartView
from postil_db.store.tags import folded
from postil_db.store.text import clean, clean_name
from postil_db.tables import SmartViewRow


def every(session: Session) -> list[SmartView]:
    """All of them, in the reader's order."""
    rows = session.scalars(select(SmartViewRow).order_by(SmartViewRow.ordinal, SmartViewRow.id))
    return [_record(row) for row in rows]


def save(session: Session, name: str, query: str) -> SmartView:
    """Keep a query under a name, at the end of the list; one of that name asks this from now on."""
    name, query = clean_name(name, "A view"), clean(query).strip()
    if not query:
        raise Refused("There is nothing to save. Type what to search for first.")
    row = session.scalars(select(SmartViewRow).where(SmartViewRow.folded == folded(name))).first()
    if row is None:
        last = session.scalar(select(func.max(SmartViewRow.ordinal)))
        row = SmartViewRow(name=name, folded=folded(name), query=query, ordinal=0 if last is None else last + 1)
        session.add(row)
    row.name, row.query = name, query
    session.flush()
    return _record(row)


def rename(session: Session, view_id: int, name: str) -> None:
    """Give a view another name."""
    row, name = _require(session, view_id), clean_name(name, "A view")
    other = session.scalars(select(SmartViewRow).where(SmartViewRow.folded == folded(name))).first()
    if other is not None and other is not row:
        raise Refused(f"There is a view “{other.name}” already. Choose another name.")
    row.name, row.folded = name, folded(name)


def reorder(session: Session, ids: Sequence[int]) -> None:
    """Put views in this order; those that are not named follow as they were."""
    rows = {row.id: row for row in session.scalars(select(SmartViewRow))}
    for view_id in ids:
        _require(session, view_id)
    rest = sorted((row for row in rows.values() if row.id not in set(ids)), key=lambda row: (row.ordinal, row.id))
    ordered = [*(rows[view_id] for view_id in dict.fromkeys(ids)), *rest]
    for ordinal, row in enumerate(ordered):
        if row.ordinal != ordinal:
            row.ordinal = ordinal


def delete(session: Session, view_id: int) -> None:
    """Forget a view; what it finds stays."""
    session.delete(_require(session, view_id))


def _require(session: Session, view_id: int) -> SmartViewRow:
    row = session.get(SmartViewRow, view_id)
    if row is None:
        raise NotFound(f"There is no view {view_id} in this library.")
    return row


def _record(row: SmartViewRow) -> SmartView:
    return SmartView(row.id, row.name, row.query, row.ordinal)
