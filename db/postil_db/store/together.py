"""What stands together in the texts: entities with entities, and entities with tags; by sentence, paragraph, highlight.

Every unit is a stretch of one document's canonical text. Only the entities named most often are compared: a table of
all would be neither read nor drawn. Of the texts only those blocks are read in which something may stand together, so
that a library of a thousand documents answers soon.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.records import Entity, EntityKind, NamedDate, Passage, Together, Unit
from postil_db.store.live import live
from postil_db.store.units import Block, Place, Units, texts_of
from postil_db.tables import AnnotationRow, AnnotationTagRow, DocumentRow, EntityRow, MentionRow, TagRow
from postil_db.touched import batches

MOST = 40
SHOWN = 500
"""Passages given for one pair at most."""

type Spots = Mapping[int, Sequence[tuple[int, int, int]]]
"""By document: start, end, and the entity named there."""


def entity_pairs(
    session: Session,
    *,
    unit: Unit = Unit.PARAGRAPH,
    document: int | None = None,
    kinds: frozenset[EntityKind] = frozenset(EntityKind),
    most: int = MOST,
) -> Together:
    """How often the entities named most often stand in one unit with one another."""
    rows = _named_most(session, document, kinds, most)
    index = {entity.id: at for at, entity in enumerate(rows)}
    counts: Counter[tuple[int, int]] = Counter()
    spots = _spots(session, index, document)
    for here in _in_units(session, Units(session, unit, spots), spots, lambda _block, ids: len(ids) > 1).values():
        counts.update(combinations(sorted({index[entity_id] for entity_id in here}), 2))
    return Together(rows, rows, counts)


def entities_with_tags(
    session: Session,
    *,
    unit: Unit = Unit.HIGHLIGHT,
    document: int | None = None,
    kinds: frozenset[EntityKind] = frozenset(EntityKind),
    most: int = MOST,
) -> Together:
    """How often the entities named most often stand in one unit with passages that carry a tag."""
    rows = _named_most(session, document, kinds, most)
    index = {entity.id: at for at, entity in enumerate(rows)}
    tagged = _tagged(session, document)
    columns = tuple(sorted({name for *_place, name in tagged}, key=str.casefold))
    column = {name: at for at, name in enumerate(columns)}
    counts: Counter[tuple[int, int]] = Counter()
    for here, names in _with_tags(session, index, tagged, unit, document).values():
        counts.update((index[one], column[name]) for one in here for name in names)
    return Together(rows, columns, counts)


def passages(
    session: Session, entity_id: int, other: int | str, *, unit: Unit, document: int | None = None
) -> list[Passage]:
    """The units in which an entity stands with another one (its id) or with a tag (its name)."""
    if isinstance(other, int):
        spots = _spots(session, (entity_id, other), document)
        both = _in_units(session, Units(session, unit, spots), spots, lambda _block, ids: len(ids) > 1)
        places = [place for place, here in both.items() if {entity_id, other} <= set(here)]
    else:
        tagged = [one for one in _tagged(session, document) if one[3] == other]
        places = list(_with_tags(session, (entity_id,), tagged, unit, document))
    return _passages(session, sorted(places)[:SHOWN])


def dates(session: Session, document: int | None = None) -> list[NamedDate]:
    """The dates that texts name and whose meaning is known, in the order of time, each with its sentence."""
    wanted = (
        select(MentionRow.document_id, MentionRow.start, MentionRow.end, MentionRow.value)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .join(EntityRow, EntityRow.id == MentionRow.entity_id)
        .where(MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None))
        .where(EntityRow.kind == EntityKind.DATE, MentionRow.value != "")
        .order_by(MentionRow.value, MentionRow.document_id, MentionRow.start)
    )
    if document is not None:
        wanted = wanted.where(MentionRow.document_id == document)
    found = session.execute(wanted).all()
    units = Units(session, Unit.SENTENCE, {row.document_id for row in found})
    blocks = [units.blocks(row.document_id, row.start, row.end)[0] for row in found]
    units.load(session, set(blocks))
    places = [
        (row.document_id, *(units.inside(block, row.start, row.end) or [(row.start, row.end)])[0])
        for row, block in zip(found, blocks, strict=True)
    ]
    return [NamedDate(row.value, one) for row, one in zip(found, _passages(session, places), strict=True)]


def _named_most(session: Session, document: int | None, kinds: frozenset[EntityKind], most: int) -> tuple[Entity, ...]:
    """The entities that are named most often, here or everywhere."""
    count = func.count()
    wanted = (
        select(EntityRow.id, EntityRow.kind, EntityRow.name, count)
        .join(MentionRow, MentionRow.entity_id == EntityRow.id)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None), EntityRow.kind.in_(kinds))
        .group_by(EntityRow.id)
        .order_by(count.desc(), func.lower(EntityRow.name), EntityRow.id)
        .limit(most)
    )
    if document is not None:
        wanted = wanted.where(MentionRow.document_id == document)
    return tuple(Entity(number, kind, name, (), times) for number, kind, name, times in session.execute(wanted))


def _spots(session: Session, ids: Iterable[int], document: int | None) -> Spots:
    """Where these entities are named."""
    wanted = (
        select(MentionRow.document_id, MentionRow.start, MentionRow.end, MentionRow.entity_id)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None), MentionRow.entity_id.in_(set(ids)))
    )
    if document is not None:
        wanted = wanted.where(MentionRow.document_id == document)
    found: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for document_id, start, end, entity_id in session.execute(wanted):
        found[document_id].append((start, end, entity_id))
    return found


def _tagged(session: Session, document: int | None) -> list[tuple[int, int, int, str]]:
    """The passages that carry a tag: document, start, end, tag."""
    wanted = (
        live()
        .with_only_columns(AnnotationRow.document_id, AnnotationRow.start, AnnotationRow.end, TagRow.name)
        .join(AnnotationTagRow, AnnotationTagRow.annotation_id == AnnotationRow.id)
        .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
    )
    if document is not None:
        wanted = wanted.where(AnnotationRow.document_id == document)
    return [(number, start, end, name) for number, start, end, name in session.execute(wanted)]


def _in_units(
    session: Session, units: Units, spots: Spots, may_count: Callable[[Block, set[int]], bool]
) -> Mapping[Place, list[int]]:
    """The ids of the entities that each unit names, of the blocks that may count."""
    by_block: defaultdict[Block, list[tuple[int, int, int]]] = defaultdict(list)
    for document_id, here in spots.items():
        for start, end, entity_id in here:
            for block in units.blocks(document_id, start, end):
                by_block[block].append((start, end, entity_id))
    kept = {block: here for block, here in by_block.items() if may_count(block, {one[2] for one in here})}
    units.load(session, kept)
    found: defaultdict[Place, list[int]] = defaultdict(list)
    for block, here in kept.items():
        for start, end, entity_id in here:
            for place in units.inside(block, start, end):
                found[block[0], *place].append(entity_id)
    return found


def _with_tags(
    session: Session,
    ids: Iterable[int],
    tagged: Sequence[tuple[int, int, int, str]],
    unit: Unit,
    document: int | None,
) -> dict[Place, tuple[set[int], set[str]]]:
    """The units that name one of these entities and hold, or are, part of a tagged passage; with both."""
    among = {one[0] for one in tagged}
    spots = {number: here for number, here in _spots(session, ids, document).items() if number in among}
    units = Units(session, unit, spots)
    blocks = {
        (number, start, end): units.blocks(number, start, end)
        for number, start, end, _name in tagged
        if number in spots
    }
    marked = {block for some in blocks.values() for block in some}
    named = _in_units(session, units, spots, lambda block, _ids: block in marked)
    names: defaultdict[Place, set[str]] = defaultdict(set)
    for number, start, end, name in tagged:
        if unit is Unit.HIGHLIGHT:
            names[number, start, end].add(name)
        else:
            for block in blocks.get((number, start, end), ()):
                for place in units.inside(block, start, end):
                    names[number, *place].add(name)
    return {place: (set(here), names[place]) for place, here in named.items() if place in names}


def _passages(session: Session, places: Sequence[Place]) -> list[Passage]:
    titles: dict[int, str] = {}
    for some in batches({number for number, _start, _end in places}):
        rows = session.execute(select(DocumentRow.id, DocumentRow.title).where(DocumentRow.id.in_(some)))
        titles |= {row.id: row.title for row in rows}
    texts = texts_of(session, places)
    return [
        Passage(number, titles[number], start, end, text)
        for (number, start, end), text in zip(places, texts, strict=True)
    ]
