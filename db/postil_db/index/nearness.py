"""What stands near what in the texts of documents: words, names and highlights, by the words between them.

Words come from the index of texts, names and highlights from their spans (`places.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import astuple

import numpy as np

from postil_db.index.bulk import fitting, passage_keys
from postil_db.index.context import Context, Holding, Segment
from postil_db.index.entry import NAMES, Part
from postil_db.index.flat import Array
from postil_db.index.nodes import Dated, Near, Passage, Whole, as_passage
from postil_db.index.places import DOCUMENT_SHIFT, NOWHERE, Places, Spans, Spots
from postil_db.index.schema import PART_SHIFT
from postil_db.index.scoring import View
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query

MOST = 2_000_000  # places of one side that are looked at


class Neighbours:
    """Answers what stands near what, for one search. `also`: what must hold of highlights besides."""

    def __init__(
        self,
        places: Places,
        annotations: Sequence[View],
        contexts: Callable[[Holding], Context],
        mentions: Callable[[Passage | Whole | Dated], Spans],
        also: Callable[[Segment], Array] | None = None,
    ) -> None:
        self._places, self._texts = places, places.texts
        self._annotations = [view for view in annotations if view.segment.count]
        self._contexts, self._mentions, self._also = contexts, mentions, also
        self._known: dict[int, Spots] = {}
        self._of_words: dict[str, Spots] = {}

    def near(self, tree: Near, holding: Holding, segment: Segment) -> Array | None:
        """Which entries of a segment hold, or share a word with, a place that has its neighbour."""
        if holding is Holding.ENTITIES:
            return None
        if id(tree) not in self._known:
            self._known[id(tree)] = together(self._spots(tree.left), self._spots(tree.right), tree.apart)
        spots = self._known[id(tree)]
        if holding is Holding.TEXTS:
            first = (segment.columns["document"] << DOCUMENT_SHIFT) + segment.columns["word"]
            return _overlap(Spots(first, first + np.maximum(_sizes(segment), 1) - 1), spots) & (_sizes(segment) > 0)
        fits = np.zeros(segment.count, bool)
        columns = segment.columns
        rows = np.flatnonzero(np.isin(columns["document"], np.unique(spots.first >> DOCUMENT_SHIFT)))
        if len(rows):
            places = self._places.of_entries(segment)
            fits[rows] = _overlap(Spots(places.first[rows], places.last[rows]), spots)
        return fits

    def _spots(self, tree: Untyped) -> Spots:
        """Where a condition holds."""
        if isinstance(tree, Near):
            return together(self._spots(tree.left), self._spots(tree.right), tree.apart)
        if isinstance(tree, whoosh_query.Or):
            every = [self._spots(branch) for branch in tree.subqueries]
            return Spots(*(np.concatenate(ends) for ends in zip(*map(astuple, every), strict=True))).sorted()
        passage = as_passage(tree)
        if isinstance(tree, Whole | Dated) or (passage is not None and any(part in NAMES for part in passage.parts)):
            return self._places.of_spans(*self._mentions(tree)).sorted()
        if passage is not None and (not passage.parts or Part.TEXT in passage.parts):
            return self._words(passage)
        return self._highlights(tree)

    def _words(self, passage: Passage) -> Spots:
        key = repr(passage)
        if key not in self._of_words:
            self._of_words[key] = self._look_up(passage)
        return self._of_words[key]

    def _look_up(self, passage: Passage) -> Spots:
        context, found = self._contexts(Holding.TEXTS), []
        for view in self._texts:
            keys = passage_keys(view.segment, passage, context)
            entries = keys >> 32
            keys, entries = keys[view.live[entries]], entries[view.live[entries]]
            columns = view.segment.columns
            word = columns["word"][entries] + (keys & ((1 << PART_SHIFT) - 1))
            found.append((columns["document"][entries] << DOCUMENT_SHIFT) + word)
        first = np.unique(np.concatenate(found)) if found else NOWHERE.first
        return Spots(first, first + max(step.offset for step in passage.steps))

    def _highlights(self, tree: Untyped) -> Spots:
        context, found = self._contexts(Holding.ANNOTATIONS), [NOWHERE]
        for segment, fits in fitting(self._annotations, tree, document=None, context=context, also=self._also):
            places = self._places.of_entries(segment)
            found.append(Spots(places.first[fits], places.last[fits]))
        return Spots(*(np.concatenate(ends) for ends in zip(*map(astuple, found), strict=True))).sorted()


def _sizes(segment: Segment) -> Array:
    return np.asarray(segment.columns["size"])


def together(left: Spots, right: Spots, apart: int) -> Spots:
    """The places on either side that have one on the other side no more than `apart` words away, in one document."""
    left, right = _real(left), _real(right)
    one, other = _has_near(left, right, apart), _has_near(right, left, apart)
    return Spots(
        np.concatenate((left.first[one], right.first[other])), np.concatenate((left.last[one], right.last[other]))
    ).sorted()


def _real(spots: Spots) -> Spots:
    kept = (spots.first >= 0) & (spots.last >= 0)
    return Spots(spots.first[kept][:MOST], spots.last[kept][:MOST])


def _has_near(these: Spots, others: Spots, apart: int) -> Array:
    """Which of these have one of the others so near. A place is not near to itself only where it is another's too."""
    if not len(these.first) or not len(others.first):
        return np.zeros(len(these.first), bool)
    # the others that begin before the end of this one and its reach; of those, the one that ends last
    until = np.searchsorted(others.first, these.last + apart, side="right")
    reach = np.maximum.accumulate(others.last)
    latest = reach[np.maximum(until - 1, 0)]
    fits = (until > 0) & (latest >= these.first - apart)
    return np.asarray(fits & (latest >> DOCUMENT_SHIFT == these.first >> DOCUMENT_SHIFT))


def _overlap(entries: Spots, spots: Spots) -> Array:
    """Which entries share a word with one of these places."""
    if not len(spots.first):
        return np.zeros(len(entries.first), bool)
    until = np.searchsorted(spots.first, entries.last, side="right")
    reach = np.maximum.accumulate(spots.last)
    return np.asarray((entries.first >= 0) & (until > 0) & (reach[np.maximum(until - 1, 0)] >= entries.first))
