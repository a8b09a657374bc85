"""Documents come into the window by every way there is, and out of it again; reading goes on where it stopped."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from tests.postil.view.at_the_window import Reader

from postil_db.records import BlockKind
from postil_db.store import documents

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


def test_removing_the_open_document_can_be_undone(reader: Reader, library_with_article: int) -> None:
    reader.window.library_panel.remove_requested.emit([library_with_article])
    reader.wait(lambda: reader.parts.desk.document is None)
    reader.wait(lambda: "removed" in reader.window.messages.text)
    assert reader.window.windowTitle() == "Postil"
    reader.window.messages.undo.emit()
    reader.wait(lambda: reader.parts.stock.shelf and reader.parts.stock.shelf.documents)
    assert reader.parts.stock.shelf
    assert [info.id for info in reader.parts.stock.shelf.documents] == [library_with_article]


def test_files_are_opened_and_the_last_document_comes_back(
    start: Callable[..., Reader], library_with_article: int, tmp_path: Path
) -> None:
    path = tmp_path / "second.md"
    path.write_text("# The second article\n\nIt has a paragraph of its own, and that is enough.\n")
    reader = start(path)
    reader.wait(lambda: reader.window.windowTitle().startswith("The second article"), timeout=60_000)
    reader.settle()
    reader.running.close()
    again = start()
    assert again.document.info.title == "The second article"


def test_where_one_stopped_reading_comes_back(reader: Reader, start: Callable[..., Reader]) -> None:
    reader.parts.desk.set_position(60)
    reader.window.close()
    reader.wait(lambda: not reader.window.isVisible())
    reader.running.close()
    assert start().document.info.position == 60


def test_another_process_changes_are_shown(reader: Reader) -> None:
    """The command line writes on a thread of its own."""

    def write() -> None:
        library = reader.running.work.library()
        library.write("Rename", lambda session: documents.set_title(session, reader.document.id, "New name"))

    thread = threading.Thread(target=write)
    thread.start()
    reader.wait(lambda: reader.window.windowTitle().startswith("New name"))
    thread.join()


def test_pasting_makes_a_document(reader: Reader) -> None:
    QApplication.clipboard().setText("A pasted headline\n\nA paragraph that somebody copied out of a page to keep it.")
    reader.window.commands["paste"].trigger()
    reader.wait(lambda: "copied out of a page" in reader.document.text, timeout=60_000)
    QApplication.clipboard().clear()
    reader.window.commands["paste"].trigger()
    assert "no text on the clipboard" in reader.window.messages.text
    reader.settle()


def test_files_that_cannot_be_read_are_told_of_and_the_others_added(reader: Reader, tmp_path: Path) -> None:
    good = tmp_path / "good.md"
    good.write_text("# A good article\n\nIt has a paragraph of its own, and that is enough.\n")
    reader.window.files_dropped.emit([tmp_path / "gone.txt", good])
    reader.wait(lambda: reader.window.windowTitle().startswith("A good article"), timeout=60_000)
    assert "gone.txt" in reader.window.messages.text
    assert not reader.window.status.files.isVisible()
    reader.settle()


def test_what_could_not_be_read_as_it_was_meant_is_said_until_dismissed(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "Süden.txt"
    path.write_bytes(("Größe und Übermut. " * 20).encode() + b"\xff" + "Süden".encode())
    reader.parts.files.add([path])
    reader.wait(lambda: "Not readable as" in reader.window.messages.text, timeout=60_000)
    reader.settle()
    assert reader.document.text.endswith("Süden")
    reader.window.messages.show_news("Something harmless.")
    assert "Not readable as" in reader.window.messages.text


def test_several_files_dropped_beside_the_page_are_added(reader: Reader, tmp_path: Path) -> None:
    data, urls = QMimeData(), list[QUrl]()
    for name in ("Alpha", "Beta"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"# {name}\n\nIt has a paragraph of its own, and that is enough.\n")
        urls.append(QUrl.fromLocalFile(str(path)))
    data.setUrls(urls)
    drop = QDropEvent(
        QPointF(20, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    reader.window.dropEvent(drop)
    assert drop.isAccepted()
    reader.wait(lambda: reader.window.messages.text == "2 documents added.", timeout=60_000)
    reader.wait(lambda: reader.document.info.title == "Alpha")
    reader.settle()


def test_a_pasted_piece_of_a_page_keeps_its_structure(reader: Reader) -> None:
    data = QMimeData()
    data.setText("A heading A point that was copied")
    data.setHtml("<h2>A heading</h2><ul><li>A point that was copied</li></ul>")
    QApplication.clipboard().setMimeData(data)
    reader.window.commands["paste"].trigger()
    reader.wait(lambda: "A point that was copied" in reader.document.text, timeout=60_000)
    assert [block.kind for block in reader.document.content.blocks[-2:]] == [BlockKind.HEADING, BlockKind.LIST_ITEM]
    reader.settle()
