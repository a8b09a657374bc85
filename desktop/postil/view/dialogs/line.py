"""Asks for one line of text, and says why it will not do before it lets it go."""

from collections.abc import Callable, Sequence
from typing import override

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.view.dialogs.fitting import FittingDialog


class LineDialog(FittingDialog):
    """A question, a line to type in, and a button named after the act.

    `check`: gives the sentence that says what is wrong with a line, "" if nothing is. `names`: completed while typed.
    """

    def __init__(
        self,
        title: str,
        text: str,
        act: str,
        check: Callable[[str], str],
        *,
        line: str = "",
        names: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._check = check
        words = QLabel(text)
        self.fault = QLabel()
        for label in (words, self.fault):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.line = QLineEdit(line)
        self.line.setAccessibleName(title)
        self.line.setAccessibleDescription(text)
        self.line.selectAll()
        self.line.textEdited.connect(lambda _text: self._say(""))
        if names:
            completer = QCompleter(list(dict.fromkeys(names)), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.line.setCompleter(completer)
        self.act_button = QPushButton(act)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.act_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for part in (words, self.line, self.fault):
            layout.addWidget(part)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.act_button.setDefault(True)
        self._say("")

    def text(self) -> str:
        """The line, without blanks around it."""
        return self.line.text().strip()

    @override
    def accept(self) -> None:
        """Let the line go if nothing is wrong with it."""
        fault = self._check(self.text())
        if fault:
            self._say(fault)
            self.line.selectAll()
            self.line.setFocus()
        else:
            super().accept()

    @override
    def sizeHint(self) -> QSize:
        """Wide enough for a title."""
        return super().sizeHint().expandedTo(QSize(440, 0))

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setAccessibleName(fault)
        self.fault.setVisible(bool(fault))
        self.adjustSize()
