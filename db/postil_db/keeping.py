"""A session that notes what happens to the rows a reader made: stamps them, seals them, keeps images for undo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Engine, Table, event, inspect
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.types import TypeDecorator

from postil_db.tables import AnnotationRow, AnnotationTagRow, DocumentRow, FactRow, Kept, TagRow
from postil_db.tables.base import Image, seal

KEPT: dict[str, type[Kept]] = {
    "document": DocumentRow,
    "annotation": AnnotationRow,
    "tag": TagRow,
    "annotation_tag": AnnotationTagRow,
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


def columns(row: type[Kept]) -> list[Column[Any]]:
    """The columns of a kept row that are undone."""
    table = inspect(row).local_table
    assert isinstance(table, Table)  # noqa: S101 - every row here has a table of its own
    return [column for column in table.columns if column.name not in row.LOOSE]


def stored(column: Column[Any], value: Any) -> str | int | None:  # noqa: ANN401 - columns hold all kinds
    """A value as its column stores it."""
    if isinstance(column.type, TypeDecorator):
        value = column.type.process_bind_param(value, None)  # type: ignore[arg-type]
    return value  # type: ignore[no-any-return]


def loaded(column: Column[Any], value: str | int | None) -> Any:  # noqa: ANN401 - columns hold all kinds
    """A stored value as Python's."""
    if isinstance(column.type, TypeDecorator):
        return column.type.process_result_value(value, None)  # type: ignore[arg-type]
    return value


def image(row: Kept) -> Image:
    """A row as it is now."""
    return {column.name: stored(column, getattr(row, column.name)) for column in columns(type(row))}


def image_before(row: Kept) -> Image:
    """A row as it was before the changes that are not flushed yet."""
    attributes = inspect(row).attrs
    images: Image = {}
    for column in columns(type(row)):
        history = attributes[column.name].history
        value = history.deleted[0] if history.deleted else getattr(row, column.name)
        images[column.name] = stored(column, value)
    return images


def key_of(row: Kept) -> tuple[int, ...]:
    """A row's primary key."""
    return tuple(inspect(row).mapper.primary_key_from_instance(row))


def _kept(rows: Iterable[object]) -> list[Kept]:
    return [row for row in rows if isinstance(row, Kept)]


def _changed(row: Kept) -> tuple[bool, bool]:
    """Whether a row changed in what is undone, and in what is not."""
    changed = {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}
    return bool(changed - row.LOOSE), bool(changed & row.LOOSE)


@event.listens_for(KeepingSession, "before_flush")
def _stamp(session: KeepingSession, _context: UOWTransaction, _instances: object) -> None:
    """Number and seal what is about to be written."""
    rows = [row for row in _kept(session.dirty) if _changed(row)[0]] + _kept(session.new)
    for row in rows:
        row.rev = session.ledger.next_revision(session)
        row.checksum = seal(image(row))
    for row in _kept(session.dirty):
        if isinstance(row, DocumentRow) and _changed(row)[1]:
            session.ledger.positions.add(row.id)


@event.listens_for(KeepingSession, "after_flush")
def _note(session: KeepingSession, _context: UOWTransaction) -> None:
    """Keep the images of what was written; new rows have their ids by now."""
    noted = session.ledger.changes
    for row in _kept(session.deleted):
        noted.append(Change(_table(row), key_of(row), image_before(row), None))
    for row in _kept(session.dirty):
        if row not in session.deleted and _changed(row)[0]:
            noted.append(Change(_table(row), key_of(row), image_before(row), image(row)))
    for row in _kept(session.new):
        noted.append(Change(_table(row), key_of(row), None, image(row)))


def _table(row: Kept) -> str:
    return str(inspect(row).mapper.local_table.name)
