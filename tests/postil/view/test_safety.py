"""Trash, backups, alarm and check in the real window."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from tests import factories
from tests.postil.view.at_the_window import Reader
from tests.postil_db.desk import sit_down

from postil.settings import TRASH_AFTER
from postil.view.dialogs.check import WHOLE, CheckDialog
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.error import ErrorDialog
from postil.view.dialogs.restore import BackupsDialog
from postil.view.dialogs.trash import EMPTY, TrashDialog
from postil.view.safety_checking import Checking, Stopped
from postil_db import safekeeping
from postil_db.errors import NoSpace
from postil_db.files import Files
from postil_db.library import Library
from postil_db.store import annotations, documents, tags, trash

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question with yes; gives the questions."""
    asked: list[str] = []

    def ask(_parent: object, title: str, _text: str, _act: str) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    return asked


def opened[Kind: QDialog](reader: Reader, command: str, kind: type[Kind]) -> Kind:
    """Trigger a command, and give the dialog that it opens."""
    reader.window.commands[command].trigger()
    reader.settle()
    (dialog,) = [found for found in reader.window.findChildren(kind) if found.isVisible()]
    return dialog


def mark(reader: Reader, words: str = "maritime security", **more: object) -> int:
    selector = factories.make_selector(reader.document.content, words)
    document = reader.document.id
    library = reader.running.work.library()
    made = library.write("Mark", lambda session: annotations.add(session, document, selector, **more)).result  # type: ignore[arg-type]
    reader.wait(lambda: made.id in reader.shown())
    return made.id


def remove(reader: Reader, *numbers: int) -> None:
    library = reader.running.work.library()
    library.write("Remove", lambda session: annotations.remove(session, numbers))
    reader.wait(lambda: not set(numbers) & set(reader.shown()))


def test_what_was_deleted_is_found_brought_back_and_deleted_again_by_undo(reader: Reader) -> None:
    kept, gone = mark(reader), mark(reader, "New Delhi", note="where it was")
    remove(reader, kept, gone)
    library = reader.running.work.library()
    library.write("Tag", lambda session: tags.ensure_all(session, ["sea"]))
    library.write("Delete tag", lambda session: tags.delete(session, "sea"))
    dialog = opened(reader, "trash", TrashDialog)
    assert [line.title for line in dialog.list.lines.records()] == ["sea", "New Delhi", "maritime security"]
    dialog.kind.setCurrentIndex(dialog.kind.findText("Annotations"))
    dialog.filter.setText("where")
    (line,) = dialog.list.lines.records()
    assert line.detail.startswith("Annotation · where it was · Partners sign in New Delhi · deleted today at ")
    dialog.restore_button.click()
    reader.wait(lambda: reader.shown() == [gone])
    reader.wait(lambda: dialog.list.lines.rowCount() == 0)
    assert dialog.none.text() == "Nothing in the trash fits."
    dialog.close()
    reader.window.commands["undo"].trigger()
    reader.wait(lambda: reader.shown() == [])


def test_what_is_deleted_for_good_is_asked_about_and_gone(reader: Reader, sure: list[str]) -> None:
    first, second = mark(reader), mark(reader, "New Delhi")
    remove(reader, first, second)
    dialog = opened(reader, "trash", TrashDialog)
    dialog.delete_button.click()
    reader.wait(lambda: dialog.list.lines.rowCount() == 1)
    dialog.empty_button.click()
    reader.wait(lambda: dialog.none.text() == EMPTY and dialog.list.lines.rowCount() == 0)
    assert sure == ["Delete this for good?", "Empty the trash (1)?"]
    assert not dialog.empty_button.isEnabled()
    dialog.close()
    assert reader.document.info.title == factories.ARTICLE[0]


