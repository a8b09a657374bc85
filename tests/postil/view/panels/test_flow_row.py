"""Chips and buttons in a row are walked through by arrows, as the direction of reading has it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from postil.view.look import theme as look
from postil.view.panels.tag_row import Chip, TagRow
from postil.view.search.chips import ClauseChips
from postil.view.search.group_tabs import GroupTabs
from postil_db.records import Group


def pressed(*keys: Qt.Key) -> str:
    """The name of what has the keys in the end."""
    for key in keys:
        QTest.keyClick(held(), key)
    return held().accessibleName()


def held() -> QWidget:
    """What has the keys."""
    now = QApplication.focusWidget()
    assert now is not None
    return now


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_conditions_are_walked_through(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    chips = ClauseChips(look.themes()["light"])
    qtbot.addWidget(chips)
    chips.setLayoutDirection(direction)
    chips.show_query("tag:sea color:blue -note:x ")
    with qtbot.waitExposed(chips):
        chips.show()
    chips.chips[0].setFocus()
    on, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    if direction == Qt.LayoutDirection.RightToLeft:
        on, back = back, on
    assert pressed(on) == "color: blue"
    assert pressed(on, on, on) == "not note: x", "there is no further"
    assert pressed(back) == "color: blue"
    assert pressed(Qt.Key.Key_Home) == "tag: sea"
    assert pressed(Qt.Key.Key_End) == "not note: x"


def test_tags_and_what_follows_them_are_walked_through(qtbot: QtBot) -> None:
    theme = look.themes()["light"]
    last = QPushButton("Delete")
    last.setAccessibleName("Delete")
    row = TagRow(theme, last)
    qtbot.addWidget(row)
    row.show_tags(["sea", "land"], {}, theme)
    with qtbot.waitExposed(row):
        row.show()
    first = row.chips()[0]
    assert isinstance(first, Chip)
    first.setFocus()
    assert pressed(Qt.Key.Key_Right) == "Tag land"
    assert pressed(Qt.Key.Key_Right) == "Add a tag"
    assert pressed(Qt.Key.Key_Right) == "Delete"
    assert pressed(Qt.Key.Key_Left, Qt.Key.Key_Left) == "Tag land"


def test_kinds_of_results_are_walked_through(qtbot: QtBot) -> None:
    tabs = GroupTabs()
    qtbot.addWidget(tabs)
    tabs.show_totals({Group.HIGHLIGHT: 2, Group.TEXT: 3})
    with qtbot.waitExposed(tabs):
        tabs.show()
    tabs.buttons[None].setFocus()
    assert pressed(Qt.Key.Key_Right) == "Highlights, 2"
    assert pressed(Qt.Key.Key_Right) == "Text, 3"
