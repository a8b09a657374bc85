"""The table: how often each name stands with each other name or tag, the number in every cell, a tint behind it."""

from math import log
from typing import override

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.page.tips import kind_name
from postil_db.records import Entity, Together

type Index = QModelIndex | QPersistentModelIndex

LONGEST = 190
"""Pixels that a name may take beside or above the table."""

STRONGEST = 0.5
"""How much of the accent the strongest cell is tinted with: text stays readable on it in every theme."""


class TogetherModel(QAbstractTableModel):
    """The numbers. Of entities with entities every pair stands in both of its cells."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.table = Together((), (), {})
        self._most = 1

    def show(self, table: Together) -> None:
        """Take other numbers."""
        self.beginResetModel()
        self.table = table
        self._most = max(table.counts.values(), default=1)
        self.endResetModel()

    def count(self, row: int, column: int) -> int:
        """How often a row's thing stands with a column's."""
        counts = self.table.counts
        return counts.get((row, column), 0) or (counts.get((column, row), 0) if self.paired else 0)

    @property
    def paired(self) -> bool:
        """Whether rows and columns are the same entities."""
        return bool(self.table.columns) and isinstance(self.table.columns[0], Entity)

    def label(self, row: int, column: int) -> str:
        """The two things of a cell."""
        return f"{self.table.rows[row].name} and {_name(self.table.columns[column])}"

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row an entity."""
        return 0 if parent is not None and parent.isValid() else len(self.table.rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        """One column an entity or a tag."""
        return 0 if parent is not None and parent.isValid() else len(self.table.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        row, column = index.row(), index.column()
        count = self.count(row, column)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{count:,}" if count else ""
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(row, column, count)
            case Qt.ItemDataRole.ForegroundRole:
                return self.theme.color("text")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.label(row, column)}: {count:,}" if count else ""
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names."""
        thing = (self.table.columns if orientation is Qt.Orientation.Horizontal else self.table.rows)[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _name(thing)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{_name(thing)} · {kind_name(thing.kind)}" if isinstance(thing, Entity) else _name(thing)
        return None

    def _ground(self, row: int, column: int, count: int) -> QColor:
        if self.paired and row == column:
            return self.theme.color("panel")
        share = STRONGEST * (0.15 + 0.85 * log(1 + count) / log(1 + self._most)) if count else 0.0
        return mix(self.theme.color("raised"), self.theme.color("accent"), share * (0.6 if self.theme.dark else 0.8))


class TogetherTable(QTableView):
    """The table in view. Arrow keys walk, Enter goes to the passages."""

    chosen = Signal(int, int)  # row, column: a cell with a number
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = TogetherModel(theme, self)
        self.setModel(self.numbers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("How often names stand together")
        self.setHorizontalHeader(_Upright(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setMaximumWidth(LONGEST)
        self.selectionModel().currentChanged.connect(self._choose)
        self.clicked.connect(lambda index: self._choose(index, index))
        self.activated.connect(lambda _index: self.entered.emit())

    def show_table(self, table: Together) -> None:
        """Take other numbers; the strongest pair is the current one."""
        self.numbers.show(table)
        metrics = self.fontMetrics()
        self.horizontalHeader().setDefaultSectionSize(max(36, metrics.horizontalAdvance("9,999") + 12))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 10)
        if table.counts:
            row, column = max(table.counts, key=lambda place: (table.counts[place], -place[0], -place[1]))
            self.setCurrentIndex(self.numbers.index(row, column))

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.numbers.theme = theme
        self.viewport().update()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and self.numbers.count(index.row(), index.column()):
            self.chosen.emit(index.row(), index.column())


class _Upright(QHeaderView):
    """Names above the columns, written upwards, so that columns may be as narrow as their numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(True)

    @override
    def sectionSizeFromContents(self, _section: int) -> QSize:
        """As high as the longest name, up to a limit."""
        model, metrics = self.model(), QFontMetrics(self.font())
        names = (str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in range(model.columnCount()))
        return QSize(36, min(LONGEST, max(map(metrics.horizontalAdvance, names), default=40) + 20))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one name."""
        palette = self.palette()
        painter.save()
        painter.fillRect(rect, palette.color(self.backgroundRole()))
        painter.setPen(palette.color(self.foregroundRole()))
        font = painter.font()
        font.setBold(self.parentWidget() is not None and self._is_current(section))
        painter.setFont(font)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.height() - 12)
        painter.translate(rect.center().x(), rect.bottom() - 6)
        painter.rotate(-90)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(0, -rect.width() // 2, rect.height() - 12, rect.width()), flags, shown)
        painter.restore()

    def _is_current(self, section: int) -> bool:
        view = self.parentWidget()
        return isinstance(view, QTableView) and view.currentIndex().column() == section


def _name(thing: Entity | str) -> str:
    return f"#{thing}" if isinstance(thing, str) else thing.name
