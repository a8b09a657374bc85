"""Spans of a text with a label, and the few set operations that every pass is made of.

Offsets count code points of the whole document. A list of spans is kept sorted and free of overlaps.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A labelled stretch of the text; `ruled` says that a rule found or changed it, not the model alone."""

    start: int
    end: int
    label: str
    ruled: bool = False

    @property
    def length(self) -> int:
        """How many code points it covers."""
        return self.end - self.start

    def moved(self, by: int) -> "Span":
        """The same span in a text that has `by` more code points before it."""
        return self._replace(start=self.start + by, end=self.end + by)

    def meets(self, start: int, end: int) -> bool:
        """Whether it shares at least one code point with start..end."""
        return self.start < end and start < self.end


class SpanSet:
    """A sorted set of spans that do not overlap, fast to ask and to add to."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        for span in sorted(set(spans), key=lambda each: (-each.length, each)):
            self.add(span)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def over(self, start: int, end: int) -> Sequence[Span]:
        """The spans that share a code point with start..end, in text order."""
        first = bisect_right(self._spans, start, key=lambda span: span.end)
        last = bisect_left(self._spans, end, key=lambda span: span.start)
        return self._spans[first:last]

    def add(self, span: Span) -> bool:
        """Add a span unless something is there already; say whether it was added."""
        if span.end <= span.start or self.over(span.start, span.end):
            return False
        insort(self._spans, span)
        return True

    def put(self, span: Span) -> None:
        """Add a span in place of whatever overlaps it."""
        for other in self.over(span.start, span.end):
            self.remove(other)
        self.add(span)

    def remove(self, span: Span) -> None:
        """Take out a span that is in the set."""
        del self._spans[bisect_left(self._spans, span)]

    def widen(self, span: Span) -> bool:
        """Add a span, also in place of shorter ones that lie wholly inside it; say whether it was added."""
        inside = self.over(span.start, span.end)
        if any(each.start < span.start or each.end > span.end or each.length == span.length for each in inside):
            return False
        self.put(span)
        return True

    def list(self) -> "list[Span]":
        """The spans in text order."""
        return self._spans.copy()
