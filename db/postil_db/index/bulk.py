"""Evaluates a whole Whoosh query tree on arrays: one mask over all entries of a segment, not one entry at a time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from postil_db.index.entry import Part
from postil_db.index.flat import Array, Postings
from postil_db.index.fold import Step
from postil_db.index.schema import PART_SHIFT
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query

SATURATION, LENGTH_SHARE = 1.2, 0.75  # BM25's k1 and b
TOO_OPEN = 2  # words that begin so, for each entry: from there on a beginning is everywhere and ranks nothing
OPEN_SHARE = 0.05  # of a word's score for words that only begin so: enough to order them, too little to lift them


class Passage(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Words that follow each other, perhaps in one part only; any of them may be just a beginning."""

    def __init__(self, steps: tuple[Step, ...], part: Part | None = None) -> None:
        self.steps, self.part = steps, part

    def __repr__(self) -> str:
        return f"Passage({self.steps!r}, {self.part!r})"


class Segment(Protocol):
    """Entries numbered from 0, on disk or in memory."""

    @property
    def count(self) -> int:
        """How many entries, hidden ones included."""

    @property
    def columns(self) -> dict[str, Array]:
        """The numbers of all entries."""

    @property
    def weight(self) -> int:
        """The sizes of all entries together."""

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands."""

    def prefixed(self, field: str, prefix: str) -> Postings:
        """Where terms stand that begin so."""


@dataclass(frozen=True, slots=True)
class View:
    """A segment, and which of its entries still stand."""

    segment: Segment
    live: Array


@dataclass(frozen=True, slots=True)
class Order:
    """How to sort: by the score of these words, or by columns. `words` are the ones that count."""

    sort: str
    words: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    step: Step
    rarity: float


def mask(segment: Segment, tree: Untyped) -> Array:
    """Which entries of a segment fit, hidden ones included."""
    match tree:
        case whoosh_query.And():
            fits = np.ones(segment.count, bool)
            for branch in tree.subqueries:
                fits &= mask(segment, branch)
        case whoosh_query.Or():
            fits = np.zeros(segment.count, bool)
            for branch in tree.subqueries:
                fits |= mask(segment, branch)
        case whoosh_query.Not():
            fits = ~mask(segment, tree.query)
        case whoosh_query.Every():
            fits = np.ones(segment.count, bool)
        case whoosh_query.Term():
            fits = _marked(segment, segment.postings(tree.fieldname, tree.text).ids)
        case whoosh_query.Prefix():
            fits = _marked(segment, segment.prefixed(tree.fieldname, tree.text).ids)
        case Passage():
            fits = _passage(segment, tree)
        case _:
            raise NotImplementedError(type(tree))
    return fits


def _marked(segment: Segment, ids: Array) -> Array:
    marked = np.zeros(segment.count, bool)
    marked[ids] = True
    return marked


def _look_up(segment: Segment, step: Step) -> Postings:
    return segment.prefixed("text", step.text) if step.open else segment.postings("text", step.text)


def _passage(segment: Segment, passage: Passage) -> Array:
    found = [(_look_up(segment, step), step) for step in passage.steps]
    candidates = np.ones(segment.count, bool)
    for postings, _ in found:
        candidates &= _marked(segment, postings.ids)
    if not candidates.any():
        return candidates
    places: Array | None = None
    for postings, step in sorted(found, key=lambda each: len(each[0].ids)):
        here = postings.within(candidates).keys(step.offset)
        if places is None:
            places = here
        else:
            both = np.concatenate((places, here))
            both.sort(kind="stable")
            places = both[1:][both[1:] == both[:-1]]
    assert places is not None  # noqa: S101  # a passage has at least one word
    if passage.part is not None:
        places = places[(places >> PART_SHIFT) & 0xF == passage.part]
    return _marked(segment, places >> 32)


def search(
    views: Sequence[View], tree: Untyped, *, limit: int, order: Order, document: int | None
) -> tuple[list[tuple[int, float]], int]:
    """The best ids with their scores, best first, and how many fit in all."""
    total = 0
    rows: list[tuple[float, ...]] = []
    words, average = _weigh(views, order)
    for view in views:
        segment = view.segment
        if not segment.count:
            continue
        fits = mask(segment, tree) & view.live
        if document is not None:
            fits &= segment.columns["document"] == document
        entries = np.flatnonzero(fits)
        total += len(entries)
        if not len(entries):
            continue
        keys = _keys(segment, entries, order, words, average)
        best = _best(keys, limit)
        scores = keys[0][best] if words else np.zeros(len(best), "f4")
        columns = [key[best].tolist() for key in keys]
        rows += zip(*columns, segment.columns["id"][entries[best]].tolist(), scores.tolist(), strict=True)
    rows.sort(key=lambda row: row[:-2], reverse=True)
    return [(int(row[-2]), row[-1]) for row in rows[:limit]], total


def _weigh(views: Sequence[View], order: Order) -> tuple[list[_Word], float]:
    """How rare each word is over all segments, and the average size of an entry."""
    count = max(1, sum(view.segment.count for view in views))
    average = sum(view.segment.weight for view in views if view.segment.count) / count or 1.0
    weighed = []
    for step in order.words if order.sort == "relevance" else ():
        with_it = 0 if step.open else sum(len(_look_up(view.segment, step).ids) for view in views)
        weighed.append(_Word(step, OPEN_SHARE if step.open else math.log(count / (with_it + 1)) + 1))
    return weighed, average


def _keys(segment: Segment, entries: Array, order: Order, words: Sequence[_Word], average: float) -> list[Array]:
    """What to sort by, largest first; equals are told apart by the next key, ids at last."""
    columns = segment.columns
    ids = columns["id"][entries]
    if order.sort == "document":
        return [-columns["document"][entries], -ids]
    newest = [columns["created"][entries], ids]
    if order.sort == "newest" or not words:
        return newest
    return [_scores(segment, words, average)[entries], *newest]


def _scores(segment: Segment, words: Sequence[_Word], average: float) -> Array:
    scores = np.zeros(segment.count, "f4")
    brake = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * segment.columns["size"].astype("f4") / np.float32(average))
    for word in words:
        postings = _look_up(segment, word.step)
        if word.step.open and len(postings.ids) > TOO_OPEN * segment.count:
            continue
        if word.step.open:
            often = np.bincount(postings.ids, weights=postings.weights, minlength=segment.count).astype("f4")
            scores += word.rarity * (SATURATION + 1) * often / (often + brake)
        else:
            often = postings.weights.astype("f4")
            scores[postings.ids] += word.rarity * (SATURATION + 1) * often / (often + brake[postings.ids])
    return scores


def _best(keys: Sequence[Array], limit: int) -> Array:
    """The numbers of the `limit` largest rows, by the first key and, among its equals, by the next ones."""
    left, chosen = np.arange(len(keys[0])), []
    room = max(0, limit)
    for key in keys:
        if len(left) <= room:
            break
        values = key[left]
        at = len(left) - room
        bound = np.partition(values, at)[at] if room else values.max() + 1
        above = left[values > bound]
        chosen.append(above)
        room -= len(above)
        left = left[values == bound]
    return np.concatenate([*chosen, left[:room]]).astype("i8")
