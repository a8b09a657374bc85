"""The passages of imported annotations in a document: exactly there, or as they are found again after a change.

What the file says is believed only as far as the text bears it out: a quote that stands in several places is put at
none of them by chance. What is left is searched for as anchors/resolve.py searches, by the same measures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, islice, pairwise

from postil.anchors.find import Searched
from postil.anchors.normalise import letters
from postil.anchors.resolve import Resolver
from postil.anchors.seek import SHORT
from postil.exchange.importing.incoming import Incoming
from postil_db.records import AnchorState, Selector

MOST_PLACES = 200
"""Where a quote stands so often, nobody can tell which place is meant."""

TELLING = 8
"""Letters beside a quote that tell its place from others."""

PROOF = 24
"""Letters that stand where the file says: then its positions count in this text."""

LONGEST_SOUGHT = 20_000
"""Code points of a quote that is looked for where it is not word for word: comparing longer ones takes too long."""

SLICE = 200
_AROUND = 96  # code points looked at for what stood beside: blanks may be more here than there


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotation belongs. An orphan's start and end are one place."""

    state: AnchorState
    start: int
    end: int


def place(text: str, wanted: Sequence[Incoming], *, exact: bool) -> Iterator[list[Place]]:
    """Find the passages of annotations in a document's text, some hundreds at a time, in their order.

    `exact`: positions in the file count in a text as Postil reads it.
    """
    searched, here = Searched(text), exact and _is_same_text(text, wanted)
    resolver: Resolver | None = None
    for some in batched(wanted, SLICE):
        places = list[Place]()
        for one in some:
            found = _at_once(searched, one, exact=exact, same_text=here)
            if found is None:
                resolver = resolver or Resolver("", text)
                found = _sought(resolver, text, one, exact=exact)
            places.append(found)
        yield places


def first_line(text: str) -> tuple[int, int]:
    """Where a note on a document as a whole is put: its first line that says something."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return start, start + len(text[start : len(text) if end < 0 else end].rstrip())


def selector(one: Incoming, text_hash: str = "") -> Selector:
    """What a file says of a place, as a selector."""
    start = one.start or 0
    return Selector(start, one.end or start, one.quote, one.prefix, one.suffix, one.section, text_hash)


def _is_same_text(text: str, wanted: Sequence[Incoming]) -> bool:
    """Whether everything stands where the file says, and that is more than chance."""
    told = [one for one in wanted if one.quote.strip() and one.start is not None and one.state != AnchorState.ORPHAN]
    return sum(len(one.quote) for one in told) >= PROOF and all(_stands(text, one) for one in told)


def _stands(text: str, one: Incoming) -> bool:
    return one.start is not None and bool(one.quote.strip()) and text.startswith(one.quote, one.start)


def _at_once(searched: Searched, one: Incoming, *, exact: bool, same_text: bool) -> Place | None:
    """The place that the file tells, or the only one where the quote can stand."""
    text = searched.text
    if not one.quote.strip():
        start, end = first_line(text)
        return Place(AnchorState.EXACT if end > start else AnchorState.ORPHAN, start, end)
    if exact and one.state == AnchorState.ORPHAN:
        return _lost(text, one, exact=exact)
    if exact and one.start is not None and _stands(text, one) and (same_text or _borne_out(text, one)):
        known = {state.value: state for state in (AnchorState.MOVED, AnchorState.CHANGED)}
        return Place(known.get(one.state, AnchorState.EXACT), one.start, one.start + len(one.quote))
    places = list(islice(searched.places(one.quote), MOST_PLACES))
    fitting = _fitting(text, places, one)
    if len(fitting) == 1:
        ((start, end),) = fitting
        moved = exact and one.start is not None and start != one.start
        return Place(AnchorState.MOVED if moved else AnchorState.EXACT, start, end)
    if fitting or len(places) == MOST_PLACES or _overlap(places) or len(one.quote) > LONGEST_SOUGHT:
        return _lost(text, one, exact=exact)  # what is like it elsewhere tells nothing more
    return None


def _lost(text: str, one: Incoming, *, exact: bool) -> Place:
    at = min(one.start or 0, len(text)) if exact else 0
    return Place(AnchorState.ORPHAN, at, at)


def _overlap(places: Sequence[tuple[int, int]]) -> bool:
    return any(one[1] > other[0] for one, other in pairwise(places))


def _borne_out(text: str, one: Incoming) -> bool:
    """Whether what stands beside a place is letter for letter what stood there."""
    start = one.start or 0
    before, after = text[max(0, start - len(one.prefix)) : start], text[start + len(one.quote) :]
    return bool(one.prefix or one.suffix) and before == one.prefix and after.startswith(one.suffix)


def _fitting(text: str, places: Sequence[tuple[int, int]], one: Incoming) -> list[tuple[int, int]]:
    """The places of a quote that can be meant: those with what was beside it, on both sides or at least on one."""
    prefix, suffix = letters(one.prefix), letters(one.suffix)
    if not prefix and not suffix:
        return list(places)
    said = [(at, _beside(text, at, prefix, suffix)) for at in places]
    both = [at for at, (before, after) in said if before and after]
    telling = [
        at for at, (before, after) in said if (before and len(prefix) >= TELLING) or (after and len(suffix) >= TELLING)
    ]
    alone = list(places) if len(places) == 1 and len(letters(one.quote)) >= SHORT else []
    return both or telling or alone


def _beside(text: str, at: tuple[int, int], prefix: str, suffix: str) -> tuple[bool, bool]:
    before, after = text[max(0, at[0] - _AROUND) : at[0]], text[at[1] : at[1] + _AROUND]
    return letters(before).endswith(prefix), letters(after).startswith(suffix)


def _sought(resolver: Resolver, text: str, one: Incoming, *, exact: bool) -> Place:
    """The place that is most like it, if it is enough so; else where a lost note goes."""
    found = resolver.find(selector(one))
    bare = not one.prefix and not one.suffix and len(one.quote) < SHORT
    if found.state is AnchorState.ORPHAN or (bare and found.state is AnchorState.CHANGED):
        return _lost(text, one, exact=exact)
    if found.state is AnchorState.CHANGED or (exact and one.start is not None):
        return Place(found.state, found.start, found.end)
    return Place(AnchorState.EXACT, found.start, found.end)
