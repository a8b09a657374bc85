import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScroller
from pytestqt.qtbot import QtBot
from tests.postil.view.page.fingers import pinch, touch
from tests.postil.view.page.pages import annotation, book, edge, shown
from tests.postil.view.page.printed import paper

from postil.view.page.printed.reading import PrintedReading

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


@pytest.fixture(scope="module")
def finger(qapp: object) -> QPointingDevice:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def test_a_finger_that_is_drawn_over_the_page_scrolls_and_selects_nothing(
    qtbot: QtBot, finger: QPointingDevice
) -> None:
    page = shown(qtbot, book(20_000), position=30_000)
    before = page.position()
    touch(page.text, finger, *(QPoint(400, 500 - 12 * step) for step in range(20)), lift=False)
    qtbot.waitUntil(lambda: page.position() > before)
    QTest.touchEvent(page.text.viewport(), finger).release(0, QPoint(400, 270), page.text.viewport()).commit()
    QScroller.scroller(page.text.viewport()).stop()
    assert page.selection()[0] == page.selection()[1]
    assert before < page.position() < before + 3_000


def test_a_finger_that_rests_selects_a_word_and_then_draws_the_selection_on(
    qtbot: QtBot, finger: QPointingDevice
) -> None:
    content = book(300)
    page = shown(qtbot, content)
    start = content.text.index(" ", 200) + 1
    end = content.text.index(" ", start)
    touch(page.text, finger, edge(page, start + 1), lift=False)
    page.text._touch._hold.timeout.emit()  # as after the time that the system says
    assert page.selection() == (start, end)
    far = content.text.index(" ", end + 120)
    view, place = page.text.viewport(), page.position()
    QTest.touchEvent(view, finger).move(0, edge(page, far), view).commit()
    QTest.touchEvent(view, finger).release(0, edge(page, far), view).commit()
    assert page.selection() == (start, far)
    assert page.position() == place
    assert page.text.bar.isVisible()


def test_a_tap_is_a_click(qtbot: QtBot, finger: QPointingDevice) -> None:
    page = shown(qtbot, book(300))
    page.set_annotations([annotation(7, 100, 140)])
    with qtbot.waitSignal(page.annotation_clicked) as told:
        touch(page.text, finger, edge(page, 120))
    assert told.args == [7]


def test_two_fingers_that_part_set_the_text_larger(qtbot: QtBot, finger: QPointingDevice) -> None:
    page = shown(qtbot, book(300))
    pinch(page.text, finger, QPoint(400, 300), tuple(range(100, 200, 10)))
    assert page.zoom() > 1.2
    pinch(page.text, finger, QPoint(400, 300), tuple(range(200, 60, -10)))
    assert page.zoom() < 1
    assert page.selection()[0] == page.selection()[1]


PAPER = paper.printed(*([f"Page {n} begins with this. " * 8, f"And page {n} ends with that. " * 20] for n in range(9)))


def middle_of(view: PrintedReading, offset: int) -> QPoint:
    return view.bounds(offset, offset + 1).center()


def test_printed_pages_are_drawn_along_by_a_finger(qtbot: QtBot, finger: QPointingDevice) -> None:
    page, view = paper.shown(qtbot, PAPER)
    touch(view, finger, *(QPoint(400, 500 - 12 * step) for step in range(20)), lift=False)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 100)
    QTest.touchEvent(view.viewport(), finger).release(0, QPoint(400, 270), view.viewport()).commit()
    QScroller.scroller(view.viewport()).stop()
    assert page.selection()[0] == page.selection()[1]


def test_on_print_a_finger_that_rests_selects_and_a_tap_opens_a_mark(qtbot: QtBot, finger: QPointingDevice) -> None:
    page, view = paper.shown(qtbot, PAPER)
    text, port = PAPER.content.text, view.viewport()
    start = text.index("begins")
    touch(view, finger, middle_of(view, start + 2), lift=False)
    view._touch._hold.timeout.emit()  # as after the time that the system says
    assert page.selected_text() == "begins"
    to = middle_of(view, text.index("this", start) + 3) + QPoint(3, 0)
    QTest.touchEvent(port, finger).move(0, to, port).commit()
    QTest.touchEvent(port, finger).release(0, to, port).commit()
    assert page.selected_text() == "begins with this"
    assert view.bar.isVisible()
    page.clear_selection()
    page.set_annotations([annotation(7, start, start + 6)])
    with qtbot.waitSignal(page.annotation_clicked) as told:
        touch(view, finger, middle_of(view, start + 2))
    assert told.args == [7]


def test_two_fingers_that_part_show_print_larger_where_they_are(qtbot: QtBot, finger: QPointingDevice) -> None:
    _, view = paper.shown(qtbot, PAPER)
    at = QPoint(300, 250)
    before, (page, x, y) = view.zoom, view.on_page(at)
    pinch(view, finger, at, tuple(range(100, 210, 10)))
    assert view.zoom > before * 1.3
    now = view.on_page(at)
    assert now[0] == page
    assert abs(now[1] - x) < 12
    assert abs(now[2] - y) < 12
