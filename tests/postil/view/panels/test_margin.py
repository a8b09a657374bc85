"""Where cards stand beside their passages, as sums alone."""

import random
from itertools import pairwise

import pytest

from postil.view.panels.margin import arrange

ROOM = 800.0


def heights(_at: int) -> int:
    return 100


def test_cards_with_room_stand_exactly_beside_their_passages() -> None:
    assert arrange([40.0, 200.0, 500.0], heights, ROOM) == {0: 40.0, 1: 200.0, 2: 500.0}


def test_the_current_card_has_its_place_and_the_others_give_way() -> None:
    lines = [300.0, 310.0, 320.0, 330.0, 700.0]
    assert arrange(lines, heights, ROOM, current=2) == {0: 120.0, 1: 220.0, 2: 320.0, 3: 420.0, 4: 700.0}


def test_several_passages_on_one_line_keep_their_order() -> None:
    placed = arrange([300.0] * 4, heights, ROOM, current=3)
    assert list(placed) == [0, 1, 2, 3]
    assert placed[3] == 300


def test_cards_beyond_the_view_are_neither_placed_nor_measured() -> None:
    asked: set[int] = set()

    def height_of(at: int) -> int:
        asked.add(at)
        return 100

    placed = arrange([float(n) for n in range(-3000, 5000, 10)], height_of, ROOM)
    assert 8 <= len(placed) <= 10
    assert len(asked) < 14


@pytest.mark.parametrize("seed", range(12))
def test_cards_never_overlap_and_keep_their_order(seed: int) -> None:
    rnd = random.Random(seed)
    high = [rnd.randint(60, 400) for _ in range(40)]
    for _ in range(40):
        lines = sorted(rnd.choice([rnd.uniform(-600, 1400), 300.0]) for _ in range(40))
        current = rnd.choice([None, rnd.randrange(40)])
        first, last = rnd.choice([(None, None), (lines[0], None), (None, lines[-1]), (lines[0], lines[-1])])
        placed = arrange(lines, high.__getitem__, ROOM, first=first, last=last, current=current)
        assert list(placed) == sorted(placed)
        assert all(placed[b] - placed[a] >= high[a] - 1e-6 for a, b in pairwise(placed))


@pytest.mark.parametrize("current", [None, 3, 11])
def test_scrolling_moves_cards_evenly_through_a_dense_passage(current: int | None) -> None:
    """No card jumps: a pixel of text moves none by more than a part of the cards that share that stretch."""
    rnd = random.Random(5)
    text = sorted(200.0 + 27 * rnd.randrange(48) for _ in range(14))  # lines of text, some with several
    before: dict[int, float] = {}
    for scroll in range(1400):
        lines = [line - scroll for line in text]
        placed = arrange(lines, heights, ROOM, first=lines[0], last=lines[-1], current=current)
        common = before.keys() & placed.keys()
        assert all(abs(placed[at] - before[at]) < 40 for at in common)
        left_or_came = before.keys() ^ placed.keys() if before else set()
        edge = {**before, **placed}
        assert all(edge[at] > ROOM - 45 or edge[at] < -55 for at in left_or_came), "cards come and go at the edges"
        before = placed


def test_at_the_start_of_the_text_the_first_card_is_in_view() -> None:
    lines = [30.0 + 5 * n for n in range(10)]
    assert arrange(lines, heights, ROOM, first=30.0)[0] == 30.0


def test_at_the_end_of_the_text_the_last_card_is_seen_whole() -> None:
    lines = [480.0 + 20 * n for n in range(14)]
    placed = arrange(lines, heights, ROOM, last=lines[-1])
    assert placed[13] == ROOM - 100


def test_a_current_card_near_the_lower_edge_is_seen_whole() -> None:
    assert arrange([730.0], heights, ROOM, current=0) == {0: 700.0}


def test_a_card_higher_than_the_view_is_read_by_scrolling_the_text() -> None:
    """It stands where its passage is, also when that has left: so that its end comes into view."""
    assert arrange([-500.0, -490.0], lambda _at: 1500, ROOM, current=0) == {0: -500.0}


def test_no_passages_have_no_cards() -> None:
    assert arrange([], heights, ROOM) == {}
