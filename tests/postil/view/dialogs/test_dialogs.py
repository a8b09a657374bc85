"""Settings, keys, about, faults, questions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from postil import __version__
from postil.settings import JUSTIFIED, KINDS, LINE, MEASURE, STRENGTH, THEME, ZOOM
from postil.view.dialogs.about import AboutDialog
from postil.view.dialogs.choose import ChooseDialog
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.error import ErrorDialog
from postil.view.dialogs.settings import SettingsDialog
from postil.view.dialogs.settings_rows import rows
from postil.view.dialogs.stepper import Stepper
from postil.view.look.theme import Theme, themes
from postil_db.records import EntityKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


@pytest.fixture
def settings_dialog(qtbot: QtBot, theme: Theme) -> SettingsDialog:
    values = {THEME.name: "sepia", ZOOM.name: 1.2, STRENGTH.name: "normal", KINDS.name: frozenset({EntityKind.DATE})}
    made = SettingsDialog(theme, rows(themes().values(), ["Georgia"]), values)
    qtbot.addWidget(made)
    return made


def collect(dialog: SettingsDialog) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    dialog.changed.connect(lambda name, value: told.append((name, value)))
    return told


def test_settings_show_what_is_and_tell_what_changes(settings_dialog: SettingsDialog) -> None:
    told = collect(settings_dialog)
    box = settings_dialog.editors[THEME.name]
    assert isinstance(box, QComboBox)
    assert box.currentData() == "sepia"
    assert [box.itemText(at) for at in range(box.count())] == [
        "As the system",
        "Light",
        "Sepia",
        "Dark",
        "High contrast",
    ]
    box.setCurrentIndex(box.findData("dark"))
    assert told == [("theme", "dark")]


def test_the_size_goes_in_steps_and_stays_in_bounds(settings_dialog: SettingsDialog) -> None:
    told = collect(settings_dialog)
    stepper = settings_dialog.editors[ZOOM.name]
    assert isinstance(stepper, Stepper)
    stepper.more.click()
    QTest.keyClick(stepper, Qt.Key.Key_Down)
    assert told == [("zoom", 1.3), ("zoom", 1.2)]
    for _ in range(20):
        stepper.step(-1)
    assert stepper.value() == 0.5
    assert not stepper.less.isEnabled()


def test_lines_are_set_by_length_height_and_ends(qtbot: QtBot, theme: Theme) -> None:
    values = {MEASURE.name: 66, LINE.name: 1.5, JUSTIFIED.name: False}
    dialog = SettingsDialog(theme, rows(themes().values()), values)
    qtbot.addWidget(dialog)
    told = collect(dialog)
    measure, line, ends = (dialog.editors[name] for name in values)
    assert isinstance(measure, Stepper)
    assert isinstance(line, Stepper)
    assert isinstance(ends, QCheckBox)
    assert [part.findChild(QLabel).text() for part in (measure, line)] == ["66 characters", "1.5"]  # type: ignore[union-attr]
    measure.more.click()
    line.less.click()
    ends.click()
    assert told == [("measure", 69), ("line_height", 1.4), ("justified", True)]


def test_kinds_are_told_as_a_set(settings_dialog: SettingsDialog) -> None:
    told = collect(settings_dialog)
    boxes = {box.text(): box for box in settings_dialog.editors[KINDS.name].findChildren(QCheckBox)}
    assert [name for name, box in boxes.items() if box.isChecked()] == ["Dates"]
    boxes["People"].click()
    assert told == [("entity_kinds", frozenset({EntityKind.DATE, EntityKind.PERSON}))]
    settings_dialog.set_theme(themes()["dark"])


def test_a_value_that_is_not_offered_is_kept(qtbot: QtBot, theme: Theme) -> None:
    dialog = SettingsDialog(theme, rows(themes().values()), {"font": "Gone Sans"})
    qtbot.addWidget(dialog)
    box = dialog.editors["font"]
    assert isinstance(box, QComboBox)
    assert box.currentData() == "Gone Sans"


def test_about_tells_version_and_folder_and_copies_it(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    dialog = AboutDialog(theme, tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.folder.text() == str(tmp_path)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == str(tmp_path)
    dialog.set_theme(themes()["dark"])


def test_a_fault_is_told_in_a_sentence_with_the_details_folded(qtbot: QtBot, theme: Theme) -> None:
    dialog = ErrorDialog(theme, "Saving a note", "The fault is Postil’s own.", "Traceback: x")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.details.isHidden()
    dialog.fold.click()
    assert dialog.details.isVisible()
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert all(words in copied for words in (__version__, "Saving a note", "Traceback: x"))


def test_a_fault_without_details_offers_none(qtbot: QtBot, theme: Theme) -> None:
    dialog = ErrorDialog(theme, "Opening", "It is gone.")
    qtbot.addWidget(dialog)
    assert dialog.fold.isHidden()
    assert dialog.copy_button.isHidden()


def answer(act: Callable[[QDialog], object]) -> None:
    """Do `act` with the dialog that is about to be asked."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, when_open)


def test_a_question_is_answered_by_its_button(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer(QDialog.accept)
    assert ConfirmDialog.ask(parent, "Delete?", "It goes.", "Delete")
    answer(QDialog.reject)
    assert not ConfirmDialog.ask(parent, "Delete?", "It goes.", "Delete")
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    assert not parent.findChildren(ConfirmDialog)


def test_a_name_is_chosen_by_typing(qtbot: QtBot) -> None:
    def type_and_accept(dialog: QDialog) -> None:
        assert isinstance(dialog, ChooseDialog)
        dialog.filter.setText("DEF")
        dialog.accept()

    answer(type_and_accept)
    assert ChooseDialog.ask(None, "Merge", "Into:", ["india", "policy/defence"]) == "policy/defence"
    answer(QDialog.reject)
    assert ChooseDialog.ask(None, "Merge", "Into:", ["india"]) is None


def test_nothing_fits_means_nothing_to_choose(qtbot: QtBot) -> None:
    dialog = ChooseDialog("Merge", "Into:", ["india"], "Merge")
    qtbot.addWidget(dialog)
    dialog.filter.setText("zzz")
    assert not dialog.act_button.isEnabled()
    assert dialog.chosen() is None


def test_a_fault_is_waited_for(theme: Theme, qtbot: QtBot) -> None:
    seen: list[str] = []

    def read(dialog: QDialog) -> None:
        seen.append(dialog.windowTitle())
        dialog.reject()

    answer(read)
    ErrorDialog.tell(theme, "Saving", "It failed.", "details")
    assert seen == ["Something went wrong"]
