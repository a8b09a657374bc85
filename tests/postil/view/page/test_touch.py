import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScroller
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import annotation, book, edge, shown

from postil.view.page.page import Page

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


@pytest.fixture(scope="module")
def finger(qapp: object) -> QPointingDevice:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def touch(page: Page, finger: QPointingDevice, *points: QPoint, lift: bool = True) -> None:
    viewport = page.text.viewport()
    QTest.touchEvent(viewport, finger).press(0, points[0], viewport).commit()
    for point in points[1:]:
        QTest.touchEvent(viewport, finger).move(0, point, viewport).commit()
    if lift:
        QTest.touchEvent(viewport, finger).release(0, points[-1], viewport).commit()


def test_a_finger_that_is_drawn_over_the_page_scrolls_and_selects_nothing(
    qtbot: QtBot, finger: QPointingDevice
) -> None:
    page = shown(qtbot, book(20_000), position=30_000)
    before = page.position()
    touch(page, finger, *(QPoint(400, 500 - 12 * step) for step in range(20)), lift=False)
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
    touch(page, finger, edge(page, start + 1), lift=False)
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
        touch(page, finger, edge(page, 120))
    assert told.args == [7]
