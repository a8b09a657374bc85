"""The search box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme
from postil.view.search.bar import SearchBar
from postil.view.search.examples import SYNTAX, Examples
from postil_db.index.language import tokens
from postil_db.records import Completion

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> SearchBar:
    made = SearchBar(theme)
    qtbot.addWidget(made)
    made.resize(420, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.line.hasFocus)
    return made


def offer(bar: SearchBar, *texts: str) -> None:
    """Have these offered for the last word."""
    text = bar.line.text()
    start = text.rfind(" ") + 1
    bar.line.show_completions(text, len(text), tuple(Completion(f"{one} ", start, len(text), "", 3) for one in texts))


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
    assert bar.line._pause.isActive()
    bar.hide()
    assert not bar._pause.isActive()
    assert not bar.line._pause.isActive()


def test_typing_asks_for_completions_in_code_points(bar: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.line.completion_wanted) as asked:
        bar.line.insert("😀 ta")
        bar.line.textEdited.emit(bar.line.text())
    assert asked.args == ["😀 ta", 4]


def test_tab_takes_the_first_offer_and_a_field_waits_for_its_value(bar: SearchBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "sea ta")
    offer(bar, "tag:", "target")
    assert bar.line.popup.isVisible()
    with qtbot.waitSignal(bar.line.completion_wanted) as again:
        QTest.keyClick(bar.line, Qt.Key.Key_Tab)
    assert (bar.text(), again.args) == ("sea tag:", ["sea tag:", 8])
    assert not bar.line.offering
    offer(bar, "tag:sea", "tag:policy/defence")
    QTest.keyClick(bar.line, Qt.Key.Key_Down)
    QTest.keyClick(bar.line, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(bar.submitted):
        QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.text() == "sea tag:policy/defence "
    bar.line.undo()
    assert bar.text() == "sea tag:", "what was taken can be taken back"


def test_arrows_go_round_and_escape_keeps_what_is_typed(bar: SearchBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "ta")
    offer(bar, "tag:", "target")
    rows = bar.line.popup.list
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(bar.line, key)
        seen.append(rows.currentIndex().row())
    assert seen == [1, -1, 0, 1]
    with qtbot.assertNotEmitted(bar.searched):
        QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert (bar.text(), bar.line.offering) == ("ta", False)


def test_enter_searches_as_long_as_no_offer_is_chosen(bar: SearchBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "ta")
    offer(bar, "tag:")
    with qtbot.waitSignal(bar.submitted):
        QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert (bar.text(), bar.line.offering) == ("ta", False)


def test_an_answer_to_what_is_no_longer_there_is_dropped(bar: SearchBar) -> None:
    QTest.keyClicks(bar.line, "tag")
    bar.line.show_completions("ta", 2, (Completion("tag:", 0, 2, "", 0),))
    assert not bar.line.offering
    offer(bar, "tag")
    assert not bar.line.offering, "what stands there already is no offer"


def test_ten_thousand_characters_are_pasted_and_coloured_without_a_wait(bar: SearchBar) -> None:
    for text in ("tag:a " * 2000, "(" * 10_000, '"' * 10_000, "*" * 10_000, "\u202e\u0000\ufeff" * 3000):
        bar.set_text(text)
        assert len(bar.text()) <= 10_000


def test_every_example_is_understood_and_can_be_clicked(qtbot: QtBot) -> None:
    examples = Examples()
    qtbot.addWidget(examples)
    assert 6 <= len(SYNTAX) <= 8
    for number, (query, meaning) in enumerate(SYNTAX):
        assert "error" not in {token.role for token in tokens(query)}
        with qtbot.waitSignal(examples.chosen) as chosen:
            examples.buttons[number].click()
        assert chosen.args == [query]
        assert meaning in examples.buttons[number].accessibleName()


def test_the_box_tells_a_screen_reader_what_can_be_asked(bar: SearchBar) -> None:
    assert "tag:" in bar.line.accessibleDescription()
    assert bar.help.accessibleName()
