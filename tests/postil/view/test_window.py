"""What a reader does in the window arrives in the database, is shown, and can be taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.postil.view.at_the_window import KnowsTwoNames, Reader

from postil.view.dialogs.export import ExportDialog
from postil_db.errors import NoSpace
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import annotations

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


def test_a_mark_shows_in_panel_and_database(reader: Reader) -> None:
    reader.select("Security and Defence Partnership")
    reader.window.page.mark_requested.emit(Color.BLUE)
    reader.wait(reader.shown)
    (stored,) = reader.stored()
    assert (stored.selector.quote, stored.color) == ("Security and Defence Partnership", Color.BLUE)
    assert reader.window.notes_panel.current() == stored.id
    assert reader.window.page.selection()[0] == reader.window.page.selection()[1]
    reader.wait(lambda: reader.window.commands["undo"].text() == "&Undo mark passage")


def test_undo_and_redo_from_the_menu(reader: Reader) -> None:
    reader.select("New Delhi")
    reader.window.page.mark_requested.emit(Color.PINK)
    reader.wait(reader.shown)
    reader.wait(reader.window.commands["undo"].isEnabled)
    reader.window.commands["undo"].trigger()
    reader.wait(lambda: not reader.shown())
    assert reader.stored() == []
    reader.wait(reader.window.commands["redo"].isEnabled)
    reader.window.commands["redo"].trigger()
    reader.wait(reader.shown)
    assert [one.color for one in reader.stored()] == [Color.PINK]


def test_a_note_on_a_selection_is_written_in_the_panel(reader: Reader) -> None:
    reader.select("maritime security")
    reader.window.page.note_requested.emit()
    panel = reader.window.notes_panel
    reader.wait(panel.card.editing)
    QTest.keyClicks(panel.focusWidget(), "Look again")
    panel.save()
    reader.wait(lambda: [one.note for one in reader.stored()] == ["Look again"])


def test_tagging_the_current_annotation(reader: Reader) -> None:
    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    reader.window.notes_panel.tag_added.emit(reader.shown(), "policy/sea")
    reader.wait(lambda: [one.tags for one in reader.stored()] == [("policy/sea",)])
    reader.wait(lambda: list(reader.parts.stock.tag_colors) == ["policy/sea"])
    reader.window.tags_panel.renamed.emit("policy/sea", "ocean")
    reader.wait(lambda: [one.tags for one in reader.parts.desk.annotations] == [("ocean",)])
    reader.window.tags_panel.renamed.emit("ocean", "ocean " * 100)
    reader.settle()


def test_recolouring_and_removing_the_current_annotation(reader: Reader) -> None:
    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    reader.window.page.mark_requested.emit(Color.GREEN)  # nothing is selected any more
    reader.wait(lambda: [one.color for one in reader.stored()] == [Color.GREEN])
    reader.window.page.remove_requested.emit()
    reader.wait(lambda: not reader.shown())
    assert reader.stored() == []
    assert reader.parts.marking.current is None


def test_a_key_without_a_selection_gives_advice(reader: Reader) -> None:
    reader.window.page.mark_requested.emit(Color.GREEN)
    assert "Select a passage" in reader.window.messages.text
    reader.window.page.note_requested.emit()
    assert reader.stored() == []


def test_a_blank_passage_is_refused_with_a_sentence(reader: Reader) -> None:
    reader.select("\n")
    reader.window.page.mark_requested.emit(Color.GREEN)
    reader.wait(lambda: "no text" in reader.window.messages.text)
    assert reader.window.messages.failed == (), "to try it again would make no sense"


def test_a_failing_write_keeps_the_note_and_can_be_tried_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NoSpace("The disk is full; nothing was written. Free some space and try again.")

    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    (number,) = reader.shown()
    with monkeypatch.context() as patch:
        patch.setattr(annotations, "set_note", full)
        reader.window.notes_panel.note_changed.emit(number, "Every word of it")
        reader.wait(lambda: reader.window.messages.failed)
    assert "The disk is full" in reader.window.messages.text
    assert [one.note for one in reader.stored()] == [""]
    reader.window.messages.try_again()
    reader.wait(lambda: [one.note for one in reader.stored()] == ["Every word of it"])
    assert reader.window.messages.text == ""


def test_a_failing_mark_keeps_the_selection(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoSpace("The disk is full.")

    reader.select("maritime security")
    with monkeypatch.context() as patch:
        patch.setattr(annotations, "add", full)
        reader.window.page.mark_requested.emit(Color.YELLOW)
        reader.wait(lambda: reader.window.messages.failed)
    assert reader.window.page.selected_text() == "maritime security"
    reader.window.messages.try_again()
    reader.wait(reader.shown)


def test_names_are_found_shown_stored_and_walked_through(reader: Reader) -> None:
    reader.wait(lambda: reader.parts.desk.names and len(reader.parts.desk.names.mentions) == 2)
    names = reader.parts.desk.names
    assert names
    assert {entity.name for entity in names.entities} == {"Kaja Kallas", "New Delhi"}
    steps: list[tuple[int, int]] = []
    reader.parts.naming.step_made.connect(lambda start, end: steps.append((start, end)))
    reader.window.page.entity_step_requested.emit(1)
    (first,) = steps
    assert reader.document.text[slice(*first)] in {"Kaja Kallas", "New Delhi"}
    assert not reader.parts.recognition.at_work


def test_a_document_opened_again_is_not_recognised_again(reader: Reader, start: Callable[..., Reader]) -> None:
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.mentions)
    reader.running.close()
    recogniser = KnowsTwoNames()
    again = start(recogniser=recogniser)
    assert again.parts.desk.names
    assert len(again.parts.desk.names.mentions) == 2
    assert recogniser.started == 0


def test_search_finds_a_word_of_the_note_and_opens_the_passage(reader: Reader) -> None:
    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    reader.window.notes_panel.note_changed.emit(reader.shown()[0], "Compare with the lighthouse")
    reader.settle()
    reader.window.commands["close"].trigger()
    assert reader.parts.desk.document is None
    reader.window.search_bar.set_text("lighthouse")
    reader.wait(reader.window.search_results.current)  # the list is open before its first hit is there
    hit = reader.window.search_results.current()
    assert hit is not None
    assert reader.window.search_drop.isVisible()
    assert "lighthouse" in hit.snippet
    found = hit.annotation
    assert found is not None
    reader.window.search_results.opened.emit(hit)
    reader.opened()
    reader.wait(lambda: reader.parts.marking.current == found.id)
    assert not reader.window.search_drop.isVisible()


def test_theme_zoom_and_marks_are_kept(reader: Reader, start: Callable[..., Reader]) -> None:
    reader.window.commands["theme_dark"].trigger()
    reader.window.commands["zoom_in"].trigger()
    reader.window.commands["strength_quiet"].trigger()
    assert reader.parts.appearance.theme.dark
    reader.window.close()
    reader.running.close()
    again = start()
    assert again.parts.appearance.theme.dark
    assert again.window.page.zoom() == pytest.approx(1.1)
    assert again.window.commands["strength_quiet"].isChecked()


def test_f6_goes_through_the_panes(reader: Reader) -> None:
    reader.select("New Delhi")
    reader.window.page.mark_requested.emit(Color.PINK)
    reader.wait(reader.shown)
    reader.window.page.setFocus()
    seen = set[int]()
    for _ in range(len(reader.window.panes)):
        reader.window.commands["next_pane"].trigger()
        seen.update(n for n, pane in enumerate(reader.window.panes) if pane.isAncestorOf(reader.window.focusWidget()))
    assert seen == set(range(len(reader.window.panes)))
    reader.window.commands["to_library"].trigger()
    assert reader.window.sidebar.currentWidget() is reader.window.library_panel


def test_back_and_forward(reader: Reader) -> None:
    end = len(reader.document.text)
    reader.window.contents_panel.activated.emit(end - 5)
    assert reader.window.commands["back"].isEnabled()
    reader.parts.journey.set_position(end - 5)
    reader.window.commands["back"].trigger()
    assert reader.window.commands["forward"].isEnabled()


@pytest.mark.parametrize("name", ["settings", "keys", "about", "export"])
def test_dialogs_open_and_close(reader: Reader, name: str) -> None:
    reader.window.commands[name].trigger()
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert len(dialogs) == 1
    reader.settle()
    dialogs[0].close()


def test_exporting_through_the_dialog(reader: Reader, tmp_path: Path) -> None:
    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    reader.window.commands["export"].trigger()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ExportDialog)]
    reader.wait(dialog.export_button.isEnabled)
    target = tmp_path / "out.csv"
    dialog.path.setText(str(target))
    dialog.accept()
    reader.wait(lambda: "exported" in reader.window.messages.text)
    assert "maritime security" in target.read_text(encoding="utf-8-sig")


def test_drawing_attention_to_the_keyboard_on_the_page(reader: Reader) -> None:
    """The keys 1 to 5, through the real page."""
    reader.select("maritime security")
    QTest.keyClick(reader.window.page.text, Qt.Key.Key_4)
    reader.wait(reader.shown)
    assert [one.color for one in reader.stored()] == [Color.PINK]


def test_the_library_can_be_read_only(
    start: Callable[..., Reader], library_with_article: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil_db.files.Files.writable", lambda _self: False)
    reader = start()
    reader.wait(lambda: "read" in reader.window.messages.text)
    assert isinstance(reader.running.work.library(), Library)


def test_undo_takes_a_typed_note_back_in_the_panel_too(reader: Reader) -> None:
    reader.select("maritime security")
    reader.window.page.note_requested.emit()
    panel = reader.window.notes_panel
    reader.wait(panel.card.editing)
    QTest.keyClicks(panel.focusWidget(), "Look again")
    panel.save()
    reader.wait(lambda: [one.note for one in reader.stored()] == ["Look again"])
    reader.wait(lambda: reader.window.commands["undo"].text() == "&Undo edit note")
    reader.window.page.setFocus()
    reader.settle()
    reader.window.commands["undo"].trigger()
    reader.wait(lambda: [one.note for one in reader.stored()] == [""])
    reader.settle()
    assert panel.card.annotation
    assert panel.card.annotation.note == ""


def test_links_lead_out_only_at_the_readers_wish(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    followed, asked = list[str](), list[str]()
    monkeypatch.setattr(
        "postil.view.wiring_half.QDesktopServices.openUrl", lambda address: followed.append(address.toString())
    )
    answers = [False, True]

    def ask(*words: object) -> bool:
        asked.append(str(words[2]))
        return answers.pop(0)

    monkeypatch.setattr("postil.view.asking.ConfirmDialog.ask", ask)
    for address in ("https://example.org/a", "https://example.org/a", "file:///etc/passwd", "javascript:alert(1)"):
        reader.window.page.link_clicked.emit(address)
    assert asked == ["https://example.org/a"] * 2
    assert followed == ["https://example.org/a"]


def test_a_note_half_typed_is_stored_when_another_document_is_opened(reader: Reader) -> None:
    first = reader.document.id
    reader.parts.first_run.offer(again=True)
    reader.wait(lambda: reader.document.id != first)
    reader.settle()
    reader.select("European Commission")
    reader.window.page.note_requested.emit()
    panel = reader.window.notes_panel
    reader.wait(panel.card.editing)
    QTest.keyClicks(panel.focusWidget(), "Half a thought")
    reader.parts.desk.open(first)
    reader.wait(lambda: reader.document.id == first)
    reader.settle()
    assert "Half a thought" in [one.note for one in reader.stored()]
