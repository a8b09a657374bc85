"""Find annotated passages again in a text that changed: pure, no library, no window.

What the old text says is kept, so that the two texts can be compared as wholes: a word diff (align.py) says which word
became which, wherever it stands now. A place found so is believed only if enough of the passage and of its surroundings
came along. What the diff does not tell is searched for by its words, and taken only where nothing else comes close.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from postil.anchors.align import align
from postil.anchors.edges import fit_end, fit_start
from postil.anchors.normalise import letters, words
from postil.anchors.seek import Seeker
from postil_db.records import AnchorState, Selector

AROUND = 12  # words on each side that bear a place out
NEAR = 40  # words from its place within which they count
FEW = 3  # words from elsewhere that may stand between two of a passage
ENOUGH = 0.5  # of the passage, and of its surroundings
ALIKE = 0.4  # of the letters


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a passage is now. `confidence`: 0 to 1.

    An orphan has no place: its start and end are both where it would stand, as well as can be told.
    """

    state: AnchorState
    start: int
    end: int
    confidence: float


def resolve(old: str, new: str, selectors: Sequence[Selector]) -> list[Resolved]:
    """Find each passage of `old` in `new`. Never raises, whatever the selectors say; places are inside `new`.

    Pass "" for `old` where it is not known: then only the quotes and what stood beside them are searched for.
    """
    if old == new and all(_stands(new, each) for each in selectors):
        return [Resolved(AnchorState.EXACT, each.start, each.end, 1.0) for each in selectors]
    resolver = Resolver(old, new)
    return [resolver.find(each) for each in selectors]


def _stands(text: str, selector: Selector) -> bool:
    return 0 <= selector.start < selector.end and text[selector.start : selector.end] == selector.quote


