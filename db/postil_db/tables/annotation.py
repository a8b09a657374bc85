"""Annotations: a place in a document, a colour, a note."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from postil_db.records import AnchorState, Color
from postil_db.tables.base import NUMBERED, Base, Choice, Kept


class AnnotationRow(Kept, Base):
    """An annotation.

    `index_rev` is another one whenever anything the index says about it changed, wherever that is kept. It is drawn at
    random, not counted: a library that was put back to a backup counts on from there, and would give the numbers that
    the index knows to other content.
    """

    __tablename__ = "annotation"
    __table_args__ = (
        Index(None, "document_id", "start"),
        NUMBERED,
    )
    LOOSE: ClassVar[frozenset[str]] = frozenset({"index_rev"})

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    section: Mapped[str]
    text_hash: Mapped[str]
    color: Mapped[Color] = mapped_column(Choice(Color))
    note: Mapped[str]
    anchor_state: Mapped[AnchorState] = mapped_column(Choice(AnchorState))
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    index_rev: Mapped[int] = mapped_column(default=0)


class FormerQuoteRow(Kept, Base):
    """What an annotation marked before its document changed, for as long as the reader has not accepted the change."""

    __tablename__ = "former_quote"

    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    quote: Mapped[str]
