"""Cards beside the page: the real panel next to the real page."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import annotation, book, document, settle

from postil.view.look.theme import Theme, themes
from postil.view.page.page import Page
from postil.view.panels.annotations import AnnotationsPanel
from postil_db.records import Annotation

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

BOOK = book(3000)


@dataclass
class Desk:
    """A page with a panel beside it."""

    page: Page
    panel: AnnotationsPanel
    qtbot: QtBot

    def show(self, marks: list[Annotation]) -> None:
        self.page.set_annotations(marks)
        self.panel.show_annotations(marks)

    def scroll(self, pixels: int) -> None:
        bar = self.page.text.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def top(self, row: int) -> int:
        """Where a card is, from the top of the page."""
        rect = self.panel.list.visualRect(self.panel.list.model().index(row, 0))
        at = self.panel.list.viewport().mapToGlobal(rect.topLeft())
        return self.page.mapFromGlobal(at).y()

    def line(self, row: int) -> float:
        """Where its passage is."""
        record = self.panel._model.record(row)
        assert record is not None
        (line,) = self.page.tops([record.selector.start])
        assert line is not None
        return line


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    window = QWidget()
    qtbot.addWidget(window)
    page, panel = Page(theme, window), AnnotationsPanel(theme, window)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(page, 1)
    row.addWidget(panel)
    panel.setFixedWidth(300)
    page.scrolled.connect(panel.list.follow)
    panel.list.wheeled.connect(page.take_wheel)
    panel.list.set_passages(page)
    panel.set_beside(True)
    window.resize(1000, 800)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(page.painted):
        page.show_document(document(BOOK))
    settle(qtbot, page)
    window.activateWindow()
    yield Desk(page, panel, qtbot)
    panel.save()


def every(step: int, count: int, since: int = 600) -> list[Annotation]:
    return [annotation(n + 1, since + n * step, since + n * step + 12, note="A note") for n in range(count)]


def test_cards_stand_level_with_their_passages_however_the_page_moves(desk: Desk) -> None:
    desk.show(every(1500, 8))
    for move in (0, 37, 400, 900, -500):
        desk.scroll(move)
        placed = desk.panel.list.placed()
        assert placed
        edge = desk.page.mapFromGlobal(desk.panel.list.viewport().mapToGlobal(QPoint(0, 0))).y()
        for row in placed:
            if desk.line(row) >= edge:
                assert abs(desk.top(row) - desk.line(row)) <= 1
    desk.page.set_zoom(1.6)
    settle(desk.qtbot, desk.page)
    assert all(abs(desk.top(row) - desk.line(row)) <= 1 for row in desk.panel.list.placed() if desk.line(row) > 90)


def test_dense_cards_do_not_overlap_and_the_current_one_is_exact(desk: Desk) -> None:
    desk.show(every(60, 60))
    desk.scroll(200)
    desk.panel.set_current(12)
    rows = desk.panel.list.placed()
    rects = [desk.panel.list.visualRect(desk.panel.list.model().index(row, 0)) for row in rows]
    assert all(upper.bottom() < lower.top() for upper, lower in pairwise(rects))
    assert abs(desk.top(11) - desk.line(11)) <= 1
    assert desk.panel.card.geometry() == rects[rows.index(11)]
    assert desk.panel.list.indexAt(rects[0].center()).row() == rows[0]


def test_only_cards_in_view_are_measured(desk: Desk) -> None:
    desk.show(every(3, 5000))
    desk.scroll(900)
    known = sum(desk.panel.list._rows.known(row) for row in range(5000))
    assert 0 < known < 60


def test_the_open_card_is_away_while_its_passage_is(desk: Desk) -> None:
    desk.show(every(1500, 8))
    desk.panel.set_current(1)
    assert desk.panel.card.isVisible()
    desk.scroll(3000)
    assert desk.panel.card.isHidden()
    desk.scroll(-3000)
    assert desk.panel.card.isVisible()


def test_a_note_being_written_stays_open_while_the_page_scrolls(desk: Desk) -> None:
    desk.show(every(1500, 8))
    desk.panel.edit_note(1)
    QTest.keyClicks(desk.panel.card.editor, "half a")
    desk.scroll(3000)
    QTest.keyClicks(desk.panel.card.editor, " thought")
    desk.scroll(-3000)
    assert desk.panel.card.editor.toPlainText().endswith("half a thought")
    assert desk.panel.card.isVisible()


def test_where_no_note_is_near_the_way_to_them_is_told(desk: Desk) -> None:
    desk.show([*every(100, 2), *every(100, 3, since=14_000)])
    desk.scroll(2500)
    hint = desk.panel.margin_hint
    assert hint.isVisible()
    assert (hint.above.text(), hint.below.text()) == ("↑ 2 notes above", "↓ 3 notes below")
    with desk.qtbot.waitSignal(desk.panel.activated) as up:
        hint.above.click()
    with desk.qtbot.waitSignal(desk.panel.activated) as down:
        hint.below.click()
    assert (up.args, down.args) == ([2], [1])
    desk.scroll(-2500)
    assert hint.isHidden()


def test_the_page_goes_where_the_keys_go(desk: Desk) -> None:
    desk.show(every(1500, 8))
    desk.panel.list.setFocus()
    desk.panel.set_current(1)
    with desk.qtbot.waitSignal(desk.panel.followed) as down:
        QTest.keyClick(desk.panel.list, Qt.Key.Key_J)
    with desk.qtbot.waitSignal(desk.panel.followed) as end:
        QTest.keyClick(desk.panel.list, Qt.Key.Key_End)
    assert (down.args, end.args) == ([2], [8])


def test_the_keyboard_comes_to_a_card_in_view(desk: Desk) -> None:
    desk.show(every(1500, 8))
    desk.scroll(2000)
    desk.page.setFocus()
    desk.panel.list.setFocus()
    assert desk.panel.list.currentIndex().row() == desk.panel.list.placed()[0] > 0


def test_the_wheel_beside_the_page_turns_the_page(desk: Desk) -> None:
    desk.show(every(1500, 8))
    before = desk.page.text.verticalScrollBar().value()
    view = desk.panel.list.viewport()
    at = QPointF(150, 300)
    turn = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, turn)
    assert desk.page.text.verticalScrollBar().value() > before


def test_the_filter_leaves_the_cards_it_lets_through_beside_their_passages(desk: Desk) -> None:
    marks = every(120, 8)
    marks[3] = annotation(4, marks[3].selector.start, marks[3].selector.end, note="A rare word")
    desk.show(marks)
    desk.panel.filter.setText("rare")
    assert desk.panel.list.placed() == [0]
    assert abs(desk.top(0) - desk.line(0)) <= 1


def test_the_switch_goes_back_to_a_list_and_keeps_the_current_card(desk: Desk) -> None:
    desk.show(every(1500, 8))
    desk.panel.set_current(2)
    with desk.qtbot.waitSignal(desk.panel.beside_changed) as told:
        desk.panel.beside_button.click()
    assert told.args == [False]
    rows = desk.panel.list
    assert rows.visualRect(rows.model().index(0, 0)).top() == rows.MARGIN
    assert desk.panel.current() == 2
    assert desk.panel.card.isVisible()
    desk.panel.beside_button.click()
    assert desk.panel.list.beside


def test_another_order_than_the_texts_is_shown_as_a_list(desk: Desk) -> None:
    desk.show(list(reversed(every(1500, 8))))
    assert not desk.panel.list.beside
    desk.show(every(1500, 8))
    assert desk.panel.list.beside


def test_a_card_is_painted_anew_for_another_theme(desk: Desk) -> None:
    desk.show(every(1500, 8))
    dark = themes()["dark"]
    desk.panel.list.grab()
    desk.panel.set_theme(dark)
    rect = desk.panel.list.visualRect(desk.panel.list.model().index(desk.panel.list.placed()[0], 0))
    shown = desk.panel.list.viewport().grab().toImage()
    assert shown.pixelColor(rect.right() - 30, rect.center().y()) == dark["raised"]
