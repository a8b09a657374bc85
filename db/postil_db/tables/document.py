"""Documents: what was opened, as blocks and sections. The text is stored once, in the blocks."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from postil_db.records import BlockKind
from postil_db.tables.base import NUMBERED, Base, Choice, Kept


class DocumentRow(Kept, Base):
    """A document, without its text."""

    __tablename__ = "document"
    __table_args__ = NUMBERED
    LOOSE: ClassVar[frozenset[str]] = frozenset({"position", "opened_at"})

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    authors: Mapped[tuple[str, ...]]
    language: Mapped[str]
    published: Mapped[str]
    source: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(unique=True)
    text_hash: Mapped[str]
    words: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class BlockRow(Base):
    """One block of a document. `styles`: a JSON array of [start, end, kind, href], or "" for none."""

    __tablename__ = "block"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BlockKind] = mapped_column(Choice(BlockKind))
    level: Mapped[int]
    marker: Mapped[str]
    text: Mapped[str]
    styles: Mapped[str]
    image: Mapped[str] = mapped_column(server_default="")
    anchor: Mapped[str] = mapped_column(server_default="")


class SectionRow(Base):
    """A part of a document with a title. `block`: the ordinal of its first block."""

    __tablename__ = "section"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    level: Mapped[int]
    block: Mapped[int]


class PageRow(Base):
    """A printed page of a document. `glyphs`: as the reader of printed documents packed them."""

    __tablename__ = "page"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[float]
    height: Mapped[float]
    start: Mapped[int]
    end: Mapped[int]
    glyphs: Mapped[bytes]


class VersionRow(Kept, Base):
    """That a newer copy of a document took its place: it is kept, and no longer listed."""

    __tablename__ = "version"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    newer_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
