"""The real window on a real library, driven as a reader would; only the language model is left out where it can be."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.view.at_the_window import KnowsTwoNames, Reader

from postil.entities.client import Recogniser
from postil.main import Running
from postil.settings import Settings
from postil.view.opening import application
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import documents

OURS = ("library", "files", "recognition", "command", "warming")


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Reader]]:
    """Give a function that opens the window; everything it opened is closed, and must leave nothing behind."""
    opened: list[Running] = []
    faults: list[str] = []

    def start(*files: Path, wait: bool = True, recogniser: Recogniser | None = None) -> Reader:
        folder = tmp_path / "library"
        running = Running(
            application(),
            folder,
            opener=lambda: Library.open(folder, cache=tmp_path / "cache"),
            chosen=Settings.load(tmp_path / "config" / "settings.json"),
            recogniser=recogniser or KnowsTwoNames(),
            files=files,
        )
        opened.append(running)
        running.parts.faults.told.connect(faults.append)
        running.window.show()
        reader = Reader(running, qtbot, folder)
        if wait:
            reader.opened()
        return reader

    yield start
    for running in opened:
        running.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert faults == [], "an error that nobody caught"
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith(OURS)] == []
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == []


@pytest.fixture
def library_with_article(tmp_path: Path) -> int:
    """Put the factories' article into the library before it is opened; gives its id."""
    document = factories.make_document()
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        added = library.add(document, document.content.text.encode()).result.info.id
        library.remember("hint_seen", "1")
        library.write("", lambda session: documents.opened(session, added), undoable=False)
    return added


@pytest.fixture
def reader(start: Callable[..., Reader], library_with_article: int) -> Reader:
    """The window with the factories' article open."""
    return start()


@pytest.fixture
def marked(reader: Reader) -> Reader:
    """With a mark whose card is open, and names."""
    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    reader.window.notes_panel.tag_added.emit(reader.shown(), "sea")
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.mentions)
    reader.settle()
    reader.window.activateWindow()
    return reader
