import pytest
from PySide6.QtCore import QPointF

from postil.view.page.printed.sheets import GAP, MARGIN, SCREEN, Sheets

A4 = (595.0, 842.0)


def sheets(count: int, *, two: bool = False, scale: float = 1.0, sharp: float = 1.0, room: float = 1500) -> Sheets:
    made = Sheets([A4] * count, two=two)
    made.scale, made.sharp, made.room = scale, sharp, room
    return made


@pytest.mark.parametrize("sharp", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("scale", [0.37, 1.0, SCREEN, 2.9])
def test_every_page_begins_and_ends_on_a_pixel_of_the_screen(scale: float, sharp: float) -> None:
    made = sheets(40, scale=scale, sharp=sharp)
    for page in range(40):
        rect = made.rect(page)
        for edge in (rect.left(), rect.top(), rect.right(), rect.bottom()):
            assert abs(edge * sharp - round(edge * sharp)) < 1e-6
        assert round(rect.width() * sharp) == made.device_width(page)


def test_pages_follow_each_other_without_touching() -> None:
    made = sheets(300, scale=1.1)
    for page in range(299):
        assert abs(made.rect(page + 1).top() - made.rect(page).bottom() - GAP) <= 2  # heights are whole pixels
    assert made.rect(0).top() == MARGIN
    assert abs(made.height - made.rect(299).bottom() - MARGIN) <= 1


def test_in_pairs_the_cover_stands_alone_on_the_right_and_pairs_meet_at_the_spine() -> None:
    made = sheets(6, two=True)
    assert [list(made.row(made.row_of(page))) for page in (0, 1, 2, 3, 5)] == [[0], [1, 2], [1, 2], [3, 4], [5]]
    middle = made.width / 2
    assert made.rect(0).left() > middle > made.rect(1).right()
    assert made.rect(1).top() == made.rect(2).top()
    assert 0 < made.rect(2).left() - made.rect(1).right() < 4


@pytest.mark.parametrize("two", [False, True])
def test_a_point_on_a_page_finds_that_page(two: bool) -> None:
    made = sheets(31, two=two, scale=0.8)
    for page in range(31):
        assert made.page_at(made.rect(page).center()) == page
    assert made.page_at(QPointF(-50, -50)) == 0
    assert made.page_at(QPointF(0, 1e9)) == (29 if two else 30)


def test_a_stretch_of_the_height_touches_just_the_pages_in_it() -> None:
    made = sheets(20)
    seventh = made.rect(7)
    assert list(made.between(seventh.top() + 10, seventh.bottom() - 10)) == [7]
    assert list(made.between(seventh.top() + 10, seventh.bottom() + GAP + 10)) == [7, 8]


def test_a_folded_out_page_does_not_make_all_others_small() -> None:
    made = Sheets([A4, A4, (2000.0, 842.0), A4])
    assert made.fitting_width(595 + 2 * MARGIN) == pytest.approx(1.0)
