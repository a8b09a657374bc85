from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import WORDS, annotation, colors, edge, mention, paragraphs, picture, shown

from postil.view.page import tiles
from postil.view.page.page import Page
from postil_db.records import Block, BlockKind, Color, Content

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

HEBREW = "זהו משפט ראשון בעברית והוא קצר."


def click_thrice(page: Page, at: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(page.text.viewport(), left, none, at)
    QTest.mouseDClick(page.text.viewport(), left, none, at)
    QTest.mouseClick(page.text.viewport(), left, none, at)


def test_three_clicks_select_the_sentence_and_offer_to_mark_it(qtbot: QtBot) -> None:
    content = paragraphs("One is here. Then Dr. Two came in! Last.", "Another paragraph.")
    page = shown(qtbot, content)
    click_thrice(page, edge(page, content.text.index("came") + 1))
    assert page.selected_text() == "Then Dr. Two came in!"
    assert page.text.bar.isVisible()


def test_a_click_elsewhere_after_a_double_click_selects_nothing(qtbot: QtBot) -> None:
    content = paragraphs("One is here. Then Dr. Two came in! Last.", "Another paragraph.")
    page = shown(qtbot, content)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseDClick(page.text.viewport(), left, none, edge(page, 2))
    QTest.mouseClick(page.text.viewport(), left, none, edge(page, content.text.index("paragraph") + 3))
    assert page.selected_text() == ""


def test_shift_and_click_select_from_the_caret(qtbot: QtBot) -> None:
    content = paragraphs("One is here. Then Dr. Two came in! Last.", "Another paragraph.")
    page = shown(qtbot, content)
    left = Qt.MouseButton.LeftButton
    start, end = content.text.index("Then"), content.text.index("paragraph")
    QTest.mouseClick(page.text.viewport(), left, Qt.KeyboardModifier.NoModifier, edge(page, start))
    QTest.mouseClick(page.text.viewport(), left, Qt.KeyboardModifier.ShiftModifier, edge(page, end))
    assert page.selection() == (start, end)


def test_a_selection_that_fills_the_view_still_gets_its_toolbar(qtbot: QtBot) -> None:
    content = paragraphs(*(f"Line {n} has some words that a reader may select." for n in range(80)))
    page = shown(qtbot, content)
    page.go_to(len(content.text) // 2)
    QTest.keyClick(page.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.text.bar.isVisible)
    assert page.text._over.rect().contains(page.text.bar.geometry())


def test_the_post_of_a_mark_in_hebrew_stands_where_the_reader_begins(qtbot: QtBot) -> None:
    page = shown(qtbot, paragraphs(HEBREW))
    start, end = 4, 20
    page.set_annotations([annotation(1, start, end, Color.BLUE)])
    line = page._theme.highlight(Color.BLUE)[1].name()
    image = picture(page)
    right, left = edge(page, start), edge(page, end)
    assert right.x() > left.x()
    for x in (right.x(), left.x()):
        assert line in colors(image, QRect(x - 3, right.y() - 6, 7, 3))
    width = right.x() - left.x()
    assert line not in colors(image, QRect(left.x() + 4, right.y() - 8, width - 8, 2))


def test_a_very_long_paragraph_is_decorated_in_parts_that_look_as_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = paragraphs(" ".join(WORDS * 600))
    middle = len(content.text) // 2
    marks = [annotation(1, middle - 9_000, middle + 9_000), annotation(2, middle + 50, middle + 300, Color.BLUE)]
    names = [mention(at, at + 9) for at in range(middle - 2_000, middle + 2_000, 40)]

    def painted(tile: int) -> tuple[Page, QImage]:
        monkeypatch.setattr(tiles, "TILE", tile)
        page = shown(qtbot, content, position=middle)
        page.set_annotations(marks)
        page.set_mentions(names)
        return page, picture(page)

    page, in_parts = painted(500)
    _, at_once = painted(10**6)
    one, other = bytes(in_parts.constBits()), bytes(at_once.constBits())
    assert sum(a != b for a, b in zip(one, other, strict=True)) < len(one) * 0.002  # rounded ends where parts meet
    assert 0 < len(page.text.overlay._made[0]) < 12


def test_the_columns_of_a_table_fit_a_narrow_page(qtbot: QtBot) -> None:
    rows = tuple(Block(BlockKind.TABLE_ROW, f"Cell {n}\tAnother {n}\tThird {n}") for n in range(3))
    page = shown(qtbot, Content(rows), size=(420, 500))
    window, text = page.text.window_, page.text
    for index in range(3):
        lines = [window.block(index).layout().lineAt(number).naturalTextRect() for number in range(3)]
        assert window.block(index).layout().lineCount() == 3
        assert all(one.right() < other.left() for one, other in pairwise(lines))
        assert {line.top() for line in lines} == {lines[0].top()}
        assert lines[-1].right() <= text.viewport().width() - text.column_left
