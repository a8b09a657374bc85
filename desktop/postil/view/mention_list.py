"""Mentions in the order of the text, to be asked by place and by entity; a book has hundreds of thousands.

Making one looks at every mention, and is done off the UI thread; asking it, and adding a batch to it, does not.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import overload, override

from postil_db.records import Mention

LONGEST = 1000
"""No mention is longer than this, in code points: what overlaps a passage begins that little before it."""

_place = attrgetter("start", "end")
_start = attrgetter("start")


class MentionList(Sequence[Mention]):
    """A sequence of mentions sorted by their places; `add` changes it, so whoever shares it copies it before."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._rows = sorted(mentions, key=_place)
        self._starts = [one.start for one in self._rows]
        self._by_entity: dict[int, list[Mention]] = {}
        for one in self._rows:
            self._by_entity.setdefault(one.entity_id, []).append(one)

    @classmethod
    def of(cls, mentions: "Iterable[Mention]") -> "MentionList":
        """Mentions as such a list; one that is one already is given back as it is."""
        return mentions if isinstance(mentions, MentionList) else cls(mentions)

    def copy(self) -> "MentionList":
        """Another list of the same mentions."""
        twin = MentionList()
        twin._rows, twin._starts = self._rows.copy(), self._starts.copy()
        twin._by_entity = {entity: mine.copy() for entity, mine in self._by_entity.items()}
        return twin

    @override
    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Mention: ...

    @overload
    def __getitem__(self, at: slice) -> list[Mention]: ...

    @override
    def __getitem__(self, at: int | slice) -> Mention | list[Mention]:
        return self._rows[at]

    @override
    def __iter__(self) -> Iterator[Mention]:
        return iter(self._rows)

    def add(self, batch: Iterable[Mention]) -> None:
        """Take further mentions, which mostly stand together in one place, or in two."""
        for run in _runs(batch):
            first = bisect_left(self._starts, run[0].start)
            last = bisect_right(self._starts, run[-1].start)
            among = sorted([*self._rows[first:last], *run], key=_place) if first < last else run
            self._rows[first:last] = among
            self._starts[first:last] = [one.start for one in among]
            for one in run:
                insort(self._by_entity.setdefault(one.entity_id, []), one, key=_place)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that share a character with a passage."""
        first = bisect_left(self._starts, start - LONGEST)
        last = bisect_left(self._starts, end, first)
        return [one for one in self._rows[first:last] if one.end > start]

    def at(self, start: int, entity_id: int) -> Mention | None:
        """The mention of an entity that begins at a place."""
        mine = self.of_entity(entity_id)
        at = bisect_left(mine, start, key=_start)
        return mine[at] if at < len(mine) and mine[at].start == start else None

    def of_entity(self, entity_id: int | None) -> Sequence[Mention]:
        """Every mention of one entity; not to be changed."""
        return () if entity_id is None else self._by_entity.get(entity_id, ())

    def standing(self, start: int) -> list[Mention]:
        """The mentions that begin at a place."""
        first = bisect_left(self._starts, start)
        return self._rows[first : bisect_right(self._starts, start, first)]

    def after(self, start: int) -> Iterator[Mention]:
        """Every mention, from the first one that begins behind a place on, and round to it again."""
        at = bisect_right(self._starts, start)
        return chain(islice(self._rows, at, None), islice(self._rows, at))

    def before(self, start: int) -> Iterator[Mention]:
        """Every mention backwards, from the last one that begins before a place on, and round to it again."""
        at = bisect_left(self._starts, start)
        rows = self._rows
        return chain(
            map(rows.__getitem__, range(at - 1, -1, -1)), map(rows.__getitem__, range(len(rows) - 1, at - 1, -1))
        )


def place_among(mentions: Sequence[Mention], one: Mention) -> int | None:
    """The index of a mention among those of its entity, which are in the order of the text."""
    at = bisect_left(mentions, _place(one), key=_place)
    return at if at < len(mentions) and _place(mentions[at]) == _place(one) else None


def index_from(mentions: Sequence[Mention], start: int) -> int:
    """The index of the first of some mentions that begins at a place or behind it; 0 if none does."""
    at = bisect_left(mentions, start, key=_start)
    return at if at < len(mentions) else 0


def _runs(batch: Iterable[Mention]) -> list[list[Mention]]:
    """The parts of a batch within which places only go on."""
    runs: list[list[Mention]] = []
    for one in batch:
        if runs and one.start >= runs[-1][-1].start:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs
