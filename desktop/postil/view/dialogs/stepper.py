"""A number between two buttons."""

from typing import override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from postil.view.dialogs.settings_rows import Amount
from postil.view.look.theme import Theme
from postil.view.panels.furniture import tint, tool_button


class Stepper(QWidget):
    """Less, "120 %", more; the arrow keys do the same."""

    changed = Signal(float)

    def __init__(self, theme: Theme, row: Amount, value: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._value = round(value * row.unit)  # in parts
        self.less = tool_button("minus", theme, "Less")
        self.more = tool_button("add", theme, "More")
        self.words = QLabel()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance(row.shown(row.high / row.unit)) + 16)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.less, self.words, self.more):
            layout.addWidget(part)
        layout.addStretch(1)
        self.less.clicked.connect(lambda: self.step(-1))
        self.more.clicked.connect(lambda: self.step(1))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show()

    def value(self) -> float:
        """The number."""
        return self._value / self._row.unit

    def step(self, direction: int) -> None:
        """Go one step up (1) or down (-1)."""
        new = max(self._row.low, min(self._value + direction * self._row.step, self._row.high))
        if new != self._value:
            self._value = new
            self._show()
            self.changed.emit(self.value())

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        tint([self.less, self.more], theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys step."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self.step(step)
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.words.setText(self._row.shown(self.value()))
        self.less.setEnabled(self._value > self._row.low)
        self.more.setEnabled(self._value < self._row.high)
