"""The list of annotations, and what keys and clicks on a card ask for."""

from typing import override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from postil.view.panels.margin_list import MarginList
from postil_db.records import Color

_DIGITS = {getattr(Qt.Key, f"Key_{number}"): color for number, color in enumerate(Color, 1)}


class AnnotationList(MarginList):
    """Turns keys and clicks into wishes; the panel knows what they are about."""

    clicked_row = Signal(int)
    color_requested = Signal(object)
    note_requested = Signal()
    tag_requested = Signal()
    delete_requested = Signal()
    focus_moved = Signal()
    stepped = Signal(int)  # row: the keyboard went to it while the cards keep beside the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = -1
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("Annotations")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5, N, T, Delete; the rest as in every list. Beside the text, the text goes where the keys go."""
        before = self.currentIndex().row()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        if plain and key in _DIGITS:
            self.color_requested.emit(_DIGITS[key])
        elif plain and key in (Qt.Key.Key_N, Qt.Key.Key_F2):
            self.note_requested.emit()
        elif plain and key == Qt.Key.Key_T:
            self.tag_requested.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)
        row = self.currentIndex().row()
        if self.beside and row >= 0 and row != before:
            self.stepped.emit(row)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the card: when it opens, rows move under the mouse."""
        self._pressed = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click on a card goes to its passage."""
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        row, self._pressed = self._pressed, -1
        if row >= 0 and plain and event.button() == Qt.MouseButton.LeftButton:
            self.clicked_row.emit(row)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go: beside the text, to a card in view."""
        super().focusInEvent(event)
        placed = self.placed()
        if self.beside and placed and self.currentIndex().row() not in placed:
            self.go_to_row(placed[0])
        self.focus_moved.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they go elsewhere."""
        super().focusOutEvent(event)
        self.focus_moved.emit()
