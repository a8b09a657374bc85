"""The list of annotations, and what keys and clicks on a card ask for."""

from typing import override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from postil.view.keys import Bindings
from postil.view.menus import declared
from postil.view.panels.margin_list import MarginList
from postil_db.records import Color

_MARKS = {f"mark_{color}": color for color in Color}


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
        self.bindings = Bindings(declared())
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("Annotations")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's keys for marks, notes and tags; the rest as in every list. Text beside it goes along."""
        before = self.currentIndex().row()
        name = self.bindings.command(event, on_page=True)
        if name in _MARKS:
            self.color_requested.emit(_MARKS[name])
        elif name == "note" or event.key() == Qt.Key.Key_F2:
            self.note_requested.emit()
        elif name == "tag":
            self.tag_requested.emit()
        elif name == "remove" or event.key() == Qt.Key.Key_Backspace:
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
