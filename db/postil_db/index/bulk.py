"""Evaluates a whole Whoosh query tree on arrays: one mask over all entries of a segment, not one entry at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from postil_db.index.context import Context, Holding, Segment
from postil_db.index.dates import meant
from postil_db.index.entry import NAMES, Part
from postil_db.index.flat import Array
from postil_db.index.nodes import Dated, Inside, Near, Only, Passage, Range, Whole, as_passage
from postil_db.index.schema import MEANT, PART_SHIFT
from postil_db.index.scoring import Order, View, best, keys, weigh
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query

__all__ = ["Order", "Passage", "Ranked", "View", "mask", "search"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best rows (id and score), how many entries fit in all, and which ones, by segment."""

    rows: list[tuple[int, float]]
    total: int
    fitting: tuple[tuple[Segment, Array], ...]


def mask(segment: Segment, tree: Untyped, context: Context) -> Array:  # noqa: C901 - one case for each kind of node
    """Which entries of a segment fit, hidden ones included."""
    match tree:
        case whoosh_query.And():
            fits = np.ones(segment.count, bool)
            for branch in tree.subqueries:
                fits &= mask(segment, branch, context)
                if not fits.any():
                    break
        case whoosh_query.Or():
            fits = np.zeros(segment.count, bool)
            for branch in tree.subqueries:
                fits |= mask(segment, branch, context)
        case whoosh_query.Not():
            fits = ~mask(segment, tree.query, context)
        case whoosh_query.Every():
            fits = np.ones(segment.count, bool)
        case whoosh_query.Term():
            fits = marked(segment, segment.postings(tree.fieldname, tree.text).ids)
        case whoosh_query.Prefix():
            fits = marked(segment, segment.prefixed(tree.fieldname, tree.text).ids)
        case Passage():
            fits = _passage(segment, tree, context)
        case Whole():
            fits = _whole(segment, tree, context)
        case Dated():
            fits = _dated(segment, tree)
        case Range():
            fits = _range(segment, tree, context)
        case Inside():
            fits = _inside(segment, tree, context)
        case Only():
            fits = _only(segment, tree, context)
        case Near():
            fits = _near(segment, tree, context)
        case _:
            raise NotImplementedError(type(tree))
    return fits


def marked(segment: Segment, ids: Array) -> Array:
    """A mask over a segment's entries."""
    fits = np.zeros(segment.count, bool)
    fits[ids] = True
    return fits


def _passage(segment: Segment, passage: Passage, context: Context) -> Array:
    if len(passage.steps) == 1 and not passage.parts:
        return marked(segment, context.look_up(segment, passage.steps[0]).ids)
    return marked(segment, passage_keys(segment, passage, context) >> 32)


def passage_keys(segment: Segment, passage: Passage, context: Context) -> Array:
    """Where a passage begins: entry numbers above, positions below."""
    found = [(context.look_up(segment, step), step) for step in passage.steps]
    candidates = np.ones(segment.count, bool)
    for postings, _ in found:
        candidates &= marked(segment, postings.ids)
    places: Array | None = None
    if not candidates.any():
        return np.zeros(0, "i8")
    for postings, step in sorted(found, key=lambda each: len(each[0].ids)):
        here = postings.within(candidates).keys(step.offset)
        if places is None:
            places = here
        else:
            both = np.concatenate((places, here))
            both.sort(kind="stable")
            places = both[1:][both[1:] == both[:-1]]
    assert places is not None  # noqa: S101  # a passage has at least one word
    return in_parts(places, passage.parts) if passage.parts else places


def in_parts(places: Array, parts: Sequence[Part]) -> Array:
    """Those places that are in one of some parts."""
    part = (places >> PART_SHIFT) & 0xF
    wanted = np.zeros(16, bool)
    wanted[list(parts)] = True
    kept: Array = places[wanted[part]]
    return kept


def _whole(segment: Segment, tree: Whole, context: Context) -> Array:
    segments = context.segments or (segment,)
    if not any(len(each.postings("form", name).ids) for each in segments for name in tree.labels):
        return _passage(segment, tree.words, context)
    fits = np.zeros(segment.count, bool)
    for name in tree.labels:
        fits[segment.postings("form", name).ids] = True
    return fits


def _dated(segment: Segment, tree: Dated) -> Array:
    fits = np.zeros(segment.count, bool)
    for name in segment.labels("form", MEANT):
        days = meant(name.removeprefix(MEANT))
        if days is not None and tree.days.holds_all(days):
            fits[segment.postings("form", name).ids] = True
    return fits


def _range(segment: Segment, tree: Range, context: Context) -> Array:
    if context.holding is not Holding.ANNOTATIONS:
        return np.zeros(segment.count, bool)
    column, fits = segment.columns[tree.column], np.ones(segment.count, bool)
    if tree.low is not None:
        fits &= column >= tree.low
    if tree.high is not None:
        fits &= column < tree.high
    return fits


