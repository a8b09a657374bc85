"""The tree of names: groups that open at a click, and rows that are walked through, opened and ruled about."""

from typing import TYPE_CHECKING, override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from postil.view.panels.entity_delegate import EntityDelegate
from postil.view.panels.furniture import FlatTree
from postil.view.panels.record_model import RECORD
from postil_db.records import Entity

if TYPE_CHECKING:
    from postil.view.keys import Bindings


class EntityTree(FlatTree):
    """Groups that open at a click, and rows that are walked through."""

    walked = Signal(object, int)  # QModelIndex of an entity, direction
    opened = Signal(object)  # QModelIndex of an entity: its page is wanted
    menu_asked = Signal(object, object)  # QModelIndex of an entity, where on the screen
    command_pressed = Signal(str)  # a key was pressed that does something to a name
    moved = Signal()  # rows are elsewhere now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Names in this document", parent)
        self.bindings: Bindings | None = None
        self._doubled = False
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(FlatTree.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.expanded.connect(self.moved)
        self.collapsed.connect(self.moved)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a group (but not on its switch) and walks an entity; the second of two opens its page."""
        super().mouseReleaseEvent(event)
        doubled, self._doubled = self._doubled, False
        if doubled:
            return
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.parent().isValid():
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.walked.emit(index, -1 if back else 1)
            return
        delegate = self.itemDelegate()
        if isinstance(delegate, EntityDelegate) and not delegate.on_switch(self.visualRect(index), at.x()):
            self.setExpanded(index, not self.isExpanded(index))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a name's page, or a group; the space bar walks on, with Shift back; letters do as on the page."""
        index = self.currentIndex()
        named = index.isValid() and index.parent().isValid()
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid()
        name = self.bindings.command(event) if self.bindings is not None and named else ""
        if entered and named:
            self.opened.emit(index)
        elif entered:
            self.setExpanded(index, not self.isExpanded(index))
        elif named and event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.walked.emit(index, -1 if back else 1)
        elif name.startswith("name_"):
            self.command_pressed.emit(name)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the page of a name."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.parent().isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._doubled = True
            self.opened.emit(index)
        else:
            super().mouseDoubleClickEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a name, by mouse or menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if isinstance(index.data(RECORD), Entity):
            self.setCurrentIndex(index)
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
            self.menu_asked.emit(index, at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows end elsewhere."""
        super().resizeEvent(event)
        self.moved.emit()
