"""What all rows share: names of constraints, strict tables, and how Python's values are kept in them.

Strict tables refuse a value of the wrong type instead of storing it, and know only SQLite's own types: whatever else a
row holds is wrapped here.
"""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar

from sqlalchemy import Dialect, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import REAL, TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
STRICT = {"sqlite_strict": True}
NUMBERED = {**STRICT, "sqlite_autoincrement": True}  # an id is never given twice
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

type Json = str | int | list[Json] | dict[str, Json] | None
type Image = dict[str, str | int | None]


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exact (a float would not be)."""
    return (moment - EPOCH) // MICROSECOND


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """An aware time, as microseconds since 1970: sorts, compares and survives a change of zone."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect | None) -> int | None:
        """Into the table."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, _dialect: Dialect | None) -> datetime | None:
        """Out of the table."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class Choice[E: StrEnum](TypeDecorator[E]):
    """One of an enumeration's values, as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._members = {member.value: member for member in kind}  # faster than asking the enumeration, row by row

    def process_bind_param(self, value: E | None, _dialect: Dialect | None) -> str | None:
        """Into the table."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect | None) -> E | None:
        """Out of the table."""
        return None if value is None else self._members[value]


class Flag(TypeDecorator[bool]):
    """Yes or no, as 1 or 0: a strict table knows no truth values."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, _dialect: Dialect | None) -> int | None:
        """Into the table."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _dialect: Dialect | None) -> bool | None:
        """Out of the table."""
        return None if value is None else bool(value)


class Names(TypeDecorator[tuple[str, ...]]):
    """A short list of names, as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect | None) -> str | None:
        """Into the table."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, _dialect: Dialect | None) -> tuple[str, ...] | None:
        """Out of the table."""
        return None if value is None else tuple(json.loads(value))


class Base(DeclarativeBase):
    """The base of all rows."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: Integer(),
        float: REAL(),
        bytes: LargeBinary(),
        datetime: Moment(),
        tuple[str, ...]: Names(),
    }
    __table_args__: Any = STRICT


class Kept:
    """A row that a reader made. Every change to it is stamped, sealed and can be undone.

    `rev` is a library-wide counter, so that order never depends on the clock. `checksum` seals the row's content:
    SQLite's own checks miss most flipped bits inside a text.
    """

    LOOSE: ClassVar[frozenset[str]] = frozenset()
    """Columns that are neither sealed nor undone."""

    rev: Mapped[int] = mapped_column(default=0)
    checksum: Mapped[str] = mapped_column(default="")


UNSEALED = frozenset({"id", "rev", "checksum"})


def seal(image: Image) -> str:
    """The checksum of a row, given as it is stored."""
    content = {name: value for name, value in image.items() if name not in UNSEALED}
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
