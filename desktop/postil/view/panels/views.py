"""The smart views over the library's documents: to run, rename, reorder and delete."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import override

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QMenu, QStyleOptionViewItem, QVBoxLayout, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP
from postil.view.panels.row_delegate import PAD, RowDelegate
from postil.view.panels.words import plural
from postil_db.records import SmartView

SHOWN = 6
"""So many rows are shown; more can be scrolled to."""
SIGN = 24
VIEW = int(Qt.ItemDataRole.UserRole)
COUNT = VIEW + 1
type Index = QModelIndex | QPersistentModelIndex


class ViewModel(QAbstractListModel):
    """The views in the reader's order, with their counts."""

    rename_requested = Signal(int, str)
    moved = Signal(list)  # the ids in their new order

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: list[SmartView] = []
        self.counts: Mapping[int, int] = {}

    def show(self, views: Sequence[SmartView], counts: Mapping[int, int]) -> None:
        """Show these; only counts that changed are painted anew."""
        if list(views) != self.views:
            self.beginResetModel()
            self.views, self.counts = list(views), dict(counts)
            self.endResetModel()
        elif counts != self.counts and self.views:
            self.counts = dict(counts)
            self.dataChanged.emit(self.index(0), self.index(len(self.views) - 1))

    def order(self, row: int, target: int) -> list[int]:
        """The ids with the one of `row` put before the one that is at `target` now."""
        ids = [one.id for one in self.views]
        moved = ids.pop(row)
        ids.insert(target - (target > row), moved)
        return ids

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row each."""
        return 0 if parent is not None and parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The view, its name, its query."""
        if not 0 <= index.row() < len(self.views):
            return None
        view = self.views[index.row()]
        count = self.counts.get(view.id)
        told = {
            VIEW: view,
            COUNT: count,
            Qt.ItemDataRole.ToolTipRole: f"{view.name}\n{view.query}",
            Qt.ItemDataRole.AccessibleTextRole: view.name
            if count is None
            else f"{view.name}, {plural(count, 'result')}",
        }
        return told.get(role, view.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole) else None)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; it stands here when it has been written."""
        view, name = index.data(VIEW), str(value).strip()
        if role == Qt.ItemDataRole.EditRole and isinstance(view, SmartView) and name and name != view.name:
            self.rename_requested.emit(view.id, name)
            return True
        return False

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """They can be renamed and dragged; between them, something can be dropped."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable | flag.ItemIsDragEnabled

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        """Only within this list."""
        return Qt.DropAction.MoveAction

    @override
    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, _parent: Index) -> bool:
        """Put the dragged one elsewhere; the rows move when that has been written."""
        dragged = bytes(data.data(self.mimeTypes()[0]).data()) if data.hasFormat(self.mimeTypes()[0]) else b""
        if len(dragged) >= 4:
            source = int.from_bytes(dragged[:4])  # how Qt packs an index: the row comes first
            if 0 <= source < len(self.views) and row not in (source, source + 1):
                self.moved.emit(self.order(source, row if row >= 0 else len(self.views)))
        return False  # so that Qt removes nothing


