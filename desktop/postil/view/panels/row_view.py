"""The geometry of a list whose rows have different heights: where rows are, what a point or a key leads to."""

from typing import override

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from postil.view.panels.record_model import Index
from postil.view.panels.row_heights import RowHeights


class RowView(QListView):
    """Rows as wide as the view, one under another, by the offsets of `RowHeights`.

    It is a QListView so that screen readers know it as a list of rows; nothing of that one's own layout is used.
    """

    ESTIMATE = 104
    MARGIN = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowHeights(self.ESTIMATE, self.MARGIN)

    @override
    def visualRect(self, index: Index) -> QRect:
        """Where a row is in the viewport."""
        row = index.row()
        if not index.isValid() or row >= len(self._rows.keys):
            return QRect()
        height = self._rows.height(row)
        return QRect(0, self._rows.tops[row] - self.verticalOffset(), self.viewport().width(), height)

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        at = point.y() + self.verticalOffset()
        if not 0 <= at < self._rows.tops[-1] or at < self._rows.tops[0]:
            return QModelIndex()
        return self.model().index(self._rows.row_at(at), 0)

    @override
    def horizontalOffset(self) -> int:
        """Cards are as wide as the view."""
        return 0

    @override
    def verticalOffset(self) -> int:
        """How far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    @override
    def isIndexHidden(self, _index: Index) -> bool:
        """No row is hidden."""
        return False

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the rows that touch a rectangle of the viewport."""
        if not self._rows.keys:
            return
        box = rect.normalized()
        first = self._rows.row_at(max(0, box.top() + self.verticalOffset()))
        last = self._rows.row_at(max(0, box.bottom() + self.verticalOffset()))
        chosen = QItemSelection(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(chosen, command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What must be painted again when `selection` changes."""
        region, view = QRegion(), self.viewport().rect()
        for part in selection.toList():
            top, bottom = self.visualRect(part.topLeft()), self.visualRect(part.bottomRight())
            region |= QRegion(top.united(bottom) & view)
        return region

    @override
    def moveCursor(self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads from the current row."""
        moves = QAbstractItemView.CursorAction
        row, last = self.currentIndex().row(), len(self._rows.keys) - 1
        if last < 0:
            return QModelIndex()
        page = self.viewport().height()
        target = {
            moves.MoveUp: row - 1,
            moves.MovePrevious: row - 1,
            moves.MoveDown: row + 1,
            moves.MoveNext: row + 1,
            moves.MoveHome: 0,
            moves.MoveEnd: last,
            moves.MovePageUp: self._rows.row_at(max(0, self._rows.tops[max(row, 0)] - page)),
            moves.MovePageDown: self._rows.row_at(self._rows.tops[max(row, 0)] + page),
        }.get(action, row)
        return self.model().index(max(0, min(target, last)), 0)
