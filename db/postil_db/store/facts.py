"""Small facts about the library itself."""

from sqlalchemy.orm import Session

from postil_db.store.text import clean
from postil_db.tables import FactRow

LIBRARY_ID = "id"
REVISION = "rev"
PREFIX = "said:"  # keeps what callers remember apart from the library's own facts


def recall(session: Session, key: str) -> str:
    """What was remembered under a key, or ""."""
    row = session.get(FactRow, PREFIX + key)
    return row.value if row else ""


def remember(session: Session, key: str, value: str) -> None:
    """Remember a value under a key, instead of what was there."""
    session.merge(FactRow(key=PREFIX + key, value=clean(value)))


def library_id(session: Session) -> str:
    """The id that the library got when it was made."""
    return session.get_one(FactRow, LIBRARY_ID).value


def revision(session: Session) -> int:
    """How far the library was written: another number after every change to what a reader made."""
    return int(session.get_one(FactRow, REVISION).value)
