"""A damaged library at the start is no dead end: a backup, what can be read, another folder, or quit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from tests.postil_db.desk import sit_down

from postil.main import Running
from postil.settings import Settings
from postil.view.dialogs.damaged import DamagedDialog
from postil.view.opening import application
from postil_db.library import Library
from postil_db.store import annotations

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A library with a page of rubbish, and one backup."""
    folder = tmp_path / "library"
    with Library.open(folder, cache=tmp_path / "cache") as library:
        desk = sit_down(library)
        for number in range(12):
            desk.mark(note=f"{number} " + "n" * 300)
        library.backup("asked for")
    with (folder / "library.sqlite3").open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xff" * 4096)
    return folder


def begin(folder: Path, tmp_path: Path, qtbot: QtBot, answer: Callable[[DamagedDialog], object]) -> Running:
    """Start on a library, answer the dialog, and wait until the window is closed; gives what ran."""
    running = Running(
        application(),
        folder,
        opener=lambda: Library.open(folder, cache=tmp_path / "cache"),
        chosen=Settings.load(tmp_path / "settings.json"),
    )

    def look() -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, DamagedDialog) and dialog.isVisible():
                timer.stop()
                answer(dialog)

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    running.window.show()
    qtbot.waitUntil(lambda: not running.window.isVisible())
    running.close()
    return running


def then_open(dialog: DamagedDialog, said: list[str]) -> None:
    """Wait for the end of what was begun, read what it says, and go on."""
    timer = QTimer(dialog, interval=10)

    def look() -> None:
        if dialog.open_button.isVisible():
            timer.stop()
            said.append(f"{dialog.heading.text()}. {dialog.words.text()}")
            dialog.open_button.click()

    timer.timeout.connect(look)
    timer.start()


def test_one_goes_back_to_a_backup(damaged: Path, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[str] = []

    def answer(dialog: DamagedDialog) -> None:
        assert "is damaged (" in dialog.words.text()
        assert dialog.list.lines.rowCount() == 1
        dialog.restore_button.click()
        then_open(dialog, said)

    running = begin(damaged, tmp_path, qtbot, answer)
    assert (running.next_folder, running.status) == (damaged, 0)
    assert said[0].startswith("The backup is in place. The library is as it was in library-")
    with Library.open(damaged, cache=tmp_path / "cache") as library:
        assert len(library.read(annotations.every)) == 12
        assert library.check() == []


def test_what_can_be_read_is_saved_and_the_report_shown(damaged: Path, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[str] = []

    def answer(dialog: DamagedDialog) -> None:
        dialog.salvage_button.click()
        then_open(dialog, said)

    running = begin(damaged, tmp_path, qtbot, answer)
    assert running.next_folder == damaged
    assert "Saved into a new library: " in said[0]
    with Library.open(damaged, cache=tmp_path / "cache") as library:
        assert library.read(annotations.every)


def test_another_folder_can_be_chosen(
    damaged: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "other"))
    running = begin(damaged, tmp_path, qtbot, lambda dialog: dialog.folder_button.click())
    assert running.next_folder == tmp_path / "other"


def test_one_can_quit(damaged: Path, tmp_path: Path, qtbot: QtBot) -> None:
    before = (damaged / "library.sqlite3").read_bytes()
    running = begin(damaged, tmp_path, qtbot, lambda dialog: dialog.quit_button.click())
    assert (running.next_folder, running.status) == (None, 1)
    assert (damaged / "library.sqlite3").read_bytes() == before


def test_what_does_not_help_is_told_and_something_else_can_be_tried(
    damaged: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (backup,) = (damaged / "backups").iterdir()
    backup.write_bytes(b"rubbish" * 1000)

    def answer(dialog: DamagedDialog) -> None:
        dialog.restore_button.click()
        timer = QTimer(dialog, interval=10)

        def look() -> None:
            if dialog.salvage_button.isEnabled():
                timer.stop()
                assert "is no whole backup" in dialog.words.text()
                dialog.quit_button.click()

        timer.timeout.connect(look)
        timer.start()

    assert begin(damaged, tmp_path, qtbot, answer).next_folder is None
