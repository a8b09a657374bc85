"""Mentions in the order of the text, and names as they come in: the same as if all were looked at each time."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from postil.view.entities.streamed import Streamed
from postil.view.mention_list import MentionList, index_from, place_among
from postil_db.records import Entity, EntityKind, FoundMention, Mention, Origin

ROUGH = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 12), st.integers(1, 4)), max_size=30)
NAMES = {1: "Kaja Kallas", 2: "EU", 3: "eu", 4: "New Delhi"}


def mention(start: int, length: int, entity: int) -> Mention:
    return Mention(entity, 1, start, start + length, "x" * length, EntityKind.PERSON, Origin.MODEL)


@given(ROUGH, st.lists(ROUGH, max_size=4), st.integers(0, 100), st.integers(0, 12))
def test_what_is_added_stands_where_it_belongs(
    first: list[tuple[int, int, int]], batches: list[list[tuple[int, int, int]]], at: int, length: int
) -> None:
    known = MentionList(mention(*one) for one in first)
    shared = known.copy()
    before = list(shared)
    for batch in batches:
        known.add([mention(*one) for one in batch])
    every = [mention(*one) for rough in (first, *batches) for one in rough]
    assert Counter(known) == Counter(every)
    starts = [one.start for one in known]
    assert starts == sorted(starts)
    assert Counter(known.within(at, at + length)) == Counter(
        one for one in every if one.start < at + length and one.end > at
    )
    for entity in NAMES:
        mine = known.of_entity(entity)
        assert Counter(mine) == Counter(one for one in every if one.entity_id == entity)
        assert [one.start for one in mine] == sorted(one.start for one in mine)
        for one in mine:
            place = place_among(mine, one)
            assert place is not None
            assert mine[place].start == one.start
        behind = [number for number, one in enumerate(mine) if one.start >= at]
        assert index_from(mine, at) == next(iter(behind), 0)
    assert [one.start for one in known.after(at)] == [s for s in starts if s > at] + [s for s in starts if s <= at]
    back = starts[::-1]
    assert [one.start for one in known.before(at)] == [s for s in back if s < at] + [s for s in back if s >= at]
    assert list(shared) == before


@given(st.lists(st.lists(st.integers(1, 4), max_size=8), max_size=5), st.booleans())
def test_names_that_come_in_are_counted_and_ranked_as_a_whole(batches: list[list[int]], some_stored: bool) -> None:
    streamed = Streamed()
    stored = [Entity(7, EntityKind.PERSON, NAMES[1], ("Kallas",), 2)] if some_stored else []
    streamed.begin(stored)
    counts = Counter({NAMES[1]: 2} if some_stored else {})
    for batch in batches:
        found = [FoundMention(at, at + 2, EntityKind.PERSON, NAMES[one], Origin.MODEL) for at, one in enumerate(batch)]
        taken = streamed.take(1, "abcdefghijkl", found)
        counts.update(NAMES[one] for one in batch)
        told = streamed.entities()
        assert {one.name: one.count for one in told} == dict(counts)
        assert [(-one.count, one.name.casefold()) for one in told] == sorted(
            (-count, name.casefold()) for name, count in counts.items()
        )
        assert {one.entity_id for one in taken} <= {one.id for one in told}
    if some_stored:
        assert next(one for one in streamed.entities() if one.name == NAMES[1]).id == 7
