"""From what a transaction did to rows, to what that means: for whoever shows them, and for the index."""

import secrets
from collections.abc import Iterable, Set
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from postil_db.changes import Changes
from postil_db.keeping import Change, ledger
from postil_db.tables import AnnotationRow, AnnotationTagRow

BATCH = 500  # ids in one statement; SQLite allows 32,766
_STAMP = (  # made once: putting it together takes longer than to run it
    update(AnnotationRow)
    .where(AnnotationRow.id.in_(bindparam("ids", expanding=True)))
    .values(index_rev=bindparam("stamp"))
)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a transaction touched. `stale`: annotations whose entries in the index no longer hold."""

    changes: Changes
    stale: frozenset[int]


def touched(session: Session, label: str) -> Touched:
    """Read the session's ledger, and mark the annotations that the index must hear of."""
    noted = ledger(session)
    documents = _keys(noted.changes, "document", "version")
    annotations = _keys(noted.changes, "annotation", "annotation_tag", "former_quote")
    tags = _keys(noted.changes, "tag")
    tags |= {change.key[1] for change in noted.changes if change.table == "annotation_tag"}
    shown = _carrying(session, _ids(noted.changes, "tag", "name"))
    shown |= _inside(session, _ids(noted.changes, "document", "removed_at"))
    annotations |= shown
    stale = annotations | _inside(session, _ids(noted.changes, "document", "title") | noted.mentions)
    if stale:
        stamp = secrets.randbits(62) + 1
        for ids in batches(stale):
            session.connection().execute(_STAMP, {"stamp": stamp, "ids": ids})
    session.flush()
    changes = Changes(
        label=label,
        documents=frozenset(documents),
        annotations=frozenset(annotations),
        tags=frozenset(tags),
        mentions=frozenset(noted.mentions),
        positions=frozenset(noted.positions),
        decisions=frozenset(_keys(noted.changes, "decision")),
        entity_notes=frozenset(_keys(noted.changes, "entity_note", "entity_tag")),
        views=frozenset(_keys(noted.changes, "smart_view")),
        trashed_tags=frozenset(_keys(noted.changes, "trashed_tag")),
    )
    return Touched(changes, frozenset(stale))


def batches[Key: (int, str)](ids: Iterable[Key]) -> Iterable[list[Key]]:
    """The ids (or names) in order, some hundreds at a time."""
    every = sorted(ids)
    return (every[at : at + BATCH] for at in range(0, len(every), BATCH))


def _keys(changes: Iterable[Change], *tables: str) -> set[int]:
    return {change.key[0] for change in changes if change.table in tables}


def _ids(changes: Iterable[Change], table: str, *columns: str) -> set[int]:
    return {change.key[0] for change in changes if change.table == table and change.differs(*columns)}


def _carrying(session: Session, tags: Set[int]) -> set[int]:
    """The annotations that carry one of these tags."""
    found: set[int] = set()
    for ids in batches(tags):
        found |= set(session.scalars(select(AnnotationTagRow.annotation_id).where(AnnotationTagRow.tag_id.in_(ids))))
    return found


def _inside(session: Session, documents: Set[int]) -> set[int]:
    """The annotations of these documents."""
    found: set[int] = set()
    for ids in batches(documents):
        kept = AnnotationRow.document_id.in_(ids) & AnnotationRow.removed_at.is_(None)
        found |= set(session.scalars(select(AnnotationRow.id).where(kept)))
    return found
