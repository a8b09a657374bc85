"""The records that leave this package: frozen and plain, so that any thread may hold them.

Every offset is a count of Unicode code points into a document's canonical text: its blocks' texts joined by one line
feed.
Every time is an aware UTC `datetime`.

Those that no page needs to be shown are loaded when one of them is first asked for: making a dataclass takes time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from postil_db.records.entities import Entity, EntityNote, FoundMention, Mention
from postil_db.records.kinds import AnchorState, Color, EntityKind, Origin
from postil_db.records.marks import Annotation, Selector, Tag
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

if TYPE_CHECKING:
    from postil_db.records.decisions import Decision, Effect, NewDecision, Ruling
    from postil_db.records.search import Answer, Completion, Facet, Group, Hit, Hits, Result, SmartView
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

_LATER = {
    "decisions": ("Decision", "Effect", "NewDecision", "Ruling"),
    "search": ("Answer", "Completion", "Facet", "Group", "Hit", "Hits", "Result", "SmartView"),
    "together": ("NamedDate", "Passage", "Together", "Unit"),
    "trash": ("TrashKind", "Trashed"),
}

if not TYPE_CHECKING:  # which knows each of them

    def __getattr__(name: str) -> object:
        """Load the module that holds a record; unknown names are an AttributeError, as everywhere."""
        for module, names in _LATER.items():
            if name in names:
                found = import_module(f"{__name__}.{module}")
                globals().update({one: getattr(found, one) for one in names})
                return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
