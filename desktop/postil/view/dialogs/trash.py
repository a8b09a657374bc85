"""What was deleted: to be found, brought back, or deleted for good."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from postil.settings import TRASH_AFTER, TRASH_TERMS
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.two_lines import Line, LineList, when
from postil.view.look.theme import Theme
from postil_db.records import Trashed, TrashKind

KINDS = {
    "": "Everything",
    TrashKind.DOCUMENT: "Documents",
    TrashKind.ANNOTATION: "Annotations",
    TrashKind.TAG: "Tags",
}
SIGNS = {TrashKind.DOCUMENT: "document", TrashKind.ANNOTATION: "note", TrashKind.TAG: "tag"}
EMPTY, NONE_FIT = "The trash is empty.", "Nothing in the trash fits."


class TrashDialog(FittingDialog):
    """Lists the trash. What is asked for is told by signals; `show_trash` shows how it is then."""

    restore_asked = Signal(list)  # of (TrashKind, id)
    delete_asked = Signal(object)  # the same, or None for all
    term_changed = Signal(str)  # one of TRASH_TERMS

    def __init__(self, theme: Theme, term: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Trash")
        self._trash: Sequence[Trashed] = ()
        self.filter, self.kind, self.term = QLineEdit(), QComboBox(), QComboBox()
        self.filter.setPlaceholderText("Filter the trash")
        self.filter.setAccessibleName("Find in the trash")
        self.filter.setClearButtonEnabled(True)
        self.kind.setAccessibleName("What to show")
        for key, words in KINDS.items():
            self.kind.addItem(words, str(key))
        for key, words in TRASH_TERMS.items():
            self.term.addItem(words, key)
        self.term.setCurrentIndex(self.term.findData(term))
        self.term.setAccessibleName(TRASH_AFTER.text)
        self.list = LineList(theme, "Trash")
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.none = QLabel(EMPTY, alignment=Qt.AlignmentFlag.AlignCenter)
        self.none.setProperty("role", "faint")
        self._stack = QStackedWidget()
        for part in (self.list, self.none):
            self._stack.addWidget(part)
        self.restore_button = QPushButton("Restore")
        self.delete_button = QPushButton("Delete for good…")
        self.empty_button = QPushButton("Empty the trash…")
        self._lay_out()
        self.filter.textChanged.connect(self._list)
        self.kind.currentIndexChanged.connect(self._list)
        self.term.currentIndexChanged.connect(lambda _index: self.term_changed.emit(self.term.currentData()))
        self.list.selectionModel().selectionChanged.connect(self._enable)
        self.list.doubleClicked.connect(lambda _index: self._restore())
        self.restore_button.clicked.connect(self._restore)
        self.delete_button.clicked.connect(self._delete)
        self.empty_button.clicked.connect(self._empty)
        self.show_trash(())
        self.resize(QSize(560, 480))
        self.filter.setFocus()

    def show_trash(self, trash: Sequence[Trashed]) -> None:
        """Show what lies in it."""
        self._trash = trash
        self._list()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.list.set_theme(theme)

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter, 1)
        top.addWidget(self.kind)
        words = QLabel("Empty the trash:")
        words.setBuddy(self.term)
        bottom.setSpacing(8)
        bottom.addWidget(words)
        bottom.addWidget(self.term)
        bottom.addStretch(1)
        bottom.addWidget(self.empty_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.restore_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.delete_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        for button in (self.delete_button, self.empty_button):
            button.setAutoDefault(False)
        self.restore_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addLayout(bottom)
        layout.addWidget(buttons)

    def _list(self, *_: object) -> None:
        wanted, kind = self.filter.text().casefold().split(), self.kind.currentData()
        fitting = [
            one
            for one in self._trash
            if kind in ("", one.kind) and all(word in f"{one.name} {one.detail}".casefold() for word in wanted)
        ]
        self.list.lines.show([_line(one) for one in fitting])
        self.none.setText(NONE_FIT if self._trash else EMPTY)
        self._stack.setCurrentWidget(self.list if fitting else self.none)
        if fitting and not self.list.selectedIndexes():
            first = self.list.lines.index(0)
            self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._enable()

    def _enable(self, *_: object) -> None:
        chosen = bool(self.list.selectedIndexes())
        self.restore_button.setEnabled(chosen)
        self.delete_button.setEnabled(chosen)
        self.empty_button.setEnabled(bool(self._trash))

    def _restore(self) -> None:
        if chosen := self.list.chosen():
            self.restore_asked.emit(chosen)

    def _delete(self) -> None:
        chosen = self.list.chosen()
        what = "this" if len(chosen) == 1 else f"these {len(chosen):,} things"
        if chosen and self._sure(f"Delete {what} for good?", "Delete for good"):
            self.delete_asked.emit(chosen)

    def _empty(self) -> None:
        if self._sure(f"Empty the trash ({len(self._trash):,})?", "Empty the trash"):
            self.delete_asked.emit(None)

    def _sure(self, question: str, act: str) -> bool:
        words = "This cannot be undone. A backup is made first, so that going back to it would bring everything back."
        return ConfirmDialog.ask(self, question, words, act)


def _line(one: Trashed) -> Line:
    parts = [one.kind.value.capitalize()]
    if one.kind is TrashKind.ANNOTATION:
        parts.append(" ".join(one.detail.split()))
    elif one.count:
        annotations = "one annotation" if one.count == 1 else f"{one.count:,} annotations"
        parts.append(f"on {annotations}" if one.kind is TrashKind.TAG else f"with {annotations}")
    parts.append(f"deleted {when(one.removed_at)}")
    return Line((one.kind, one.id), " ".join(one.name.split()), " · ".join(filter(None, parts)), SIGNS[one.kind])
