"""Entries that are not on disk yet, searchable at once. Never changed: each write makes a new tier."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from postil_db.index.flat import NONE, Array, Postings
from postil_db.index.schema import NUMBERS, PART_SHIFT, STARTS, WEIGHTS, Analysed


class RamEntry:
    """One entry, by word."""

    def __init__(self, analysed: Analysed) -> None:
        self.analysed = analysed
        self.places: dict[str, array[int]] = {}
        for word, position in zip(analysed.words, analysed.positions, strict=True):
            self.places.setdefault(word, array("I")).append(position)
        if analysed.starts:
            self.places[STARTS] = analysed.starts

    @cached_property
    def sorted_words(self) -> list[str]:
        """Its words, for finding those with one beginning."""
        return sorted(self.places)

    def terms(self, field: str, term: str, *, prefix: bool) -> Iterable[str]:
        """Which of its terms in a field fit."""
        if field != "text":
            labels = self.analysed.labels[field]
            return [name for name in labels if name == term or (prefix and name.startswith(term))]
        if not prefix:
            return (term,) if term in self.places else ()
        words = self.sorted_words
        found = []
        for at in range(bisect_left(words, term), len(words)):
            if not words[at].startswith(term):
                break
            found.append(words[at])
        return found


class RamSegment:
    """All of them, as the bulk search sees a segment."""

    def __init__(self, entries: Mapping[int, RamEntry] | None = None) -> None:
        self.entries = dict(entries or {})
        self.count = len(self.entries)

    def changed(self, put: Mapping[int, RamEntry], drop: Iterable[int] = ()) -> "RamSegment":
        """The tier with some entries put and some dropped."""
        entries = {**self.entries, **put}
        for gone in drop:
            entries.pop(gone, None)
        return RamSegment(entries)

    @cached_property
    def columns(self) -> dict[str, Array]:
        """The numbers of all entries."""
        return {
            name: np.array([entry.analysed.numbers[name] for entry in self.entries.values()], "i8") for name in NUMBERS
        }

    @cached_property
    def weight(self) -> int:
        """The sizes of all entries together."""
        return int(self.columns["size"].sum())

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands."""
        return self._gather(field, term, prefix=False)

    def prefixed(self, field: str, prefix: str) -> Postings:
        """Where terms stand that begin so; an entry may come several times."""
        return self._gather(field, prefix, prefix=True)

    def vocabulary(self, prefix: str) -> list[str]:
        """The words that begin so."""
        found = {word for entry in self.entries.values() for word in entry.terms("text", prefix, prefix=True)}
        return sorted(found - {STARTS})

    def labels(self, field: str, prefix: str) -> list[str]:
        """The labels that begin so."""
        return sorted({one for entry in self.entries.values() for one in entry.terms(field, prefix, prefix=True)})

    def carried(self, field: str) -> tuple[list[str], Array, Array]:
        """The labels; and each label of each entry: the entry, and which label it is."""
        known: dict[str, int] = {}
        entries, which = array("I"), array("I")
        for number, entry in enumerate(self.entries.values()):
            for name in entry.analysed.labels[field]:
                entries.append(number)
                which.append(known.setdefault(name, len(known)))
        return list(known), np.array(entries, "u4"), np.array(which, "u4")

    def _gather(self, field: str, term: str, *, prefix: bool) -> Postings:
        ids, counts, weights, positions = array("I"), array("I"), array("B"), array("I")
        for number, entry in enumerate(self.entries.values()):
            for word in entry.terms(field, term, prefix=prefix):
                places = entry.places[word] if field == "text" else array("I")
                ids.append(number)
                counts.append(len(places))
                weights.append(min(255, sum(WEIGHTS[place >> PART_SHIFT] for place in places)) if word != STARTS else 0)
                positions.extend(places)
        if not ids:
            return NONE
        return Postings(
            np.frombuffer(ids, "u4"),
            np.frombuffer(counts, "u4"),
            np.frombuffer(weights, "u1"),
            np.frombuffer(positions, "u4") if positions else NONE.positions,
        )
