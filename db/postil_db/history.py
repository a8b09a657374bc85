"""Acts and their undoing, from a log that lives in the library: it works over restarts and from the command line."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, Table, delete, func, insert, inspect, select, text, update
from sqlalchemy.orm import Session

from postil_db.keeping import KEPT, Change, columns, ledger, loaded
from postil_db.tables import ActRow, ActState, ChangeRow
from postil_db.tables.base import Image, micros, now, seal

DEPTH = 1000  # acts kept for undo
PAUSE = timedelta(seconds=30)  # a longer one ends an act that others of its kind could join


def record(session: Session, label: str, joins: str = "") -> None:
    """Log what the session's ledger holds: as one act, or as more of the last one, if both join under one word.

    What was undone before can no longer be redone.
    """
    changes = ledger(session).changes
    if not changes:
        return
    act, first = _joined(session, joins) or (ActRow(state=ActState.DONE, joins=joins), 0)
    session.execute(delete(ActRow).where(ActRow.state == ActState.UNDONE))
    act.label, act.done_at = label, now()
    session.add(act)
    session.flush()
    session.execute(
        insert(ChangeRow),
        [
            {
                "act_id": act.id,
                "ordinal": ordinal,
                "table": change.table,
                "key": json.dumps(change.key),
                "before": _packed(change.before),
                "after": _packed(change.after),
            }
            for ordinal, change in enumerate(changes, first)
        ],
    )
    session.execute(delete(ActRow).where(ActRow.id <= act.id - DEPTH))


def next_undo(session: Session) -> ActRow | None:
    """The act that undo would take back."""
    return session.scalars(
        select(ActRow).where(ActRow.state == ActState.DONE).order_by(ActRow.id.desc()).limit(1)
    ).first()


def next_redo(session: Session) -> ActRow | None:
    """The act that redo would do again."""
    return session.scalars(select(ActRow).where(ActRow.state == ActState.UNDONE).order_by(ActRow.id).limit(1)).first()


def undo(session: Session, act: ActRow) -> None:
    """Put back how every row was before the act, the last one first."""
    for change in reversed(_changes(session, act)):
        _put(session, change, back=True)
    act.state = ActState.UNDONE
    session.flush()


def redo(session: Session, act: ActRow) -> None:
    """Put every row to how it was after the act."""
    for change in _changes(session, act):
        _put(session, change, back=False)
    act.state = ActState.DONE
    session.flush()


def _joined(session: Session, joins: str) -> tuple[ActRow, int] | None:
    """The last act and the next ordinal in it, if what joins under this word is part of it."""
    last = next_undo(session) if joins and next_redo(session) is None else None
    if last is None or last.joins != joins or not timedelta() <= now() - last.done_at <= PAUSE:
        return None
    return last, session.scalars(select(func.max(ChangeRow.ordinal)).where(ChangeRow.act_id == last.id)).one() + 1


def _packed(image: Image | None) -> str:
    return "" if image is None else json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _changes(session: Session, act: ActRow) -> Sequence[Change]:
    # Rows come back one by one; what refers to what is right again only at the end.
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    rows = session.scalars(select(ChangeRow).where(ChangeRow.act_id == act.id).order_by(ChangeRow.ordinal))
    return [
        Change(
            row.table,
            tuple(json.loads(row.key)),
            json.loads(row.before) if row.before else None,
            json.loads(row.after) if row.after else None,
        )
        for row in rows
    ]


def _put(session: Session, change: Change, *, back: bool) -> None:
    """Make a row what it was (`back`) or became, and tell the ledger."""
    old, new = (change.after, change.before) if back else (change.before, change.after)
    noted = ledger(session)
    if new is None and old is not None and "removed_at" in old:
        # Other rows hang on this one (a document's blocks, say): it is hidden, not deleted.
        new = {**old, "removed_at": micros(now()), "rev": noted.next_revision(session)}
        new["checksum"] = seal(new)
    if new is None:
        table = _table(change.table)
        session.execute(delete(table).where(*_where(table, change.key)))
    else:
        put_row(session, change.table, new)
    noted.changes.append(Change(change.table, change.key, old, new))


def put_row(session: Session, name: str, image: Image) -> None:
    """Make a row what its image says, whether there is one or not."""
    table = _table(name)
    values = {column.name: loaded(column, image[column.name]) for column in columns(KEPT[name])}
    where = _where(table, [values[column.name] for column in table.primary_key.columns])
    changed = session.execute(update(table).where(*where).values(values))
    if not cast("CursorResult[object]", changed).rowcount:
        session.execute(insert(table).values(values))


def _table(name: str) -> Table:
    table = inspect(KEPT[name]).local_table
    assert isinstance(table, Table)  # noqa: S101 - every row here has a table of its own
    return table


def _where(table: Table, key: Sequence[int]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
