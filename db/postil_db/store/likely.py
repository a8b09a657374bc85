"""Which document of the library another one is a newer copy of: out of the same place, or mostly the same text."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.likeness import likeness, sketch
from postil_db.records import DocumentInfo
from postil_db.store import documents
from postil_db.tables import DocumentRow, FactRow

MOSTLY = 0.4
"""The share of runs of words from which on texts are mostly the same: one word in ten changed leaves more."""

_KEY = "sketch:"


@dataclass(frozen=True, slots=True)
class Likely:
    """A document that another one is likely a newer copy of. `same_source`: both came from one file or address."""

    older: DocumentInfo
    same_source: bool
    likeness: float


def older_copy(session: Session, document_id: int) -> Likely | None:
    """The document that this one is likely a newer copy of; None if there is none. Keeps sketches: needs to write."""
    row = session.get_one(DocumentRow, document_id)
    ours = _sketch(session, row)
    columns = (DocumentRow.removed_at.is_(None), DocumentRow.id != document_id, DocumentRow.added_at <= row.added_at)
    ranked = []
    for other in session.scalars(select(DocumentRow).where(*columns)):
        same_source = bool(row.source) and other.source == row.source
        alike = likeness(ours, _sketch(session, other))
        if same_source or alike >= MOSTLY:
            ranked.append((same_source, alike, other.id))
    if not ranked:
        return None
    same_source, alike, found = max(ranked)
    return Likely(documents.info(session, found), same_source, alike)


def from_source(session: Session, source: str) -> DocumentInfo | None:
    """The document that came from a file or address; the last added of several."""
    here = (DocumentRow.source == source, DocumentRow.removed_at.is_(None))
    found = session.scalars(select(DocumentRow.id).where(*here).order_by(DocumentRow.id.desc()).limit(1)).first()
    return documents.info(session, found) if source and found is not None else None


def _sketch(session: Session, row: DocumentRow) -> tuple[int, ...]:
    """A text's sketch: made once, for texts never change."""
    fact = session.get(FactRow, f"{_KEY}{row.id}")
    if fact is None:
        made = sketch(documents.content(session, row.id).text)
        fact = FactRow(key=f"{_KEY}{row.id}", value=json.dumps(made))
        session.add(fact)
    return tuple(json.loads(fact.value))
