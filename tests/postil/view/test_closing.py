"""Closing the window loses nothing; what could not be saved is said first."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.postil.view.at_the_window import Reader

from postil.view import closing
from postil_db.errors import NoSpace
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import annotations

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def stored(folder: Path) -> list[str]:
    with Library.open(folder / "library", cache=folder / "cache") as library:
        return [one.note or one.selector.quote for one in library.read(annotations.every)]


def test_a_write_that_is_still_going_on_is_waited_for(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, add = threading.Event(), annotations.add

    def slow(*args: object, **more: object) -> object:
        gate.wait(10)
        return add(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(annotations, "add", slow)
    reader.select("New Delhi")
    reader.window.page.mark_requested.emit(Color.GREEN)
    reader.window.close()
    assert reader.window.isVisible(), "it stays until the mark is stored"
    gate.set()
    reader.wait(lambda: not reader.window.isVisible())
    reader.running.close()
    assert stored(tmp_path) == ["New Delhi"]


def test_a_note_that_is_being_typed_is_stored(reader: Reader, tmp_path: Path) -> None:
    from PySide6.QtTest import QTest

    reader.select("New Delhi")
    reader.window.page.note_requested.emit()
    reader.wait(reader.window.notes_panel.card.editing)
    QTest.keyClicks(reader.window.notes_panel.focusWidget(), "Half a thought")
    reader.window.close()
    reader.wait(lambda: not reader.window.isVisible())
    reader.running.close()
    assert stored(tmp_path) == ["Half a thought"]


def test_what_could_not_be_saved_is_asked_about(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoSpace("The disk is full.")

    asked: list[int] = []
    answers = [False, True]

    def answer(_window: object, count: int) -> bool:
        asked.append(count)
        return answers.pop(0)

    monkeypatch.setattr(closing, "ask_to_give_up", answer)
    reader.select("New Delhi")
    with monkeypatch.context() as patch:
        patch.setattr(annotations, "add", full)
        reader.window.page.mark_requested.emit(Color.GREEN)
        reader.window.close()
        reader.wait(lambda: reader.window.messages.failed)
    reader.settle()
    assert reader.window.isVisible(), "the write failed while closing, so the window stays"
    reader.window.close()
    assert asked == [1]
    assert reader.window.isVisible()
    reader.window.close()
    reader.wait(lambda: not reader.window.isVisible())


def test_killing_the_process_after_a_mark_loses_nothing(start: Callable[..., Reader], reader: Reader) -> None:
    """No save button: another reader of the same files sees the mark while the window still stands."""
    reader.select("New Delhi")
    reader.window.page.mark_requested.emit(Color.GREEN)
    reader.wait(reader.shown)
    import shutil

    copy = reader.folder.parent / "copy"
    shutil.copytree(reader.folder, copy)
    with Library.open(copy, cache=reader.folder.parent / "other cache") as library:
        assert [one.selector.quote for one in library.read(annotations.every)] == ["New Delhi"]


def test_a_note_that_failed_is_asked_about_even_when_its_message_was_dismissed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoSpace("The disk is full.")

    asked: list[int] = []
    answers = [False, True]

    def answer(_window: object, count: int) -> bool:
        asked.append(count)
        return answers.pop(0)

    monkeypatch.setattr(closing, "ask_to_give_up", answer)
    reader.select("New Delhi")
    reader.window.page.mark_requested.emit(Color.GREEN)
    reader.wait(reader.shown)
    with monkeypatch.context() as patch:
        patch.setattr(annotations, "set_note", full)
        reader.window.notes_panel.note_changed.emit(reader.shown()[0], "Every word of it")
        reader.wait(lambda: reader.window.messages.failed)
        reader.window.messages.dismiss()
        reader.window.close()
    assert asked == [1]
    assert reader.window.isVisible()
    assert "disk is full" in reader.window.messages.text, "there it can be tried again"
    reader.window.close()
    reader.wait(lambda: not reader.window.isVisible())


def test_an_older_wording_of_a_note_never_replaces_a_newer_one(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoSpace("The disk is full.")

    reader.select("New Delhi")
    reader.window.page.mark_requested.emit(Color.GREEN)
    reader.wait(reader.shown)
    panel = reader.window.notes_panel
    with monkeypatch.context() as patch:
        patch.setattr(annotations, "set_note", full)
        panel.note_changed.emit(reader.shown()[0], "old")
        reader.wait(lambda: reader.window.messages.failed)
    panel.note_changed.emit(reader.shown()[0], "new")
    reader.wait(lambda: [one.note for one in reader.stored()] == ["new"])
    reader.wait(lambda: not reader.window.messages.failed)
    assert reader.window.messages.text == ""
