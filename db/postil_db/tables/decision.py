"""What the reader ruled about entities, and what they wrote and tagged them with.

Entities themselves are derived and come and go with the recogniser, so all of this goes by kind and name.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from postil_db.records import EntityKind, Ruling
from postil_db.tables.base import NUMBERED, Base, Choice, Kept


class DecisionRow(Kept, Base):
    """One ruling; they are replayed in the order of their ids. See `records.Decision`."""

    __tablename__ = "decision"
    __table_args__ = NUMBERED

    id: Mapped[int] = mapped_column(primary_key=True)
    ruling: Mapped[Ruling] = mapped_column(Choice(Ruling))
    kind: Mapped[EntityKind | None] = mapped_column(Choice(EntityKind))
    name: Mapped[str]
    text: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    start: Mapped[int | None]
    end: Mapped[int | None]
    to_kind: Mapped[EntityKind | None] = mapped_column(Choice(EntityKind))
    to_name: Mapped[str]
    created_at: Mapped[datetime]


class EntityNoteRow(Kept, Base):
    """A note on an entity, under the kind and name it had when it was written."""

    __tablename__ = "entity_note"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        NUMBERED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntityKind] = mapped_column(Choice(EntityKind))
    name: Mapped[str]
    note: Mapped[str]
    modified_at: Mapped[datetime]


class EntityTagRow(Kept, Base):
    """That an entity carries a tag. `ordinal`: the order in which its tags were given."""

    __tablename__ = "entity_tag"
    __table_args__ = (
        UniqueConstraint("kind", "name", "tag_id"),
        NUMBERED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntityKind] = mapped_column(Choice(EntityKind))
    name: Mapped[str]
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), index=True)
    ordinal: Mapped[int]
