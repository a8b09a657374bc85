"""The caret where the reader sees it: in lines that run both ways, and kept in sight."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import LIGHT, colors, paragraphs, picture, shown
from tests.postil.view.page.printed import paper

from postil.view.page.page import Page

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")  # the offscreen platform has no frames

ARABIC = "كانت السفن تعبر النهر في سنة 1687 وقال Bassano إن مفتوح."
MIXED = "In 1687 the word שלום was written, and السلام too."
TEXT = paragraphs(ARABIC, MIXED, "The last paragraph, which runs as English does.")
RIGHT, LEFT, SHIFT = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier


def walked(page: Page, key: Qt.Key, start: int, end: int) -> list[float]:
    """Where the caret stood across the view after each press of a key, as long as it stays in a block."""
    page.select(start, start)
    page.text.show_caret(True)
    found = [page.text.caret_box().center().x()]
    for _ in range(2 * (end - start)):
        QTest.keyClick(page.text, key)
        if not start <= page.selection()[0] <= end:
            return found
        found.append(page.text.caret_box().center().x())
    raise AssertionError("the caret never came to the block's edge")


@pytest.mark.parametrize(("block", "key"), [(0, LEFT), (1, RIGHT)])
def test_an_arrow_moves_the_caret_the_way_it_points_from_one_edge_of_the_line_to_the_other(
    qtbot: QtBot, block: int, key: Qt.Key
) -> None:
    page = shown(qtbot, TEXT)
    start, length = TEXT.starts[block], len(TEXT.blocks[block].text)
    places = walked(page, key, start, start + length)
    assert places == sorted(places, reverse=key == LEFT)
    assert len(set(places)) == len(places), "no press that does nothing"
    words = page.text.bounds(start, start + length)
    assert abs(min(places) - words.left()) < 4
    assert abs(max(places) - words.right()) < 4


def test_where_the_direction_changes_the_caret_stands_at_the_sign_it_went_over(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    word = MIXED.index("שלום")
    start = TEXT.starts[1] + word
    page.select(start + 1, start + 1)
    page.text.show_caret(True)
    QTest.keyClick(page.text, RIGHT)
    assert page.selection() == (start, start)
    assert abs(page.text.caret_box().center().x() - page.text.bounds(start, start + 4).right()) < 3


def test_shift_and_an_arrow_select_the_sign_it_goes_over(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.select(3, 3)
    for _ in range(2):
        QTest.keyClick(page.text, LEFT, SHIFT)
    assert page.selection() == (3, 5)
    QTest.keyClick(page.text, RIGHT, SHIFT)
    assert page.selection() == (3, 4)


def test_a_hidden_caret_leaves_no_sign_of_the_direction(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.text.setFocus()
    page.select(0, 0)
    words = page.text.bounds(0, len(ARABIC))
    above = QRect(words.right() - 8, words.top() - 14, 16, 12)
    assert colors(picture(page), above) == {LIGHT.color("page").name()}
    page.text.show_caret(True)
    assert LIGHT.color("text").name() in colors(picture(page), page.text.caret_box().toAlignedRect())


def test_while_the_caret_is_kept_in_sight_keys_move_it_by_words_paragraphs_and_to_the_ends_of_a_line(
    qtbot: QtBot,
) -> None:
    made = paper.printed([TEXT.blocks[2].text, "Another paragraph of the same page. " * 4])
    page, view = paper.shown(qtbot, made)
    end = made.lines[0][0].start + len(made.lines[0][0].text)
    control = Qt.KeyboardModifier.ControlModifier
    for printed in (True, False):
        page.set_printed(printed)
        face = view if printed else page.text
        face.caret_mode = True
        page.select(4, 4)
        for key, held, wanted in (
            (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, end),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
            (Qt.Key.Key_Down, control, end),
            (Qt.Key.Key_Up, control, 0),
        ):
            QTest.keyClick(face, key, held)
            assert page.selection() == (wanted, wanted)
        QTest.keyClick(face, Qt.Key.Key_Home, control)
        assert page.position() == 0
