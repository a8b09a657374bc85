"""Sentences, paragraphs and highlights as places in the texts, found without reading more of these than is needed."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Session

from postil_db.records import Unit
from postil_db.sentences import sentences
from postil_db.tables import AnnotationRow, BlockRow
from postil_db.touched import batches

type Span = tuple[int, int]
type Place = tuple[int, int, int]
"""A unit: document, start, end."""

type Block = tuple[int, int]
"""A document, and the ordinal of one of its blocks; 0 where blocks do not matter."""


class Units:
    """The units of some documents. Sentences are known in the blocks that were loaded."""

    def __init__(self, session: Session, unit: Unit, documents: Iterable[int]) -> None:
        self._unit = unit
        self._starts: dict[int, list[int]] = {}
        self._highlights: dict[int, list[Span]] = {}
        self._longest: dict[int, int] = {}
        self._sentences: dict[Block, list[Span]] = {}
        if unit is Unit.HIGHLIGHT:
            self._find_highlights(session, documents)
        else:
            self._starts = _starts(session, documents)

    def blocks(self, document_id: int, start: int, end: int) -> list[Block]:
        """The blocks that a passage touches."""
        if self._unit is Unit.HIGHLIGHT:
            return [(document_id, 0)]
        starts = self._starts[document_id]
        first, last = (max(0, bisect_right(starts, at) - 1) for at in (start, max(start, end - 1)))
        return [(document_id, min(ordinal, len(starts) - 2)) for ordinal in range(first, last + 1)]

    def load(self, session: Session, blocks: Iterable[Block]) -> None:
        """Read the sentences of these blocks, if sentences are what is asked for."""
        if self._unit is Unit.SENTENCE:
            for (number, ordinal), text in _texts(session, blocks).items():
                at = self._starts[number][ordinal]
                self._sentences[number, ordinal] = [(at + one, at + other) for one, other in sentences(text)]

    def inside(self, block: Block, start: int, end: int) -> list[Span]:
        """The units of a block that share a character with a passage; no sentence of a block that was not loaded."""
        if self._unit is Unit.HIGHLIGHT:
            known = self._highlights.get(block[0], [])
            first = bisect_left(known, (start - self._longest.get(block[0], 0), 0))
            return [(one, other) for one, other in known[first : bisect_left(known, (end, 0))] if other > start]
        if self._unit is Unit.PARAGRAPH:
            starts = self._starts[block[0]]
            return [(starts[block[1]], starts[block[1] + 1] - 1)]
        return [(one, other) for one, other in self._sentences.get(block, ()) if one < end and other > start]

    def _find_highlights(self, session: Session, documents: Iterable[int]) -> None:
        for some in batches(set(documents)):
            wanted = (
                select(AnnotationRow.document_id, AnnotationRow.start, AnnotationRow.end)
                .where(AnnotationRow.document_id.in_(some), AnnotationRow.removed_at.is_(None))
                .order_by(AnnotationRow.document_id, AnnotationRow.start, AnnotationRow.end)
            )
            for number, rows in groupby(session.execute(wanted), lambda row: row[0]):
                self._highlights[number] = known = list(dict.fromkeys((start, end) for _number, start, end in rows))
                self._longest[number] = max(end - start for start, end in known)


def texts_of(session: Session, places: Sequence[Place]) -> list[str]:
    """The words at each of these places."""
    starts = _starts(session, {number for number, _start, _end in places})
    spans = [_ordinals(starts[number], start, end) for number, start, end in places]
    texts = _texts(
        session,
        {
            (place[0], ordinal)
            for place, (first, last) in zip(places, spans, strict=True)
            for ordinal in range(first, last)
        },
    )
    found = []
    for (number, start, end), (first, last) in zip(places, spans, strict=True):
        at = starts[number][first]
        found.append("\n".join(texts[number, ordinal] for ordinal in range(first, last))[start - at : end - at])
    return found


def _ordinals(starts: Sequence[int], start: int, end: int) -> Span:
    first = min(max(0, bisect_right(starts, start) - 1), len(starts) - 2)
    return first, max(first + 1, min(bisect_left(starts, end), len(starts) - 1))


def block_starts(session: Session, document_id: int) -> list[int]:
    """Where each block of a document begins, and at last where one more would."""
    return _starts(session, [document_id])[document_id]


def _starts(session: Session, documents: Iterable[int]) -> dict[int, list[int]]:
    """Where each block of these documents begins, and at last where one more would."""
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0])
    for some in batches(set(documents)):
        wanted = (
            select(BlockRow.document_id, func.length(BlockRow.text, type_=Integer()))
            .where(BlockRow.document_id.in_(some))
            .order_by(BlockRow.document_id, BlockRow.ordinal)
        )
        for number, length in session.execute(wanted):
            starts = found[number]
            starts.append(starts[-1] + length + 1)
    return found


def _texts(session: Session, blocks: Iterable[Block]) -> dict[Block, str]:
    """The texts of these blocks."""
    wanted: defaultdict[int, list[int]] = defaultdict(list)
    for number, ordinal in blocks:
        wanted[number].append(ordinal)
    found: dict[Block, str] = {}
    for number, ordinals in wanted.items():
        for some in batches(ordinals):
            rows = session.execute(
                select(BlockRow.ordinal, BlockRow.text).where(
                    BlockRow.document_id == number, BlockRow.ordinal.in_(some)
                )
            )
            found |= {(number, ordinal): text for ordinal, text in rows}
    return found
