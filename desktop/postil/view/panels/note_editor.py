"""Where a note is written: plain Markdown, growing with its text, saved at every pause."""

from math import ceil
from typing import override

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from postil.view.panels.entity_links import LinkCompleter

PAUSE_MS = 400
MIN_LINES, MAX_LINES = 3, 14
_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class NoteEditor(QPlainTextEdit):
    """An editor that never keeps typed text to itself for longer than a pause."""

    typed = Signal(str)  # the whole note, whenever it differs from what was last told
    done = Signal()  # the reader left it
    names_wanted = Signal()  # names to link to are wanted: `links.set_names` is to be called

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self.links = LinkCompleter(self)
        self.links.wanted.connect(self.names_wanted)
        self.textChanged.connect(self._pause.start)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.setTabChangesFocus(True)
        self.setPlaceholderText("Write a note… Markdown works.")
        self.setAccessibleName("Note, Markdown")
        self.setAccessibleDescription("Saved as you type. Escape or Control and Enter closes it.")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def start(self, text: str) -> None:
        """Begin with a note."""
        self.setPlainText(text)
        self._told = text
        self._pause.stop()
        self.moveCursor(self.textCursor().MoveOperation.End)

    def save(self) -> None:
        """Tell what was typed, if it has not been told."""
        self._pause.stop()
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.typed.emit(text)

    @override
    def sizeHint(self) -> QSize:
        """As high as its lines, within limits."""
        line = self.fontMetrics().lineSpacing()
        wanted = int(self.document().size().height())  # QPlainTextEdit counts in lines
        lines = max(MIN_LINES, min(wanted, MAX_LINES))
        edges = self.height() - self.viewport().height() if self.isVisible() else 12
        return QSize(120, ceil(lines * line + 2 * self.document().documentMargin()) + max(edges, 12))

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow is fine, low is not."""
        return QSize(40, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Ctrl+Enter save and close; undo takes a note back."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.links.offering and (enter or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)):
            event.ignore()  # it is for the names on offer
        elif event.key() == Qt.Key.Key_Escape or (enter and control):
            self.save()
            self.done.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save; close too, unless the focus is only lent to a menu or another window."""
        super().focusOutEvent(event)
        self.save()
        if event.reason() not in _PASSING:
            self.done.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Save before it is gone."""
        self.save()
        super().hideEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap to other heights."""
        super().resizeEvent(event)
        self.updateGeometry()
