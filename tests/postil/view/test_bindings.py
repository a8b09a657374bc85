"""Which key belongs to which command, what a pressed key may mean, and that every text takes its keys from there."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.postil.view.at_the_window import Reader

from postil.settings import KEYS, Settings
from postil.view.keys import Bindings, normal, recorded, refusal, typed
from postil.view.menus import MENUS, declared
from postil.view.palette import PaletteLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
CYRILLIC_TE, CYRILLIC_EN, HEBREW_SHIN = 0x0422, 0x041D, 0x05E9


def pressed(key: int, held: Qt.KeyboardModifier = NONE, text: str = "", place: int = 0) -> QKeyEvent:
    """A key as it comes from the desktop; `place`: the number of where it lies, as X11 counts."""
    return QKeyEvent(QEvent.Type.KeyPress, key, held, place, 0, 0, text)


def test_no_two_commands_are_declared_with_one_key() -> None:
    keys = [normal(key) for command in declared().values() for key in command.keys]
    assert "" not in keys
    assert len(keys) == len(set(keys))
    assert len(declared()) == sum(command is not None for commands in MENUS.values() for command in commands)


def test_a_key_is_the_pages_or_the_windows() -> None:
    bindings = Bindings(declared())
    assert bindings.keys("next_annotation") == ("J", "Ctrl+J")
    assert bindings.window_keys("next_annotation") == ("Ctrl+J",)
    assert bindings.window_keys("copy") == (), "Ctrl+C belongs to whatever has the keyboard"
    assert [typed(key) for key in ("J", "Shift+E", "Del", "F1", "Shift+F6", "Ctrl+J")] == [True] * 3 + [False] * 3
    assert bindings.command(pressed(Qt.Key.Key_J)) == "next_annotation"
    assert bindings.command(pressed(Qt.Key.Key_J, CONTROL), on_page=True) == ""
    assert bindings.command(pressed(Qt.Key.Key_Plus, SHIFT, "+")) == "grow", "where + needs Shift"
    assert bindings.command(pressed(Qt.Key.Key_1, SHIFT, "1")) == "mark_yellow", "where digits need Shift"
    assert bindings.command(pressed(Qt.Key.Key_J, SHIFT, "J")) == ""


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (pressed(CYRILLIC_TE, place=57), "note"),  # Т lies on N
        (pressed(CYRILLIC_EN, place=29), "name_kind"),  # Н lies on Y
        (pressed(HEBREW_SHIN, SHIFT, place=26), "previous_name"),
        (pressed(Qt.Key.Key_Ampersand, text="&", place=10), "mark_yellow"),  # the first row in French
        (pressed(Qt.Key.Key_Eacute, text="é", place=11), "mark_green"),
        (pressed(Qt.Key.Key_Exclam, SHIFT, "!", place=10), ""),
        (pressed(Qt.Key.Key_Z, text="z", place=29), ""),  # the German Z is a Z, not the Y that lies there in English
    ],
)
def test_other_alphabets_press_the_same_places(event: QKeyEvent, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert Bindings(declared()).command(event) == name


def test_what_is_pressed_is_recorded_as_one_combination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert recorded(pressed(Qt.Key.Key_Shift, SHIFT)) == ""
    assert recorded(pressed(Qt.Key.Key_G, CONTROL | SHIFT)) == "Ctrl+Shift+G"
    assert recorded(pressed(Qt.Key.Key_Question, CONTROL | SHIFT, "?")) == "Ctrl+?"
    assert recorded(pressed(CYRILLIC_TE, CONTROL, place=57)) == "Ctrl+N"
    assert refusal("Tab")
    assert refusal("Alt+F") == "Alt+F opens the menu File."
    assert not refusal("Ctrl+F")


def test_a_key_goes_from_one_command_to_another_and_back() -> None:
    bindings = Bindings(declared())
    bindings.set("find", ("Ctrl+E", "Ctrl+F", "Ctrl+E", "nonsense+"))
    assert bindings.keys("find") == ("Ctrl+E", "Ctrl+F")
    assert bindings.keys("export") == ()
    assert (bindings.owner("ctrl+e"), bindings.owner("Ctrl+F12")) == ("find", "")
    assert bindings.changed("find")
    again = Bindings(declared(), bindings.chosen)
    assert again.keys("find") == ("Ctrl+E", "Ctrl+F")
    assert again.keys("export") == ()
    again.reset("export")
    assert again.keys("find") == ("Ctrl+F",)
    assert not again.changed("find"), "what is left are the usual keys"
    assert not again.chosen


def test_what_the_reader_chose_goes_before_what_a_later_version_declares() -> None:
    bindings = Bindings(declared(), {"about": ("Ctrl+F",), "of_another_version": ("Ctrl+F9",)})
    assert bindings.owner("Ctrl+F") == "about"
    assert bindings.keys("find") == ()
    assert bindings.owner("Ctrl+F9") == ""
    bindings.set("about", ())
    assert bindings.keys("find") == ("Ctrl+F",)
    assert "of_another_version" in bindings.chosen, "kept for that version"


@pytest.mark.parametrize("broken", [["Ctrl+F"], {"find": "Ctrl+F"}, {"find": [1]}], ids=str)
def test_broken_keys_in_the_settings_mean_the_usual_ones(tmp_path: Path, broken: object) -> None:
    chosen = Settings(tmp_path / "settings.json", {"keys": broken})
    assert chosen.get(KEYS) == {}
    assert "keys" in chosen.message


def test_changed_keys_work_at_once_and_stay(reader: Reader, start: Callable[..., Reader]) -> None:
    window, page = reader.window, reader.window.page
    commands = window.commands
    asked: list[str] = []
    page.tag_requested.connect(lambda: asked.append("tag"))
    commands["export"].triggered.disconnect()
    commands["export"].triggered.connect(lambda: asked.append("export"))
    commands.set_keys("tag", ("`", "Ctrl+F12"))
    commands.set_keys("export", ("X",))
    page.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_QuoteLeft, Qt.Key.Key_X):
        QTest.keyClick(page.text, key)
    assert asked == ["tag", "export"], "one at the page, one at the window; the old key does nothing"
    assert commands["tag"].text().endswith("\t`")
    assert commands["export"].text().endswith("\tX")
    assert [keys.toString() for keys in commands["tag"].shortcuts()] == ["Ctrl+F12"]
    window.close()
    reader.running.close()
    again = start().window.commands
    assert again.bindings.keys("tag") == ("`", "Ctrl+F12")
    again.reset_keys()
    assert again.bindings.keys("tag") == ("T",)
    assert again["export"].shortcut().toString() == "Ctrl+E"


def test_no_single_key_fires_where_somebody_types(reader: Reader) -> None:
    window, page = reader.window, reader.window.page
    fired: list[str] = []
    for name in window.commands.listed:
        window.commands[name].triggered.connect(lambda _on=False, name=name: fired.append(name))
    page.command_requested.connect(fired.append)
    for signal in (page.mark_requested, page.tag_requested, page.note_requested, page.step_requested):
        signal.connect(lambda *_: fired.append("the page"))
    reader.qtbot.waitActive(window)
    keys: Mapping[str, str] = {key: name for name in declared() for key in window.commands.bindings.keys(name)}
    letters = [key for key in keys if len(key) == 1]
    assert {"1", "T", "N", "J", "K", "E", "U", "/"} <= set(letters)
    page.show_find()
    for line in (window.search_bar.line, page.find_bar.field):
        line.setFocus()
        line.clear()
        QTest.keyClicks(line, "".join(letters))
        assert line.text() == "".join(letters)
    window.search_bar.line.clear()
    assert fired == []
    assert QApplication.focusWidget() is page.find_bar.field


def test_combinations_are_known_from_a_keyboard_without_latin_letters(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    window = reader.window
    reader.qtbot.waitActive(window)
    for part in (window.page.text, window.search_bar.line, window.search_bar.help):
        part.setFocus()
        QApplication.sendEvent(part, pressed(CYRILLIC_TE, CONTROL, place=45))  # Ctrl and what lies on K
        focus = window.focusWidget()
        assert isinstance(focus, PaletteLine), f"from {part}"
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        assert window.focusWidget() is part


def test_the_keyboard_is_on_the_page_from_the_beginning(reader: Reader) -> None:
    assert reader.window.focusWidget() is reader.window.page.text