class ViewDelegate(RowDelegate):
    """A star, the name, the count."""

    @override
    def count(self, index: Index) -> str:
        """How much it finds now."""
        count = index.data(COUNT)
        return f"{count:,}" if isinstance(count, int) else "…"

    @override
    def paint_sign(self, painter: QPainter, at: QPointF, _index: Index) -> int:
        """A star."""
        place = at.toPoint() - QPoint(2, 8)
        icon("star", self.theme, self.theme.color("accent")).paint(painter, place.x(), place.y(), 16, 16)
        return SIGN

    @override
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line that fills the row."""
        editor = QLineEdit(parent)
        editor.setStyleSheet("QLineEdit, QLineEdit:focus { padding: 0 5px; min-height: 0; }")
        editor.setAccessibleName("Name of the smart view")
        editor.setMaxLength(200)
        return editor

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """From where the name begins to where the row ends."""
        editor.setGeometry(option.rect.adjusted(PAD + SIGN - 8, 2, -PAD, -2))


class ViewsList(QListView):
    """Enter or a click runs one, F2 renames, Delete deletes, Alt with an arrow or a drag moves it."""

    run = Signal(object)  # QModelIndex
    delete_pressed = Signal()
    move_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Smart views")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click runs."""
        dragged = self.state() == QListView.State.DraggingState
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and not dragged:
            self.run.emit(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this list."""
        editing = self.state() == QListView.State.EditingState
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if editing:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run.emit(self.currentIndex())
        elif key == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_pressed.emit(1 if key == Qt.Key.Key_Down else -1)
        elif event.text().isprintable() and event.text() and key != Qt.Key.Key_F2:
            event.ignore()  # letters are commands here
        else:
            super().keyPressEvent(event)


class ViewsPanel(QWidget):
    """A heading and the views; away while there are none."""

    activated = Signal(object)  # SmartView
    renamed = Signal(int, str)
    moved = Signal(list)  # ids in their new order
    deleted = Signal(object)  # SmartView
    query_taken = Signal(object)  # SmartView: it asks what is searched for now

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = ViewModel(self)
        self._delegate = ViewDelegate(theme, self)
        self.setAccessibleName("Smart views")
        self.model.rename_requested.connect(self.renamed)
        self.model.moved.connect(self.moved)
        self.hide()

    @cached_property
    def list(self) -> ViewsList:
        """The rows, under a heading and above a line; made for the first view that there is."""
        rows = ViewsList()
        rows.setModel(self.model)
        rows.setItemDelegate(self._delegate)
        title = QLabel("Smart views")
        title.setProperty("role", "heading")
        title.setContentsMargins(12, GAP, 12, 2)
        line = QFrame()
        line.setObjectName("views_line")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(rows)
        layout.addSpacing(4)
        layout.addWidget(line)
        rows.run.connect(self._run)
        rows.delete_pressed.connect(lambda: self._delete(self._current()))
        rows.move_pressed.connect(self._move)
        rows.customContextMenuRequested.connect(self._open_menu)
        return rows

    def show_views(self, views: Sequence[SmartView], counts: Mapping[int, int]) -> None:
        """Show these, in this order; the current one stays current."""
        if not views and self.layout() is None:
            return
        current = self._current()
        self.model.show(views, counts)
        row = next((number for number, one in enumerate(views) if current is not None and one.id == current.id), -1)
        if row >= 0 and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))
        self._fit()
        self.setVisible(bool(views))

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = self._delegate.theme = theme
        if self.layout() is not None:
            self._fit()

    def menu(self, view: SmartView) -> QMenu:
        """What can be done with a view."""
        menu, theme = QMenu(self), self._theme
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.model.views.index(view)
        menu.addAction(icon("search", theme), "Show what it finds\tEnter", lambda: self.activated.emit(view))
        menu.addAction("Take the present search", lambda: self.query_taken.emit(view))
        menu.addSeparator()
        menu.addAction(icon("edit", theme), "Rename\tF2", lambda: self.list.edit(self.model.index(row)))
        up = menu.addAction(icon("up", theme), "Move up\tAlt+Up", lambda: self._move_row(row, -1))
        down = menu.addAction(icon("down", theme), "Move down\tAlt+Down", lambda: self._move_row(row, 1))
        up.setEnabled(row > 0)
        down.setEnabled(row < len(self.model.views) - 1)
        menu.addSeparator()
        menu.addAction(icon("trash", theme), "Delete\tDel", lambda: self._delete(view))
        return menu

    def _current(self) -> SmartView | None:
        view = self.list.currentIndex().data(VIEW)
        return view if isinstance(view, SmartView) else None

    def _fit(self) -> None:
        rows = min(len(self.model.views), SHOWN)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 0) if rows else 0)

    def _run(self, index: QModelIndex) -> None:
        view = index.data(VIEW)
        if isinstance(view, SmartView):
            self.activated.emit(view)

    def _delete(self, view: SmartView | None) -> None:
        if view is not None:
            self.deleted.emit(view)

    def _move(self, direction: int) -> None:
        self._move_row(self.list.currentIndex().row(), direction)

    def _move_row(self, row: int, direction: int) -> None:
        target = row + direction
        if row >= 0 and 0 <= target < len(self.model.views):
            self.moved.emit(self.model.order(row, target + (direction > 0)))

    def _open_menu(self, at: QPoint) -> None:
        view = self.list.indexAt(at).data(VIEW)
        if isinstance(view, SmartView):
            self.menu(view).popup(self.list.viewport().mapToGlobal(at))
