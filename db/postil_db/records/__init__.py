"""The records that leave this package: frozen and plain, so that any thread may hold them.

Every offset is a count of Unicode code points into a document's canonical text: its blocks' texts joined by one line
feed.
Every time is an aware UTC `datetime`.
"""

from postil_db.records.decisions import Decision, Effect, NewDecision, Ruling
from postil_db.records.entities import Entity, EntityNote, FoundMention, Mention
from postil_db.records.kinds import AnchorState, Color, EntityKind, Origin
from postil_db.records.marks import Annotation, Selector, Tag
from postil_db.records.search import Answer, Completion, Facet, Group, Hit, Hits, Result, SmartView
from postil_db.records.text import (
    Block,
    BlockKind,
    Comment,
    Content,
    Document,
    DocumentInfo,
    NewDocument,
    PrintedPage,
    Section,
    Style,
    StyleKind,
)
from postil_db.records.together import NamedDate, Passage, Together, Unit
from postil_db.records.trash import Trashed, TrashKind

__all__ = [
    "AnchorState",
    "Annotation",
    "Answer",
    "Block",
    "BlockKind",
    "Color",
    "Comment",
    "Completion",
    "Content",
    "Decision",
    "Document",
    "DocumentInfo",
    "Effect",
    "Entity",
    "EntityKind",
    "EntityNote",
    "Facet",
    "FoundMention",
    "Group",
    "Hit",
    "Hits",
    "Mention",
    "NamedDate",
    "NewDecision",
    "NewDocument",
    "Origin",
    "Passage",
    "PrintedPage",
    "Result",
    "Ruling",
    "Section",
    "Selector",
    "SmartView",
    "Style",
    "StyleKind",
    "Tag",
    "Together",
    "TrashKind",
    "Trashed",
    "Unit",
]
