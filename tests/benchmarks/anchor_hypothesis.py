"""The rule by which Hypothesis finds a quote again, for comparison.

The places where the quote stands letter by letter, else the one most like it with at most half of it wrong, are
weighed: 50 for the quote, 20 for what stands before, 20 for what stands after, 2 for the distance from where it was.
The best one is taken, however poor.
"""

from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from postil_db.records import Selector


def find(text: str, selector: Selector) -> tuple[int, int] | None:
    """Start and end of the place that the rule takes, or None."""
    places = list(_exact(text, selector.quote)) or list(_alike(text, selector.quote))
    return max(places, key=lambda place: _score(text, selector, *place), default=None)


def _exact(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _alike(text: str, quote: str) -> Iterator[tuple[int, int]]:
    found = fuzz.partial_ratio_alignment(quote, text)
    if found is not None and Levenshtein.distance(quote, text[found.dest_start : found.dest_end]) <= len(quote) / 2:
        yield found.dest_start, found.dest_end


def _score(text: str, selector: Selector, start: int, end: int) -> float:
    quote = Levenshtein.normalized_similarity(selector.quote, text[start:end])
    before = _side(selector.prefix, text[max(0, start - len(selector.prefix)) : start])
    after = _side(selector.suffix, text[end : end + len(selector.suffix)])
    far = 1 - abs(start - selector.start) / max(1, len(text))
    return (50 * quote + 20 * before + 20 * after + 2 * far) / 92


def _side(was: str, now: str) -> float:
    return float(Levenshtein.normalized_similarity(was, now)) if was else 1.0
