import random
import subprocess
import sys

import pytest

from postil.documents.printed import Box, Glyphs, pack


def line(text_start: int, text: str, left: float, top: float, step: float = 10) -> tuple[list[int], list[Box]]:
    """Characters of one width from left to right, or to the left where `step` is negative."""
    places = [left + step * at for at in range(len(text))]
    boxes = [(min(x, x + step), top, max(x, x + step), top + 12.0) for x in places]
    return list(range(text_start, text_start + len(text))), boxes


def page(*lines: tuple[list[int], list[Box]]) -> Glyphs:
    offsets = [offset for found, _ in lines for offset in found]
    boxes = [box for _, found in lines for box in found]
    numbers = [number for number, (found, _) in enumerate(lines) for _ in found]
    return Glyphs.unpack(pack(offsets, boxes, numbers))


def test_what_was_packed_comes_out_again_but_for_the_rounding() -> None:
    chance = random.Random(7)
    offsets = sorted(chance.sample(range(2**31 - 1), 500))
    boxes = [
        (x, y, x + chance.random() * 20, y + chance.random() * 20)
        for x, y in ((chance.uniform(-50, 14_400), chance.uniform(-50, 14_400)) for _ in offsets)
    ]
    glyphs = Glyphs.unpack(pack(offsets, boxes))
    assert glyphs.offsets.tolist() == offsets
    assert abs(glyphs.boxes - boxes).max() <= 1 / 64


def test_offsets_ascend_in_whatever_order_they_were_given() -> None:
    glyphs = Glyphs.unpack(pack([7, 5, 6], [(7, 0, 8, 1), (5, 0, 6, 1), (6, 0, 7, 1)]))
    assert (glyphs.offsets.tolist(), glyphs.boxes[:, 0].tolist()) == ([5, 6, 7], [5, 6, 7])


def test_a_page_of_prose_packs_small() -> None:
    lines = [line(80 * row, "x" * 80, 72, 72 + 14.4 * row, 5.37) for row in range(40)]
    offsets, boxes = [o for found, _ in lines for o in found], [b for _, found in lines for b in found]
    assert len(pack(offsets, boxes)) < 3 * len(offsets)


def test_a_page_without_text_answers_too() -> None:
    glyphs = Glyphs.unpack(pack([], []))
    assert (len(glyphs), glyphs.rects(0, 100), glyphs.glyph_at(1, 1), glyphs.offset_at(1, 1)) == (0, [], None, 0)


@pytest.mark.parametrize("packed", [b"", b"\x01", b"\x02abc", b"\x01not packed"])
def test_bytes_that_are_no_glyphs_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="glyphs"):
        Glyphs.unpack(packed)


def test_a_passage_has_one_box_for_each_of_its_lines() -> None:
    glyphs = page(line(100, "abcdef", 10, 0), line(107, "ghi", 10, 20), line(110, "jkl", 200, 0))
    assert glyphs.rects(104, 112) == [(50, 0, 70, 12), (10, 20, 40, 32), (200, 0, 220, 12)]
    assert glyphs.rects(106, 107) == glyphs.rects(105, 105) == glyphs.rects(200, 300) == []


def test_lines_are_told_from_the_boxes_where_none_are_given() -> None:
    places = [line(0, "two words", 10, 0), line(9, "below", 10, 15), line(14, "next column", 300, 15)]
    glyphs = Glyphs.unpack(pack([o for found, _ in places for o in found], [b for _, found in places for b in found]))
    assert len(glyphs.rects(0, 25)) == 3


def test_the_character_under_a_point_is_found_and_blank_paper_is_none() -> None:
    glyphs = page(line(5, "abc", 10, 0), line(9, "def", 10, 20))
    assert [glyphs.glyph_at(x, 26) for x in (9, 11, 29, 31, 41)] == [None, 9, 10, 11, None]
    assert glyphs.glyph_at(15, 16) is None


def test_a_caret_goes_before_or_after_a_character_by_its_halves() -> None:
    glyphs = page(line(5, "abc", 10, 0), line(9, "def", 10, 20))
    assert [glyphs.offset_at(x, 5) for x in (-100, 11, 16, 24, 26, 39, 500)] == [5, 5, 6, 6, 7, 8, 8]


def test_a_drag_through_the_margin_stays_in_its_line() -> None:
    glyphs = page(line(0, "a long first line", 10, 0), line(20, "short", 10, 20))
    assert (glyphs.offset_at(170, 26), glyphs.offset_at(170, 6)) == (25, 16)
    assert glyphs.offset_at(35, 500) == 22


def test_text_that_runs_to_the_left_has_its_caret_the_other_way_round() -> None:
    glyphs = page(line(0, "שלום", 100, 0, step=-10))
    assert [glyphs.offset_at(x, 5) for x in (120, 99, 94, 61, 0)] == [0, 0, 1, 4, 4]


def test_each_run_of_a_mixed_line_is_read_its_own_way() -> None:
    # "abc" from 0 to 30, then a word that is read from its right end at 80 to its left end at 40.
    english, hebrew = line(0, "abc", 0, 0), line(3, "שלום", 80, 0, step=-10)
    glyphs = page((english[0] + hebrew[0], english[1] + hebrew[1]))
    assert [glyphs.offset_at(x, 5) for x in (1, 29, 79, 71, 41)] == [0, 3, 3, 4, 7]


def test_lines_that_run_down_the_page_are_read_so() -> None:
    boxes = [(100.0, 10.0 * at, 112.0, 10.0 * at + 10) for at in range(4)]
    glyphs = Glyphs.unpack(pack(range(4), boxes, [0] * 4))
    assert [glyphs.offset_at(106, y) for y in (1, 9, 12, 38, 90)] == [0, 1, 1, 4, 4]
    assert glyphs.rects(1, 3) == [(100, 10, 112, 30)]


def test_numpy_is_loaded_with_the_first_page_and_not_before() -> None:
    code = "import sys; import postil.documents.printed; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
