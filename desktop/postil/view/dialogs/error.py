"""Tells that something went wrong inside: what was being done, and details to send along. No text of documents."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil import __version__
from postil.view.dialogs.fitting import FittingDialog
from postil.view.look.icons import icon
from postil.view.look.theme import Theme


class ErrorDialog(FittingDialog):
    """One sentence; the details are folded away. `doing`: what was being done ("Saving a note")."""

    def __init__(
        self, theme: Theme, doing: str, sentence: str, details: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self._report = f"Postil {__version__}\n{doing}\n{sentence}\n\n{details}".rstrip() + "\n"
        self._sign = QLabel()
        heading, words = QLabel(doing), QLabel(sentence)
        heading.setProperty("role", "heading")
        for label in (heading, words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fold = QPushButton("Show details", flat=True)
        self.fold.setVisible(bool(details))
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details")
        self.details.setTabChangesFocus(True)
        self.details.setMinimumHeight(160)
        self.details.hide()
        self.copy_button = QPushButton("Copy details")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setVisible(bool(details))  # a button box shows what it is given
        self.fold.setAutoDefault(False)
        self.copy_button.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        head = QHBoxLayout()
        head.setSpacing(16)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(heading)
        texts.addWidget(words)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.details, 1)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.fold.clicked.connect(self._toggle)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        buttons.rejected.connect(self.reject)
        self.resize(480, self.sizeHint().height())
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self.set_theme(theme)

    def report(self) -> str:
        """What the copy button copies."""
        return self._report

    def set_theme(self, theme: Theme) -> None:
        """Tint the icon."""
        sign = icon("warning", theme, theme.color("hit"))
        self._sign.setPixmap(sign.pixmap(QSize(32, 32), self.devicePixelRatio()))

    def _toggle(self) -> None:
        folded = self.details.isHidden()
        self.details.setVisible(folded)
        self.fold.setText("Hide details" if folded else "Show details")
        self.adjustSize()

    @classmethod
    def tell(cls, theme: Theme, doing: str, sentence: str, details: str = "", parent: QWidget | None = None) -> None:
        """Show it, and wait until it is read."""
        dialog = cls(theme, doing, sentence, details, parent)
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()
