"""The find bar: a field, a count, and the way to the next and the previous hit."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.page.find_text import How


class FindBar(QFrame):
    """Asks for words and steps; what is found is the page's business."""

    words_changed = Signal(str)
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.field = _Field(self)
        self.field.setPlaceholderText("Find in this document")
        self.field.setAccessibleName("Find in this document")
        self.field.setMaximumWidth(420)
        self.count = QLabel(self)
        self.count.setMinimumWidth(90)
        self._buttons = {
            "up": self._button("Previous (Shift+Enter)", lambda: self.step_requested.emit(-1)),
            "down": self._button("Next (Enter)", lambda: self.step_requested.emit(1)),
            "close": self._button("Close (Escape)", self.close_bar),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        self.choices = {
            "case": self._choice("Aa", "Match case (Alt+C)", "Alt+C"),
            "whole_words": self._choice("|ab|", "Whole words (Alt+W)", "Alt+W"),
            "pattern": self._choice(".*", "Regular expression (Alt+R)", "Alt+R"),
        }
        for choice in self.choices.values():
            row.addWidget(choice)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addWidget(self._buttons["up"])
        row.addWidget(self._buttons["down"])
        row.addStretch(1)
        row.addWidget(self._buttons["close"])
        self.field.textChanged.connect(self.words_changed)
        self.field.stepped.connect(self.step_requested)
        self.field.left.connect(self.close_bar)
        self.set_theme(theme)
        self.hide()

    def open_bar(self, words: str = "") -> None:
        """Show it with the keyboard in its field; `words` (a selection) are taken over."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Hide it and say so."""
        self.hide()
        self.closed.emit()

    def how(self) -> How:
        """What the reader chose to count as the same."""
        return How(**{name: button.isChecked() for name, button in self.choices.items()})

    def show_fault(self, fault: str) -> None:
        """Say why nothing can be found."""
        self.count.setText(fault)

    def show_count(self, at: int, total: int) -> None:
        """Say which hit of how many the reader is at; `at` counts from 1, 0 for none."""
        if not self.field.text():
            text = ""
        elif total == 0:
            text = "Not found"
        else:
            text = f"{at:,} of {total:,}"
        self.count.setText(text)
        for name in ("up", "down"):
            self._buttons[name].setEnabled(total > 0)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme))

    def _choice(self, sign: str, tip: str, keys: str) -> QToolButton:
        button = self._button(tip, lambda: self.words_changed.emit(self.field.text()))
        button.setText(sign)
        button.setCheckable(True)
        QShortcut(QKeySequence(keys), self, button.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return button

    def _button(self, tip: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(act)
        return button


class _Field(QLineEdit):
    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if shift else 1)
        elif key == Qt.Key.Key_Down:
            self.stepped.emit(1)
        elif key == Qt.Key.Key_Up:
            self.stepped.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
