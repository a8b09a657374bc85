"""Chooses one name out of many, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.view.dialogs.fitting import FittingDialog


class ChooseDialog(FittingDialog):
    """A question, a box to type in, and the names that fit."""

    def __init__(self, title: str, text: str, names: Sequence[str], act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        words = QLabel(text)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Type to find")
        self.filter.setAccessibleName("Find")
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(QStringListModel(list(names), self))
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setModel(self._proxy)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("Names")
        self.act_button = QPushButton(act)
        self.act_button.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.act_button, QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for part in (words, self.filter, self.list, buttons):
            layout.addWidget(part)
        self.filter.textChanged.connect(self._refilter)
        self.list.doubleClicked.connect(lambda _index: self.accept())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.resize(380, 420)
        self._refilter("")

    def chosen(self) -> str | None:
        """The chosen name, or None."""
        index = self.list.currentIndex()
        return str(index.data()) if index.isValid() else None

    def _refilter(self, text: str) -> None:
        self._proxy.setFilterFixedString(text)
        self.list.setCurrentIndex(self._proxy.index(0, 0))
        self.act_button.setEnabled(self._proxy.rowCount() > 0)

    @classmethod
    def ask(
        cls, parent: QWidget | None, title: str, text: str, names: Sequence[str], act: str = "Choose"
    ) -> str | None:
        """Ask, and wait; the name, or None if the reader thought better of it."""
        dialog = cls(title, text, names, act, parent)
        try:
            return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()
