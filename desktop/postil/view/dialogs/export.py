"""Exports annotations as a table: which, where to, and how it will look."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import override

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.export_scope import ExportChoice, ExportScope, ScopeKind
from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.long_combo import LongCombo
from postil.view.look.theme import Theme
from postil.view.panels.words import plural

PREVIEW_ROWS = 20
CELLS = "QTableView::item { padding: 0 8px; }"
_CELL = 120  # characters of a cell that a preview shows


class ExportDialog(FittingDialog):
    """Asks which annotations go into which file.

    `preview_requested` carries the scope whenever it changes; the answer is `show_preview`. After acceptance,
    `choice()` says what was decided.
    """

    preview_requested = Signal(object)  # ExportScope

    def __init__(  # the four scopes, and where files go
        self,
        theme: Theme,
        folder: Path,
        *,
        document: tuple[int, str] | None = None,
        query: str = "",
        tags: Sequence[str] = (),
        chosen: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export annotations")
        self._document, self._query, self._rows = document, query, 0
        self._chosen = tuple(chosen)
        self._proposed = ""
        self._folder = folder
        self.scopes = QButtonGroup(self)
        self.tag = LongCombo()
        self.tag.addItems(list(tags))
        self.tag.setAccessibleName("Tag")
        self.path = QLineEdit()
        self.path.setAccessibleName("File")
        self.browse = QPushButton("Browse…")
        self.browse.setAutoDefault(False)
        self.safe = QCheckBox("Make cells safe that a spreadsheet would run as formulas")
        self.safe.setChecked(True)
        self.safe.setToolTip("Puts an apostrophe before them. Postil takes it away when it reads the file back.")
        self.count = QLabel()
        self.count.setProperty("role", "faint")
        self._model = QStandardItemModel(self)
        self.table = QTableView()
        self._lay_out(tags)
        self._connect()
        self.set_theme(theme)
        self._choose_first()

    def _lay_out_scopes(self, tags: Sequence[str]) -> QVBoxLayout:
        which = QVBoxLayout()
        which.setSpacing(4)
        offers = {
            ScopeKind.DOCUMENT: (f"This document: {_short(self._document[1])}" if self._document else "This document"),
            ScopeKind.SEARCH: f"This search: {_short(self._query)}" if self._query else "This search",
            ScopeKind.TAG: "One tag:",
            ScopeKind.LIBRARY: "The whole library",
            ScopeKind.CHOSEN: f"What is chosen: {plural(len(self._chosen), 'annotation')}",
        }
        able = {
            ScopeKind.DOCUMENT: self._document,
            ScopeKind.SEARCH: self._query,
            ScopeKind.TAG: tags,
            ScopeKind.CHOSEN: self._chosen,
        }
        for number, (kind, words) in enumerate(offers.items()):
            if kind is ScopeKind.CHOSEN and not self._chosen:
                continue
            button = QRadioButton(words)
            button.setEnabled(bool(able.get(kind, True)))
            self.scopes.addButton(button, number)
            if kind is not ScopeKind.TAG:
                which.addWidget(button)
        one = QHBoxLayout()
        one.setSpacing(8)
        one.addWidget(self.scopes.button(2))
        one.addWidget(self.tag, 1)
        which.insertLayout(2, one)
        self.tag.setEnabled(bool(tags))
        return which

    def _lay_out(self, tags: Sequence[str]) -> None:
        self.table.setModel(self._model)
        self.table.setWordWrap(False)
        self.table.setStyleSheet(CELLS)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("Preview")
        self.table.setMinimumHeight(120)
        target = QHBoxLayout()
        target.setSpacing(8)
        target.addWidget(QLabel("File"))
        target.addWidget(self.path, 1)
        target.addWidget(self.browse)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = QPushButton("Export")
        self.buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        heading = QLabel("Which annotations?")
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addLayout(self._lay_out_scopes(tags))
        layout.addSpacing(8)
        layout.addWidget(self.count)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.safe)
        layout.addLayout(target)
        layout.addSpacing(8)
        layout.addWidget(self.buttons)
        self.resize(720, 560)

    def _connect(self) -> None:
        self.scopes.idToggled.connect(lambda _id, on: self._scope_changed() if on else None)
        self.tag.currentIndexChanged.connect(self._tag_changed)
        self.path.textChanged.connect(lambda _text: self._check())
        self.browse.clicked.connect(self._browse)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    # --- what it is asked

    def scope(self) -> ExportScope:
        """Which annotations are chosen now."""
        kind = list(ScopeKind)[self.scopes.checkedId()]
        document = self._document[0] if self._document and kind is ScopeKind.DOCUMENT else None
        query = self._query if kind is ScopeKind.SEARCH else ""
        tag = self.tag.currentText() if kind is ScopeKind.TAG else ""
        return ExportScope(kind, document, query, tag, self._chosen if kind is ScopeKind.CHOSEN else ())

    def choice(self) -> ExportChoice:
        """What was decided."""
        target = os.path.expanduser(self.path.text().strip())  # noqa: PTH111 - Path's own raises for “~$draft.csv”
        return ExportChoice(self.scope(), Path(target), self.safe.isChecked())

    def set_scope(self, kind: ScopeKind, tag: str = "") -> None:
        """Choose for the reader; a scope that there is nothing for is left alone."""
        button = self.scopes.button(list(ScopeKind).index(kind))
        if tag:
            self.tag.setCurrentText(tag)
        if button.isEnabled():
            button.setChecked(True)

    def show_preview(self, header: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> None:
        """Show the first rows of the table, and how many there are."""
        self._rows = total
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(header))
        for row in rows[:PREVIEW_ROWS]:
            self._model.appendRow([_cell(value) for value in row])
        self.table.resizeColumnsToContents()
        for column in range(len(header)):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), 220))
        more = f"; the first {PREVIEW_ROWS} are shown" if total > PREVIEW_ROWS else ""
        self.count.setText(f"{plural(total, 'annotation')}{more}" if total else "No annotation to export here.")
        self._check()

    def set_theme(self, theme: Theme) -> None:
        """The application's style dresses everything here."""
        self.setProperty("theme", theme.name)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the first preview."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.preview_requested.emit(self.scope()))

    @override
    def accept(self) -> None:
        """Close, unless the file is there and the reader wants to keep it."""
        path = self.choice().path
        if path.exists() and str(path) != self._proposed:
            words = f"{path.name} is there already. Its content would be lost."
            if not ConfirmDialog.ask(self, "Replace the file?", words, "Replace"):
                return
        super().accept()

    # --- inside

    def _choose_first(self) -> None:
        first = ScopeKind.SEARCH if self._query else ScopeKind.DOCUMENT if self._document else ScopeKind.LIBRARY
        self.set_scope(ScopeKind.CHOSEN if self._chosen else first)
        self._propose()
        if (button := self.scopes.checkedButton()) is not None:
            button.setFocus()

    def _scope_changed(self) -> None:
        self._propose()
        if self.isVisible():
            self.preview_requested.emit(self.scope())

    def _tag_changed(self) -> None:
        tag_button = self.scopes.button(list(ScopeKind).index(ScopeKind.TAG))
        if tag_button.isChecked():
            self._scope_changed()
        else:
            tag_button.setChecked(True)

    def _propose(self) -> None:
        """Propose a file name after what is exported, as long as the reader has typed none."""
        scope, before = self.scope(), self.path.text()
        if before and before != str(self._folder / self._name):
            return
        names = {ScopeKind.DOCUMENT: self._document[1] if self._document else "", ScopeKind.TAG: scope.tag}
        self._name = file_name(names.get(scope.kind, "") or ("search" if scope.query else "annotations"))
        self.path.setText(str(self._folder / self._name))

    _name = ""

    def _browse(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Export to", self.path.text(), "CSV table (*.csv)")
        if path:
            self._proposed = path  # the file chooser has asked about replacing it
            self.path.setText(path)

    def _check(self) -> None:
        self.export_button.setEnabled(self._rows > 0 and bool(self.path.text().strip()))


def file_name(words: str) -> str:
    """A file name that every system takes, out of a title."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else " " for letter in words)
    return ("-".join(kept.split())[:60].strip("-") or "annotations") + ".csv"


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


def _cell(value: str) -> QStandardItem:
    line = " ".join(str(value)[: _CELL * 2].split())
    item = QStandardItem(line if len(line) <= _CELL else line[: _CELL - 1] + "…")
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    return item
