"""What can be asked, shown under the empty box: examples that can be clicked."""

from functools import cached_property
from typing import override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

SYNTAX = (
    ("maritime security", "both words, also in other forms"),
    ('"maritime security"', "exactly these words"),
    ("secur*", "words that begin so; securty~ finds misspelt ones"),
    ("tag:policy -trade", "with this tag, without this word"),
    ("person:modi has:note", "notes where a person is named"),
    ("(india OR japan) in:text", "either, in the texts of documents"),
    ("security NEAR/10 ocean", "at most ten words apart"),
    ('created:"last week"', "made then; or 2026-01..2026-03, >2025"),
)


class Examples(QWidget):
    """The examples; a click or Enter puts one into the box."""

    chosen = Signal(str)
    form_requested = Signal()
    left = Signal()  # Escape, or up from the first one: back to the box

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("examples")
        self.setAccessibleName("Examples of what can be asked")

    @override
    def setVisible(self, visible: bool) -> None:
        """Have the examples there when they are to be seen."""
        if visible:
            _ = self.buttons
        super().setVisible(visible)

    @cached_property
    def buttons(self) -> list[QPushButton]:
        """The examples, and the way to the form below them; made when they are wanted for the first time."""
        buttons: list[QPushButton] = []
        title = QLabel("What you can ask")
        title.setProperty("role", "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, (example, meaning) in enumerate(SYNTAX):
            button = QPushButton(example, flat=True)
            button.setAccessibleName(f"{example}: {meaning}")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _on=False, text=example: self.chosen.emit(text))
            words = QLabel(meaning)
            words.setProperty("role", "faint")
            words.setWordWrap(True)
            grid.addWidget(button, row, 0)
            grid.addWidget(words, row, 1)
            buttons.append(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addLayout(grid)
        form = QPushButton("Advanced search: the same as a form…", flat=True)
        form.setCursor(Qt.CursorShape.PointingHandCursor)
        form.clicked.connect(self.form_requested)
        buttons.append(form)
        layout.addWidget(form, 0, Qt.AlignmentFlag.AlignLeft)
        return buttons

    def enter(self) -> None:
        """Put the keyboard on the first example."""
        self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through them, Enter takes one."""
        now = next((row for row, button in enumerate(self.buttons) if button.hasFocus()), -1)
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = now + (1 if key == Qt.Key.Key_Down else -1)
            if row < 0:
                self.left.emit()
            else:
                self.buttons[min(row, len(self.buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and now >= 0:
            self.buttons[now].click()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
