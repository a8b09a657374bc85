"""Postings as flat arrays: the form in which a whole query is evaluated at once instead of entry by entry."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from postil_db.index.schema import PART_SHIFT, WEIGHTS

if TYPE_CHECKING:
    from numpy.typing import NDArray  # slow to load, and needed by no running code

type Array = NDArray[Any]

AT_ONCE = 4_000  # words

_WEIGHTS = np.array(WEIGHTS, "u1")


@dataclass(frozen=True, slots=True)
class Postings:
    """Where words stand: an entry's number, how often and how weightily, and all positions, one entry after another."""

    ids: Array  # u4
    counts: Array  # u4
    weights: Array  # u1
    positions: Array  # u4, counts.sum() of them

    def keys(self, offset: int = 0) -> Array:
        """One number for each place: entry number above, position less `offset` below."""
        return (np.repeat(self.ids.astype("i8"), self.counts) << 32) + self.positions - offset

    def within(self, mask: Array) -> "Postings":
        """Only those of entries in `mask`."""
        kept = mask[self.ids]
        if kept.all():
            return self
        places = np.repeat(kept, self.counts)
        return Postings(self.ids[kept], self.counts[kept], self.weights[kept], self.positions[places])


NONE = Postings(np.zeros(0, "u4"), np.zeros(0, "u4"), np.zeros(0, "u1"), np.zeros(0, "u4"))


@dataclass(frozen=True, slots=True)
class Table:
    """All postings of one field, in the order of its terms.

    `starts`, `places`: where each term's postings and positions begin, and at last where they end.
    """

    terms: list[bytes]
    starts: Array  # i8
    places: Array  # i8
    postings: Postings


def encode(term: str) -> bytes:
    """A term's bytes; any text has some."""
    return term.encode("utf-8", "surrogatepass")


def in_order(words: Iterable[str]) -> list[str]:
    """Sorted, a few at a time: sorted at once, tens of thousands keep every other thread waiting."""
    waiting = iter(words)
    runs = []
    while run := list(islice(waiting, AT_ONCE)):
        runs.append(sorted(run))
    return list(heapq.merge(*runs))


def collect(vocabulary: dict[str, int], tokens: Array, docs: Array, positions: Array | None) -> Table:
    """A table out of tokens in the order in which they were read (`tokens`: numbers in `vocabulary`)."""
    terms = in_order(vocabulary)  # the order of code points is the order of UTF-8 bytes
    rank = np.empty(len(terms), "u8")
    rank[[vocabulary[term] for term in terms]] = np.arange(len(terms), dtype="u8")
    keys = (rank[tokens] << np.uint64(32)) | np.arange(len(tokens), dtype="u8")
    keys.sort()
    order, ranks = (keys & np.uint64(0xFFFFFFFF)).astype("i8"), (keys >> np.uint64(32)).astype("i8")
    docs = docs[order]
    first = np.ones(len(docs), bool)
    first[1:] = (ranks[1:] != ranks[:-1]) | (docs[1:] != docs[:-1])
    begins = np.flatnonzero(first)
    starts = _ends(np.bincount(ranks[begins], minlength=len(terms)))
    names = [encode(term) for term in terms]
    ids = docs[begins].astype("u4")
    if positions is None:
        nothing = np.zeros(len(ids), "u4")
        return Table(
            names, starts, np.zeros(len(terms) + 1, "i8"), Postings(ids, nothing, nothing.astype("u1"), NONE.positions)
        )
    positions = positions[order]
    counts = np.diff(begins, append=len(docs)).astype("u4")
    weights = np.minimum(np.add.reduceat(_WEIGHTS[positions >> PART_SHIFT], begins, dtype="u4"), 255).astype("u1")
    places = _ends(np.bincount(ranks, minlength=len(terms)))
    return Table(names, starts, places, Postings(ids, counts, weights, positions))


def merge(sources: Sequence[tuple[Table, Array]]) -> Table:
    """One table out of several, each with its map from old entry numbers to new ones (-1: gone).

    The maps must ascend from source to source, so that entry numbers stay sorted within each term.
    """
    terms = [term for term, _ in groupby(heapq.merge(*(table.terms for table, _ in sources)))]
    rank = {term: at for at, term in enumerate(terms)}
    ranks = np.concatenate(
        [np.repeat(np.array([rank[term] for term in table.terms], "i8"), np.diff(table.starts)) for table, _ in sources]
    )
    ids = np.concatenate([numbers[table.postings.ids] for table, numbers in sources])
    counts = np.concatenate([table.postings.counts for table, _ in sources]).astype("i8")
    weights = np.concatenate([table.postings.weights for table, _ in sources])
    positions = np.concatenate([table.postings.positions for table, _ in sources])
    begins = np.cumsum(counts) - counts
    kept = np.flatnonzero(ids >= 0)
    order = kept[np.argsort(ranks[kept], kind="stable")]
    ranks, ids, counts, weights, begins = ranks[order], ids[order], counts[order], weights[order], begins[order]
    new_begins = np.cumsum(counts) - counts
    positions = positions[np.repeat(begins - new_begins, counts) + np.arange(int(counts.sum()))]
    number = len(terms)
    starts = _ends(np.bincount(ranks, minlength=number))
    places = _ends(np.bincount(ranks, weights=counts, minlength=number).astype("i8"))
    used = np.flatnonzero(np.diff(starts))
    last = np.append(used, number)
    return Table(
        [terms[at] for at in used],
        starts[last] if len(used) else starts[:1],
        places[last] if len(used) else places[:1],
        Postings(ids.astype("u4"), counts.astype("u4"), weights, positions),
    )


def _ends(sizes: Array) -> Array:
    return np.concatenate((np.zeros(1, "i8"), np.cumsum(sizes, dtype="i8")))