class Resolver:
    """Two texts, compared."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = words(old), words(new)
        self._pairs = align(self._old.folded, self._new.folded)
        self._same = [to >= 0 and self._old.folded[at] == self._new.folded[to] for at, to in enumerate(self._pairs)]
        self._came_from = {to: at for at, to in enumerate(self._pairs) if self._same[at]}
        self._seeker = Seeker(self._new, self._came_from)

    def find(self, selector: Selector) -> Resolved:
        """Where a passage is now."""
        placed = self._placed(selector)
        if placed is None:
            near = min(max(0, selector.start), len(self._new.text))
            found = None
        else:
            near = self._near(placed[0])
            found = self._by_words(*placed)
        if found is None:
            found = self._seeker.find(selector, near)
        if found is None or not self._new.text[found[0] : found[1]].strip():
            return Resolved(AnchorState.ORPHAN, near, near, 0.0)
        return self._told(selector, *found)

    def _placed(self, selector: Selector) -> tuple[int, int] | None:
        """Where the passage stands in the old text."""
        text, quote = self._old.text, selector.quote
        if not quote.strip():
            return None
        if selector.start >= 0 and text[selector.start : selector.start + len(quote)] == quote:
            return selector.start, selector.start + len(quote)
        for before, after in ((selector.prefix, selector.suffix), ("", "")):
            at = text.find(before + quote + after)
            if at >= 0:
                return at + len(before), at + len(before) + len(quote)
        return None

    def _near(self, offset: int) -> int:
        """Where what stood at an offset would stand now: after the last word before it that is still there."""
        at, _ = self._old.within(offset, offset)
        for word in range(min(at, len(self._pairs)) - 1, -1, -1):
            if self._same[word]:
                return self._new.ends[self._pairs[word]]
        return 0

    def _by_words(self, start: int, end: int) -> tuple[int, int, float] | None:
        """The place that the diff tells, and how sure it is; None if it cannot be believed."""
        first, last = self._old.within(start, end)
        if first == last:
            return self._between(first, start, end)
        group = self._group(first, last)
        if not group:
            return None
        whole = sum(len(self._old.folded[at]) for at in range(first, last))
        kept = sum(len(self._old.folded[at]) for at in group) / whole
        low, high = self._pairs[group[0]], self._pairs[group[-1]] + 1
        around = self._around(first, last, low, high)
        if kept < ENOUGH or around < ENOUGH:
            return None
        low, high = self._widened(first, last, group)
        alike = _alike(self._old.said(first, last), self._new.said(low, high))
        if alike < ALIKE:
            return None
        place = (
            fit_start(self._old, self._new, start, first, low),
            fit_end(self._old, self._new, end, last, high),
        )
        return *place, (kept + around + alike) / 3

    def _group(self, first: int, last: int) -> list[int]:
        """The words of a passage that stayed together in their order: the largest group of them."""
        groups: list[list[int]] = []
        for at in range(first, last):
            if not self._same[at]:
                continue
            to = self._pairs[at]
            for group in groups:
                before = self._pairs[group[-1]]
                if 0 < to - before <= at - group[-1] + max(NEAR, last - first) and self._foreign(
                    before, to, first, last
                ) <= max(FEW, len(group) // 4):
                    group.append(at)
                    break
            else:
                groups.append([at])
        return max(groups, key=lambda group: sum(len(self._old.folded[at]) for at in group), default=[])

    def _foreign(self, low: int, high: int, first: int, last: int) -> int:
        """How many new words between two stood elsewhere than in the passage before."""
        olds = (self._came_from.get(to, first) for to in range(low + 1, high))
        return sum(not first <= at < last for at in olds)

    def _around(self, first: int, last: int, low: int, high: int) -> float:
        """Which share of the words beside a passage came along, on the side where more did."""
        shares = []
        for side in (range(max(0, first - AROUND), first), range(last, min(len(self._pairs), last + AROUND))):
            if side:
                came = sum(self._same[at] and low - NEAR <= self._pairs[at] < high + NEAR for at in side)
                shares.append(came / len(side))
        return max(shares, default=1.0)

    def _widened(self, first: int, last: int, group: list[int]) -> tuple[int, int]:
        """The new words that a passage takes, with those at its ends that were put in the place of others."""
        low, high = self._pairs[group[0]], self._pairs[group[-1]] + 1
        kept = len(self._new.said(low, high))
        before = self._replaced(range(group[0] - 1, first - 1, -1), first - 1, low, -1)
        after = self._replaced(range(group[-1] + 1, last), last, high - 1, 1)
        if len(self._new.said(low - before, low)) <= kept:
            low -= before
        if len(self._new.said(high, high + after)) <= kept:
            high += after
        return low, high

    def _replaced(self, inside: range, beyond: int, edge: int, way: int) -> int:
        """How many new words beyond an edge stand for old ones of the passage that are gone there."""
        if not inside:
            return 0
        if 0 <= beyond < len(self._pairs) and self._same[beyond]:
            room = (self._pairs[beyond] - edge) * way - 1
            if 0 <= room <= 2 * len(inside) + 2:
                return room
        taken = [abs(self._pairs[at] - edge) for at in inside if self._pairs[at] >= 0]
        return max((one for one in taken if one <= len(inside)), default=0)

    def _between(self, at: int, start: int, end: int) -> tuple[int, int, float] | None:
        """The place of a passage without words: between the same neighbours."""
        quote = self._old.text[start:end].strip()
        if not quote or not 0 < at < len(self._pairs) or not (self._same[at - 1] and self._same[at]):
            return None
        low, high = self._new.ends[self._pairs[at - 1]], self._new.starts[self._pairs[at]]
        found = self._new.text.find(quote, low, high) if low <= high else -1
        return None if found < 0 else (found, found + len(quote), 0.9)

    def _told(self, selector: Selector, start: int, end: int, confidence: float) -> Resolved:
        passage = self._new.text[start:end]
        if passage == selector.quote:
            state = AnchorState.EXACT if start == selector.start else AnchorState.MOVED
            return Resolved(state, start, end, confidence)
        same = letters(passage) == letters(selector.quote) != ""
        return Resolved(AnchorState.MOVED if same else AnchorState.CHANGED, start, end, confidence)


def _alike(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_similarity(one, other))
