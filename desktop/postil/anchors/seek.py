"""Search a text for a passage by its quote and what stood beside it, where nothing better is known.

A short quote stands in many texts by chance: a place counts only if it is much like the quote, if its surroundings are
like the old ones, and if no other place comes close.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from postil.anchors.edges import fit_end, fit_start
from postil.anchors.normalise import Words, words
from postil_db.records import Selector

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

MOST_PLACES = 40  # that are compared letter by letter
ENOUGH = 0.8  # of the whole score, and of the quote's likeness
LEAD = 0.05  # over the next best place
SHORT = 48  # code points; a shorter quote needs …
BORNE_OUT = 0.6  # … this likeness of its surroundings
SLACK = 4  # words by which a place may begin or end elsewhere than at first sight
CONTEXT = 32  # code points


class Seeker:
    """A text in which passages are searched for. `known`: its words that are accounted for: not searched."""

    def __init__(self, text: Words, known: Iterable[int]) -> None:
        self._text = text
        self._known = frozenset(known)
        self._pairs: dict[tuple[str, str], list[int]] | None = None

    def find(self, selector: Selector, near: int) -> tuple[int, int, float] | None:
        """Start, end and score of the one place that can be meant, or None."""
        wanted = words(selector.quote)
        if not wanted.folded:
            return None
        places = [self._scored(selector, wanted, first, near) for first in self._candidates(wanted)]
        ranked = sorted((place for place in places if place is not None), key=lambda place: place[2], reverse=True)
        if not ranked or ranked[0][2] < ENOUGH:
            return None
        best = ranked[0]
        others = [score for start, end, score in ranked[1:] if end <= best[0] or start >= best[1]]
        if best[2] - max(others, default=0.0) < LEAD:
            return None
        return *self._fitted(wanted, *self._text.within(best[0], best[1])), best[2]

    def _candidates(self, wanted: Words) -> list[int]:
        """Words at which a passage may begin, those for which most speaks first."""
        if self._pairs is None:
            self._pairs = defaultdict(list)
            said = self._text.folded
            for at in range(len(said) - 1):
                if at not in self._known:
                    self._pairs[said[at], said[at + 1]].append(at)
        votes: Counter[int] = Counter()
        if len(wanted.folded) == 1:
            alike = (at for at, said in enumerate(self._text.folded) if said == wanted.folded[0])
            return [at for at in alike if at not in self._known][:MOST_PLACES]
        for n in range(len(wanted.folded) - 1):
            found = self._pairs.get((wanted.folded[n], wanted.folded[n + 1]), ())
            if len(found) <= 10 * MOST_PLACES:
                votes.update(max(0, at - n) for at in found)
        return [first for first, _ in votes.most_common(MOST_PLACES)]

    def _fitted(self, wanted: Words, first: int, last: int) -> tuple[int, int]:
        """The ends of a place: its words may be more or fewer than the quote's, and signs belong to it."""
        from rapidfuzz.distance import Levenshtein

        low, high = max(0, first - SLACK), min(len(self._text.folded), last + SLACK)
        steps = Levenshtein.opcodes(list(wanted.folded), list(self._text.folded[low:high]))
        same = [step for step in steps if step.tag == "equal"]
        while len(same) > 1 and _is_chance(same[0], same[1]):
            same.pop(0)
        while len(same) > 1 and _is_chance(same[-1], same[-2]):
            same.pop()
        if same:
            begin, end = same[0], same[-1]
            first = low + max(0, begin.dest_start - begin.src_start)
            last = min(high, low + end.dest_end + len(wanted.folded) - end.src_end)
        count = len(wanted.folded)
        start = fit_start(wanted, self._text, 0, 0, first)
        return start, fit_end(wanted, self._text, len(wanted.text), count, last)

    def _scored(self, selector: Selector, wanted: Words, first: int, near: int) -> tuple[int, int, float] | None:
        from rapidfuzz.distance import Levenshtein

        text = self._text
        last = min(first + len(wanted.folded), len(text.folded))
        quote = wanted.said(0, len(wanted.folded))
        likeness = Levenshtein.normalized_similarity(quote, text.said(first, last))
        if likeness < ENOUGH:
            return None
        start, end = text.starts[first], text.ends[last - 1]
        sides = [
            (_said(selector.prefix), _said(text.text[max(0, start - CONTEXT) : start])),
            (_said(selector.suffix), _said(text.text[end : end + CONTEXT])),
        ]
        likes = [Levenshtein.normalized_similarity(was, now) for was, now in sides if was]
        context = sum(likes) / len(likes) if likes else 1.0
        if len(selector.quote) < SHORT and context < BORNE_OUT:
            return None
        far = abs(start - near) / max(1, len(text.text))
        return start, end, (50 * likeness + 40 * context + 2 * (1 - far)) / 92


def _is_chance(outer: "Opcode", inner: "Opcode") -> bool:
    """Whether a word or two at the end of a place are alike by chance: more stands between here than in the quote."""
    first, last = sorted((outer, inner), key=lambda step: step.src_start)
    few = outer.src_end - outer.src_start <= 2
    return few and last.dest_start - first.dest_end > last.src_start - first.src_end + 1


def _said(text: str) -> str:
    taken = words(text)
    return taken.said(0, len(taken.folded))
