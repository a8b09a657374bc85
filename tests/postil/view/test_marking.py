"""Keys that follow each other faster than the disk writes, and several cards at once."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.postil.view.at_the_window import Reader

from postil_db.errors import NoSpace
from postil_db.records import Annotation, Color
from postil_db.store import annotations

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def press(reader: Reader, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(reader.window.page.text, key)


def mark(reader: Reader, *passages: str) -> list[Annotation]:
    for words in passages:
        reader.select(words)
        press(reader, Qt.Key.Key_1)
        reader.settle()
    return reader.stored()


def colors(reader: Reader) -> Sequence[Color]:
    return [one.color for one in reader.stored()]


def test_keys_pressed_before_the_mark_is_written_are_meant_for_it(reader: Reader) -> None:
    mark(reader, "New Delhi")
    reader.select("maritime security")
    press(reader, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_N)
    card = reader.window.notes_panel.card
    reader.wait(card.editor.isVisible)
    reader.settle()
    assert sorted(colors(reader)) == [Color.BLUE, Color.YELLOW]
    assert card.annotation
    assert card.annotation.selector.quote == "maritime security"


def test_t_at_once_opens_the_tags_of_the_new_mark(reader: Reader) -> None:
    reader.select("maritime security")
    press(reader, Qt.Key.Key_2, Qt.Key.Key_T)
    edit = reader.window.notes_panel.card.tags.edit
    reader.wait(edit.isVisible)
    QTest.keyClicks(edit, "sea")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    reader.wait(lambda: [(one.color, one.tags) for one in reader.stored()] == [(Color.GREEN, ("sea",))])


def test_what_is_selected_meanwhile_stays_selected_and_gets_a_mark_of_its_own(reader: Reader) -> None:
    reader.select("maritime security")
    press(reader, Qt.Key.Key_2)
    reader.select("New Delhi")
    reader.wait(lambda: len(reader.shown()) == 1)
    assert reader.window.page.selected_text() == "New Delhi"
    press(reader, Qt.Key.Key_5)
    reader.wait(lambda: len(reader.shown()) == 2)
    assert sorted(colors(reader)) == [Color.GREEN, Color.PURPLE]


def test_two_marks_made_in_a_row_both_let_go_of_their_passage(reader: Reader) -> None:
    for words in ("maritime security", "New Delhi"):
        reader.select(words)
        press(reader, Qt.Key.Key_2)
    reader.wait(lambda: len(reader.shown()) == 2)
    reader.settle()
    assert reader.window.page.selected_text() == ""


def test_after_a_mark_that_failed_the_keys_start_afresh(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoSpace("The disk is full.")

    reader.select("maritime security")
    with monkeypatch.context() as patch:
        patch.setattr(annotations, "add", full)
        press(reader, Qt.Key.Key_2)
        reader.wait(lambda: reader.window.messages.failed)
    reader.window.messages.dismiss()
    press(reader, Qt.Key.Key_4)
    reader.wait(reader.shown)
    assert colors(reader) == [Color.PINK]


def test_a_colour_key_without_a_selection_recolours_the_current_annotation(reader: Reader) -> None:
    mark(reader, "maritime security")
    press(reader, Qt.Key.Key_3)
    reader.wait(lambda: colors(reader) == [Color.BLUE])


def test_escape_lets_go_of_the_current_annotation(reader: Reader) -> None:
    mark(reader, "maritime security")
    press(reader, Qt.Key.Key_Escape)
    assert reader.parts.marking.current is None
    press(reader, Qt.Key.Key_3)
    assert "Select a passage" in reader.window.messages.text


def test_several_cards_are_coloured_tagged_and_deleted_as_one_act(reader: Reader) -> None:
    mark(reader, "Security and Defence", "New Delhi", "maritime security")
    panel, undo = reader.window.notes_panel, reader.window.commands["undo"]
    panel.set_current(reader.shown()[0])
    for _ in range(2):
        QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selected() == reader.shown()

    QTest.keyClick(panel.list, Qt.Key.Key_5)
    reader.wait(lambda: set(colors(reader)) == {Color.PURPLE})
    reader.settle()
    assert panel.selected() == reader.shown(), "still selected for what comes next"
    panel.card.tag_added.emit("all")
    reader.wait(lambda: all(one.tags == ("all",) for one in reader.stored()))
    reader.settle()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    reader.wait(lambda: not reader.stored())

    expected: tuple[set[tuple[str, ...]], ...] = ({("all",)}, {()})
    for tags in expected:
        reader.settle()
        undo.trigger()
        reader.settle()
        assert {one.tags for one in reader.stored()} == tags
    undo.trigger()
    reader.wait(lambda: set(colors(reader)) == {Color.YELLOW})
    assert len(reader.stored()) == 3


def test_what_is_removed_taken_back_and_done_again_is_said(reader: Reader) -> None:
    said, commands = reader.window.status.currentMessage, reader.window.commands
    commands["remove"].trigger()
    assert reader.window.messages.text == "Click on a marked passage first, then it can be removed."
    mark(reader, "maritime security")
    press(reader, Qt.Key.Key_Delete)
    reader.wait(lambda: said() == "Annotation removed. Ctrl+Z brings it back.")
    reader.wait(lambda: commands["undo"].text() == "&Undo remove annotation")
    commands["undo"].trigger()
    reader.wait(lambda: said() == "Undone: remove annotation.")
    reader.wait(commands["redo"].isEnabled)
    commands["redo"].trigger()
    reader.wait(lambda: said() == "Done again: remove annotation.")
