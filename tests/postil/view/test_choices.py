"""What a reader chooses about the look, in the settings and the menus of the real window."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QMenu
from shiboken6 import isValid
from tests.postil.view.at_the_window import Reader

from postil.settings import FONT, JUSTIFIED, LINE, MEASURE, THEME, ZOOM
from postil.view.dialogs.settings import SettingsDialog
from postil.view.dialogs.stepper import Stepper
from postil.view.look.bundled import bundled
from postil.view.look.fonts import READING
from postil.view.page.typography import BOOKISH, Typography

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


def open_settings(reader: Reader) -> SettingsDialog:
    reader.window.commands["settings"].trigger()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, SettingsDialog)]
    return dialog


def themes_of(reader: Reader) -> list[str]:
    """What the menu offers."""
    group = reader.window.commands["theme_system"].actionGroup()
    return [action.text() for action in group.actions() if action.isVisible()]


def own_theme(tmp_path: Path) -> Path:
    """A theme of the reader's, in the folder of the settings."""
    path = tmp_path / "config" / "themes" / "dusk.toml"
    path.parent.mkdir(parents=True)
    text = bundled("themes", "dark.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('title = "Dark"', 'title = "Dusk & dawn"'), encoding="utf-8")
    return path


def test_the_text_is_set_as_the_reader_chooses_and_stays_so(reader: Reader, start: Callable[..., Reader]) -> None:
    page = reader.window.page
    assert page.typography() == BOOKISH
    wide = page.text.formats.column
    dialog = open_settings(reader)
    measure, line, justified = (dialog.editors[option.name] for option in (MEASURE, LINE, JUSTIFIED))
    assert isinstance(measure, Stepper)
    assert isinstance(line, Stepper)
    assert isinstance(justified, QCheckBox)
    for _ in range(20):
        measure.less.click()
    line.more.click()
    justified.click()
    chosen = Typography(READING, measure=45, line=1.6, justified=True)
    assert page.typography() == chosen, "at once, with the dialog still open"
    assert page.text.formats.column < wide
    dialog.close()
    reader.window.close()
    reader.running.close()
    assert start().window.page.typography() == chosen


def test_zoom_and_type_face_leave_the_rest_alone(reader: Reader) -> None:
    look, page = reader.parts.appearance, reader.window.page
    look.set_typography(MEASURE, 75)
    look.set_typography(FONT, "DejaVu Sans")
    reader.window.commands["zoom_in"].trigger()
    assert page.typography() == Typography("DejaVu Sans", page.zoom(), 75)
    assert page.zoom() == pytest.approx(1.1)
    for _ in range(40):
        reader.window.commands["zoom_in"].trigger()
    assert page.zoom() == look.chosen(ZOOM) == 3.2
    reader.window.commands["zoom_out"].trigger()
    assert page.zoom() < 3, "no step is lost beyond the largest size"
    look.set_typography(FONT, "")
    assert page.typography().family == READING


def test_the_readers_own_themes_stand_beside_the_others(
    tmp_path: Path, library_with_article: int, start: Callable[..., Reader]
) -> None:
    path = own_theme(tmp_path)
    reader = start()
    assert themes_of(reader) == ["As the system", "Light", "Sepia", "Dark", "High contrast", "Dusk && dawn"]
    dialog = open_settings(reader)
    box, stepper = dialog.editors[THEME.name], dialog.editors[ZOOM.name]
    assert isinstance(box, QComboBox)
    assert isinstance(stepper, Stepper)
    before = stepper.less.icon().pixmap(16).toImage()
    box.setCurrentIndex(box.findText("Dusk & dawn"))
    assert reader.parts.appearance.theme.name == "dusk"
    assert reader.window.commands["theme_dusk"].isChecked()
    assert stepper.less.icon().pixmap(16).toImage() != before, "the open dialog follows"
    dialog.close()
    reader.window.close()
    reader.running.close()
    again = start()
    assert again.parts.appearance.theme.title == "Dusk & dawn"
    again.window.close()
    again.running.close()
    path.unlink()
    without = start()
    assert not without.parts.appearance.theme.dark
    assert without.window.commands["theme_system"].isChecked()
    assert json.loads((tmp_path / "config" / "settings.json").read_text())["theme"] == "dusk", "should it come back"


def test_a_theme_that_came_or_changed_since_the_start_is_found_when_the_settings_open(
    tmp_path: Path, reader: Reader
) -> None:
    path = own_theme(tmp_path)
    dialog = open_settings(reader)
    box = dialog.editors[THEME.name]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText("Dusk & dawn"))
    look = reader.parts.appearance
    assert look.theme.name == "dusk"
    dialog.close()
    reader.qtbot.waitUntil(lambda: not isValid(dialog))
    before = look.theme.colors["page"]
    path.write_text(path.read_text().replace(before, "#123456"))
    open_settings(reader).close()
    assert look.theme.colors["page"] == "#123456"


def test_the_menu_of_themes_holds_what_the_folder_holds_when_it_opens(tmp_path: Path, reader: Reader) -> None:
    commands = reader.window.commands
    before = themes_of(reader)
    path = own_theme(tmp_path)
    (menu,) = (menu for menu in reader.window.findChildren(QMenu) if commands["theme_dark"] in menu.actions())
    menu.aboutToShow.emit()
    assert themes_of(reader) == [*before, "Dusk && dawn"]
    commands["theme_dusk"].trigger()
    assert reader.parts.appearance.theme.title == "Dusk & dawn"
    assert commands["theme_dusk"].isChecked()
    assert "theme_dusk" in commands.listed
    path.unlink()
    menu.aboutToShow.emit()
    assert themes_of(reader) == before
    assert commands["theme_system"].isChecked()
    assert reader.parts.appearance.theme.title != "Dusk & dawn"


def test_copying_needs_a_selection(reader: Reader) -> None:
    commands, page = reader.window.commands, reader.window.page
    names = ("copy", "copy_citation", "copy_markdown")
    assert not any(commands[name].isEnabled() for name in names)
    reader.select("maritime security")
    assert all(commands[name].isEnabled() for name in names)
    reader.qtbot.waitActive(reader.window)
    page.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.text, Qt.Key.Key_C, held)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"“maritime security” — A. Writer, {reader.document.info.title}")
    QTest.keyClick(page.text, Qt.Key.Key_M, held)
    assert QGuiApplication.clipboard().text() == "maritime security"
    reader.select("New Delhi")
    commands["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "New Delhi"
    page.clear_selection()
    assert not any(commands[name].isEnabled() for name in names)
    reader.select("New Delhi")
    commands["close"].trigger()
    reader.wait(lambda: reader.parts.desk.document is None)
    assert not any(commands[name].isEnabled() for name in names)
