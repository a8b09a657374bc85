"""Going to a position, renaming, and reading the page alone, in the real window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.postil.view.at_the_window import Reader

from postil.settings import LIBRARY_ORDER
from postil.view.dialogs.line import LineDialog
from postil.view.first_run import OFFERED
from postil_db.library import Library
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


def asked(reader: Reader) -> LineDialog:
    """The dialog that is open."""

    def found() -> list[LineDialog]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, LineDialog) and each.isVisible()]

    reader.wait(found)
    return found()[0]


def test_going_to_a_percentage_and_back(reader: Reader) -> None:
    reader.window.commands["go_to"].trigger()
    dialog = asked(reader)
    dialog.line.setText("200 %")
    dialog.accept()
    assert dialog.isVisible()
    assert "100 %" in dialog.fault.text()
    dialog.line.setText("90 %")
    dialog.accept()
    low, high = reader.window.page.visible_range()
    assert low <= round(len(reader.document.text) * 0.9) <= high
    assert reader.window.commands["back"].isEnabled()


def test_a_document_is_renamed_and_the_old_title_comes_back(reader: Reader) -> None:
    before = reader.document.info.title
    reader.window.library_panel.rename_requested.emit(reader.document.id)
    dialog = asked(reader)
    assert dialog.text() == before
    dialog.line.setText("  ")
    dialog.accept()
    assert dialog.fault.text() == "A document needs a title."
    dialog.line.setText("Notes from Delhi")
    dialog.accept()
    reader.wait(lambda: reader.document.info.title == "Notes from Delhi")
    assert reader.window.windowTitle().startswith("Notes from Delhi")
    reader.wait(lambda: reader.window.commands.title("undo") == "Undo rename document")
    reader.window.commands["undo"].trigger()
    reader.wait(lambda: reader.document.info.title == before)


def test_the_page_alone_and_everything_as_it_was(reader: Reader) -> None:
    window = reader.window
    window.commands["show_library"].setChecked(False)
    around = (window.header, window.status, window.menuBar(), window.side)
    window.commands["focus_mode"].trigger()
    assert [part.isVisible() for part in (*around, window.sidebar)] == [False] * 5
    assert window.commands["focus_mode"].isChecked()
    reader.select("maritime security")
    window.page.mark_requested.emit(Color.BLUE)
    reader.wait(reader.shown)
    QTest.keyClick(window.page.text, Qt.Key.Key_Escape)
    assert [part.isVisible() for part in around] == [True] * 4
    assert not window.sidebar.isVisible()
    assert not window.commands["focus_mode"].isChecked()


def test_what_is_called_up_in_focus_mode_goes_with_the_keyboard(reader: Reader) -> None:
    window = reader.window
    window.commands["focus_mode"].trigger()
    window.commands["search"].trigger()
    assert window.header.isVisible()
    reader.wait(window.search_bar.line.hasFocus)
    window.page.setFocus()
    assert not window.header.isVisible()
    reader.select("maritime security")
    window.page.note_requested.emit()
    reader.wait(window.notes_panel.card.editing)
    assert window.side.isVisible()
    window.page.setFocus()
    assert not window.side.isVisible()
    window.commands["focus_mode"].trigger()
    assert window.side.isVisible()
    assert window.header.isVisible()


def test_back_leads_to_the_very_line_at_the_top(reader: Reader) -> None:
    reader.parts.appearance.set_zoom(3.2)
    page = reader.window.page
    page.go_to(len(reader.document.text) // 2)
    before = page.position()
    assert before > 0
    reader.window.contents_panel.activated.emit(0)
    assert page.position() == 0
    reader.window.commands["back"].trigger()
    assert page.position() == before
    reader.window.commands["forward"].trigger()
    assert page.position() == 0


def test_nothing_is_said_of_an_empty_page_while_a_document_is_about_to_open(
    start: Callable[..., Reader], library_with_article: int
) -> None:
    reader = start(wait=False)
    hint = reader.window.page.hint
    assert hint._silent
    reader.opened()
    reader.window.commands["close"].trigger()
    assert hint.isVisible()
    assert not hint._silent


def test_an_empty_library_says_how_to_begin(start: Callable[..., Reader], tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        library.remember(OFFERED, "1")
    reader = start(wait=False)
    reader.wait(lambda: not reader.window.page.hint._silent)
    assert reader.parts.desk.document is None


def test_a_click_in_the_strip_is_a_leap(reader: Reader) -> None:
    reader.parts.appearance.set_zoom(3.2)
    page = reader.window.page
    page.strip.asked.emit(len(reader.document.text), None)
    assert page.position() > 0
    reader.window.commands["back"].trigger()
    assert page.position() == 0


def test_the_order_of_the_library_is_chosen_by_menu_or_palette_and_kept(reader: Reader) -> None:
    commands, panel = reader.window.commands, reader.window.library_panel
    offered = panel.order_button.menu().actions()
    assert [action.isChecked() for action in offered] == [True, False, False, False, False]
    offered[2].trigger()
    assert reader.parts.appearance.chosen(LIBRARY_ORDER) == "title"
    assert commands["order_title"].isChecked()
    assert not commands["order_read"].isChecked()
    assert commands.title("order_title") == "Sort the library: Title"
