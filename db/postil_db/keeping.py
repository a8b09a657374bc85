"""A session that notes what happens to the rows a reader made: stamps them, seals them, keeps images for undo."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Engine, Table, event, inspect
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.types import TypeDecorator

from postil_db.tables import (
    AnnotationRow,
    AnnotationTagRow,
    DecisionRow,
    DocumentRow,
    EntityNoteRow,
    EntityTagRow,
    FactRow,
    FormerQuoteRow,
    Kept,
    SmartViewRow,
    TagRow,
    TrashedTagRow,
    VersionRow,
)
from postil_db.tables.base import Image, seal

KEPT: dict[str, type[Kept]] = {
    "document": DocumentRow,
    "annotation": AnnotationRow,
    "tag": TagRow,
    "annotation_tag": AnnotationTagRow,
    "former_quote": FormerQuoteRow,
    "version": VersionRow,
    "decision": DecisionRow,
    "entity_note": EntityNoteRow,
    "entity_tag": EntityTagRow,
    "smart_view": SmartViewRow,
    "trashed_tag": TrashedTagRow,
}
REVISION = "rev"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one row: how it was and how it is, as stored; None where there was or is no row."""

    table: str
    key: tuple[int, ...]
    before: Image | None
    after: Image | None

    def differs(self, *columns: str) -> bool:
        """Whether the row came, went or changed in any of these columns."""
        if self.before is None or self.after is None:
            return True
        return any(self.before[name] != self.after[name] for name in columns)


@dataclass(slots=True)
class Ledger:
    """What one transaction did so far."""

    changes: list[Change] = field(default_factory=list)
    mentions: set[int] = field(default_factory=set)
    positions: set[int] = field(default_factory=set)
    revision: int = 0

    def next_revision(self, session: Session) -> int:
        """This transaction's number, one more than the last one's; taken when first needed."""
        if not self.revision:
            with session.no_autoflush:
                fact = session.get_one(FactRow, REVISION)
            self.revision = int(fact.value) + 1
            fact.value = str(self.revision)
        return self.revision


class KeepingSession(Session):
    """A session with a ledger."""

    def __init__(self, bind: Engine) -> None:
        super().__init__(bind, expire_on_commit=False)
        self.ledger = Ledger()


def ledger(session: Session) -> Ledger:
    """The ledger of a session that writes."""
    if not isinstance(session, KeepingSession):
        raise TypeError("this is done inside Library.write only")
    return session.ledger


def table_of(row: type[Kept]) -> Table:
    """The table of a kept row."""
    table = inspect(row).local_table
    assert isinstance(table, Table)  # noqa: S101 - every row here has a table of its own
    return table


def _store(column: Column[Any]) -> Callable[[Any], Any]:
    """What makes a value of a column the one that is stored."""
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return lambda value: kind.process_bind_param(value, None)  # type: ignore[arg-type]
    return lambda value: value


COLUMNS = {
    row: tuple(column for column in table_of(row).columns if column.name not in row.LOOSE) for row in KEPT.values()
}
"""The columns of each kept row that are undone."""

STORES = {row: {column.name: _store(column) for column in columns} for row, columns in COLUMNS.items()}


def image(row: Kept) -> Image:
    """A row as it is now, as stored."""
    values = row.__dict__
    return {
        name: store(values[name] if name in values else getattr(row, name)) for name, store in STORES[type(row)].items()
    }


def image_before(row: Kept, after: Image) -> Image:
    """A row as it was before the changes that are not flushed yet. `after`: as it is now."""
    stores, attributes = STORES[type(row)], inspect(row).attrs
    images = dict(after)
    for name in _changed(row) & stores.keys():
        deleted = attributes[name].history.deleted
        if deleted:
            images[name] = stores[name](deleted[0])
    return images


def key_of(row: Kept) -> tuple[int, ...]:
    """A row's primary key."""
    return tuple(inspect(row).mapper.primary_key_from_instance(row))


def _kept(rows: Iterable[object]) -> list[Kept]:
    return [row for row in rows if isinstance(row, Kept)]


def _changed(row: Kept) -> set[str]:
    """The columns of a row that hold something else than the library does."""
    state = inspect(row)
    touched = set(state.mapper.column_attrs.keys()) - state.unmodified
    return {name for name in touched if state.attrs[name].history.has_changes()}


@event.listens_for(KeepingSession, "before_flush")
def _stamp(session: KeepingSession, _context: UOWTransaction, _instances: object) -> None:
    """Number and seal what is about to be written."""
    rows = _kept(session.new)
    for row in _kept(session.dirty):
        changed = _changed(row)
        if changed - row.LOOSE:
            rows.append(row)
        if isinstance(row, DocumentRow) and changed & row.LOOSE:
            session.ledger.positions.add(row.id)
    for row in rows:
        row.rev = session.ledger.next_revision(session)
        row.checksum = seal(image(row))


@event.listens_for(KeepingSession, "after_flush")
def _note(session: KeepingSession, _context: UOWTransaction) -> None:
    """Keep the images of what was written; new rows have their ids by now."""
    noted = session.ledger.changes
    for row in _kept(session.deleted):
        noted.append(Change(_table(row), key_of(row), image_before(row, image(row)), None))
    for row in _kept(session.dirty):
        if _changed(row) - row.LOOSE:
            after = image(row)
            noted.append(Change(_table(row), key_of(row), image_before(row, after), after))
    for row in _kept(session.new):
        noted.append(Change(_table(row), key_of(row), None, image(row)))


def _table(row: Kept) -> str:
    return table_of(type(row)).name
