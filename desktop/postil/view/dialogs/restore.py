"""The backups, what going back to one would change, and going back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.two_lines import Line, LineList, when
from postil.view.look.theme import Theme
from postil_db.thinning import BY_HAND, Backup

if TYPE_CHECKING:
    from postil_db.restoring import Preview

NO_BACKUP = "There is no backup yet. Postil makes one by itself in every hour in which something changed."


class BackupsDialog(FittingDialog):
    """Lists the backups. What is asked for is told by signals; the answers come back through `show_…`."""

    preview_asked = Signal(object)  # Path
    restore_asked = Signal(object)  # Path
    backup_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Backups")
        self._wanted: Path | None = None
        self.list = LineList(theme, "Backups")
        self.words = QPlainTextEdit(NO_BACKUP, readOnly=True)
        self.words.setTabChangesFocus(True)
        self.words.setMinimumWidth(220)
        self.words.setAccessibleName("What going back would change")
        self.restore_button = QPushButton("Go back to this backup…")
        self.backup_button = QPushButton("Back up now")
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(self.list, 1)
        halves.addWidget(self.words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.backup_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self.restore_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.backup_button.setAutoDefault(False)
        self.restore_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(halves, 1)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.backup_button.clicked.connect(self.backup_asked)
        self.restore_button.clicked.connect(self._restore)
        self.list.selectionModel().selectionChanged.connect(self._choose)
        self.restore_button.setEnabled(False)
        self.resize(QSize(680, 460))

    def show_backups(self, backups: Sequence[Backup], wanted: Path | None = None) -> None:
        """Show the backups, and choose `wanted` or the newest."""
        self._set_busy(False)
        chosen = wanted or next(iter(self.list.chosen()), None)
        self.list.lines.show([line_of(one) for one in backups])
        if backups:
            row = max(0, self.list.lines.row_of(chosen))
            self.list.setCurrentIndex(self.list.lines.index(row))
        else:
            self.words.setPlainText(NO_BACKUP)

    def show_preview(self, path: Path, preview: "Preview") -> None:
        """Say what going back would change."""
        if path == self._wanted:
            self.words.setPlainText("\n\n".join(sentences(preview)))
            self.restore_button.setEnabled(True)

    def show_busy(self) -> None:
        """Say that one is being made."""
        self._set_busy(True)

    def show_fault(self, sentence: str) -> None:
        """Say why one cannot go back to this one, or why there is no new one."""
        self._set_busy(False)
        self.words.setPlainText(sentence)
        self.restore_button.setEnabled(False)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.list.set_theme(theme)

    def _set_busy(self, busy: bool) -> None:
        self.backup_button.setEnabled(not busy)
        self.backup_button.setText("Backing up…" if busy else "Back up now")

    def _choose(self, *_: object) -> None:
        path = next(iter(self.list.chosen()), None)
        if isinstance(path, Path):
            self._wanted = path
            self.words.setPlainText("Comparing…")
            self.restore_button.setEnabled(False)
            self.preview_asked.emit(path)

    def _restore(self) -> None:
        text = (
            "The library will be as it was then. How it is now is backed up first, so that you can come back to it the "
            "same way."
        )
        if self._wanted and ConfirmDialog.ask(self, "Go back to this backup?", text, "Go back"):
            self.restore_asked.emit(self._wanted)


def line_of(one: Backup) -> Line:
    """A backup as it stands in a list."""
    size = one.path.stat().st_size if one.path.exists() else 0
    reason = "made by you" if one.reason == BY_HAND else one.reason.replace("-", " ")
    much = f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.0f} kB"
    return Line(one.path, _sentence(when(one.time)), f"{reason} · {much}", "document")


def sentences(preview: "Preview") -> Iterator[str]:
    """Tell what going back would change."""
    now, then = preview.now, preview.then
    yield (
        f"Now: {_counted(now.documents, 'document')}, {_counted(now.annotations, 'annotation')}.\n"
        f"Then: {_counted(then.documents, 'document')}, {_counted(then.annotations, 'annotation')}."
    )
    changes = (
        (preview.lost, "would go"),
        (preview.changed, "would be as before"),
        (preview.back, "would come back"),
    )
    told = [_sentence(f"{_counted(count, 'annotation')} {what}.") for count, what in changes if count]
    for titles, what in ((preview.documents_lost, "would go"), (preview.documents_back, "would come back")):
        told += [f"“{title}” {what}." for title in titles]
    yield "\n".join(told) or "Documents and annotations would stay as they are."


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counted(count: int, one: str) -> str:
    return f"one {one}" if count == 1 else f"{count:,} {one}s"
