"""Tags, and which annotations carry them."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from postil_db.records import Color
from postil_db.tables.base import NUMBERED, Base, Choice, Kept


class TagRow(Kept, Base):
    """A tag. `folded`: the name without regard to case, so that "Policy" and "policy" are one tag."""

    __tablename__ = "tag"
    __table_args__ = NUMBERED

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    color: Mapped[Color | None] = mapped_column(Choice(Color))


class AnnotationTagRow(Kept, Base):
    """That an annotation carries a tag. `ordinal`: the order in which its tags were given."""

    __tablename__ = "annotation_tag"

    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)
    ordinal: Mapped[int]
