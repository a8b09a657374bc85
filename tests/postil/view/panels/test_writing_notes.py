"""Writing notes in the panel of annotations: nothing typed is lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import RECORDS, make_annotation

from postil.view.panels.annotation_model import TypedNotes, WordFilter
from postil.view.panels.annotations import AnnotationsPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def collect(panel: AnnotationsPanel) -> list[tuple[int, str]]:
    told: list[tuple[int, str]] = []
    panel.note_changed.connect(lambda number, text: told.append((number, text)))
    return told


def test_n_opens_the_editor_and_control_enter_saves(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    told = collect(panel)
    panel.set_current(2)
    QTest.keyClick(panel.list, Qt.Key.Key_N)
    assert panel.card.editor.isVisible()
    QTest.keyClicks(panel.card.editor, "Sea lanes")
    QTest.keyClick(panel.card.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == [(2, "Sea lanes")]
    assert panel.card.editor.isHidden()
    assert panel.list.hasFocus()


def test_a_pause_saves(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.edit_note(2)
    with qtbot.waitSignal(panel.note_changed) as saved:
        QTest.keyClicks(panel.card.editor, "Typed")
    assert saved.args == [2, "Typed"]
    assert panel.card.editor.isVisible()


def test_escape_closes_the_editor_and_keeps_what_was_typed(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    told = collect(panel)
    panel.edit_note(3)
    QTest.keyClicks(panel.card.editor, "!")
    QTest.keyClick(panel.card.editor, Qt.Key.Key_Escape)
    assert told == [(3, "Compare with Japan!")]
    assert panel.card.editor.isHidden()
    assert panel.list.hasFocus()


def test_leaving_the_editor_saves_and_closes_it(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    told = collect(panel)
    panel.edit_note(2)
    QTest.keyClicks(panel.card.editor, "Typed")
    panel.filter.setFocus()
    assert told == [(2, "Typed")]
    assert panel.card.editor.isHidden()


def test_a_menu_over_the_editor_saves_but_does_not_close(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    told = collect(panel)
    panel.edit_note(2)
    QTest.keyClicks(panel.card.editor, "Typed")
    lent = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(panel.card.editor, lent)
    assert told == [(2, "Typed")]
    assert panel.card.editor.isVisible()


@pytest.mark.parametrize(
    "act",
    [
        AnnotationsPanel.hide,
        AnnotationsPanel.close,
        lambda panel: panel.set_current(1),
        lambda panel: panel.show_annotations([]),
        lambda panel: panel.set_current(None),
    ],
    ids=["hide", "close", "other", "gone", "none"],
)
def test_nothing_typed_is_lost(
    panel: AnnotationsPanel, qtbot: QtBot, act: Callable[[AnnotationsPanel], object]
) -> None:
    told = collect(panel)
    panel.edit_note(2)
    QTest.keyClicks(panel.card.editor, "Typed")
    act(panel)
    assert told == [(2, "Typed")]


def test_a_refresh_in_the_middle_leaves_the_editor_alone(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.edit_note(2)
    QTest.keyClicks(panel.card.editor, "Typed")
    panel.show_annotations([RECORDS[0], make_annotation(2, "Maritime security comes first", "", ["new"]), RECORDS[2]])
    QTest.keyClicks(panel.card.editor, " on")
    assert panel.card.editor.toPlainText() == "Typed on"
    assert panel.card.editor.isVisible()


def test_a_note_that_was_not_saved_is_still_there(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.edit_note(2)
    QTest.keyClicks(panel.card.editor, "Typed")
    QTest.keyClick(panel.card.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    panel.show_annotations(RECORDS)  # the library still has the old note
    assert panel.card.note_view.toPlainText() == "Typed"
    panel.edit_note(2)
    assert panel.card.editor.toPlainText() == "Typed"


def test_what_came_back_as_typed_gives_way_to_later_changes() -> None:
    notes = TypedNotes()
    notes.put(1, "new")
    assert notes.over([make_annotation(1, note="old")])[0].note == "new"
    assert notes.over([make_annotation(1, note="new")])[0].note == "new"
    assert notes.over([make_annotation(1, note="undone")])[0].note == "undone"


def test_a_filter_taken_away_keeps_no_annotation() -> None:
    words = WordFilter()
    words.pick(RECORDS, "kallas")
    words.pick(RECORDS, "")
    assert not words._texts


def test_the_annotation_being_edited_is_not_filtered_away() -> None:
    kept = WordFilter().pick(RECORDS, "kallas", keep=2)
    assert [one.id for one in kept] == [1, 2]


def test_the_editor_grows_with_its_text(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.edit_note(2)
    before = panel.card.height()
    panel.card.editor.setPlainText("line\n" * 9)
    qtbot.waitUntil(lambda: panel.card.height() > before + 40)


def test_a_click_on_the_note_edits_it(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.set_current(3)
    QTest.mouseClick(panel.card.note_view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert panel.card.editor.isVisible()
