"""Marks as numbers: which lie in which block, in which lane, and what of them shows. No Qt, so that it is tested apart.

Everything that can be merged is merged here, before any geometry: what a page costs is bounded by its text, not by the
number of marks on it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from postil_db.records import Color, Content, EntityKind, EntityNote, FoundMention, Mention

LANES = 4
"""How many overlapping highlights get a line of their own; deeper ones share the last."""

type Interval = tuple[int, int]


class Span(Protocol):
    """Anything with a place in the canonical text."""

    @property
    def start(self) -> int:
        """The offset of its first character."""

    @property
    def end(self) -> int:
        """The offset behind its last character."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of text and nothing else."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A reader's mark on the page."""

    start: int
    end: int
    color: Color
    id: int
    note: str
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A mention on the page. `entity`: -1 while recognition has not been stored. `value`: of a date, in ISO 8601.

    `written`: what the reader wrote and tagged it with, None for nothing.
    """

    start: int
    end: int
    kind: EntityKind
    entity: int
    label: str
    value: str = ""
    written: EntityNote | None = None


class BlockIndex[S: Span]:
    """Spans by the blocks of one content that they touch."""

    def __init__(self, content: Content, spans: Iterable[S] = ()) -> None:
        self._content = content
        self._by_block: dict[int, list[S]] = {}
        self.extend(spans)

    def blocks_of(self, span: Span) -> range:
        """The blocks that `span` has at least one character of."""
        first = self._content.block_at(span.start)
        last = self._content.block_at(max(span.start, span.end - 1)) if span.end > span.start else first - 1
        return range(first, last + 1)

    def add(self, span: S) -> None:
        """Add one span."""
        for block in self.blocks_of(span):
            self._by_block.setdefault(block, []).append(span)

    def extend(self, spans: Iterable[S]) -> None:
        """Add many spans."""
        starts, rows = self._content.starts, self._by_block
        last = len(starts) - 1
        for span in spans:
            block = bisect_right(starts, span.start) - 1
            if 0 <= block < last and span.end > starts[block + 1]:
                self.add(span)
            elif span.end > span.start:
                rows.setdefault(max(0, block), []).append(span)

    def drop(self, span: S) -> None:
        """Take out a span that is in it."""
        for block in self.blocks_of(span):
            self._by_block[block].remove(span)

    def __iter__(self) -> Iterator[S]:
        """Every span; one that touches several blocks comes once for each."""
        for row in self._by_block.values():
            yield from row

    def in_block(self, block: int) -> Sequence[S]:
        """The spans that touch a block, in no order."""
        return self._by_block.get(block, ())

    def at(self, offset: int) -> list[S]:
        """The spans that hold the character at `offset`, the shortest first."""
        found = (span for span in self.in_block(self._content.block_at(offset)) if span.start <= offset < span.end)
        return sorted(found, key=lambda span: (span.end - span.start, -span.start))


def lanes(intervals: Sequence[Interval]) -> list[int]:
    """Give each interval the lowest lane that is free where it starts, so that overlapping ones never share a line.

    `intervals` in order of their starts.
    """
    ends: list[int] = []
    given = []
    for start, end in intervals:
        lane = next((lane for lane, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        given.append(min(lane, LANES - 1))
    return given


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Union of intervals, in order; ones that touch stay apart, so that neighbours can be told apart."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same highlights. `under`: the colour beneath the top one, where two or more overlap."""

    start: int
    end: int
    top: Highlight
    under: Color | None


@dataclass(slots=True)
class Layers:
    """What shows in one block, in code points from its start."""

    names: dict[EntityKind, list[Interval]] = field(default_factory=dict)
    chosen_names: list[tuple[EntityKind, int, int]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    bars: dict[tuple[Color, int], list[Interval]] = field(default_factory=dict)
    highlights: list[tuple[Highlight, int, int]] = field(default_factory=list)
    hits: list[Interval] = field(default_factory=list)
    written: list[tuple[EntityKind, int, int]] = field(default_factory=list)  # names the reader wrote about

    def __bool__(self) -> bool:
        """Whether there is anything to paint."""
        return bool(self.names or self.highlights or self.hits)


def compose(
    start: int,
    length: int,
    highlights: Iterable[Highlight],
    names: Iterable[Name],
    hits: Iterable[Interval],
    chosen_entity: int | None = None,
    since: int = 0,
) -> Layers:
    """Cut marks to the block that begins at `start`, from `since` up to `length` in it, and merge what merges."""

    def local(a: int, e: int) -> Interval:
        return max(since, a - start), min(length, e - start)

    layers = Layers()
    kinds: dict[EntityKind, list[Interval]] = {}
    for name in names:
        a, e = local(name.start, name.end)
        kinds.setdefault(name.kind, []).append((a, e))
        if name.written is not None and a + start == name.start:
            layers.written.append((name.kind, a, e))
        if name.entity == chosen_entity and name.entity != -1:
            layers.chosen_names.append((name.kind, a, e))
    layers.names = {kind: merge(intervals) for kind, intervals in kinds.items()}
    for highlight in highlights:
        a, e = local(highlight.start, highlight.end)
        layers.highlights.append((highlight, a, e))
        layers.bars.setdefault((highlight.color, highlight.lane), []).append((a, e))
    layers.bars = {key: merge(intervals) for key, intervals in layers.bars.items()}
    layers.pieces = pieces(layers.highlights)
    layers.hits = [local(a, e) for a, e in hits]
    return layers


def pieces(highlights: Sequence[tuple[Highlight, int, int]]) -> list[Piece]:
    """Cut the text under highlights wherever the set of them changes; the shortest one is on top."""
    if len(highlights) == 1:
        only, a, e = highlights[0]
        return [Piece(a, e, only, None)]
    edges = sorted({edge for _, a, e in highlights for edge in (a, e)})
    by_start = sorted(highlights, key=lambda row: row[1])
    cut: list[Piece] = []
    active: list[tuple[Highlight, int, int]] = []
    upcoming = 0
    for a, e in pairwise(edges):
        active = [row for row in active if row[2] > a]
        while upcoming < len(by_start) and by_start[upcoming][1] <= a:
            active.append(by_start[upcoming])
            upcoming += 1
        if not active:
            continue
        ranked = sorted(active, key=lambda row: (row[2] - row[1], row[0].id))
        under = ranked[1][0].color if len(ranked) > 1 else None
        last = cut[-1] if cut else None
        if last and last.end == a and last.top is ranked[0][0] and last.under == under:
            cut[-1] = Piece(last.start, e, last.top, under)
        else:
            cut.append(Piece(a, e, ranked[0][0], under))
    return cut


def as_name(found: Mention | FoundMention) -> Name:
    """A mention as the page sees it. One by one, where it is painted: a book has too many to do it for all at once."""
    if isinstance(found, Mention):
        return Name(found.start, found.end, found.kind, found.entity_id, found.text, found.value)
    return Name(found.start, found.end, found.kind, -1, found.name)
