"""The change log (what undo works from), and small facts about the library itself."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from postil_db.tables.base import NUMBERED, Base, Choice


class ActState(StrEnum):
    """Whether an act stands or was undone."""

    DONE = "done"
    UNDONE = "undone"


class ActRow(Base):
    """One undoable thing a reader did. `joins`: what goes on doing the same is part of it; "" for none."""

    __tablename__ = "act"
    __table_args__ = NUMBERED

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    joins: Mapped[str]
    state: Mapped[ActState] = mapped_column(Choice(ActState), index=True)
    done_at: Mapped[datetime]


class ChangeRow(Base):
    """One row's images before and after an act, as JSON; "" where there was no row. `key`: its primary key."""

    __tablename__ = "change"

    act_id: Mapped[int] = mapped_column(ForeignKey("act.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str]
    key: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]


class FactRow(Base):
    """One small fact about the library: its id, the counter behind `rev`, what was offered once."""

    __tablename__ = "fact"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
