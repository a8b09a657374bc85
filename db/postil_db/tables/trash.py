"""What was deleted and has no row of its own any more, for as long as it lies in the trash."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from postil_db.records import Color
from postil_db.tables.base import NUMBERED, Base, Choice, Kept


class TrashedTagRow(Kept, Base):
    """A tag that was deleted. `annotations`, `entities`: what carried it, as JSON arrays of ids and of [kind, name]."""

    __tablename__ = "trashed_tag"
    __table_args__ = NUMBERED

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    color: Mapped[Color | None] = mapped_column(Choice(Color))
    annotations: Mapped[str]
    entities: Mapped[str]
    removed_at: Mapped[datetime]
