"""The table of names in view: chosen by rows, found by typing, its columns as wide as the reader made them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, override

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from postil.view.entities.table_cells import PAD, Cells
from postil.view.entities.table_keys import Typing, deed_for
from postil.view.entities.table_model import TITLES, NamesModel
from postil.view.entities.table_rows import COLUMNS, Column, Shown, begins
from postil.view.look.theme import Theme
from postil_db.records.entity_list import ListedEntity

if TYPE_CHECKING:
    from postil.view.keys import Bindings

DROPPED = (Column.ORIGIN, Column.FIRST, Column.ALIASES, Column.LAST, Column.WRITTEN, Column.DOCUMENTS, Column.KIND)
"""What gives way in a narrow window, the least important first."""
_SAMPLES = {
    Column.NAME: "0" * 26,
    Column.KIND: "Organisation",
    Column.ALIASES: "0" * 20,
    Column.FIRST: "2026-01-27",
    Column.LAST: "2026-01-27",
    Column.WRITTEN: "0" * 12,
}
"""What columns have room for at first, besides their heads."""
_NAME_SHARE = 0.26
"""How much of a wide window the names take, until the reader says otherwise."""
_LEAST = 48
MOST_KEPT = 2_000
"""So many chosen rows, strewn over the table, are found again in another order; all of them always are."""

type Index = QModelIndex | QPersistentModelIndex


class NamesTable(QTableView):
    """Rows of names. Enter opens a page, Shift+Enter goes to a mention; letters find, with Alt they do things."""

    opened = Signal()  # the page of the current name is wanted
    walked = Signal(int, bool)  # the next (1) or previous (-1) mention; whether to go there for good
    deed_pressed = Signal(str)  # the command of a key
    menu_asked = Signal(object)  # where on the screen
    chosen_changed = Signal()
    copy_asked = Signal()
    typed = Signal(str, bool)  # what is being looked for ("" when that is over), and whether it was found
    sort_asked = Signal(object)  # Column
    widths_changed = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = NamesModel(theme, self)
        self.bindings: Bindings | None = None
        self._cells = Cells(theme, self)
        self._widths: dict[Column, int] = {}
        self._fitting = False
        self._typing = Typing(self)
        self.setModel(self.names)
        self.setItemDelegate(self._cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAccessibleName("Names")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        # With the table's own one, painting the heads asks of every row whether it is chosen.
        head.setSelectionModel(QItemSelectionModel(self.names, head))
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(_LEAST)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionClicked.connect(lambda section: self.sort_asked.emit(COLUMNS[section]))
        head.sectionResized.connect(self._take_width)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._typing.over.connect(lambda: self.typed.emit("", True))
        self.set_theme(theme)

    # what it shows

    def show_names(self, sight: Shown, became: Mapping[int, int] = MappingProxyType({})) -> None:
        """Take other names or another order; what is chosen and in view stays so.

        `became`: the ids that names have now which are there no more, by those they had.
        """
        count, old = self.chosen_count, self.names.sight
        every = 0 < count == len(old.ids)
        chosen = [one.id for one in self.chosen()] if not every and count <= MOST_KEPT else []
        current, top = self.currentIndex().row(), max(0, self.rowAt(0))
        was, held = (old.ids[row] if 0 <= row < len(old.ids) else -1 for row in (current, top))
        near = 0 <= current - top <= self._page()
        self.names.show(sight)
        if self.currentIndex().isValid():
            return  # every row stayed where it was
        was = was if was in sight.rows else became.get(was, -1)
        now = (one if one in sight.rows else became.get(one, -1) for one in chosen)
        rows = sorted({sight.rows[one] for one in now if one in sight.rows})
        if every and sight.ids:
            self._choose(range(len(sight.ids)), sight.rows.get(was, 0))
        elif current >= 0 and sight.ids:
            self._choose(rows, sight.rows.get(was, rows[0] if rows else min(current, len(sight.ids) - 1)))
        if near and self.currentIndex().isValid():
            self.verticalScrollBar().setValue(max(0, self.currentIndex().row() - (current - top)))
        elif held in sight.rows:
            self.verticalScrollBar().setValue(sight.rows[held])
        self.chosen_changed.emit()

    @property
    def chosen_count(self) -> int:
        """How many names are chosen."""
        return sum(one.bottom() + 1 - one.top() for one in self.selectionModel().selection().toList())

    def chosen(self) -> list[ListedEntity]:
        """The names that are chosen, in the order of the table."""
        ranges = self.selectionModel().selection().toList()
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        found = [self.names.entity(row) for row in rows]
        return [one for one in found if one is not None]

    def current(self) -> ListedEntity | None:
        """The name that the keyboard is on."""
        return self.names.entity(self.currentIndex().row())

    def place_of_current(self) -> QPoint:
        """Where on the screen to ask about it."""
        box = self.visualRect(self.names.index(self.currentIndex().row(), 0))
        return self.viewport().mapToGlobal(box.bottomLeft() + QPoint(Cells.INDENT, 0))

    def enter(self) -> None:
        """Take the keyboard, with a row to begin at."""
        if not self.currentIndex().isValid() and self.names.rowCount():
            self.setCurrentIndex(self.names.index(0, 0))
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.names.set_theme(theme)
        self._cells.set_theme(theme)
        self.verticalHeader().setDefaultSectionSize(max(30, self.fontMetrics().height() + 12))
        self._fit()
        self.viewport().update()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Make columns as wide as they were once; 0 for one that never was changed."""
        self._widths = {column: width for column, width in zip(COLUMNS, widths, strict=False) if width >= _LEAST}
        self._fit()

    # inside

    def _choose(self, rows: Sequence[int], current: int) -> None:
        model, last, way = self.selectionModel(), len(COLUMNS) - 1, QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        for first, until in runs(rows):
            chosen.append(QItemSelectionRange(self.names.index(first, 0), self.names.index(until, last)))
        model.setCurrentIndex(self.names.index(current, 0), way.NoUpdate if rows else way.ClearAndSelect | way.Rows)
        if rows:
            model.select(chosen, way.ClearAndSelect)

    def _page(self) -> int:
        return self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize())

    def _take_width(self, section: int, _before: int, width: int) -> None:
        if not self._fitting and width and section != self._last():
            self._widths[COLUMNS[section]] = width
            self.widths_changed.emit([self._widths.get(column, 0) for column in COLUMNS])

    def _last(self) -> int:
        """The last column in view: it takes what is left, whatever the reader wants."""
        return max(at for at in range(len(COLUMNS)) if not self.isColumnHidden(at))

    def _fit(self) -> None:
        """Give columns their widths, and put those away for which there is no room."""
        room, wide = self.viewport().width(), self.fontMetrics().horizontalAdvance
        usual = {one: max(wide(f"{TITLES[one]}  ↓"), wide(_SAMPLES.get(one, ""))) + 2 * PAD + 2 for one in COLUMNS}
        wanted = usual | self._widths
        if Column.NAME not in self._widths:
            wanted[Column.NAME] = max(wanted[Column.NAME], round(room * _NAME_SHARE))
        left = list(COLUMNS)
        for column in DROPPED:
            if sum(wanted[one] for one in left) <= room:
                break
            left.remove(column)
        over = sum(wanted[one] for one in left) - room
        if over > 0:
            wanted[Column.NAME] = max(_LEAST * 2, wanted[Column.NAME] - over)
        self._fitting = True
        for at, column in enumerate(COLUMNS):
            self.setColumnHidden(at, column not in left)
            if column in left:
                self.setColumnWidth(at, wanted[column])
        self._fitting = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give columns their room anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, the space bar, keys that do something to names, letters that find one."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        deed = deed_for(event, self.bindings) if self.current() is not None else ""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            if shift:
                self.walked.emit(1, True)
            else:
                self.opened.emit()
        elif key == Qt.Key.Key_Escape and self._typing.text:
            self._typing.stop()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif deed:
            self.deed_pressed.emit(deed)
        elif key == Qt.Key.Key_Space and not self._typing.text and self.current() is not None:
            self.walked.emit(-1 if shift else 1, False)
        elif self._typing.takes(event):
            self._find()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        row = max(0, self.currentIndex().row())
        found = begins(self.names.sight, self._typing.wanted, row + self._typing.on)
        if found >= 0:
            self.setCurrentIndex(self.names.index(found, 0))
        self.typed.emit(self._typing.text, found >= 0)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is chosen, by mouse or menu key."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self.current() is not None:
                self.menu_asked.emit(self.place_of_current())
        elif self.indexAt(event.pos()).isValid():
            self.menu_asked.emit(event.globalPos())


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows in their order as stretches without a gap: the first and the last row of each."""
    if isinstance(rows, range):
        return [(rows.start, rows.stop - 1)]
    ends = [at for at, row in enumerate(rows) if at + 1 == len(rows) or rows[at + 1] != row + 1]
    starts = [0, *(at + 1 for at in ends)]
    return [(rows[start], rows[end]) for start, end in zip(starts, ends, strict=False)]
