"""Whatever the keyboard can reach has a name for those who hear it, and shows that it has the keys."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QImage
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QPushButton,
    QWidget,
)
from tests.postil.view.at_the_window import Reader

from postil.view.dialogs.fitting import FRAME, FittingDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def reached(window: QWidget) -> Iterator[QWidget]:
    """Every visible part that Tab or a key leads to."""
    for part in (window, *window.findChildren(QWidget)):
        inner = isinstance(part.parentWidget(), QAbstractSpinBox | QComboBox)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not inner:
            yield part


def named(part: QWidget) -> bool:
    spoken = QAccessible.queryAccessibleInterface(part)
    return bool(spoken is not None and spoken.text(QAccessible.Text.Name).strip(" \t"))


def shown(window: QWidget, part: QWidget) -> tuple[QImage, QImage]:
    """The window around a part, without and with the keys in it."""
    window.setFocus()
    for other in window.findChildren(QWidget):
        if other.hasFocus():
            other.clearFocus()
    area = part.rect().adjusted(-6, -6, 6, 6)
    area.moveTopLeft(part.mapTo(window, area.topLeft()))
    without = window.grab(area).toImage()
    part.setFocus(Qt.FocusReason.TabFocusReason)
    return without, window.grab(area).toImage()


def faults(window: QWidget) -> list[str]:
    found = []
    for part in list(reached(window)):
        where = f"{type(part).__name__} {part.objectName()} “{part.accessibleName() or part.toolTip()}”"
        if not named(part):
            found.append(f"has no name: {where}")
        without, having = shown(window, part)
        if without == having:
            found.append(f"does not show that it has the keys: {where}")
    return found


def test_every_part_of_the_window_that_takes_keys_is_named_and_shows_them(marked: Reader) -> None:
    window = marked.window
    found = faults(window)
    window.page.show_find()
    window.messages.show_news("Something was done.", undoable=True)
    for tabs in (window.sidebar, window.side):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            found += faults(tabs)
    found += faults(window.page) + faults(window.messages)
    assert "\n".join(sorted(set(found))) == ""


SCREEN = (1280, 800)


def cut_off(window: QWidget) -> list[str]:
    """What the keyboard reaches but nobody can see whole, unless it can be scrolled into view."""
    found = []
    for part in reached(window):
        around = part.parentWidget()
        while around is not None and not isinstance(around, QAbstractScrollArea) and around is not window:
            around = around.parentWidget()
        if part is window or (isinstance(around, QAbstractScrollArea) and around.isAncestorOf(part)):
            continue
        face = part.viewport() if isinstance(part, QAbstractScrollArea) else part
        seen = face.visibleRegion().boundingRect()
        needed = part.minimumSizeHint().boundedTo(part.maximumSize())
        low = part.height() < needed.height() - 2 or (
            isinstance(part, QPushButton) and part.width() < needed.width() - 2
        )
        if seen != face.rect() or low:
            found.append(
                f"{type(part).__name__} “{part.accessibleName() or part.toolTip()}” {part.size()} {needed}: {seen}"
            )
    return found


@pytest.mark.parametrize("way", ["text", "screen"])
def test_at_twice_the_size_nothing_is_out_of_reach(
    start: Callable[..., Reader],
    library_with_article: int,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    """Twice the text on a screen of 1280 x 800, and twice everything, which leaves half of that screen."""
    reader = start()
    window, room = reader.window, (SCREEN if way == "text" else (SCREEN[0] // 2, SCREEN[1] // 2))
    monkeypatch.setattr(FittingDialog, "room", lambda _self: QSize(*room) - FRAME)
    before = qapp.font()
    if way == "text":
        twice = QFont(before)
        twice.setPointSizeF(before.pointSizeF() * 2)
        qapp.setFont(twice)
    try:
        reader.wait(window.notes_panel.isVisible)
        window.resize(*room)
        qapp.processEvents()
        found = [f"the window is {window.size()}"] if window.width() > room[0] or window.height() > room[1] else []
        window.page.show_find()
        for tabs in (window.sidebar, window.side):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                qapp.processEvents()
                found += cut_off(window)
        for name, make in dialogs(reader).items():
            dialog = make()
            with reader.qtbot.waitExposed(dialog):
                dialog.show()
            if dialog.width() > room[0] or dialog.height() > room[1]:
                found.append(f"{name} is {dialog.size()}")
            found += [f"{name}: {fault}" for fault in cut_off(dialog)]
            dialog.close()
            dialog.deleteLater()
    finally:
        qapp.setFont(before)
    assert "\n".join(dict.fromkeys(found)) == ""


def dialogs(reader: Reader) -> dict[str, Callable[[], QDialog]]:
    """Every dialog there is, as the window opens it."""
    from pathlib import Path

    from postil.settings import KINDS, STRENGTH, THEME, ZOOM
    from postil.view.dialogs.about import AboutDialog
    from postil.view.dialogs.choose import ChooseDialog
    from postil.view.dialogs.confirm import ConfirmDialog
    from postil.view.dialogs.error import ErrorDialog
    from postil.view.dialogs.export import ExportDialog
    from postil.view.dialogs.line import LineDialog
    from postil.view.dialogs.settings import SettingsDialog
    from postil.view.dialogs.settings_rows import rows
    from postil.view.dialogs.shortcuts import ShortcutsDialog

    window, look = reader.window, reader.parts.appearance
    theme, words = look.theme, "All notes that have it lose it. " * 3
    values = {THEME.name: "sepia", ZOOM.name: 1.2, STRENGTH.name: "normal", KINDS.name: look.kinds}
    return {
        "about": lambda: AboutDialog(theme, Path("/home/reader/postil"), window),
        "choose": lambda: ChooseDialog("Merge", words, ["sea", "air"], "Merge", window),
        "confirm": lambda: ConfirmDialog("Delete the tag?", words, "Delete", window),
        "error": lambda: ErrorDialog(theme, "Reading a file", words, "Traceback: …\n" * 9, window),
        "export": lambda: ExportDialog(
            theme, Path("/home/reader"), document=(1, "A title"), tags=["sea"], parent=window
        ),
        "line": lambda: LineDialog("Rename", words, "Rename", lambda _line: "", line="sea", parent=window),
        "settings": lambda: SettingsDialog(theme, rows(look.themes.values(), ["Georgia"]), values, window),
        "shortcuts": lambda: ShortcutsDialog(theme, window.commands, window),
    }


def test_every_part_of_every_dialog_that_takes_keys_is_named_and_shows_them(reader: Reader) -> None:
    found = []
    for name, make in dialogs(reader).items():
        dialog = make()
        with reader.qtbot.waitExposed(dialog):
            dialog.show()
        found += [f"{name}: {fault}" for fault in faults(dialog)]
        dialog.close()
        dialog.deleteLater()
    assert "\n".join(found) == ""
