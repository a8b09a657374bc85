"""Importing annotations in the real window: from the menu or dropped, looked at first, written and undone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from tests import factories
from tests.postil.exchange.importing.taking import SAMPLES
from tests.postil.view.at_the_window import Reader

from postil.exchange.formats import FORMATS
from postil.exchange.scope import Scope
from postil.view.dialogs.import_sheet import ImportSheet
from postil.view.importing import show_sheet
from postil_db.library import Library
from postil_db.records import AnchorState, Color
from postil_db.store import annotations, documents

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def sheet_of(reader: Reader) -> ImportSheet:
    """The sheet, once it shows what the import would do or why there is none."""
    reader.wait(lambda: reader.window.findChild(ImportSheet))
    sheet = reader.window.findChild(ImportSheet)
    assert isinstance(sheet, ImportSheet)
    reader.wait(sheet.bar.isHidden)
    return sheet


def drop(reader: Reader, *paths: Path) -> None:
    reader.window.files_dropped.emit(list(paths))


def rows(sheet: ImportSheet) -> list[tuple[str, str]]:
    return [(line.title, line.detail) for line in sheet.annotations.lines.records()]


def test_what_is_dropped_is_looked_at_written_undone_and_redone_after_a_restart(
    reader: Reader, start: Callable[..., Reader]
) -> None:
    drop(reader, SAMPLES / "readwise.csv")
    sheet = sheet_of(reader)
    assert sheet.words.text().splitlines()[:2] == ["Readwise (CSV).", "3 annotations are new in 1 document."]
    assert [line.sign for line in sheet.documents.lines.records()] == ["warning", "document"]
    assert rows(sheet) == [("Other words", "left out")]
    sheet.documents.setCurrentIndex(sheet.documents.lines.index(1))
    assert rows(sheet)[0] == ("Kallas", "passage not found: kept as a lost note")
    assert rows(sheet)[1][1] == 'new · Look up, "compare" · eu, sea'
    assert reader.stored() == []
    assert sheet.import_button.text() == "Import 3"
    sheet.import_button.click()
    reader.wait(lambda: len(reader.shown()) == 3)
    reader.settle()
    assert "3 annotations imported into 1 document." in reader.window.messages.text
    assert "1 annotation left out" in reader.window.messages.text
    assert [one.color for one in reader.stored() if one.tags] == [Color.BLUE]
    reader.window.messages.undo.emit()
    reader.wait(lambda: not reader.shown())
    reader.running.close()
    again = start()
    again.window.commands["redo"].trigger()
    again.wait(lambda: len(again.stored()) == 3)
    assert sum(one.anchor_state is AnchorState.ORPHAN for one in again.stored()) == 1
    assert again.running.work.library().undo_label() == "Import 3 annotations"


def test_the_menu_asks_for_a_file_and_the_sheet_for_the_document(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(SAMPLES / "book.calibre_annotation_collection")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    reader.window.commands["import"].trigger()
    sheet = sheet_of(reader)
    assert not sheet.import_button.isEnabled()
    assert rows(sheet)[0] == ("Kaja Kallas met Rajnath Singh", "left out · Who met whom?")
    assert sheet.home.currentText() == "Not in this library"
    sheet.home.setCurrentIndex(sheet.home.findData(reader.document.id))
    sheet.home.activated.emit(sheet.home.currentIndex())
    reader.wait(lambda: sheet.import_button.isEnabled() and sheet.import_button.text() == "Import 2")
    assert "2 annotations are new in 1 document." in sheet.words.text()
    assert sheet.left_out_button.isHidden()
    sheet.reject()
    reader.wait(lambda: reader.window.findChild(ImportSheet) is None)
    assert reader.stored() == []


def test_what_differs_is_taken_only_when_the_reader_wants_it(reader: Reader, tmp_path: Path) -> None:
    place = factories.make_selector(reader.document.content, "maritime security")
    library = reader.running.work.library()
    library.write("", lambda session: annotations.add(session, reader.document.id, place, note="old"))
    FORMATS["csv"].write(library, Scope(), tmp_path / "mine.csv")
    library.write("", lambda session: annotations.set_note(session, 1, "new"))
    drop(reader, tmp_path / "mine.csv")
    sheet = sheet_of(reader)
    assert (sheet.import_button.text(), sheet.import_button.isEnabled()) == ("Import", False)
    assert rows(sheet) == [("maritime security", "in the library, with another note · old")]
    sheet.update_box.click()
    assert sheet.import_button.text() == "Import 1"
    sheet.import_button.click()
    reader.wait(lambda: [one.note for one in reader.stored()] == ["old"])
    reader.settle()
    reader.wait(lambda: "1 annotation changed to what the file says." in reader.window.messages.text)


def test_what_is_left_out_can_be_saved(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(reader, SAMPLES / "hypothesis.json")
    sheet = sheet_of(reader)
    target = tmp_path / "rest.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet.left_out_button.click()
    reader.wait(target.exists)
    reader.wait(lambda: "Saved as" in reader.window.messages.text)
    assert "some words" in target.read_text(encoding="utf-8-sig")
    target.unlink()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "where.csv"), ""))
    sheet.left_out_button.click()
    reader.wait(lambda: "was not written" in reader.window.messages.text)
    sheet.reject()


def test_files_that_hold_no_annotations_are_documents_and_broken_ones_say_so(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Words to be read.")
    broken = tmp_path / "half.json"
    broken.write_text((SAMPLES / "hypothesis.json").read_text()[:-40])
    shutil.copy(SAMPLES / "kindle.csv", tmp_path)
    drop(reader, page, broken, tmp_path / "kindle.csv")
    sheet = sheet_of(reader)
    assert "is not whole" in sheet.words.text()
    assert sheet.import_button.isHidden() or not sheet.import_button.isEnabled()
    sheet.reject()
    reader.wait(lambda: len(reader.running.work.library().read(documents.every)) == 2)
    reader.wait(lambda: any(one.heading.whole() == "kindle.csv" for one in reader.window.findChildren(ImportSheet)))
    for one in reader.window.findChildren(ImportSheet):
        one.reject()


def test_stopping_while_it_is_saved_writes_nothing(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(reader, SAMPLES / "readwise.csv")
    sheet = sheet_of(reader)
    importing = reader.parts.importing
    before = Library.write

    def stop_first(library: Library, *given: object, **more: object) -> object:
        importing.stop()
        return before(library, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "write", stop_first)
    sheet.import_button.click()
    reader.wait(lambda: "Nothing was imported" in reader.window.messages.text)
    assert reader.stored() == []


def test_where_nothing_is_to_be_imported_the_way_out_is_called_close(reader: Reader, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    sheet = show_sheet(reader.parts, other)
    reader.wait(sheet.bar.isHidden)
    way_out = sheet.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    assert way_out.text() == "Close"
    sheet.reject()
    better = show_sheet(reader.parts, SAMPLES / "readwise.csv")
    reader.wait(better.bar.isHidden)
    assert better.buttons.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Cancel"
    better.reject()
