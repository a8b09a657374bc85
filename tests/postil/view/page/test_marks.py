import random

import pytest
from tests import factories

from postil.view.page.marks import BlockIndex, Highlight, Name, compose, lanes, merge, pieces
from postil_db.records import Color, EntityKind

CONTENT = factories.make_content("Title", "Alpha beta gamma.", "Delta.")


def mark(start: int, end: int, id_: int = 1, color: Color = Color.YELLOW, lane: int = 0) -> Highlight:
    return Highlight(start, end, color, id_, "", lane)


def test_spans_are_found_in_every_block_they_touch() -> None:
    index = BlockIndex(CONTENT, [mark(3, 12), mark(6, 11, 2)])
    assert [m.id for m in index.in_block(0)] == [1]
    assert [m.id for m in index.in_block(1)] == [1, 2]
    assert not index.in_block(2)
    index.drop(mark(3, 12))
    assert not index.in_block(0)


def test_a_span_that_ends_at_a_line_break_stays_out_of_the_next_block() -> None:
    index = BlockIndex(CONTENT, [mark(0, 6)])
    assert not index.in_block(1)


def test_the_shortest_span_at_a_place_comes_first() -> None:
    index = BlockIndex(CONTENT, [mark(6, 22, 1), mark(6, 11, 2), mark(8, 10, 3)])
    assert [m.id for m in index.at(9)] == [3, 2, 1]
    assert [m.id for m in index.at(10)] == [2, 1]
    assert not index.at(22)


def test_overlapping_marks_never_share_a_lane() -> None:
    assert lanes([(0, 5), (1, 3), (3, 9), (5, 7)]) == [0, 1, 1, 0]
    assert lanes([(n, 50) for n in range(6)]) == [0, 1, 2, 3, 3, 3]


def test_merging_joins_overlaps_and_keeps_neighbours_apart() -> None:
    assert merge([(5, 8), (0, 3), (2, 4), (4, 5)]) == [(0, 4), (4, 5), (5, 8)]


def test_where_marks_overlap_the_shorter_is_on_top_and_the_other_shows_through() -> None:
    long, short = mark(0, 20, 1, Color.YELLOW), mark(5, 9, 2, Color.PINK)
    cut = pieces([(long, 0, 20), (short, 5, 9)])
    assert [(p.start, p.end, p.top.id, p.under) for p in cut] == [
        (0, 5, 1, None),
        (5, 9, 2, Color.YELLOW),
        (9, 20, 1, None),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_pieces_cover_exactly_what_the_marks_cover(seed: int) -> None:
    rnd = random.Random(seed)
    rows = []
    for number in range(rnd.randint(1, 12)):
        a = rnd.randrange(60)
        rows.append((mark(a, a + rnd.randint(1, 20), number, rnd.choice(list(Color))), a, 0))
    rows = [(m, m.start, m.end) for m, *_ in rows]
    cut = pieces(rows)
    covered = [at for p in cut for at in range(p.start, p.end)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {at for _, a, e in rows for at in range(a, e)}
    for piece in cut:
        here = [m for m, a, e in rows if a <= piece.start < e]
        assert piece.top in here
        assert piece.top.end - piece.top.start == min(m.end - m.start for m in here)
        assert (piece.under is not None) == (len(here) > 1)


def test_marks_are_cut_to_their_block() -> None:
    name = Name(4, 10, EntityKind.PLACE, 7, "x")
    layers = compose(6, 17, [mark(0, 11)], [name], [(5, 8)], chosen_entity=7)
    assert layers.highlights == [(mark(0, 11), 0, 5)]
    assert layers.names == {EntityKind.PLACE: [(0, 4)]}
    assert layers.chosen_names == [(EntityKind.PLACE, 0, 4)]
    assert layers.hits == [(0, 2)]
    assert not compose(6, 17, [], [], [])