def test_the_trash_is_emptied_by_itself_only_if_that_was_chosen(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    from postil_db.tables import base

    remove(reader, mark(reader))
    now = base.now
    monkeypatch.setattr(base, "now", lambda: now() + timedelta(days=40))
    safety, library = reader.parts.safety, reader.running.work.library()
    for term, left in (("never", 1), ("90", 1), ("30", 0)):
        dialog = opened(reader, "trash", TrashDialog)
        dialog.term.setCurrentIndex(dialog.term.findData(term))
        assert reader.parts.appearance.chosen(TRASH_AFTER) == term
        dialog.close()
        safety.take_care()
        reader.wait(lambda: not safety.aside.busy)
        assert len(library.read(trash.every)) == left
    assert "left it for good" in reader.window.messages.text


def test_there_is_a_backup_before_many_files_are_added(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is one file until it is known what is in it."""
    monkeypatch.setattr("postil.work.files.MANY", 3)
    monkeypatch.setattr(safekeeping, "MANY", 3)
    mark(reader)
    for name in ("one", "two", "three"):
        (tmp_path / "papers").mkdir(exist_ok=True)
        (tmp_path / "papers" / f"{name}.txt").write_text(f"This is paper {name} about ferries and harbours.")
    with reader.qtbot.waitSignal(reader.parts.files.finished, timeout=60_000):
        reader.parts.files.add([tmp_path / "papers"])
    library = reader.running.work.library()
    (made,) = library.backups()
    assert made.reason == "before-adding-many-files"
    assert library.preview_restore(made.path).documents_lost == ("one", "three", "two")


def test_going_back_to_a_backup_loads_everything_on_screen_anew(reader: Reader, sure: list[str]) -> None:
    kept = mark(reader, note="kept")
    dialog = opened(reader, "backups", BackupsDialog)
    dialog.backup_button.click()
    reader.wait(lambda: dialog.list.lines.rowCount() == 1)
    dialog.close()
    library = reader.running.work.library()
    second = factories.make_document("A second document", "It came after the backup.")
    library.add(second, second.content.text.encode())
    mark(reader, "New Delhi")
    library.write("Rename", lambda session: documents.set_title(session, reader.document.id, "Another title"))
    reader.wait(lambda: reader.window.windowTitle().startswith("Another title"))
    dialog = opened(reader, "backups", BackupsDialog)
    reader.wait(dialog.restore_button.isEnabled)
    for said in ("Now: 2 documents, 2 annotations.", "One annotation would go", "“A second document” would go."):
        assert said in dialog.words.toPlainText()
    dialog.restore_button.click()
    reader.wait(lambda: reader.shown() == [kept])
    reader.wait(lambda: reader.window.windowTitle().startswith(factories.ARTICLE[0]))
    reader.wait(lambda: reader.parts.stock.shelf and len(reader.parts.stock.shelf.documents) == 1)
    reader.settle()
    assert sure == ["Go back to this backup?"]
    assert "“before going back”" in reader.window.messages.text
    mark(reader, "New Delhi")  # and the library goes on


def test_a_document_that_the_backup_has_not_is_put_away(reader: Reader) -> None:
    library = reader.running.work.library()
    before = library.backup("asked for")
    other = factories.make_document("A second document", "It came after the backup.")
    info = library.add(other, other.content.text.encode()).result.info
    reader.parts.desk.open(info.id)
    reader.wait(lambda: reader.document.id == info.id)
    reader.settle()
    reader.parts.safety._go_back(before)
    reader.wait(lambda: reader.parts.desk.document is None)


def test_a_sudden_loss_raises_an_alarm_until_it_was_seen_to(
    start: Callable[..., Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "APART", timedelta())
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        desk = sit_down(library)
        library.write("", lambda session: documents.opened(session, desk.info.id), undoable=False)
        made = [desk.mark(note=str(number)).id for number in range(24)]
        library.back_up_if_due()
    reader = start()
    remove(reader, *made)
    reader.parts.safety.take_care()
    bar = reader.window.safety_bar
    reader.wait(bar.isVisible)
    assert bar.words.text().startswith("There were 24 annotations, and none is left.")
    bar.show_button.click()
    reader.settle()
    (dialog,) = reader.window.findChildren(BackupsDialog)
    reader.wait(lambda: "24 annotations would come back." in dialog.words.toPlainText())
    dialog.close()
    bar.meant_button.click()
    reader.settle()
    assert bar.isHidden()
    assert reader.running.work.library().loss() is None


def test_the_library_is_checked_and_mended(reader: Reader) -> None:
    dialog = opened(reader, "check_library", CheckDialog)
    reader.wait(lambda: dialog.heading.text() == WHOLE)
    assert dialog.mend_button.isHidden()
    dialog.close()
    number = mark(reader, note="as it was")
    library = reader.running.work.library()
    with library._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE annotation SET note = 'spoilt' WHERE id = {number}")
    dialog = opened(reader, "check_library", CheckDialog)
    reader.wait(lambda: dialog.heading.text() == "One thing is not as it should be.")
    assert f"The annotation {number} is not what was saved" in dialog.report.toPlainText()
    dialog.mend_button.click()
    reader.wait(lambda: "It was mended." in dialog.report.toPlainText())
    assert dialog.mend_button.isHidden()
    assert [one.note for one in reader.stored()] == ["as it was"]
    dialog.close()


def test_a_check_can_be_stopped(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_self: Library, *, repair: bool, progress: Callable[[int, int], None]) -> None:
        while True:
            progress(1, 2)
            time.sleep(0.001)

    monkeypatch.setattr(Library, "findings", endless)
    dialog = opened(reader, "check_library", CheckDialog)
    reader.wait(lambda: dialog.bar.value() == 1)
    dialog.stop_button.click()
    assert dialog.heading.text() == "The check did not come to its end"
    dialog.close()


def test_a_save_in_the_last_room_of_a_disk_is_told(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    library = reader.running.work.library()
    write = library._write
    failed: list[int] = []

    def full_once(*given: object, **more: object) -> object:
        if not failed:
            failed.append(1)
            raise NoSpace("full")
        return write(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "_write", full_once)
    reader.select("maritime security")
    reader.window.commands["mark_yellow"].trigger()
    reader.wait(lambda: len(reader.stored()) == 1)
    reader.wait(lambda: "The disk is full. This was still saved" in reader.window.messages.text)
    assert not Files(library.folder).reserve.exists()


def test_a_removed_disk_keeps_the_words_in_the_window_until_it_is_back(reader: Reader) -> None:
    number = mark(reader)
    reader.folder.rename(reader.folder.with_name("unplugged"))
    reader.window.notes_panel.note_changed.emit(number, "Every word of it")
    reader.wait(lambda: reader.window.messages.failed)
    assert "Nothing was saved" in reader.window.messages.text
    assert [one.note for one in reader.stored()] == [""], "what is open can still be read"
    reader.window.messages.dismiss()
    assert reader.window.messages.failed, "the words outlive the message"
    reader.folder.with_name("unplugged").rename(reader.folder)
    reader.window.messages.try_again()
    reader.wait(lambda: [one.note for one in reader.stored()] == ["Every word of it"])


def test_an_error_of_our_own_is_told_with_what_was_done_before(reader: Reader) -> None:
    reader.window.commands["zoom_in"].trigger()
    faults = reader.parts.faults
    assert faults.doing == "Zoom in"
    reader.parts.asking.show_report("the report", faults.doing, faults.log)
    (dialog,) = [found for found in reader.window.findChildren(ErrorDialog) if found.isVisible()]
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Something went wrong after “Zoom in”" in words
    assert any(str(faults.log) in line for line in words)
    dialog.close()
    mark(reader)
    assert faults.doing == "Zoom in", "what others write is not what was being done here"


def test_a_check_that_was_stopped_breaks_off_at_the_next_document(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    checking, real = Checking(reader.running.work), Library.findings
    broke_off = list[bool]()

    def findings(library: Library, *, repair: bool, progress: Callable[[int, int], None]) -> list[str]:
        checking.stop()
        with pytest.raises(Stopped) as stopped:
            real(library, repair=repair, progress=progress)
        broke_off.append(True)
        raise stopped.value

    monkeypatch.setattr(Library, "findings", findings)
    checking.start(repair=False)
    reader.wait(lambda: broke_off)
    checking.close()
