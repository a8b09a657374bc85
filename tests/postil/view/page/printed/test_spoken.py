"""Printed pages as a screen reader gets them: text with caret, selection, marks, and where its characters are."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleTextInterface, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import LIGHT, annotation
from tests.postil.view.page.printed import paper

from postil.view.page.page import Page
from postil.view.page.printed.reading import PrintedReading
from postil.view.page.printed.spoken import SpokenPages
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")  # the offscreen platform has no frames

SHIFT = Qt.KeyboardModifier.ShiftModifier
BOOK = paper.printed(
    *(
        [f"Page {n} begins with this and says it well. " * 9, f"It ends with \U0001f600 that. {n}" * 9]
        for n in range(30)
    )
)


@pytest.fixture
def heard(qtbot: QtBot) -> Iterator[tuple[Page, PrintedReading, SpokenPages]]:
    """Printed pages, with the keyboard on them, and somebody who listens."""
    QAccessible.setActive(True)
    page, view = paper.shown(qtbot, BOOK)
    page.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: view.spoken is not None and view.hasFocus())
    assert view.spoken is not None
    yield page, view, view.spoken
    QAccessible.setActive(False)


def interface(spoken: SpokenPages) -> QAccessibleTextInterface:
    found = QAccessible.queryAccessibleInterface(spoken)
    assert found is not None
    text = found.textInterface()
    assert text is not None
    return text


def test_it_is_text_with_the_caret_that_keys_move_and_the_selection(
    heard: tuple[Page, PrintedReading, SpokenPages],
) -> None:
    page, view, spoken = heard
    text = interface(spoken)
    assert text.text(0, text.characterCount()).startswith("Page 0 begins with this")
    QTest.keyClick(spoken, Qt.Key.Key_F7)
    view.select(0, 0)
    for _ in range(3):
        QTest.keyClick(spoken, Qt.Key.Key_Right)
    assert text.cursorPosition() == 3
    QTest.keyClick(spoken, Qt.Key.Key_Down)
    assert text.cursorPosition() == BOOK.lines[0][1].start + 3
    QTest.keyClick(spoken, Qt.Key.Key_Right, SHIFT)
    assert text.selectionCount() == 1
    assert page.selection()[1] - page.selection()[0] == 1
    assert view.caret_shown


def test_a_screen_reader_moves_the_caret_of_the_page(heard: tuple[Page, PrintedReading, SpokenPages]) -> None:
    page, view, spoken = heard
    smile = BOOK.content.text.index("\U0001f600") + 1
    interface(spoken).setCursorPosition(spoken.window_.position(smile))
    assert view.chosen.caret == smile
    assert page.selection() == (smile, smile)


def test_characters_are_told_where_they_are_printed(
    heard: tuple[Page, PrintedReading, SpokenPages], qtbot: QtBot
) -> None:
    page, view, spoken = heard
    page.go_to(BOOK.pages[7].start)
    qtbot.waitUntil(lambda: not view._settled.isActive())
    text = interface(spoken)
    corner = view.viewport().mapToGlobal(QPoint(0, 0))
    for offset in range(BOOK.pages[7].start, BOOK.pages[7].start + 300, 13):
        told = text.characterRect(spoken.window_.position(offset)).translated(-corner)
        there = view.bounds(offset, offset + 1)
        assert abs(told.center().y() - there.center().y()) < there.height() / 2
        assert abs(told.left() - there.left()) < 2 * there.width(), "the letters in print are all of one width"


def test_what_is_heard_is_what_is_in_view(heard: tuple[Page, PrintedReading, SpokenPages], qtbot: QtBot) -> None:
    _, view, spoken = heard
    view.go_to_page(22)
    qtbot.waitUntil(lambda: "Page 22 begins" in spoken.toPlainText())
    assert "Page 3 begins" not in spoken.toPlainText()
    assert view.hasFocus()


def test_marks_are_in_the_text_and_told_where_the_caret_comes_into_one(
    heard: tuple[Page, PrintedReading, SpokenPages],
) -> None:
    page, view, spoken = heard
    assert view.speaking is not None
    said = list[str]()
    view.speaking.said.connect(said.append)
    page.set_annotations([annotation(1, 7, 13, Color.GREEN, note="Why?")])
    view.speaking.dress()
    cursor = QTextCursor(spoken.document())
    cursor.setPosition(spoken.window_.position(9))
    assert cursor.charFormat().background().color().name() == LIGHT.highlight(Color.GREEN)[0].name()
    QTest.keyClick(spoken, Qt.Key.Key_F7)
    view.select(6, 6)
    for _ in range(2):
        QTest.keyClick(spoken, Qt.Key.Key_Right)
    assert said == ["Highlight, green. Note: Why?"]
    page.go_to(7, 13)
    assert said[-1] == "Highlight, green: begins. Note: Why?"
