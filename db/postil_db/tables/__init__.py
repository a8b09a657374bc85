"""The rows of the library's database."""

from postil_db.tables.annotation import AnnotationRow, FormerQuoteRow
from postil_db.tables.base import Base, Kept
from postil_db.tables.change import ActRow, ActState, ChangeRow, FactRow
from postil_db.tables.decision import DecisionRow, EntityNoteRow, EntityTagRow
from postil_db.tables.document import BlockRow, DocumentRow, PageRow, SectionRow, VersionRow
from postil_db.tables.entity import EntityRow, MentionRow, RecognitionRow
from postil_db.tables.tag import AnnotationTagRow, TagRow
from postil_db.tables.trash import TrashedTagRow
from postil_db.tables.view import SmartViewRow

__all__ = [
    "ActRow",
    "ActState",
    "AnnotationRow",
    "AnnotationTagRow",
    "Base",
    "BlockRow",
    "ChangeRow",
    "DecisionRow",
    "DocumentRow",
    "EntityNoteRow",
    "EntityRow",
    "EntityTagRow",
    "FactRow",
    "FormerQuoteRow",
    "Kept",
    "MentionRow",
    "PageRow",
    "RecognitionRow",
    "SectionRow",
    "SmartViewRow",
    "TagRow",
    "TrashedTagRow",
    "VersionRow",
]
