"""The rows of the library's database."""

from postil_db.tables.annotation import AnnotationRow
from postil_db.tables.base import Base, Kept
from postil_db.tables.change import ActRow, ActState, ChangeRow, FactRow
from postil_db.tables.document import BlockRow, DocumentRow, SectionRow
from postil_db.tables.entity import EntityRow, MentionRow, RecognitionRow
from postil_db.tables.tag import AnnotationTagRow, TagRow

__all__ = [
    "ActRow",
    "ActState",
    "AnnotationRow",
    "AnnotationTagRow",
    "Base",
    "BlockRow",
    "ChangeRow",
    "DocumentRow",
    "EntityRow",
    "FactRow",
    "Kept",
    "MentionRow",
    "RecognitionRow",
    "SectionRow",
    "TagRow",
]
