"""The check of the library: how far it is, what it found, and mending it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.view.dialogs.fitting import FittingDialog

WHOLE = "The library is whole."
AS_SAVED = "Every row is what was saved, every text and every original is what was read."


class CheckDialog(FittingDialog):
    """Begins with the check; can be stopped at any time, and closed."""

    stopped = Signal()
    mend_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check the library")
        self.heading = QLabel("Checking the library", textFormat=Qt.TextFormat.PlainText)
        self.heading.setProperty("role", "heading")
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Checking")
        self.stop_button = QPushButton("Stop")
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName("What was found")
        self.report.setTabChangesFocus(True)
        self.report.setMinimumHeight(140)
        self.mend_button, self.copy_button = QPushButton("Mend what can be mended"), QPushButton("Copy")
        going = QHBoxLayout()
        going.setSpacing(8)
        going.addWidget(self.bar, 1)
        going.addWidget(self.stop_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.copy_button, self.mend_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (self.copy_button, self.mend_button, self.stop_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        layout.addLayout(going)
        layout.addWidget(self.report, 1)
        layout.addSpacing(8)
        layout.addStretch()
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.stop_button.clicked.connect(self.stopped)
        self.mend_button.clicked.connect(self.mend_asked)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        self.resize(QSize(520, 170))
        self.begin("Checking the library")

    def begin(self, what: str) -> None:
        """Show that it goes on."""
        self._say(what, "You can go on reading meanwhile.")
        self.bar.setRange(0, 0)
        self._show(going=True)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(f"Document {done:,} of {total:,}. You can go on reading meanwhile.")

    def show_findings(self, findings: Sequence[str], *, mended: bool) -> None:
        """Show what was found. `mended`: what could be mended is, so that there is nothing more to do."""
        if not findings:
            self._say(WHOLE, AS_SAVED)
        else:
            count = "One thing is" if len(findings) == 1 else f"{len(findings):,} things are"
            self._say(f"{count} not as it should be." if len(findings) == 1 else f"{count} not as they should be.", "")
            self.report.setPlainText("\n\n".join(findings))
        self._show(found=bool(findings), mendable=bool(findings) and not mended)

    def show_fault(self, sentence: str) -> None:
        """Say why it ended early."""
        self._say("The check did not come to its end", sentence)
        self._show()

    def _say(self, heading: str, words: str) -> None:
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _show(self, *, going: bool = False, found: bool = False, mendable: bool = False) -> None:
        self.bar.setVisible(going)
        self.stop_button.setVisible(going)
        self.report.setVisible(found)
        self.copy_button.setVisible(found)
        self.mend_button.setVisible(mendable)
        if found:
            self.resize(self.size().expandedTo(QSize(520, 380)))
