"""Which document of the library another one is a newer copy of: out of the same place, or mostly the same text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from postil_db.likeness import likeness, sketch
from postil_db.records import DocumentInfo
from postil_db.store import documents
from postil_db.tables import DocumentRow, FactRow
from postil_db.touched import batches

MOSTLY = 0.4
"""The share of runs of words from which on texts are mostly the same: one word in ten changed leaves more."""

MOST_READ = 3_000_000
"""Words of older documents that are read at a time, for want of a sketch: some seconds. The others come later."""

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
    others = (DocumentRow.removed_at.is_(None), DocumentRow.id != document_id, DocumentRow.added_at <= row.added_at)
    kept = session.execute(select(FactRow.key, FactRow.value).where(FactRow.key.startswith(_KEY)))
    known = {key: value for key, value in kept}  # noqa: C416 - a Row is no pair to mypy
    columns = (
        select(DocumentRow.id, DocumentRow.source, DocumentRow.words).where(*others).order_by(DocumentRow.id.desc())
    )
    ranked, read = list[tuple[bool, float, int]](), 0
    for number, source, words in session.execute(columns):
        same_source = bool(row.source) and source == row.source
        alike = 0.0
        if f"{_KEY}{number}" in known:
            alike = likeness(ours, tuple(json.loads(known[f"{_KEY}{number}"])))
        elif same_source or (read < MOST_READ and row.words / 4 <= words <= row.words * 4):
            read += words
            alike = likeness(ours, _sketch(session, session.get_one(DocumentRow, number)))
        if same_source or alike >= MOSTLY:
            ranked.append((same_source, alike, number))
    if not ranked:
        return None
    same_source, alike, found = max(ranked)
    return Likely(documents.info(session, found), same_source, alike)


def forget(session: Session, ids: Iterable[int]) -> None:
    """Drop the sketches of documents that are deleted for good."""
    for some in batches(ids):
        session.execute(delete(FactRow).where(FactRow.key.in_([f"{_KEY}{one}" for one in some])))


def _sketch(session: Session, row: DocumentRow) -> tuple[int, ...]:
    """A text's sketch: made once, for texts never change."""
    fact = session.get(FactRow, f"{_KEY}{row.id}")
    if fact is None:
        made = sketch(documents.content(session, row.id).text)
        fact = FactRow(key=f"{_KEY}{row.id}", value=json.dumps(made))
        session.add(fact)
    return tuple(json.loads(fact.value))
