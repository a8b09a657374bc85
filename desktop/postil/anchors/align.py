"""Which word of an old text became which of a new one: what kept its order, and what moved as a whole."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

_GRAMS = (6, 3, 1)
_MOVED_GRAMS = (6, 4)
_CELLS = 16_000_000  # of a gap that is compared word by word: some milliseconds and megabytes
_WINDOW = 8  # words either side that must bear a match out …
_DENSE = 0.34  # … this share of them
_REACH = 250  # words to which a passage that moved is followed beyond what is known of it
_SLIP = 12  # words that may have come or gone between two known parts of it

type Range = tuple[int, int, int, int]
NONE = -1


def align(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each old word the place of the new one that it became (the same word or another), or -1."""
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(word, len(numbers)) for word in old]
    b = [numbers.setdefault(word, len(numbers)) for word in new]
    pairs = [NONE] * len(a)
    for at, to in _in_order(a, b):
        pairs[at] = to
    _drop_stray(a, b, pairs)
    for size in _MOVED_GRAMS:
        _follow_moved(a, b, pairs, size)
    _drop_stray(a, b, pairs)
    return pairs


def _in_order(a: list[int], b: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs that keep their order: patience diff over runs of words that are found once, then the least edits."""
    waiting: list[tuple[Range, int]] = [((0, len(a), 0, len(b)), 0)]
    while waiting:
        (a0, a1, b0, b1), level = waiting.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            yield a0, b0
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            yield a1, b1
        if a0 == a1 or b0 == b1:
            continue
        if level == len(_GRAMS):
            yield from _least_edits(a, b, (a0, a1, b0, b1))
            continue
        size = _GRAMS[level]
        chain = _rising(_shared(a[a0:a1], b[b0:b1], size))
        if not chain:
            waiting.append(((a0, a1, b0, b1), level + 1))
            continue
        at, to = a0, b0
        for x, y in chain:
            if a0 + x >= at and b0 + y >= to:
                waiting.append(((at, a0 + x, to, b0 + y), level + (a0 + x - at < 4 * size)))
                yield from ((a0 + x + n, b0 + y + n) for n in range(size))
                at, to = a0 + x + size, b0 + y + size
            elif x + a0 + size > at and (a0 + x) - at == (b0 + y) - to:  # overlaps the last one on its line
                yield from ((at + n, to + n) for n in range(a0 + x + size - at))
                at, to = a0 + x + size, b0 + y + size
        waiting.append(((at, a1, to, b1), level + 1 if at == a0 else level))


def _least_edits(a: list[int], b: list[int], where: Range) -> Iterator[tuple[int, int]]:
    from rapidfuzz.distance import Levenshtein

    a0, a1, b0, b1 = where
    if (a1 - a0) * (b1 - b0) > _CELLS:
        return
    for step in Levenshtein.opcodes(a[a0:a1], b[b0:b1]):
        if step.tag in ("equal", "replace"):
            ours, theirs = (
                range(a0 + step.src_start, a0 + step.src_end),
                range(b0 + step.dest_start, b0 + step.dest_end),
            )
            yield from zip(ours, theirs, strict=True)


def _shared(a: Sequence[int], b: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Where runs of `size` words stand that are in each exactly once, in the order of `a`."""
    ours, theirs = _once(a, size), _once(b, size)
    return [(at, to) for gram, at in ours.items() if at >= 0 and (to := theirs.get(gram, NONE)) >= 0]


def _once(words: Sequence[int], size: int) -> dict[tuple[int, ...], int]:
    """Where each run of words stands; -1 for one that stands in several places."""
    found: dict[tuple[int, ...], int] = {}
    for at, gram in enumerate(zip(*(words[n:] for n in range(size)), strict=False)):
        found[gram] = NONE if gram in found else at
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs in which the second numbers rise, too."""
    tops, ends, before = list[int](), list[int](), list[int]()
    for at, (_, to) in enumerate(pairs):
        place = bisect_left(tops, to)
        tops[place : place + 1], ends[place : place + 1] = [to], [at]
        before.append(ends[place - 1] if place else NONE)
    chain, at = [], ends[-1] if ends else NONE
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _drop_stray(a: list[int], b: list[int], pairs: list[int]) -> None:
    """Take back pairs in whose neighbourhood hardly anything stayed: words that any two texts share."""
    kept = [0] * len(a)
    met = [0] * len(b)
    for at, to in enumerate(pairs):
        if to >= 0 and a[at] == b[to]:
            kept[at] = met[to] = 1
    ours, theirs = _density(kept), _density(met)
    for at, to in enumerate(pairs):
        if to >= 0 and (ours[at] < _DENSE or theirs[to] < _DENSE):
            pairs[at] = NONE


def _density(flags: list[int]) -> list[float]:
    """The share of flags that are set around each: before it, after it or about it, whichever is greatest."""
    sums, size = [0, *accumulate(flags)], len(flags)
    found = []
    for at in range(size):
        low, high = max(0, at - _WINDOW), min(size, at + _WINDOW + 1)
        left, right = (sums[at + 1] - sums[low]) / (at + 1 - low), (sums[high] - sums[at]) / (high - at)
        whole = (sums[high] - sums[low]) / (high - low)
        found.append(max(left if at - low >= _WINDOW else 0, right if high - at > _WINDOW else 0, whole))
    return found


def _follow_moved(a: list[int], b: list[int], pairs: list[int], size: int) -> None:
    """Pair what is left over on both sides: passages that stand elsewhere now."""
    taken = [False] * len(b)
    for at, to in enumerate(pairs):
        if to >= 0 and a[at] == b[to]:
            taken[to] = True
    free_old = [pairs[at] < 0 or a[at] != b[pairs[at]] for at in range(len(a))]
    ours, theirs = _once_free(a, free_old, size), _once_free(b, [not one for one in taken], size)
    seeds = [(at, to) for gram, at in ours.items() if at >= 0 and (to := theirs.get(gram, NONE)) >= 0]
    for where in _regions(seeds, size, free_old, taken):
        for at, to in _in_order_within(a, b, where):
            if free_old[at] and not taken[to]:
                pairs[at] = to


def _once_free(words: list[int], free: list[bool], size: int) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    run = 0
    for at, one in enumerate(free):
        run = run + 1 if one else 0
        if run >= size:
            gram = tuple(words[at - size + 1 : at + 1])
            found[gram] = NONE if gram in found else at - size + 1
    return found


def _regions(seeds: list[tuple[int, int]], size: int, free: list[bool], taken: list[bool]) -> Iterator[Range]:
    """Stretches of both texts that belong together, out of the seeds in them."""
    at = 0
    while at < len(seeds):
        first = last = seeds[at]
        at += 1
        while at < len(seeds):
            x, y = seeds[at]
            if not (y > last[1] and abs((x - last[0]) - (y - last[1])) <= _SLIP and x - last[0] <= 4 * _REACH):
                break
            last = seeds[at]
            at += 1
        (a0, b0), (a1, b1) = first, (last[0] + size, last[1] + size)
        reach = 0
        while reach < _REACH and a0 > 0 and b0 > 0 and free[a0 - 1] and not taken[b0 - 1]:
            a0, b0, reach = a0 - 1, b0 - 1, reach + 1
        reach = 0
        while reach < _REACH and a1 < len(free) and b1 < len(taken) and free[a1] and not taken[b1]:
            a1, b1, reach = a1 + 1, b1 + 1, reach + 1
        yield a0, a1, b0, b1


def _in_order_within(a: list[int], b: list[int], where: Range) -> Iterator[tuple[int, int]]:
    a0, a1, b0, b1 = where
    return ((a0 + at, b0 + to) for at, to in _in_order(a[a0:a1], b[b0:b1]))
