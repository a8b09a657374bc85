"""Where in a document something stands, counted in words: that is how far two things are from each other.

A place is a document with the numbers of its first and its last word, counted through the whole document. Where a span
of code points begins and ends in words is told by the places of all words of a paragraph, which the index of texts
holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from postil_db.index.context import Segment
from postil_db.index.flat import Array, Postings
from postil_db.index.schema import STARTS
from postil_db.index.scoring import View

DOCUMENT_SHIFT = 32  # a place as one number: the document above, the word below

type Spans = tuple[Array, Array, Array]
"""Documents, starts and ends in code points."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Places in documents: document and first word, and last word, as one number each."""

    first: Array
    last: Array

    def sorted(self) -> "Spots":
        """The same, in the order in which they begin."""
        order = np.argsort(self.first, kind="stable")
        return Spots(self.first[order], self.last[order])


NOWHERE = Spots(np.zeros(0, "i8"), np.zeros(0, "i8"))


@dataclass(frozen=True, slots=True)
class _Paragraphs:
    """Those of one segment that still stand, in the order of documents and texts.

    `keys`: document above, where the paragraph starts below. `rows`: which posting each is; `ends`: where the words of
    each posting end.
    """

    segment: Segment
    words: Postings
    keys: Array
    rows: Array
    ends: Array


class Places:
    """Tells places from spans, as long as the texts are as they are now; what was asked once need not be worked out."""

    def __init__(self, texts: Sequence[View]) -> None:
        self.texts = [view for view in texts if view.segment.count]
        self._paragraphs = [_paragraphs(view) for view in self.texts]
        self._known: WeakKeyDictionary[Segment, Spots] = WeakKeyDictionary()

    def holds_for(self, texts: Sequence[View]) -> bool:
        """Whether the texts are still the same."""
        now = [view for view in texts if view.segment.count]
        pairs = zip(self.texts, now, strict=False)
        return len(now) == len(self.texts) and all(
            one.segment is other.segment and one.live is other.live for one, other in pairs
        )

    def of_entries(self, segment: Segment) -> Spots:
        """Where the annotations of a segment stand."""
        known = self._known.get(segment)
        if known is None:
            columns = segment.columns
            known = self._known[segment] = self.of_spans(columns["document"], columns["start"], columns["end"])
        return known

    def of_spans(self, documents: Array, starts: Array, ends: Array) -> Spots:
        """Spans as places; what lies in no paragraph that is indexed is nowhere near anything (-1)."""
        return Spots(self._word_at(documents, starts), self._word_at(documents, ends - 1))

    def _word_at(self, documents: Array, offsets: Array) -> Array:
        """The number of the word that holds an offset, else of the one before it in its paragraph."""
        places = np.full(len(documents), -1, "i8")
        wanted_keys = (documents << DOCUMENT_SHIFT) + offsets
        for held in self._paragraphs:
            if not len(held.keys):
                continue
            columns = held.segment.columns
            at = np.searchsorted(held.keys, wanted_keys, side="right") - 1
            row = held.rows[np.maximum(at, 0)]
            entry = held.words.ids[row]
            inside = (at >= 0) & (columns["document"][entry] == documents) & (offsets <= columns["end"][entry])
            wanted, row, entry = np.flatnonzero(inside), row[inside], entry[inside]
            into = offsets[wanted] - columns["start"][entry]
            word = np.maximum(_rank(held.words.positions, held.ends[row], held.ends[row + 1], into), 0)
            places[wanted] = (documents[wanted] << DOCUMENT_SHIFT) + columns["word"][entry] + word
        return places


def _paragraphs(view: View) -> _Paragraphs:
    columns, starts = view.segment.columns, view.segment.postings("text", STARTS)
    live = np.flatnonzero(view.live[starts.ids])
    entries = starts.ids[live]
    keys = (columns["document"][entries] << DOCUMENT_SHIFT) + columns["start"][entries]
    order = np.argsort(keys, kind="stable")
    ends = np.concatenate((np.zeros(1, "i8"), np.cumsum(starts.counts, dtype="i8")))
    return _Paragraphs(view.segment, starts, keys[order], live[order], ends)


def _rank(sorted_runs: Array, low: Array, high: Array, wanted: Array) -> Array:
    """For each row, how far into its run (`low` to `high`) the last number stands that is not above `wanted`."""
    first, low, high = low, low.copy(), high.copy()
    while (low < high).any():
        middle = (low + high) >> 1
        inside = low < high
        below = inside & (sorted_runs[np.minimum(middle, len(sorted_runs) - 1)] <= wanted)
        low = np.where(below, middle + 1, low)
        high = np.where(inside & ~below, middle, high)
    return np.asarray(low - first - 1)
