"""Everything by keyboard: where the keys go, and that Escape leads back to the page from everywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog
from tests.postil.view.at_the_window import Reader

from postil.view.dialogs.settings import SettingsDialog
from postil.view.dialogs.shortcuts import ShortcutsDialog
from postil.view.keys import native, normal
from postil.view.menus import PAGE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("to_library", "library_panel.list"),
        ("to_tags", "tags_panel.tree"),
        ("to_notes", "notes_panel.list"),
        ("to_names", "names_panel.tree"),
        ("search", "search_bar.line"),
    ],
)
def test_a_key_leads_to_each_list_and_escape_back_to_the_page(marked: Reader, command: str, part: str) -> None:
    window = marked.window
    window.commands[command].trigger()
    target: object = window
    for name in part.split("."):
        target = getattr(target, name)
    focus = window.focusWidget()
    assert focus is target
    assert focus
    if isinstance(focus, QAbstractItemView):
        assert focus.currentIndex() in focus.selectedIndexes(), "the row is shown that the keys are for"
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.page.text


def test_escape_leads_back_to_the_page_from_whatever_tab_reaches(marked: Reader) -> None:
    window = marked.window
    window.page.setFocus()
    seen = list[object]()
    while (focus := window.focusWidget()) is not None and focus not in seen:
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        back = window.focusWidget()
        assert back is window.page.text, f"from {focus}"
        focus.setFocus()
        window.focusNextPrevChild(True)
    assert len(seen) > 12
    assert window.search_bar.line in seen
    assert window.notes_panel.list in seen


def test_every_command_stands_in_a_menu_with_its_keys(marked: Reader) -> None:
    commands = marked.window.commands
    shown = {action.text() for menu in commands._menus for action in menu.actions()}
    for name, listed in commands.listed.items():
        action = commands[name]
        assert (action.text() in shown) == (listed.place != PAGE), name
        keys = commands.bindings.keys(name)
        assert keys == tuple(normal(key) for key in listed.command.keys), "the usual ones"
        window = [keys.toString() for keys in action.shortcuts()]
        assert set(window) <= set(keys)
        if keys and keys[0] not in window:
            assert action.text().endswith(f"\t{native(keys[0])}"), "Qt knows nothing of it, so the menu says it"


def test_the_menu_marks_as_the_keys_do(marked: Reader) -> None:
    marked.select("New Delhi")
    marked.window.commands["mark_pink"].trigger()
    marked.window.commands["note"].trigger()
    marked.wait(marked.window.notes_panel.card.editor.isVisible)
    marked.window.page.setFocus()
    marked.window.commands["remove"].trigger()
    marked.wait(lambda: [one.selector.quote for one in marked.stored()] == ["maritime security"])
    marked.window.commands["close"].trigger()
    assert not marked.window.commands["mark_pink"].isEnabled()


def test_escape_on_the_page_puts_a_message_away(marked: Reader) -> None:
    marked.window.messages.show_fault("Something was odd.")
    marked.window.page.clear_selection()
    QTest.keyClick(marked.window.page.text, Qt.Key.Key_Escape)
    assert marked.window.messages.text == ""


def test_the_shortcuts_page_opens_from_help_and_from_the_settings(marked: Reader) -> None:
    def dialogs[D: QDialog](kind: type[D]) -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    marked.window.commands["settings"].trigger()
    (settings,) = dialogs(SettingsDialog)
    settings.keys_button.click()
    (page,) = dialogs(ShortcutsDialog)
    assert not dialogs(SettingsDialog)
    page.choose("next_name")
    page.ask(adding=False)
    QTest.keyClick(page.catcher, Qt.Key.Key_F12)
    page.reject()
    shown: list[int] = []
    marked.window.page.entity_step_requested.connect(shown.append)
    marked.window.page.setFocus()
    QTest.keyClick(marked.window.page.text, Qt.Key.Key_E)
    assert not shown
    assert marked.window.commands["next_name"].shortcut().toString() == "F12"
    assert [keys.toString() for keys in marked.window.commands["keys"].shortcuts()] == ["F1", "Ctrl+?"]
