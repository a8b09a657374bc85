"""A field that takes the keys pressed in it instead of what they mean."""

from typing import override

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from postil.view.keys import recorded


class KeyCatcher(QLabel):
    """Waits for one key or combination. Escape, or a click elsewhere, leaves everything as it was."""

    caught = Signal(str)  # in portable notation
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_catcher")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    @override
    def event(self, event: QEvent) -> bool:
        """Take Tab and every shortcut, too."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Wait no more."""
        super().focusOutEvent(event)
        if self.isVisible() and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()

    def _take(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        elif key := recorded(event):
            self.caught.emit(key)
