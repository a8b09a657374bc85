"""The sections of the open document; the one being read is marked."""

from bisect import bisect_right
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP, EmptyState, column
from postil.view.panels.record_model import RECORD, Index
from postil.view.panels.row_delegate import RowDelegate
from postil_db.records import Content, Section


class SectionModel(QAbstractListModel):
    """Sections, and which one holds the reader's place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._starts: list[int] = []
        self.reading = -1

    def show(self, content: Content | None) -> None:
        """Take another document's sections."""
        self.beginResetModel()
        self._sections = content.sections if content is not None else ()
        self._starts = [content.starts[section.block] for section in self._sections] if content is not None else []
        self.reading = -1
        self.endResetModel()

    def read_on(self, offset: int) -> bool:
        """Move the reader's place; whether it is in another section now."""
        row, before = bisect_right(self._starts, offset) - 1, self.reading
        if row == before:
            return False
        self.reading = row
        for changed in (before, row):
            if 0 <= changed < len(self._sections):
                self.dataChanged.emit(self.index(changed), self.index(changed))
        return True

    def offset(self, index: Index) -> int:
        """Where a section begins in the text."""
        return self._starts[index.row()]

    def top(self) -> int:
        """The smallest level there is."""
        return min((section.level for section in self._sections), default=1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row a section."""
        return 0 if parent is not None and parent.isValid() else len(self._sections)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A section's title."""
        if not index.isValid() or index.row() >= len(self._sections):
            return None
        section = self._sections[index.row()]
        if role == RECORD:
            return section
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return section.title or "Untitled"
        return None


class SectionDelegate(RowDelegate):
    """Titles, indented by level; a bar beside the one being read."""

    top = 1
    reading = -1

    @override
    def indent(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """By level, but never so deep that no title fits."""
        section = index.data(RECORD)
        return 4 + 16 * min(section.level - self.top, 4) if isinstance(section, Section) else 0

    @override
    def strong(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """The one being read."""
        return index.row() == self.reading

    @override
    def paint_sign(self, painter: QPainter, at: QPointF, index: QModelIndex | QPersistentModelIndex) -> int:
        """A bar at the edge for the one being read."""
        if index.row() == self.reading:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            painter.drawRoundedRect(QRectF(5, at.y() - 9, 3, 18), 1.5, 1.5)
        return 0


class SectionList(QListView):
    """Sections to go to."""

    chosen = Signal(object)  # QModelIndex

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes there."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ContentsPanel(QWidget):
    """Lists the open document's sections."""

    activated = Signal(int)  # offset

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SectionModel(self)
        self._delegate = SectionDelegate(theme, self)
        self.list = SectionList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Contents")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.empty = EmptyState(theme, "contents")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = column(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addWidget(self._stack)
        self.setAccessibleName("Contents of this document")
        self.list.chosen.connect(lambda index: self.activated.emit(self._model.offset(index)))
        self.show_contents(None)

    def show_contents(self, content: Content | None) -> None:
        """Show a document's sections; None: no document is open."""
        self._model.show(content)
        self._delegate.top, self._delegate.reading = self._model.top(), -1
        self.empty.say("No sections", "This document has no headings." if content else "Open a document to read.")
        self._stack.setCurrentWidget(self.list if self._model.rowCount() else self.empty)

    def set_position(self, offset: int) -> None:
        """Mark the section that holds `offset`."""
        if self._model.read_on(offset):
            self._delegate.reading = self._model.reading
            index = self._model.index(self._model.reading)
            if index.isValid():
                self.list.scrollTo(index)
            self.list.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._delegate.theme = theme
        self.empty.set_theme(theme)
        self.list.viewport().update()
