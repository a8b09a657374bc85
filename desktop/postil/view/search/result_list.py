"""The list of results with its keys: through groups, to choose several, and to have more when its end comes near."""

from collections.abc import Hashable, Sequence
from typing import cast, override

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from postil.view.panels.card_list import CardList
from postil.view.search.result_model import ResultModel, Row

NEAR = 6
"""So many rows before the end of what is there, more is asked for."""
_TOGGLE = QItemSelectionModel.SelectionFlag.Toggle


class ResultList(CardList):
    """Right and left go from group to group, Space takes one more or lets it go, Shift and Ctrl as everywhere."""

    end_near = Signal()
    all_chosen = Signal()  # Ctrl+A
    left = Signal()  # Escape, or up from the first row: back to the box
    picked = Signal(int)  # row: clicked, alone
    removed = Signal()  # Delete

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.been_opened = False  # whether the current row has been gone to
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("Search results")
        self.clicked.connect(self._clicked)

    def take_up(self, current: Hashable, chosen: Sequence[Hashable]) -> None:
        """Make rows current and chosen again that were so before others came; nothing moves."""
        model, flags = self.results(), QItemSelectionModel.SelectionFlag
        for key in chosen:
            if (row := model.row_of(key)) >= 0:
                self.selectionModel().select(model.index(row), flags.Select)
        row = model.row_of(current)
        if row != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(model.index(row), flags.NoUpdate)

    def measure_rows(self, keys: Sequence[Hashable]) -> None:
        """Forget the heights of rows that say something else now: another snippet, or no heading any more."""
        if keys:
            self._rows.forget(*keys)
            self._rebuild()

    @override
    def go_to_row(self, row: int) -> None:
        """Make a row the only selected one, whatever keys are held just now."""
        index = self.model().index(max(0, min(row, self.model().rowCount() - 1)), 0)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def results(self) -> ResultModel:
        """The model, as what it is here."""
        return cast("ResultModel", self.model())

    def chosen(self) -> list[Row]:
        """The rows that are selected, top down; the current one where nothing is."""
        found = (self.results().record(row) for row in self.selected_rows())
        return [row for row in found if row is not None]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this list."""
        row, key = self.currentIndex().row(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and plain and row <= 0):
            self.left.emit()
        elif plain and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            forward = (key == Qt.Key.Key_Right) == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
            self.go_to_row(self.results().next_group(row, 1 if forward else -1))
        elif key == Qt.Key.Key_Space and (plain or control):
            self.selectionModel().select(self.currentIndex(), _TOGGLE)
        elif control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_only(row + (1 if key == Qt.Key.Key_Down else -1))
        elif control and key == Qt.Key.Key_A:
            self.selectAll()
            self.all_chosen.emit()
        elif plain and key == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Ask for more before the end is reached."""
        super().scrollContentsBy(dx, dy)
        self.look_ahead()

    def look_ahead(self) -> None:
        """Say so where what is in view is near the end of what has been fetched of a group."""
        count = self.model().rowCount() if self.model() is not None else 0
        if count and self.isVisible():
            self.end_near.emit()

    def last_in_view(self) -> int:
        """The last row in view, and a few more."""
        rows = self._rows_in(self.viewport().rect())
        return (rows[-1] if rows else 0) + NEAR

    def first_in_view(self) -> int:
        """The first row in view."""
        rows = self._rows_in(self.viewport().rect())
        return rows[0] if rows else 0

    def _move_only(self, row: int) -> None:
        """Make another row the current one, and leave what is selected."""
        index = self.model().index(max(0, min(row, self.model().rowCount() - 1)), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def _clicked(self) -> None:
        held = QGuiApplication.keyboardModifiers()
        several = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not held & several and len(self.selected_rows()) == 1:
            self.picked.emit(self.currentIndex().row())
