"""A window that shows its page before anything else, and what it shows then is what the library says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.view.at_the_window import KnowsTwoNames

from postil.anchors.describe import describe
from postil.main import Running
from postil.settings import Settings
from postil.view.opening import Cover, application, first_window
from postil.work import glimpse
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import annotations, documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a library whose article was read last and has a mark."""
    folder = tmp_path / "library"
    document = factories.make_document()
    with Library.open(folder, cache=tmp_path / "cache") as library:
        number = library.add(document, document.content.text.encode()).result.info.id
        place = describe(document.content, 30, 60)
        library.write("Mark", lambda session: annotations.add(session, number, place, color=Color.GREEN))
        library.write("", lambda session: documents.opened(session, number), undoable=False)
    return folder


@pytest.fixture
def running(folder: Path, qtbot: QtBot, tmp_path: Path) -> Iterator[Running]:
    """Give a window that was opened and closed, and is opened again over what it left."""
    chosen = Settings(tmp_path / "config" / "settings.json")
    first = Running(application(), folder, chosen=chosen, recogniser=KnowsTwoNames())
    first.window.show()
    qtbot.waitUntil(lambda: first.parts.desk.document is not None and not first.work.waiting)
    qtbot.waitUntil(lambda: not first.parts.recognition.at_work and not first.work.waiting)
    first.close()
    window = first_window(application(), chosen)
    left = glimpse.take(folder)
    assert left is not None
    cover = Cover(window, left)
    with qtbot.waitExposed(window):
        window.show()
    again = Running(application(), folder, chosen=chosen, recogniser=KnowsTwoNames(), window=window, cover=cover)
    yield again
    again.close()


def test_the_page_stays_as_it_was_when_the_library_takes_over(running: Running, qtbot: QtBot) -> None:
    page = running.window.page
    text = page.text.document().toPlainText()
    assert "Kaja Kallas" in text
    assert page.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert running.parts.desk.document is None
    before, where = page.text.viewport().grab().toImage(), page.mapToGlobal(QPoint())
    qtbot.waitUntil(lambda: running.parts.desk.document is not None and not running.work.waiting)
    qtbot.waitUntil(lambda: page.text.viewport().grab().toImage() == before)
    assert page.mapToGlobal(QPoint()) == where
    assert page.text.document().toPlainText() == text
    assert not page.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_nothing_can_be_marked_before_the_library_is_open(running: Running, qtbot: QtBot) -> None:
    page = running.window.page
    page.select(0, 10)
    page.mark_requested.emit(Color.PINK)
    qtbot.waitUntil(lambda: running.parts.desk.document is not None and not running.work.waiting)
    assert [one.color for one in running.parts.desk.annotations] == [Color.GREEN]
