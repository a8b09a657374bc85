"""Every key and what it does, searchable."""

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.furniture import FilterBox


class ShortcutsDialog(QDialog):
    """A table of keys. `shortcuts`: key and what it does, in the order to show."""

    def __init__(self, theme: Theme, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        model = QStandardItemModel(self)
        model.setHorizontalHeaderLabels(["Key", "What it does"])
        for key, words in shortcuts:
            sign = QStandardItem(key)
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            sign.setFont(font)
            model.appendRow([sign, QStandardItem(words)])
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterKeyColumn(-1)
        self.filter = FilterBox(theme, "Find a key or what it does")
        self.table = QTableView()
        self.table.setModel(self._proxy)
        self.table.setShowGrid(False)
        self.table.setStyleSheet("QTableView::item { padding: 0 8px; }")
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("Keys")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for part in (self.filter, self.table, buttons):
            layout.addWidget(part)
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        buttons.rejected.connect(self.reject)
        self.resize(520, 560)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icon."""
        self.filter.set_theme(theme)

    def shown(self) -> list[tuple[str, str]]:
        """The rows that the filter lets through."""
        cells = ((self._proxy.index(row, 0), self._proxy.index(row, 1)) for row in range(self._proxy.rowCount()))
        return [(str(key.data()), str(words.data())) for key, words in cells]
