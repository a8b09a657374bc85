"""What the entries that fit have in common: counted over all of them, not over the first page."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from heapq import nsmallest
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from postil_db.index.clauses import start_of
from postil_db.index.context import Segment
from postil_db.index.flat import Array

type Fitting = Sequence[tuple[Segment, Array]]


class Labels:
    """All labels met so far, numbered: what carries them in one segment can be counted with what does in another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        self._numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._of: WeakKeyDictionary[Segment, dict[str, tuple[Array, Array]]] = WeakKeyDictionary()

    def carried(self, segment: Segment, field: str) -> tuple[Array, Array]:
        """Each label of each entry of a segment: the entry, and the number of the label."""
        with self._lock:
            known = self._of.setdefault(segment, {})
            if field not in known:
                names, entries, which = segment.carried(field)
                numbers = self._numbers[field]
                at = np.array([numbers.setdefault(name, len(numbers)) for name in names], "i8")
                self._names[field] += islice(numbers, len(self._names[field]), None)
                known[field] = entries, at[which]
            return known[field]

    def most(self, fitting: Fitting, field: str, most: int) -> list[tuple[str, int]]:
        """The labels that most entries carry, with how many do."""
        met = [np.zeros(0, "i8")]
        for segment, fits in fitting:
            entries, which = self.carried(segment, field)
            met.append(which[fits[entries]])
        counts = np.bincount(np.concatenate(met))
        used = np.flatnonzero(counts)
        if len(used) > most:
            used = used[counts[used] >= np.partition(counts[used], -most)[-most]]
        names = self._names[field]
        counted = [(names[at], count) for at, count in zip(used.tolist(), counts[used].tolist(), strict=True)]
        return nsmallest(most, counted, key=lambda each: (-each[1], each[0]))


def documents(fitting: Fitting, most: int) -> list[tuple[int, int]]:
    """The documents in which most entries are, with how many are."""
    counts = np.zeros(1, "i8")
    for segment, fits in fitting:
        here = np.bincount(segment.columns["document"][fits])
        longest = max(len(counts), len(here))
        counts = np.pad(counts, (0, longest - len(counts))) + np.pad(here, (0, longest - len(here)))
    used = np.flatnonzero(counts)
    order = used[np.lexsort((used, -counts[used]))][:most]
    return [(int(number), int(counts[number])) for number in order]


def months(fitting: Fitting, most: int) -> list[tuple[str, int]]:
    """In which months, as the reader's clock has them, the entries were made, the latest first."""
    counts: Counter[str] = Counter()
    for segment, fits in fitting:
        made = segment.columns["created"][fits]
        if not len(made):
            continue
        first, last = (datetime.fromtimestamp(int(edge) / 1e6, UTC).date() for edge in (made.min(), made.max()))
        starts = [_month(first.year * 12 + first.month - 2)]
        while starts[-1] <= last:
            starts.append(_month(starts[-1].year * 12 + starts[-1].month))
        begin = np.array([start_of(day) for day in starts], "i8")
        numbers = np.bincount(np.searchsorted(begin, made, side="right") - 1, minlength=len(starts))
        for day, count in zip(starts, numbers.tolist(), strict=True):
            if count:
                counts[f"{day:%Y-%m}"] += count
    return sorted(counts.items(), reverse=True)[:most]


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def example(fitting: Fitting, field: str, label: str) -> int | None:
    """The id of an entry that carries a label."""
    for segment, fits in fitting:
        ids = segment.postings(field, label).ids
        ids = ids[fits[ids]]
        if len(ids):
            return int(segment.columns["id"][ids[0]])
    return None
