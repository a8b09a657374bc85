import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import book, edge, mention, paragraphs, shown

from postil.view.page.page import Page

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

TEXT = paragraphs("First here. Then Dr. Two came in! Last.", "Another paragraph. It ends.")
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def press(page: Page, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
    QTest.keyClick(page.text, key, held)
    return page.selected_text()


def test_the_selection_grows_and_shrinks_the_same_way(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    at = TEXT.text.index("Two")
    page.set_mentions([mention(at - 4, at + 3)])
    page.select(at + 1, at + 1)
    grown = [press(page, Qt.Key.Key_Plus) for _ in range(4)]
    assert grown == ["Two", "Dr. Two", "Then Dr. Two came in!", TEXT.blocks[0].text]
    assert press(page, Qt.Key.Key_Right, ALT_SHIFT) == TEXT.text
    shrunk = [press(page, Qt.Key.Key_Left, ALT_SHIFT)] + [press(page, Qt.Key.Key_Minus) for _ in range(4)]
    assert shrunk == [*reversed(grown), ""]
    assert page.selection()[0] == at + 1
    assert press(page, Qt.Key.Key_Minus) == ""


def test_another_selection_forgets_how_the_last_one_grew(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.select(2, 2)
    press(page, Qt.Key.Key_Plus)
    page.select(20, 24)
    assert press(page, Qt.Key.Key_Minus) == TEXT.text[20:24]


def test_selecting_on_by_sentences_and_paragraphs(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.select(0, 0)
    assert press(page, Qt.Key.Key_Down, ALT_SHIFT) == "First here."
    assert press(page, Qt.Key.Key_Down, ALT_SHIFT) == "First here. Then Dr. Two came in!"
    assert press(page, Qt.Key.Key_Up, ALT_SHIFT) == "First here. "
    assert press(page, Qt.Key.Key_Down, CTRL_SHIFT) == TEXT.blocks[0].text
    assert press(page, Qt.Key.Key_Down, CTRL_SHIFT) == TEXT.text
    assert press(page, Qt.Key.Key_Up, CTRL_SHIFT) == TEXT.blocks[0].text + "\n"


def test_selecting_on_scrolls_along_over_the_edge_of_the_window(qtbot: QtBot) -> None:
    content = book(30_000)
    page = shown(qtbot, content, position=30_000)
    start = page.position()
    page.select(start, start)
    for _ in range(60):
        press(page, Qt.Key.Key_Down, CTRL_SHIFT)
    low, high = page.visible_range()
    assert page.selection()[0] == start
    assert page.selection()[1] > start + 10_000
    assert low <= page.selection()[1] <= high


def test_these_keys_are_claimed_before_the_windows_shortcuts(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    for key, held in ((Qt.Key.Key_Right, ALT_SHIFT), (Qt.Key.Key_Minus, Qt.KeyboardModifier.NoModifier)):
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
        asked.ignore()
        QApplication.sendEvent(page.text, asked)
        assert asked.isAccepted()
    back = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    back.ignore()
    QApplication.sendEvent(page.text, back)
    assert not back.isAccepted(), "Alt+Left is the window's"


def test_caret_mode_keeps_the_caret_through_a_click(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    press(page, Qt.Key.Key_F7)
    QTest.mouseClick(page.text.viewport(), left, none, edge(page, 20))
    assert page.text.caret_shown
    assert not page.text.caret_box().isEmpty()
    press(page, Qt.Key.Key_F7)
    assert not page.text.caret_shown