def _inside(segment: Segment, tree: Inside, context: Context) -> Array:
    if context.places is None:  # an index by itself knows the titles of its entries only
        steps = tree.wanted.steps if tree.wanted.field == "title" else ()
        return _passage(segment, Passage(steps, (Part.TITLE,)), context) if steps else np.zeros(segment.count, bool)
    ids = context.documents(tree.wanted)
    if context.holding is not Holding.ENTITIES:
        return np.isin(segment.columns["document"], ids)
    fits = np.zeros(segment.count, bool)
    for number in ids.tolist():
        fits[segment.postings("inside", str(number)).ids] = True
    return fits


def _only(segment: Segment, tree: Only, context: Context) -> Array:
    if context.holding is Holding.ANNOTATIONS and tree.group in ("highlight", "note"):
        noted = notes(segment, context)
        return noted if tree.group == "note" else ~noted
    here = {Holding.ENTITIES: "entity", Holding.TEXTS: "text"}.get(context.holding)
    return np.full(segment.count, tree.group == here)


def notes(segment: Segment, context: Context) -> Array:
    """Which annotations count as notes: they have one and, where words are asked for, one of them stands in it."""
    noted = marked(segment, segment.postings("is", "note").ids)
    if not context.words or not noted.any():
        return noted
    hit = np.zeros(segment.count, bool)
    for step in context.words:
        postings = context.look_up(segment, step)
        in_note = (postings.positions >> PART_SHIFT) == Part.NOTE
        hit[np.repeat(postings.ids, postings.counts)[in_note]] = True
    return noted & hit


def _near(segment: Segment, tree: Near, context: Context) -> Array:
    fits = np.zeros(segment.count, bool)
    one, other = as_passage(tree.left), as_passage(tree.right)
    named = any(part in NAMES for side in (one, other) if side for part in side.parts)
    if one and other and not named:  # a name stands somewhere in a text, not near to its own words
        left, right = (passage_keys(segment, side, context) for side in (one, other))
        fits = marked(segment, close(left, right, tree.apart) >> 32)
    elsewhere = context.near(tree, context.holding, segment) if context.near else None
    return fits if elsewhere is None else fits | elsewhere


def close(left: Array, right: Array, apart: int) -> Array:
    """Those keys of `left` that have one of `right` no more than `apart` positions away, in the same part."""
    if not len(left) or not len(right):
        return left[:0]
    right = np.sort(right)
    after = np.searchsorted(right, left)
    fits = np.zeros(len(left), bool)
    for at in (np.minimum(after, len(right) - 1), np.maximum(after - 1, 0)):
        fits |= (np.abs(right[at] - left) <= apart) & (right[at] >> PART_SHIFT == left >> PART_SHIFT)
    return left[fits]


def fitting(
    views: Sequence[View],
    tree: Untyped,
    *,
    document: int | None,
    context: Context,
    also: Callable[[Segment], Array] | None = None,
) -> tuple[tuple[Segment, Array], ...]:
    """Which entries fit, by segment. `also`: what must hold besides the query."""
    context.segments = tuple(view.segment for view in views if view.segment.count)
    found = []
    for view in views:
        segment = view.segment
        if not segment.count:
            continue
        fits = mask(segment, tree, context) & view.live
        if document is not None:
            fits &= _of_document(segment, document, context)
        if also is not None:
            fits &= also(segment)
        found.append((segment, fits))
    return tuple(found)


def rank(
    views: Sequence[View],
    found: Sequence[tuple[Segment, Array]],
    *,
    limit: int,
    order: Order,
    context: Context,
) -> list[tuple[int, float]]:
    """The best of the entries that fit, best first: their ids and scores."""
    rows: list[tuple[float, ...]] = []
    words, average = weigh(views, order, context)
    for segment, fits in found:
        entries = np.flatnonzero(fits)
        if not len(entries) or limit <= 0:
            continue
        columns = keys(segment, entries, order, words, average, context)
        first = best(columns, limit)
        scores = columns[0][first] if words else np.zeros(len(first), "f4")
        listed = [key[first].tolist() for key in columns]
        rows += zip(*listed, segment.columns["id"][entries[first]].tolist(), scores.tolist(), strict=True)
    rows.sort(key=lambda row: row[:-2], reverse=True)
    return [(int(row[-2]), row[-1]) for row in rows[:limit]]


def search(
    views: Sequence[View],
    tree: Untyped,
    *,
    limit: int,
    order: Order,
    document: int | None,
    context: Context,
    also: Callable[[Segment], Array] | None = None,
) -> Ranked:
    """The best entries, best first, and which ones fit."""
    found = fitting(views, tree, document=document, context=context, also=also)
    rows = rank(views, found, limit=limit, order=order, context=context)
    return Ranked(rows, sum(int(fits.sum()) for _, fits in found), found)


def _of_document(segment: Segment, document: int, context: Context) -> Array:
    if context.holding is Holding.ENTITIES:
        return marked(segment, segment.postings("inside", str(document)).ids)
    return np.asarray(segment.columns["document"] == document)
