"""The line above the page: what shows and hides the sidebars, what adds a document, and the search box."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from postil.view.menus import Commands

BEFORE = ("show_library", "open", "back", "forward")
AFTER = ("undo", "export", "show_side")
WIDEST_BOX = 620


class Header(QFrame):
    """Buttons for the commands used most, around the search box."""

    def __init__(self, commands: Commands, box: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(2)
        for name in BEFORE:
            row.addWidget(self._button(commands, name))
        row.addStretch(1)
        box.setMaximumWidth(WIDEST_BOX)
        box.setMinimumWidth(160)
        row.addWidget(box, 12)
        row.addStretch(1)
        for name in AFTER:
            row.addWidget(self._button(commands, name))

    def _button(self, commands: Commands, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(commands[name])
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
