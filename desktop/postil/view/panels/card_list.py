"""A list of cards of different heights that measures only the cards it shows.

QListView measures every row before it knows where the last one is: seconds for 20,000 notes. Here a row has an
estimated height until it comes into view.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast, override

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QWidget

from postil.view.panels.card_delegate import CardDelegate
from postil.view.panels.record_model import Index, RecordModel
from postil.view.panels.row_view import RowView

State = QStyle.StateFlag


class CardList(RowView):
    """Shows a `RecordModel` through its delegate; one row may be shown by a widget instead of paint."""

    entered = Signal(int)  # row: Enter or Return on it
    context_requested = Signal(object)  # QPoint on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_key: Hashable = None
        self._widget: QWidget | None = None
        self._settling = False
        self._held = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below it is painted again
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.context_requested.emit(self.mapToGlobal(at)))

    # --- what is shown

    def records(self) -> RecordModel[Any]:
        """The model, as what it is here."""
        return cast("RecordModel[Any]", self.model())

    def open_widget(self, key: Hashable, widget: QWidget | None) -> None:
        """Show the row of `key` by `widget` (a child of the viewport) from now on; None: paint all rows again."""
        self._rows.forget(self._open_key, key)
        if self._widget is not None and self._widget is not widget:
            self._widget.hide()
        self._open_key, self._widget = key, widget
        self._rebuild()

    def open_key(self) -> Hashable:
        """The key of the row that a widget shows, or None."""
        return self._open_key

    def measure_again(self) -> None:
        """Forget every height: the width, the font or the theme changed."""
        self._rows.forget_all()
        self._rebuild()

    def measure_row(self, key: Hashable) -> None:
        """Look again how high a row is."""
        row = self.records().row_of(key)
        if row < 0 or not self._rows.known(row) or self._measured(row) != self._rows.latest(row):
            self._rows.forget(key)
            self._rebuild()

    def current_key(self) -> Hashable:
        """The key of the current row, or None."""
        row = self.currentIndex().row()
        return self._rows.keys[row] if 0 <= row < len(self._rows.keys) else None

    def selected_rows(self) -> list[int]:
        """The selected rows, top down; the current one where nothing is selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        current = self.currentIndex().row()
        return rows or ([current] if current >= 0 else [])

    def go_to_row(self, row: int) -> None:
        """Make a row the only selected and the current one, and bring it into view."""
        index = self.model().index(max(0, min(row, len(self._rows.keys) - 1)), 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # --- Qt: geometry

    @override
    def scrollTo(self, index: Index, hint: Any = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Bring a row into view; one higher than the view shows its top."""
        if not index.isValid():
            return
        for _ in range(3):  # what comes into view is measured, and may push the row away again
            rect, bar, room = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
            before = bar.value()
            if rect.top() < 0 or rect.height() > room or hint == QAbstractItemView.ScrollHint.PositionAtTop:
                bar.setValue(before + rect.top() - self.MARGIN)
            elif rect.bottom() > room:
                bar.setValue(before + rect.bottom() - room + self.MARGIN)
            self._settle()
            if bar.value() == before:
                break

    # --- Qt: events

    def reset(self) -> None:
        """Take up the model's new rows; heights of rows that stay are kept, and so is the place."""
        anchor = self._anchor()
        super().reset()
        self._take_rows(anchor)

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Hear, too, when rows are gone."""
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(lambda: self._take_rows(self._anchor()))

    @override
    def rowsInserted(self, parent: Index, first: int, last: int) -> None:
        """Take up new rows among the others, which stay in their places."""
        anchor = self._anchor()
        super().rowsInserted(parent, first, last)
        self._take_rows(anchor)

    @override
    def rowsAboutToBeRemoved(self, parent: Index, first: int, last: int) -> None:
        """Let go of a current row that goes; Qt would make its neighbour the current one."""
        if first <= self.currentIndex().row() <= last:
            self.setCurrentIndex(QModelIndex())
        super().rowsAboutToBeRemoved(parent, first, last)

    def _take_rows(self, anchor: tuple[Hashable, int] | None) -> None:
        """Go by the model's rows as they are now."""
        self._rows.set_keys(self.records().keys())
        if self._widget is not None and self.records().row_of(self._open_key) < 0:
            self._widget.hide()
        self._rebuild(anchor)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stand still while several things change that would each place the rows anew."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self._rebuild()

    @override
    def dataChanged(self, first: Index, last: Index, roles: list[int] | None = None) -> None:  # type: ignore[override]
        """Measure again what changed."""
        super().dataChanged(first, last, roles or [])
        self._rows.forget(*self._rows.keys[first.row() : last.row() + 1])
        self._rebuild()

    @override
    def updateGeometries(self) -> None:
        """Keep the scroll bar right."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(24)
        bar.setRange(0, max(0, self._rows.total() - room))

    @override
    def doItemsLayout(self) -> None:
        """Measure what is in view, not all there is."""
        self._rebuild()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the text anew for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._rows.forget_all()
        self._rebuild()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Measure everything again in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            delegate = self.itemDelegate()
            if isinstance(delegate, CardDelegate):
                delegate.forget()
            self.measure_again()

    @override
    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Measure what comes into view."""
        self._settle()
        self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Paint hovered cards as such."""
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.MouseMove, QEvent.Type.Leave):
            self.viewport().update()
        return super().viewportEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover; a drag selects nothing, since a pressed card may open and move the others."""
        if not event.buttons():
            super().mouseMoveEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that meet the event's rectangle."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        model, chosen, current = self.model(), self.selectionModel(), self.currentIndex()
        mouse = self.viewport().mapFromGlobal(self.cursor().pos()) if self.viewport().underMouse() else QPoint(-1, -1)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        base = option.state & ~(State.State_Selected | State.State_HasFocus | State.State_MouseOver)
        for row in self._rows_in(event.rect()):
            if self._widget is not None and self._rows.keys[row] == self._open_key:
                continue
            index = model.index(row, 0)
            option.rect, option.state = self.visualRect(index), base
            if chosen.isSelected(index):
                option.state |= State.State_Selected
            if index == current and self.hasFocus():
                option.state |= State.State_HasFocus
            if option.rect.contains(mouse):
                option.state |= State.State_MouseOver
            self._paint_row(painter, option, index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K as down and up; Enter; no search by typing, for letters are commands here."""
        row, shift = self.currentIndex().row(), Qt.KeyboardModifier.ShiftModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.entered.emit(row)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # leads back to the page
        elif plain and event.key() in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.go_to_row(row + (1 if event.key() == Qt.Key.Key_J else -1))
        elif (
            event.text().isprintable() and event.text() and event.modifiers() in (Qt.KeyboardModifier.NoModifier, shift)
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        self.itemDelegate().paint(painter, option, index)

    def _rows_in(self, rect: QRect) -> Sequence[int]:
        top = self.verticalOffset()
        return self._rows.rows_between(rect.top() + top, rect.bottom() + top)

    def _measure(self, rows: Iterable[int]) -> bool:
        return self._rows.measure(rows, self._measured)

    def _measured(self, row: int) -> int:
        if self._widget is not None and self._rows.keys[row] == self._open_key:
            return max(24, self._widget.heightForWidth(self.viewport().width()))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(0, 0, self.viewport().width(), 0)
        size: QSize = self.itemDelegate().sizeHint(option, self.model().index(row, 0))
        return size.height()

    def _anchor(self) -> tuple[Hashable, int] | None:
        """The first row in view whose height is known, and where its top is: what must not move."""
        if not self._rows.keys:
            return None
        rows = self._rows_in(self.viewport().rect())
        row = next((row for row in rows if self._rows.known(row)), rows[0])
        return self._rows.keys[row], self._rows.tops[row] - self.verticalOffset()

    def _rebuild(self, anchor: tuple[Hashable, int] | None = None) -> None:
        """Make the offsets anew from the heights, and keep the anchor where it is."""
        kept = anchor or self._anchor()
        self._rows.add_up()
        if self._held:
            return
        self.updateGeometries()
        if kept is not None and self.verticalOffset() > 0:
            row = self.records().row_of(kept[0])
            if row >= 0:
                self.verticalScrollBar().setValue(self._rows.tops[row] - kept[1])
        self._settle()
        self.viewport().update()

    def _settle(self) -> None:
        """Measure the rows in view until nothing moves, then place the widget."""
        if self._settling or not self._rows.keys:
            return
        self._settling = True
        try:
            for _ in range(8):
                anchor = self._anchor()
                if not self._measure(self._rows_in(self.viewport().rect())):
                    break
                self._rebuild(anchor)
        finally:
            self._settling = False
        self._place_widget()

    def _place_widget(self) -> None:
        row = self.records().row_of(self._open_key) if self._widget is not None else -1
        if self._widget is None or row < 0:
            return
        rect = self.visualRect(self.model().index(row, 0))
        if self._widget.geometry() != rect:
            self._widget.setGeometry(rect)
        if self._widget.isHidden():
            self._widget.show()
