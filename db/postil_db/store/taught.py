"""The mentions that only a decision makes: words that a reader wants marked wherever they stand."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.deciding import Named, Replay, Span, occurrences
from postil_db.store.units import block_starts
from postil_db.tables import BlockRow

type Near = Callable[[Sequence[Span]], "list[State]"]


@dataclass(frozen=True, slots=True)
class State:
    """A mention as it is stored, or (`id` 0) as it should be; `now` is what it names, None for nothing."""

    id: int
    span: Span
    now: Named | None


def taught(
    session: Session, document_id: int, replay: Replay, near: Near, within: tuple[int, int] | None
) -> list[State]:
    """What is to be marked: where no longer name stands, and the longest where several do.

    `near`: gives what was found about some spans. `within`: only what begins there.
    """
    spans = _standing(session, document_id, replay.always)
    if within is not None:
        spans = [one for one in spans if within[0] <= one.start < within[1]]
    if not spans:
        return []
    found = near(spans)
    taken = {(one.span.start, one.span.end) for one in found}
    names = Places(one.span for one in found if replay.of(document_id, one.span) is not None)
    chosen = Places(())
    marked: list[State] = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        named = replay.of(document_id, span)
        inside = any(_length(other) > _length(span) for other in names.overlapping(span))
        if named and not inside and (span.start, span.end) not in taken and not chosen.overlapping(span):
            chosen.add(span)
            marked.append(State(0, span, named))
    return marked


def _standing(session: Session, document_id: int, phrases: Iterable[str]) -> list[Span]:
    """Where these words stand in a document; only the blocks that hold them are read."""
    found: list[Span] = []
    starts: list[int] = []
    for phrase in phrases:
        here = (BlockRow.document_id == document_id, func.instr(BlockRow.text, phrase) > 0)
        for ordinal, text in session.execute(select(BlockRow.ordinal, BlockRow.text).where(*here)):
            starts = starts or block_starts(session, document_id)
            at = starts[ordinal]
            found += [Span(at + start, at + end, phrase, None) for start, end in occurrences(text, phrase)]
    return found


class Places:
    """Spans by their place, to ask which of them share a character with another one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=_start)
        self._longest = max(map(_length, self._spans), default=0)

    def add(self, span: Span) -> None:
        """Take one more."""
        insort(self._spans, span, key=_start)
        self._longest = max(self._longest, _length(span))

    def meet(self, start: int, end: int) -> bool:
        """Whether any shares a character with a passage."""
        at = bisect_left(self._spans, start - self._longest, key=_start)
        while at < len(self._spans) and self._spans[at].start < end:
            if self._spans[at].end > start:
                return True
            at += 1
        return False

    def overlapping(self, span: Span) -> list[Span]:
        """Those that share a character with a span."""
        first = bisect_left(self._spans, span.start - self._longest, key=_start)
        last = bisect_left(self._spans, span.end, key=_start)
        return [one for one in self._spans[first:last] if one.end > span.start]


def _start(span: Span) -> int:
    return span.start


def _length(span: Span) -> int:
    return span.end - span.start
