"""Acts and their undoing, from a log that lives in the library: it works over restarts and from the command line."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from sqlalchemy import bindparam, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from postil_db.keeping import COLUMNS, KEPT, Change, ledger, table_of
from postil_db.tables import ActRow, ActState, ChangeRow
from postil_db.tables.base import Image, micros, now, seal

DEPTH = 1000  # acts kept for undo
HIDDEN = ("document", "annotation")  # rows that are hidden, not deleted: others hang on them
_ADDITION = "add "
PAUSE = timedelta(seconds=30)  # a longer one ends an act that others of its kind could join

# Made once: putting a statement together takes longer than to run it.
_FORGET_UNDONE = delete(ActRow).where(ActRow.state == ActState.UNDONE)
_FORGET_OLD = delete(ActRow).where(ActRow.id <= bindparam("last"))
_LOG = insert(ChangeRow)


def record(session: Session, label: str, joins: str = "") -> None:
    """Log what the session's ledger holds: as one act, or as more of the last one, if both join under one word.

    What was undone before can no longer be redone.
    """
    changes = ledger(session).changes
    if not changes:
        return
    act = _joined(session, joins)
    if act is None:
        act = ActRow(state=ActState.DONE, joins=joins)
    else:
        changes = _folded([*_changes(session, act), *changes])
        session.execute(delete(ChangeRow).where(ChangeRow.act_id == act.id))
    session.connection().execute(_FORGET_UNDONE)
    act.label, act.done_at = label, now()
    session.add(act)
    session.flush()
    session.connection().execute(
        _LOG,
        [
            {
                "act_id": act.id,
                "ordinal": ordinal,
                "table": change.table,
                "key": json.dumps(change.key),
                "before": _packed(change.before),
                "after": _packed(change.after),
            }
            for ordinal, change in enumerate(changes)
        ],
    )
    session.connection().execute(_FORGET_OLD, {"last": act.id - DEPTH})


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
    _put(session, [Change(one.table, one.key, one.after, one.before) for one in reversed(_changes(session, act))])
    act.state = ActState.UNDONE
    session.flush()


def redo(session: Session, act: ActRow) -> None:
    """Put every row to how it was after the act."""
    _put(session, _changes(session, act))
    act.state = ActState.DONE
    session.flush()


def addition(sha256: str) -> str:
    """The word under which adding a document joins with what is done with it next, however long after."""
    return f"{_ADDITION}{sha256}"


def _joined(session: Session, joins: str) -> ActRow | None:
    """The last act, if what joins under this word is part of it."""
    last = next_undo(session) if joins and next_redo(session) is None else None
    if last is None or last.joins != joins:
        return None
    return last if joins.startswith(_ADDITION) or timedelta() <= now() - last.done_at <= PAUSE else None


def _folded(changes: Iterable[Change]) -> list[Change]:
    """One change a row: from how it was first to how it is last."""
    rows: dict[tuple[str, tuple[int, ...]], Change] = {}
    for one in changes:
        first = rows.get((one.table, one.key), one)
        rows[one.table, one.key] = Change(one.table, one.key, first.before, one.after)
    return list(rows.values())


def _packed(image: Image | None) -> str:
    return "" if image is None else json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _changes(session: Session, act: ActRow) -> list[Change]:
    columns = (ChangeRow.table, ChangeRow.key, ChangeRow.before, ChangeRow.after)
    wanted = select(*columns).where(ChangeRow.act_id == act.id)
    return [
        Change(table, tuple(json.loads(key)), _unpacked(before), _unpacked(after))
        for table, key, before, after in session.execute(wanted.order_by(ChangeRow.ordinal))
    ]


def _unpacked(packed: str) -> Image | None:
    return json.loads(packed) if packed else None


def _put(session: Session, changes: Sequence[Change]) -> None:
    """Make rows what they were or became, in this order within each table, and tell the ledger."""
    # Table by table: what refers to what is right again only at the end.
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    done = [_hiding(session, one) if one.after is None else one for one in changes]
    by_table = sorted(done, key=lambda one: one.table)
    for (table, gone), some in groupby(by_table, key=lambda one: (one.table, one.after is None)):
        if gone:
            _delete_rows(session, table, [one.key for one in some])
        else:
            put_rows(session, table, [one.after for one in some if one.after])
    ledger(session).changes += done


def _hiding(session: Session, change: Change) -> Change:
    """What is done instead of deleting a row on which others hang (a document's blocks, say): it is hidden."""
    if change.before is None or change.table not in HIDDEN:
        return change
    hidden = {**change.before, "removed_at": micros(now()), "rev": ledger(session).next_revision(session)}
    return Change(change.table, change.key, change.before, {**hidden, "checksum": seal(hidden)})


def put_rows(session: Session, name: str, images: Sequence[Image]) -> None:
    """Make rows what their images say, whether they are there or not."""
    table, kept = table_of(KEPT[name]), COLUMNS[KEPT[name]]
    # Images hold what is stored: no type has anything to convert.
    as_stored = {one.name: bindparam(one.name, type_=getattr(one.type, "impl", one.type)) for one in kept}
    new = upsert(table).values(as_stored)
    there = {one.name: new.excluded[one.name] for one in kept if not one.primary_key}
    keys = [one.name for one in table.primary_key.columns]
    session.connection().execute(new.on_conflict_do_update(index_elements=keys, set_=there), images)


def _delete_rows(session: Session, name: str, keys: Iterable[Sequence[int]]) -> None:
    table = table_of(KEPT[name])
    names = [column.name for column in table.primary_key.columns]
    here = [column == bindparam(f"of_{column.name}") for column in table.primary_key.columns]
    wanted = [{f"of_{one}": value for one, value in zip(names, key, strict=True)} for key in keys]
    session.connection().execute(delete(table).where(*here), wanted)
