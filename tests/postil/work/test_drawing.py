from collections.abc import Iterator
from threading import Event
from threading import enumerate as threads

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from postil.documents.faults import Broken, Stopped
from postil.documents.printing import Raster
from postil.work.drawing import Drawer, Wish


class Slow:
    """Draws a page when it is let; page 13 is broken."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.begun, self.go_on = Event(), Event()
        self.over = False

    def draw(self, page: int, width: int) -> Raster:
        self.asked.append(page)
        self.begun.set()
        assert self.go_on.wait(10)
        if self.over:
            raise Stopped("called off")
        if page == 13:
            raise Broken("Page 14 is damaged and cannot be drawn.")
        return Raster(width, 1, width * 4, bytes(width * 4))

    def stop(self) -> None:
        self.over = True
        self.go_on.set()


@pytest.fixture
def printer() -> Slow:
    return Slow()


@pytest.fixture
def drawer(printer: Slow, qtbot: QtBot) -> Iterator[Drawer]:
    made = Drawer(printer)
    yield made
    made.close()
    assert not [thread for thread in threads() if thread.name == "pages"]


def wish(page: int) -> Wish:
    return Wish(page, 10, lambda raster: QImage(raster.width, raster.height, QImage.Format.Format_RGB32))


def test_what_is_wished_for_is_drawn_in_order(drawer: Drawer, printer: Slow, qtbot: QtBot) -> None:
    printer.go_on.set()
    drawn: list[int] = []
    drawer.drawn.connect(lambda done, _picture: drawn.append(done.page))
    drawer.want([wish(3), wish(1), wish(2)])
    qtbot.waitUntil(lambda: drawn == [3, 1, 2])


def test_what_nobody_wishes_any_more_is_not_drawn(drawer: Drawer, printer: Slow, qtbot: QtBot) -> None:
    drawer.want([wish(1), wish(2), wish(3)])
    assert printer.begun.wait(10)
    drawer.want([wish(8), wish(9)])
    printer.go_on.set()
    qtbot.waitUntil(lambda: printer.asked == [1, 8, 9])


def test_a_page_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn(
    drawer: Drawer, printer: Slow, qtbot: QtBot
) -> None:
    printer.go_on.set()
    faults: list[str] = []
    drawer.failed.connect(lambda _wish, fault: faults.append(fault))
    with qtbot.waitSignal(drawer.drawn):
        drawer.want([wish(13), wish(14)])
    assert faults == ["Page 14 is damaged and cannot be drawn."]


def test_closing_waits_for_no_page(drawer: Drawer, printer: Slow) -> None:
    drawer.want([wish(1)])
    assert printer.begun.wait(10)
    drawer.close()
    drawer.want([wish(2)])
    assert printer.asked == [1]
