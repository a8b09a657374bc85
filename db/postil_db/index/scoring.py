"""Which of the entries that fit come first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from postil_db.index.context import Context, Segment
from postil_db.index.flat import Array
from postil_db.index.fold import Step

SATURATION, LENGTH_SHARE = 1.2, 0.75  # BM25's k1 and b
TOO_OPEN = 2  # words that begin so, for each entry: from there on a beginning is everywhere and ranks nothing
OPEN_SHARE = 0.05  # of a word's score for words that only begin so: enough to order them, too little to lift them
LOOSE_SHARE = 0.1  # the same for words that a word stands for: below the word itself


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
class Word:
    """A word and how much it says."""

    step: Step
    rarity: float


def weigh(views: Sequence[View], order: Order, context: Context) -> tuple[list[Word], float]:
    """How rare each word is over all segments, and the average size of an entry."""
    count = max(1, sum(view.segment.count for view in views))
    average = sum(view.segment.weight for view in views if view.segment.count) / count or 1.0
    weighed = []
    for step in order.words if order.sort == "relevance" else ():
        with_it = 0 if step.open else sum(len(context.look_up(view.segment, step).ids) for view in views)
        rarity = max(0.1, math.log(count / (with_it + 1)) + 1)
        share = OPEN_SHARE / rarity if step.open else LOOSE_SHARE if step.how else 1.0
        weighed.append(Word(step, rarity * share))
    return weighed, average


def keys(
    segment: Segment, entries: Array, order: Order, words: Sequence[Word], average: float, context: Context
) -> list[Array]:
    """What to sort by, largest first; equals are told apart by the next key, ids at last."""
    columns = segment.columns
    ids = columns["id"][entries]
    if order.sort == "document":
        return [-columns["document"][entries], -columns["start"][entries], -ids]
    newest = [columns["created"][entries], ids]
    if order.sort == "newest" or not words:
        return newest
    if id(segment) not in context.scores:
        context.scores[id(segment)] = _scores(segment, words, average, context)
    return [context.scores[id(segment)][entries], *newest]


def _scores(segment: Segment, words: Sequence[Word], average: float, context: Context) -> Array:
    scores = np.zeros(segment.count, "f4")
    brake = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * segment.columns["size"].astype("f4") / np.float32(average))
    for word in words:
        postings = context.look_up(segment, word.step)
        several = word.step.open or word.step.how
        if several and len(postings.ids) > TOO_OPEN * segment.count:
            continue
        if several:
            often = np.bincount(postings.ids, weights=postings.weights, minlength=segment.count).astype("f4")
            scores += word.rarity * (SATURATION + 1) * often / (often + brake)
        else:
            often = postings.weights.astype("f4")
            scores[postings.ids] += word.rarity * (SATURATION + 1) * often / (often + brake[postings.ids])
    return scores


def best(keys: Sequence[Array], limit: int) -> Array:
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
