"""A window is dressed part by part: what nobody sees waits, and nothing is shown in another theme's colours."""

import pytest
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme, style, themes
from postil.view.look.wardrobe import Wardrobe

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none
LIGHT, DARK = (themes()[name] for name in ("light", "dark"))


class Tinted(QLabel):
    """Knows the themes that it was given."""

    def __init__(self) -> None:
        super().__init__("Words")
        self.given: list[str] = []

    def set_theme(self, theme: Theme) -> None:
        self.given.append(theme.name)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def stack(window: QMainWindow) -> QStackedWidget:
    middle, stack = QWidget(), QStackedWidget()
    QHBoxLayout(middle).addWidget(stack)
    for _ in range(2):
        stack.addWidget(Tinted())
    window.setCentralWidget(middle)
    return stack


def shown_in(widget: QWidget | None, theme: Theme) -> bool:
    return widget is not None and widget.styleSheet().startswith(style(theme))


def test_what_is_out_of_view_is_dressed_when_it_is_shown(
    qtbot: QtBot, window: QMainWindow, stack: QStackedWidget
) -> None:
    wardrobe = Wardrobe(window, LIGHT)
    front, back = sorted(stack.findChildren(Tinted), key=stack.indexOf)
    for part in (front, back):
        wardrobe.hang(part, part, rules="QLabel { padding: 3px; }")
    with qtbot.waitExposed(window):
        window.show()
    assert shown_in(front, LIGHT)
    assert not back.styleSheet()
    wardrobe.wear(DARK)
    assert shown_in(front, DARK)
    assert not back.styleSheet()
    stack.setCurrentIndex(1)
    assert shown_in(back, DARK)
    assert back.styleSheet().endswith("padding: 3px; }")
    wardrobe.wear(LIGHT)
    stack.setCurrentIndex(0)
    assert shown_in(front, LIGHT)
    assert front.given == ["dark", "light"]
    stack.setCurrentIndex(1)
    stack.setCurrentIndex(0)
    assert front.given == ["dark", "light"]  # once for each theme, however often it is shown
    assert not window.styleSheet()


def test_a_dialog_is_dressed_when_it_opens_and_while_it_is_open(
    qtbot: QtBot, window: QMainWindow, stack: QStackedWidget
) -> None:
    wardrobe = Wardrobe(window, LIGHT)
    with qtbot.waitExposed(window):
        window.show()
    dialog = QDialog(window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert shown_in(dialog, LIGHT)
    wardrobe.wear(DARK)
    assert shown_in(dialog, DARK)
    dialog.hide()
    wardrobe.wear(LIGHT)
    assert shown_in(dialog, DARK)
    dialog.show()
    assert shown_in(dialog, LIGHT)
    assert not stack.styleSheet()
