"""Tab leads through the window and its dialogs as one reads them, and to everything that takes keys."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from tests.postil.view.at_the_window import Reader

from postil.view.dialogs.export import ExportDialog
from postil.view.dialogs.settings import SettingsDialog
from postil.view.dialogs.settings_rows import rows
from postil.view.dialogs.shortcuts import ShortcutsDialog
from postil.view.tab_order import takes_keys

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none
MOST = 80
SLACK = 6  # pixels by which the parts of one row may differ in height


def round_by(key: Qt.Key, first: QWidget) -> list[QWidget]:
    """What has the keys, one after the other, from `first` until it has them again."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    order: list[QWidget] = [first]
    for _ in range(MOST):
        QTest.keyClick(order[-1], key)
        now = QApplication.focusWidget()
        assert now is not None
        if now is first:
            return order
        assert now not in order, f"{now} comes twice"
        order.append(now)
    raise AssertionError(f"Tab never comes back to {first}")


def place(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint(0, 0)), part.size())


def against_reading(order: Sequence[QWidget]) -> list[str]:
    """The steps that lead up, or to the left in a row."""
    found = []
    for one, other in pairwise(order):
        before, after = place(one), place(other)
        below = after.top() >= before.bottom() - SLACK
        beside = after.left() >= before.left() and abs(after.center().y() - before.center().y()) <= SLACK
        beside_tall = after.left() >= before.right() - SLACK and after.top() >= before.top() - SLACK
        if not (below or beside or beside_tall or one.isAncestorOf(other)):
            found.append(f"{one} “{one.accessibleName()}” {before} -> {other} “{other.accessibleName()}” {after}")
    return found


def reachable(window: QWidget) -> set[QWidget]:
    inner = ("qt_spinbox_lineedit",)
    return {
        part
        for part in window.findChildren(QWidget)
        if part.isVisible() and takes_keys(part) and part.objectName() not in inner and part.window() is window
    }


def test_tab_goes_through_the_window_in_the_order_of_reading(marked: Reader) -> None:
    window = marked.window
    window.resize(1360, 880)
    window.page.show_find()
    window.messages.show_news("Something was done.", undoable=True)
    panes = [window.header, window.messages, window.page, window.sidebar, window.side]
    for number in range(max(window.sidebar.count(), window.side.count())):
        for tabs in (window.sidebar, window.side):
            tabs.setCurrentIndex(min(number, tabs.count() - 1))
        QApplication.processEvents()
        start = next(part for part in window.header.findChildren(QWidget) if part.isVisible() and takes_keys(part))
        order = round_by(Qt.Key.Key_Tab, start)
        assert set(order) == reachable(window)
        of = [next(at for at, pane in enumerate(panes) if pane.isAncestorOf(part)) for part in order]
        assert of == sorted(of)
        for at, pane in enumerate(panes):
            inside = [part for part, where in zip(order, of, strict=True) if where == at]
            assert inside, f"Tab never comes into {pane}"
            assert against_reading(inside) == []
        assert round_by(Qt.Key.Key_Backtab, start) == [order[0], *reversed(order[1:])]


def dialogs(reader: Reader) -> list[Callable[[], QDialog]]:
    window, look = reader.window, reader.parts.appearance
    values = {"theme": "sepia", "zoom": 1.2, "kinds": look.kinds}
    return [
        lambda: ExportDialog(look.theme, Path("/"), document=(1, "A title"), tags=["sea"], parent=window),
        lambda: SettingsDialog(look.theme, rows(look.themes.values(), ["Georgia"]), values, window),
        lambda: ShortcutsDialog(look.theme, window.commands, window),
    ]


def test_tab_goes_through_a_dialog_from_top_to_bottom(reader: Reader) -> None:
    for make in dialogs(reader):
        dialog = make()
        with reader.qtbot.waitExposed(dialog):
            dialog.show()
        dialog.activateWindow()
        first = min(reachable(dialog), key=lambda part: (place(part).top(), place(part).left()))
        order = round_by(Qt.Key.Key_Tab, first)
        assert set(order) == reachable(dialog)
        assert against_reading(order) == []
        dialog.close()
        dialog.deleteLater()
