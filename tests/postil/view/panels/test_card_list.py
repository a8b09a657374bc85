"""The list that measures only what it shows."""

from collections.abc import Callable
from itertools import pairwise
from time import perf_counter

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import make_annotation

from postil.view.look.theme import Theme
from postil.view.panels.annotation_delegate import AnnotationDelegate
from postil.view.panels.annotation_model import AnnotationModel
from postil.view.panels.annotations import AnnotationsPanel
from postil.view.panels.card_list import CardList
from postil.view.panels.row_heights import KEPT, RowHeights
from postil_db.records import Annotation

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

type Made = Callable[[list[Annotation]], CardList]


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> Made:
    def make(records: list[Annotation]) -> CardList:
        view = CardList()
        qtbot.addWidget(view)
        model = AnnotationModel(view)
        view.setModel(model)
        view.setItemDelegate(AnnotationDelegate(theme, view))
        view.resize(320, 600)
        model.show(records)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return make


def rows(count: int) -> list[Annotation]:
    return [make_annotation(n, note="Some words. " * (n % 9), tags=["a", "b"][: n % 3]) for n in range(count)]


def test_the_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = AnnotationModel()
    model.show(rows(12))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(rows(5))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_rows_stand_below_each_other_without_gaps(made: Made) -> None:
    view = made(rows(30))
    rects = [view.visualRect(view.model().index(row, 0)) for row in range(30)]
    assert all(lower.top() == upper.bottom() + 1 for upper, lower in pairwise(rects))
    assert all(view.indexAt(rect.center()).row() == row for row, rect in enumerate(rects))


def test_twenty_thousand_rows_appear_at_once_and_few_of_them_are_measured(made: Made) -> None:
    begun = perf_counter()
    view = made(rows(20_000))
    taken = perf_counter() - begun
    known = sum(view._rows.known(row) for row in range(20_000))
    assert 0 < known < 50
    assert taken < 2.0


def test_going_far_down_shows_that_row(made: Made) -> None:
    view = made(rows(5_000))
    view.go_to_row(4_321)
    rect = view.visualRect(view.currentIndex())
    assert view.currentIndex().row() == 4_321
    assert view.viewport().rect().contains(rect.center())


def test_the_last_row_can_be_reached(made: Made) -> None:
    view = made(rows(400))
    bar = view.verticalScrollBar()
    for _ in range(3):  # rows measured on the way may make the list longer
        bar.setValue(bar.maximum())
    last = view.visualRect(view.model().index(399, 0))
    assert last.bottom() <= view.viewport().height()


def test_what_is_in_view_stays_when_rows_above_go(made: Made) -> None:
    records = rows(300)
    view = made(records)
    view.verticalScrollBar().setValue(9_000)
    index = view.indexAt(QPoint(40, 200))
    key, top = view.records().keys()[index.row()], view.visualRect(index).top()
    view.records().show(records[20:])
    row = view.records().row_of(key)
    assert abs(view.visualRect(view.model().index(row, 0)).top() - top) <= 1


@pytest.mark.parametrize(
    ("key", "row"), [(Qt.Key.Key_J, 6), (Qt.Key.Key_K, 4), (Qt.Key.Key_Down, 6), (Qt.Key.Key_End, 39)]
)
def test_keys_move_through_the_rows(made: Made, qtbot: QtBot, key: Qt.Key, row: int) -> None:
    view = made(rows(40))
    view.go_to_row(5)
    QTest.keyClick(view, key)
    assert view.currentIndex().row() == row


def test_page_keys_move_by_a_screen(made: Made, qtbot: QtBot) -> None:
    view = made(rows(100))
    view.go_to_row(0)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    first = view.currentIndex().row()
    assert first > 1
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() < first


def test_a_rectangle_selects_the_rows_it_touches(made: Made) -> None:
    view = made(rows(10))
    view.setSelectionMode(CardList.SelectionMode.ExtendedSelection)
    first, second = (view.visualRect(view.model().index(row, 0)) for row in (1, 2))
    box = QRect(first.center(), second.center())
    view.setSelection(box, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert view.selected_rows() == [1, 2]


def test_an_empty_list_takes_keys_and_clicks(made: Made, qtbot: QtBot) -> None:
    view = made([])
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not view.currentIndex().isValid()


def test_showing_the_same_keys_again_keeps_place_and_selection(made: Made) -> None:
    records = rows(50)
    view = made(records)
    view.go_to_row(30)
    place = view.verticalScrollBar().value()
    view.records().show([*records[:10], make_annotation(10, note="Changed"), *records[11:]])
    assert view.currentIndex().row() == 30
    assert view.verticalScrollBar().value() == place


def test_heights_add_up_to_offsets() -> None:
    heights = RowHeights(guess=100, margin=8)
    heights.set_keys(["a", "b", "c"])
    assert heights.measure(range(1, 2), lambda _row: 40)
    heights.add_up()
    assert heights.tops == [8, 108, 148, 248]
    assert heights.total() == 256
    assert [heights.row_at(offset) for offset in (0, 108, 147, 148, 9_999)] == [0, 1, 1, 2, 2]
    assert list(heights.rows_between(100, 120)) == [0, 1]
    heights.forget("b")
    assert not heights.known(1)
    heights.add_up()
    assert heights.height(1) == 40  # the best guess there is


def test_heights_of_rows_long_gone_are_not_kept() -> None:
    heights = RowHeights(guess=100, margin=8)
    for first in range(0, 4 * KEPT, 500):
        heights.set_keys(list(range(first, first + 500)))
        heights.measure(range(500), lambda _row: 40)
    assert len(heights._last) <= KEPT + 1_000
    assert len(heights._known) <= KEPT + 1_000
    assert heights.known(0)
    assert heights.latest(0) == 40


def test_no_rows_have_no_offset_to_be_at() -> None:
    assert RowHeights(10, 0).row_at(5) == -1


def test_what_is_painted_is_not_blank(made: Made, qapp: QApplication) -> None:
    view = made(rows(3))
    image = view.grab().toImage()
    colors = {image.pixel(x, 60) for x in range(0, image.width(), 2)}
    assert len(colors) > 3
    assert isinstance(view.model(), QAbstractItemModel)


def test_the_last_card_opens_in_full(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.show_annotations([make_annotation(n, note="Some words. " * 12 * (n % 4), tags=["a"]) for n in range(12)])
    panel.set_current(11)
    qtbot.waitUntil(lambda: panel.card.geometry().bottom() <= panel.list.viewport().height())
    assert panel.card.geometry().top() >= 0
    panel.card.edit_tags()
    qtbot.waitUntil(lambda: panel.card.geometry().bottom() <= panel.list.viewport().height())
    assert panel.card.tags.edit.visibleRegion().boundingRect().height() >= 20
