"""What stands together in the texts: entities with entities, and entities with tags; by sentence, paragraph, highlight.

Every unit is a stretch of one document's canonical text. Only the entities named most often are compared: a table of
all would be neither read nor drawn.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.records import Entity, EntityKind, Mention, NamedDate, Passage, Together, Unit
from postil_db.sentences import sentences
from postil_db.store import documents, entities
from postil_db.store.live import live
from postil_db.tables import AnnotationRow, AnnotationTagRow, BlockRow, TagRow

MOST = 40
SHOWN = 500
"""Passages given for one pair at most."""

type Span = tuple[int, int]


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
    for here in _named_in_units(session, rows, unit, document).values():
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
    tagged = _tagged_units(session, unit, document)
    columns = tuple(sorted({name for names in tagged.values() for name in names}, key=str.casefold))
    column = {name: at for at, name in enumerate(columns)}
    counts: Counter[tuple[int, int]] = Counter()
    for place, here in _named_in_units(session, rows, unit, document).items():
        counts.update((index[one], column[name]) for one in set(here) for name in tagged.get(place, ()))
    return Together(rows, columns, counts)


def passages(
    session: Session, entity_id: int, other: int | str, *, unit: Unit, document: int | None = None
) -> list[Passage]:
    """The units in which an entity stands with another one (its id) or with a tag (its name)."""
    wanted = [
        one for one in _named_most(session, document, frozenset(EntityKind), None) if one.id in (entity_id, other)
    ]
    named = _named_in_units(session, wanted, unit, document)
    if isinstance(other, int):
        places = [place for place, here in named.items() if {entity_id, other} <= set(here)]
    else:
        tagged = _tagged_units(session, unit, document)
        places = [place for place, here in named.items() if entity_id in here and other in tagged.get(place, ())]
    return _passages(session, sorted(places)[:SHOWN])


def dates(session: Session, document: int | None = None) -> list[NamedDate]:
    """The dates that texts name and whose meaning is known, in the order of time."""
    found = [
        mention
        for info in _read(session, document)
        for mention in entities.mentions(session, info)
        if mention.kind is EntityKind.DATE and mention.value
    ]
    units = {number: _Units(session, number, Unit.SENTENCE) for number in {one.document_id for one in found}}
    around = _passages(session, [_around(units[one.document_id], one) for one in found])
    return sorted(map(NamedDate, (one.value for one in found), around), key=lambda one: one.value)


type Place = tuple[int, int, int]
"""A unit: document, start, end."""


def _named_most(
    session: Session, document: int | None, kinds: frozenset[EntityKind], most: int | None
) -> tuple[Entity, ...]:
    known = entities.every(session) if document is None else entities.of_document(session, document)
    return tuple([entity for entity in known if entity.kind in kinds][:most])


def _read(session: Session, document: int | None) -> Iterable[int]:
    return [info.id for info in documents.every(session)] if document is None else [document]


def _named_in_units(
    session: Session, among: Sequence[Entity], unit: Unit, document: int | None
) -> Mapping[Place, list[int]]:
    """The ids of the entities among these that each unit names."""
    ids = {entity.id for entity in among}
    found: defaultdict[Place, list[int]] = defaultdict(list)
    for document_id in _read(session, document):
        mentions = [one for one in entities.mentions(session, document_id) if one.entity_id in ids]
        if not mentions:
            continue
        units = _Units(session, document_id, unit)
        for mention in mentions:
            for start, end in units.around(mention.start, mention.end):
                found[document_id, start, end].append(mention.entity_id)
    return found


def _tagged_units(session: Session, unit: Unit, document: int | None) -> Mapping[Place, set[str]]:
    """The tags of the passages that each unit shares a character with."""
    wanted = (
        live()
        .with_only_columns(AnnotationRow.document_id, AnnotationRow.start, AnnotationRow.end, TagRow.name)
        .join(AnnotationTagRow, AnnotationTagRow.annotation_id == AnnotationRow.id)
        .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
    )
    if document is not None:
        wanted = wanted.where(AnnotationRow.document_id == document)
    found: defaultdict[Place, set[str]] = defaultdict(set)
    units: dict[int, _Units] = {}
    for document_id, start, end, name in session.execute(wanted):
        here = units.get(document_id) or units.setdefault(document_id, _Units(session, document_id, unit))
        places = [(start, end)] if unit is Unit.HIGHLIGHT else here.around(start, end)
        for place in places:
            found[document_id, *place].add(name)
    return found


class _Units:
    """The units of one document."""

    def __init__(self, session: Session, document_id: int, unit: Unit) -> None:
        self._unit = unit
        if unit is Unit.HIGHLIGHT:
            wanted = select(AnnotationRow.start, AnnotationRow.end).where(
                AnnotationRow.document_id == document_id, AnnotationRow.removed_at.is_(None)
            )
            self._highlights = sorted({(start, end) for start, end in session.execute(wanted)})
            self._longest = max((end - start for start, end in self._highlights), default=0)
            return
        texts = select(BlockRow.text).where(BlockRow.document_id == document_id).order_by(BlockRow.ordinal)
        self._blocks = list(session.scalars(texts))
        self._starts = [0, *accumulate(len(text) + 1 for text in self._blocks)]
        self._sentences: dict[int, list[Span]] = {}

    def around(self, start: int, end: int) -> list[Span]:
        """The units that hold or share a character with a passage."""
        if self._unit is Unit.HIGHLIGHT:
            first = bisect_left(self._highlights, (start - self._longest, 0))
            last = bisect_left(self._highlights, (end, 0))
            return [(one, other) for one, other in self._highlights[first:last] if other > start]
        first, last = self._block_at(start), self._block_at(max(start, end - 1))
        return [place for block in range(first, last + 1) for place in self._in_block(block, start, end)]

    def _in_block(self, block: int, start: int, end: int) -> list[Span]:
        at = self._starts[block]
        if self._unit is Unit.PARAGRAPH:
            return [(at, at + len(self._blocks[block]))]
        if block not in self._sentences:
            self._sentences[block] = [(at + one, at + other) for one, other in sentences(self._blocks[block])]
        return [(one, other) for one, other in self._sentences[block] if one < end and other > start]

    def _block_at(self, offset: int) -> int:
        return min(max(0, bisect_right(self._starts, offset) - 1), len(self._blocks) - 1)


def _around(units: _Units, mention: Mention) -> Place:
    """The sentence that a mention stands in."""
    places = units.around(mention.start, mention.end) or [(mention.start, mention.end)]
    return mention.document_id, places[0][0], places[0][1]


def _passages(session: Session, places: Iterable[Place]) -> list[Passage]:
    texts: dict[int, tuple[str, str]] = {}
    found = []
    for document_id, start, end in places:
        if document_id not in texts:
            texts[document_id] = documents.title(session, document_id), documents.content(session, document_id).text
        title, text = texts[document_id]
        found.append(Passage(document_id, title, start, end, text[start:end]))
    return found
