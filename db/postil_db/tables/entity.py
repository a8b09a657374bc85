"""Entities and their mentions: made by a recogniser, and made again whenever there is a better one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from postil_db.records import EntityKind, Origin
from postil_db.tables.base import NUMBERED, STRICT, Base, Choice, Flag


class EntityRow(Base):
    """A name with a kind."""

    __tablename__ = "entity"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        NUMBERED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntityKind] = mapped_column(Choice(EntityKind))
    name: Mapped[str]


class MentionRow(Base):
    """A span of a document that names an entity. `text`: the form used there.

    `found_id`: the entity as the recogniser found it; `entity_id`: as the reader's decisions left it; `hidden`: they
    left none.
    """

    __tablename__ = "mention"
    __table_args__ = (Index(None, "document_id", "start"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    origin: Mapped[Origin] = mapped_column(Choice(Origin))
    value: Mapped[str]
    found_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    hidden: Mapped[bool] = mapped_column(Flag())


class RecognitionRow(Base):
    """That a recogniser (its version) has read a document to the end."""

    __tablename__ = "recognition"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    recogniser: Mapped[str]
    done_at: Mapped[datetime]
