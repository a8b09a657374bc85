"""One sentence across the window, with one thing to do about it. It never takes the focus and blocks nothing."""

from collections.abc import Callable
from typing import override

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import tint, tool_button


class MessageBar(QFrame):
    """Shows the latest message until it is acted on, closed, or replaced."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        self.setProperty("role", "card")
        self._sign = QLabel()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = QPushButton()
        self.close_button = tool_button("close", theme, "Close this message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.close_button)
        self.action.clicked.connect(self._do)
        self.close_button.clicked.connect(self.close_message)
        self.set_theme(theme)
        self.hide()

    def show_message(self, text: str, action_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Show a sentence; `action` is called when the button named `action_text` is pressed."""
        self._act = action
        self.words.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action_text)
        self.action.setVisible(bool(action_text))
        self.show()

    def message(self) -> str:
        """What it says; nothing while it is closed."""
        return "" if self.isHidden() else self.words.text()

    def close_message(self) -> None:
        """Put it away."""
        if not self.isHidden():
            self._act = None
            self.hide()
            self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(icon("info", theme, theme.color("accent")).pixmap(QSize(16, 16), ratio))
        tint([self.close_button], theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_message()
        else:
            super().keyPressEvent(event)

    def _do(self) -> None:
        act = self._act
        self.close_message()
        if act is not None:
            act()
