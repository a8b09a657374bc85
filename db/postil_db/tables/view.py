"""Smart views: queries that a reader keeps under a name."""

from sqlalchemy.orm import Mapped, mapped_column

from postil_db.tables.base import NUMBERED, Base, Kept


class SmartViewRow(Kept, Base):
    """A query under a name. `folded`: the name without regard to case. `ordinal`: its place in the list."""

    __tablename__ = "smart_view"
    __table_args__ = NUMBERED

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    query: Mapped[str]
    ordinal: Mapped[int]
