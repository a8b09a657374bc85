"""The line above the page: what shows and hides the sidebars, what adds a document, and the search box."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from postil.view.commands import Commands
from postil.view.panes import HEIGHT

BEFORE = ("show_library", "open", "back", "forward")
AFTER = ("undo", "export", "show_side")
SPARED = ("back", "forward", "undo")
"""What makes room for the search box where the line is short: menus and keys have them, too."""
NARROW = 620
WIDEST_BOX = 620


class Header(QFrame):
    """Buttons for the commands used most, around the search box."""

    def __init__(self, commands: Commands, box: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(2)
        buttons = {name: self._button(commands, name) for name in BEFORE + AFTER}
        self._spared = [buttons[name] for name in SPARED]
        for name in BEFORE:
            row.addWidget(buttons[name])
        row.addStretch(1)
        box.setMaximumWidth(WIDEST_BOX)
        box.setMinimumWidth(160)
        row.addWidget(box, 12)
        row.addStretch(1)
        for name in AFTER:
            row.addWidget(buttons[name])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spare some buttons where there is little room."""
        super().resizeEvent(event)
        for button in self._spared:
            button.setVisible(self.width() >= NARROW)

    def _button(self, commands: Commands, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(commands[name])
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
