"""The shortcuts page: finding commands and giving them other keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from postil.settings import KEYS, Settings
from postil.view.commands import Commands
from postil.view.dialogs.shortcut_rows import ShortcutModel
from postil.view.dialogs.shortcuts import ShortcutsDialog
from postil.view.look.theme import Theme, themes
from postil.view.menus import declared

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def commands(qtbot: QtBot, chosen: Settings) -> Commands:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Commands(window, chosen)
    made.fill(window.menuBar(), themes().values())
    return made


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, commands: Commands) -> ShortcutsDialog:
    made = ShortcutsDialog(theme, commands)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_every_command_is_listed_under_its_menu(
    dialog: ShortcutsDialog, commands: Commands, qtmodeltester: ModelTester
) -> None:
    assert {title for _, title in dialog.shown()} >= {command.title for command in declared().values()}
    assert ("J, Ctrl+J", "Next annotation") in dialog.shown()
    qtmodeltester.check(ShortcutModel(commands, dialog))  # type: ignore[no-untyped-call]


def test_commands_are_found_by_name_menu_or_key(dialog: ShortcutsDialog) -> None:
    dialog.filter.setText("markdown copy")
    assert dialog.shown() == [("Ctrl+Shift+M", "Copy as Markdown")]
    dialog.filter.setText("f9")
    assert [keys for keys, _ in dialog.shown()] == ["F9", "Shift+F9"]
    dialog.filter.setText("nothing of the kind")
    assert dialog.shown() == []
    assert dialog.words.text().startswith("No command")
    assert not dialog.change.isEnabled()


def test_enter_and_a_key_give_a_command_that_key(
    dialog: ShortcutsDialog, commands: Commands, chosen: Settings, qtbot: QtBot
) -> None:
    dialog.choose("copy_markdown")
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.catcher.hasFocus()
    with qtbot.waitSignal(commands.kept):
        QTest.keyClick(dialog.catcher, Qt.Key.Key_F12, CONTROL)
    assert commands["copy_markdown"].shortcut().toString() == "Ctrl+F12"
    assert dialog.list.hasFocus()
    dialog.add.click()
    QTest.keyClick(dialog.catcher, Qt.Key.Key_Ccedilla)
    assert commands.bindings.keys("copy_markdown") == ("Ctrl+F12", "Ç")
    assert "on the page" in dialog.words.text()
    assert chosen.get(KEYS) == {"copy_markdown": ("Ctrl+F12", "Ç")}
    dialog.usual.click()
    assert commands.bindings.keys("copy_markdown") == ("Ctrl+Shift+M",)
    assert not dialog.usual.isEnabled()
    assert chosen.get(KEYS) == {}


def test_a_key_of_another_command_is_told_by_name_and_taken_only_if_wanted(
    dialog: ShortcutsDialog, commands: Commands
) -> None:
    dialog.choose("find")
    dialog.ask(adding=False)
    QTest.keyClick(dialog.catcher, Qt.Key.Key_E, CONTROL)
    assert dialog.question.text() == "Ctrl+E is the key of “Export annotations”."
    assert dialog.take_over.hasFocus()
    dialog.leave.click()
    assert commands.bindings.keys("find") == ("Ctrl+F",)
    dialog.ask(adding=False)
    QTest.keyClick(dialog.catcher, Qt.Key.Key_E, CONTROL)
    dialog.take_over.click()
    assert commands.bindings.keys("find") == ("Ctrl+E",)
    assert commands.bindings.keys("export") == ()
    assert commands["export"].shortcut().isEmpty()
    dialog.all_usual.click()
    assert commands.bindings.keys("export") == ("Ctrl+E",)
    assert not dialog.all_usual.isEnabled()


def test_escape_and_keys_that_cannot_be_had_change_nothing(dialog: ShortcutsDialog, commands: Commands) -> None:
    dialog.choose("find")
    dialog.ask(adding=False)
    QTest.keyClick(dialog.catcher, Qt.Key.Key_Tab)
    assert dialog.catcher.text().startswith("Tab goes to")
    QTest.keyClick(dialog.catcher, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.strip.currentIndex() == 0
    assert dialog.list.hasFocus()
    dialog.ask(adding=False)
    dialog.filter.setFocus()
    assert dialog.strip.currentIndex() == 0, "the keyboard went elsewhere"
    assert commands.bindings.keys("find") == ("Ctrl+F",)
    dialog.choose("find")
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert commands.bindings.keys("find") == ()
    assert not dialog.clear.isEnabled()
