"""A list of cards that can keep beside what they are about, while the text beside them scrolls.

The cards and their delegate are those of every list; only where they stand is another thing, and no more cards are
measured than there are in view.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from itertools import pairwise
from math import floor
from typing import Any, override

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from postil.view.panels.card_list import CardList
from postil.view.panels.card_pictures import CardPictures, paint_pointer
from postil.view.panels.margin import arrange
from postil.view.panels.margin_near import Passages, near
from postil.view.panels.record_model import RECORD, Index


class MarginList(CardList):
    """Shows cards in list order, or beside their passages (`set_beside`); records need a `selector` then."""

    placed_changed = Signal()  # which cards stand in view
    wheeled = Signal(object)  # QWheelEvent: beside the text, the text is what scrolls

    def __init__(self, parent: QWidget | None = None) -> None:
        self._passages: Passages | None = None  # these come first: Qt asks for the geometry while it is built
        self._wanted = False
        self._in_order = True
        self._following = False
        self._starts: list[int] = []
        self._placed: dict[int, int] = {}
        self._lines: dict[int, float] = {}
        self._pictures = CardPictures()
        super().__init__(parent)

    # --- the two ways

    def set_passages(self, passages: Passages) -> None:
        """Say what to keep beside."""
        self._passages = passages
        self.follow()

    def set_beside(self, beside: bool) -> None:
        """Keep the cards beside their passages from now on, or in a list."""
        if beside == self._wanted:
            return
        self._wanted = beside
        self._take_way()
        self.scrollTo(self.currentIndex())

    @property
    def beside(self) -> bool:
        """Whether the cards keep beside their passages; never while they are in another order than the text."""
        return self._wanted and self._in_order and self._passages is not None

    def follow(self) -> None:
        """Stand where the passages are now: whenever they have moved."""
        if self.beside and self.isVisible() and not self._held:
            self._place()

    def placed(self) -> list[int]:
        """The rows whose cards stand in view, from the top down."""
        return list(self._placed)

    def out_of_view(self) -> tuple[int, int]:
        """How many cards belong above what is in view, and how many below it."""
        first = self._passages.visible_range()[0] if self._passages is not None else 0
        above = bisect_left(self._starts, first)
        return above, len(self._starts) - above - len(self._placed)

    # --- placing

    def _place(self) -> None:
        if self._following or self._passages is None:
            return
        self._following = True
        try:
            current, height = self.currentIndex().row(), self.viewport().height()
            zero = QPoint(0, 0)
            lift = self._passages.mapToGlobal(zero).y() - self.viewport().mapToGlobal(zero).y()
            found = near(self._passages, self._starts, lift, height, current)
            rows, lines = found.rows, found.lines
            tops = arrange(
                lines,
                lambda at: self._height(rows[at]),
                height,
                first=found.first,
                last=found.last,
                current=rows.index(current) if current in rows else None,
            )
        finally:
            self._following = False
        before = list(self._placed)
        self._placed = {rows[at]: floor(top + 0.5) for at, top in tops.items()}
        self._pictures.keep_only({self._rows.keys[row] for row in self._placed})
        self._lines = {rows[at]: lines[at] for at in tops}
        self._place_widget()
        self.viewport().update()
        if list(self._placed) != before or not before:
            self.placed_changed.emit()

    def _height(self, row: int) -> int:
        self._measure([row])
        return self._rows.latest(row)  # adding up is for lists: 20,000 rows would be added up for each new card

    def _take_way(self) -> None:
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if self.beside else bars.ScrollBarAsNeeded)
        self._placed, self._lines = {}, {}
        self._rebuild()
        self.placed_changed.emit()

    # --- what CardList asks of its geometry

    @override
    def _take_rows(self, anchor: tuple[Hashable, int] | None) -> None:
        """Take up the places of the rows in the text."""
        records = self.records().records() if self.model() is not None else []
        self._starts = [record.selector.start for record in records]
        before = self.beside
        self._in_order = all(one <= other for one, other in pairwise(self._starts))
        self._placed, self._lines = {}, {}
        self._following = True  # nothing is placed while rows and places are not of one and the same set
        try:
            super()._take_rows(anchor)
        finally:
            self._following = False
        if self.beside != before:
            self._take_way()
        else:
            self.follow()

    @override
    def visualRect(self, index: Index) -> QRect:
        """Where a card is; above the view if it does not stand in it."""
        if not self.beside:
            return super().visualRect(index)
        row = index.row()
        if not index.isValid() or row >= len(self._rows.keys):
            return QRect()
        height = self._rows.latest(row)
        return QRect(0, self._placed.get(row, -height - 1), self.viewport().width(), height)

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        """The card at a point of the viewport."""
        if not self.beside:
            return super().indexAt(point)
        for row, top in self._placed.items():
            if top <= point.y() < top + self._rows.latest(row):
                return self.model().index(row, 0)
        return QModelIndex()

    @override
    def verticalOffset(self) -> int:
        """Beside the text nothing scrolls here."""
        return 0 if self.beside else super().verticalOffset()

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the cards that touch a rectangle of the viewport."""
        if not self.beside:
            super().setSelection(rect, command)
            return
        chosen = QItemSelection()
        for row in self._rows_in(rect.normalized()):
            index = self.model().index(row, 0)
            chosen.select(index, index)
        self.selectionModel().select(chosen, command)

    @override
    def updateGeometries(self) -> None:
        """Beside the text there is nothing to scroll."""
        super().updateGeometries()
        if self.beside:
            self.verticalScrollBar().setRange(0, 0)

    @override
    def scrollTo(self, index: Index, hint: Any = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Bring a row into view; beside the text that is the text's part."""
        if self.beside:
            self.follow()
        else:
            super().scrollTo(index, hint)

    @override
    def _rows_in(self, rect: QRect) -> Sequence[int]:
        if not self.beside:
            return super()._rows_in(rect)
        top, bottom = rect.top(), rect.bottom()
        return [row for row, y in self._placed.items() if y <= bottom and y + self._rows.latest(row) > top]

    @override
    def _anchor(self) -> tuple[Hashable, int] | None:
        return None if self.beside else super()._anchor()

    @override
    def _settle(self) -> None:
        if self.beside:
            self.follow()
        else:
            super()._settle()

    @override
    def _place_widget(self) -> None:
        """Beside the text, the open card is put away while its passage is elsewhere, unless it is being written in."""
        if self.beside and self._widget is not None:
            away = self.records().row_of(self._open_key) not in self._placed
            focus = self.focusWidget()
            if away and not (focus is not None and self._widget.isAncestorOf(focus) and focus.hasFocus()):
                self._widget.hide()
                return
        super()._place_widget()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Beside the text, the wheel is for the text."""
        if self.beside:
            self.wheeled.emit(event)
        else:
            super().wheelEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the text."""
        super().showEvent(event)
        self.follow()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Stand nowhere while nobody looks."""
        super().hideEvent(event)
        self._placed, self._lines = {}, {}

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, and where the current one points to."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if self.beside and row in self._placed:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QRect(0, self._placed[row], self.viewport().width(), self._rows.latest(row))
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            paint_pointer(painter, card, self._lines[row], self.pointer_color(), mirrored=mirrored)

    @override
    def measure_again(self) -> None:
        """Paint every card anew, too."""
        self._pictures.clear()
        super().measure_again()

    def paint_again(self) -> None:
        """Something that is painted on cards changed, but not how high they are."""
        self._pictures.clear()
        self.viewport().update()

    @override
    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Beside the text a card is painted once, and moved while the text scrolls."""
        if not self.beside:
            super()._paint_row(painter, option, index)
            return
        key, paint = self._rows.keys[index.row()], super()._paint_row
        self._pictures.paint(painter, option, key, index.data(RECORD), lambda brush, how: paint(brush, how, index))

    def pointer_color(self) -> QColor:
        """The colour of the sign that points from the current card to its passage."""
        return self.palette().accent().color()
