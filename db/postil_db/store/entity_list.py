"""The list of all entities, with what there is to know of each at a glance: two questions, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Subquery, case, func, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from postil_db.deciding import Named, Replay
from postil_db.records import EntityNote, Mention, Origin
from postil_db.records.entity_list import ListedEntity
from postil_db.store import entities, entity_notes
from postil_db.store.derive import decisions
from postil_db.tables import DocumentRow, EntityRow, MentionRow
from postil_db.undisturbed import undisturbed

_SOME = 1_000
"""Rows taken at once: other threads have their turn between."""
_ORIGINS = (Origin.MODEL, Origin.RULE, Origin.YOU)
"""The weakest first."""
_NOTHING = EntityNote()


def every(session: Session, document_id: int | None = None) -> list[ListedEntity]:
    """All entities that a document of the library names, or that this one does, in no order.

    Forms, counts, days and origin are those of the mentions that are looked at.
    """
    here = _mentions(document_id)
    new = entities.new_in(session, document_id) if document_id is not None else set()
    written = entity_notes.every(session)
    with undisturbed():
        aliases = _aliases(session, here)
        return [
            ListedEntity(
                number, kind, name, aliases.get(number, ()), mentions, count, first, last, _ORIGINS[origin],
                *_written(written, (kind, name)), number in new,
            )
            for number, kind, name, mentions, count, first, last, origin in _counted(session, here)
        ]  # fmt: skip


def became(session: Session, names: Iterable[Named]) -> dict[Named, Named]:
    """What entities are called after all decisions that hold everywhere: those that are called otherwise now."""
    replay = Replay(decisions(session))
    return {one: now for one in names if (now := replay.renamed(one)) != one}


def next_place(
    session: Session, entity_id: int, after: tuple[int, int], *, back: bool = False, document_id: int | None = None
) -> Mention | None:
    """The mention of an entity that follows (or goes before) a place, given as a document's id and an offset.

    After the last one comes the first again. `document_id`: of one document alone.
    """
    place = tuple_(MentionRow.document_id, MentionRow.start)
    order = [MentionRow.document_id, MentionRow.start]
    mine = (
        select(MentionRow, EntityRow.kind)
        .join(EntityRow, EntityRow.id == MentionRow.entity_id)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(MentionRow.entity_id == entity_id, MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None))
        .order_by(*(column.desc() if back else column for column in order))
        .limit(1)
    )
    if document_id is not None:
        mine = mine.where(MentionRow.document_id == document_id)
    found = (
        session.execute(mine.where(place < after if back else place > after)).first() or session.execute(mine).first()
    )
    if found is None:
        return None
    row, kind = found
    return Mention(row.entity_id, row.document_id, row.start, row.end, row.text, kind, row.origin, row.value)


def _mentions(document_id: int | None) -> Subquery:
    """What there is to count: mentions of documents that are there, with the day of each document."""
    added = func.strftime("%Y-%m-%d", type_coerce(DocumentRow.added_at, Integer).op("/")(1_000_000), "unixepoch")
    day = func.substr(case((DocumentRow.published != "", DocumentRow.published), else_=added), 1, 10)
    yours = (MentionRow.origin == Origin.YOU) | (MentionRow.entity_id != MentionRow.found_id)
    strength = case((yours, 2), (MentionRow.origin == Origin.RULE, 1), else_=0)
    here = (
        select(
            MentionRow.entity_id,
            MentionRow.document_id,
            MentionRow.text,
            day.label("day"),
            strength.label("strength"),
        )
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(DocumentRow.removed_at.is_(None), MentionRow.hidden.is_(False))
    )
    return (here if document_id is None else here.where(MentionRow.document_id == document_id)).subquery()


def _counted(session: Session, here: Subquery) -> Iterator[Sequence[Any]]:
    column = here.c
    rows = session.execute(
        select(
            EntityRow.id,
            EntityRow.kind,
            EntityRow.name,
            func.count(),
            func.count(column.document_id.distinct()),
            func.min(column.day),
            func.max(column.day),
            func.max(column.strength),
        )
        .join(here, column.entity_id == EntityRow.id)
        .group_by(EntityRow.id)
        .execution_options(yield_per=_SOME)
    )
    for some in rows.partitions():
        yield from some


def _aliases(session: Session, here: Subquery) -> dict[int, tuple[str, ...]]:
    """The other forms of entities that have some, the most frequent first."""
    text: ColumnElement[str] = here.c.text
    rows = session.execute(
        select(EntityRow.id, text)
        .join(here, (here.c.entity_id == EntityRow.id) & (text != EntityRow.name))
        .group_by(EntityRow.id, text)
        .order_by(EntityRow.id, func.count().desc(), text)
        .execution_options(yield_per=_SOME)
    )
    forms: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for some in rows.partitions():
        for number, form in some:
            forms[number] += (form,)
    return forms


def _written(written: Mapping[Named, EntityNote], named: Named) -> tuple[str, tuple[str, ...]]:
    kept = written.get(named, _NOTHING)
    return kept.note, kept.tags
