"""Asks before something is done to many things at once."""

from typing import override

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from postil.view.dialogs.fitting import FittingDialog


class ConfirmDialog(FittingDialog):
    """A question, what it means, and a button named after the act."""

    def __init__(self, title: str, text: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        heading, words = QLabel(title), QLabel(text)
        heading.setProperty("role", "heading")
        for label in (heading, words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.act_button = QPushButton(act)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.act_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(words)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.act_button.setDefault(True)
        self.setAccessibleDescription(text)

    @override
    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return super().sizeHint().expandedTo(QSize(380, 0))

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, text: str, act: str) -> bool:
        """Ask, and wait for the answer."""
        dialog = cls(title, text, act, parent)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()
