"""The search box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme
from postil.view.search.bar import SYNTAX, SearchBar, syntax_tip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> SearchBar:
    made = SearchBar(theme)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_fast_typing_searches_once(bar: SearchBar, qtbot: QtBot) -> None:
    told: list[str] = []
    bar.searched.connect(told.append)
    with qtbot.waitSignal(bar.searched):
        QTest.keyClicks(bar.line, "maritime")
    assert told == ["maritime"]


def test_enter_and_down_search_at_once_and_lead_to_the_results(bar: SearchBar, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down):
        QTest.keyClicks(bar.line, "x")
        with qtbot.waitSignals([bar.searched, bar.submitted], order="strict"):
            QTest.keyClick(bar.line, key)
    assert not bar._pause.isActive()


def test_the_same_words_are_not_searched_twice(bar: SearchBar, qtbot: QtBot) -> None:
    bar.set_text("india")
    with qtbot.assertNotEmitted(bar.searched):
        QTest.keyClicks(bar.line, " ")
        QTest.keyClick(bar.line, Qt.Key.Key_Return)


def test_escape_clears_and_then_leaves(bar: SearchBar, qtbot: QtBot) -> None:
    bar.set_text("india")
    with qtbot.waitSignal(bar.searched) as cleared, qtbot.assertNotEmitted(bar.left):
        QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert cleared.args == [""]
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.line, Qt.Key.Key_Escape)


def test_hiding_leaves_no_timer_behind(bar: SearchBar) -> None:
    QTest.keyClicks(bar.line, "half")
    assert bar._pause.isActive()
    bar.hide()
    assert not bar._pause.isActive()


def test_the_syntax_is_explained_in_five_lines(bar: SearchBar) -> None:
    assert len(SYNTAX) == 5
    assert syntax_tip().count("<tr>") == 5
    assert bar.help.toolTip() == syntax_tip()
    assert "tag:" in bar.line.accessibleDescription()
