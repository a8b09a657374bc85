"""What can be done about a library that is damaged: no dead end."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.restore import line_of
from postil.view.dialogs.two_lines import LineList
from postil.view.look.theme import Theme
from postil_db.thinning import Backup

WITH = (
    "Nothing of it was changed. You can go back to a backup, or have Postil save what can still be read into a new "
    "library. The damaged one is kept in either case."
)
WITHOUT = (
    "Nothing of it was changed. There is no backup in its folder; Postil can save what can still be read into a new "
    "library. The damaged one is kept."
)


class DamagedDialog(FittingDialog):
    """Offers a backup, saving what can be read, another folder, or nothing. It stays open while that is done."""

    restore_asked = Signal(object)  # Path
    salvage_asked = Signal()
    folder_asked = Signal()

    def __init__(self, theme: Theme, sentence: str, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("The library is damaged")
        self.heading = QLabel("The library is damaged")
        self.heading.setProperty("role", "heading")
        self.words = QLabel(f"{sentence}\n\n{WITH if backups else WITHOUT}")
        for label in (self.heading, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = LineList(theme, "Backups")
        self.list.lines.show([line_of(one) for one in backups])
        self.list.setVisible(bool(backups))
        self.list.setCurrentIndex(self.list.lines.index(0))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Saving")
        self.bar.hide()
        self.restore_button = QPushButton("Go back to this backup")
        self.salvage_button = QPushButton("Save what can be read")
        self.folder_button = QPushButton("Another folder…")
        self.open_button = QPushButton("Open the library")
        self.quit_button = QPushButton("Quit")
        self._lay_out(with_backups=bool(backups))
        self.restore_button.clicked.connect(self._restore)
        self.list.doubleClicked.connect(lambda _index: self._restore())
        self.salvage_button.clicked.connect(self.salvage_asked)
        self.folder_button.clicked.connect(self.folder_asked)
        self.resize(QSize(620, 420 if backups else 200))

    def show_busy(self) -> None:
        """Show that it goes on; nothing else can be done meanwhile."""
        self.bar.show()
        for button in self._choices:
            button.setEnabled(False)

    def show_fault(self, sentence: str) -> None:
        """Say why that did not help; everything can be tried again."""
        self.words.setText(sentence)
        self.bar.hide()
        for button in self._choices:
            button.setEnabled(True)

    def show_end(self, heading: str, sentences: Sequence[str]) -> None:
        """Say what was done; what is left is to open the library."""
        self.heading.setText(heading)
        self.words.setText("\n".join(sentences))
        for part in (self.bar, self.list, *self._choices):
            part.hide()
        self.open_button.show()
        self.open_button.setDefault(True)
        self.open_button.setFocus()
        self.adjustSize()

    def reject(self) -> None:
        """Quit, but never in the middle."""
        if self.bar.isHidden():
            super().reject()

    @property
    def _choices(self) -> tuple[QPushButton, ...]:
        return self.restore_button, self.salvage_button, self.folder_button

    def _lay_out(self, *, with_backups: bool) -> None:
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        buttons.addButton(self.folder_button, role.ResetRole)
        for button in (self.salvage_button, self.restore_button):
            buttons.addButton(button, role.ActionRole)
        buttons.addButton(self.open_button, role.AcceptRole)
        buttons.addButton(self.quit_button, role.RejectRole)
        self.restore_button.setVisible(with_backups)
        self.open_button.hide()
        for button in (*self._choices, self.quit_button):
            button.setAutoDefault(False)
        (self.restore_button if with_backups else self.salvage_button).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.bar)
        layout.addStretch()
        layout.addWidget(buttons)

    def _restore(self) -> None:
        path = next(iter(self.list.chosen()), None)
        if isinstance(path, Path) and self.restore_button.isEnabled():
            self.restore_asked.emit(path)
