"""The small bars of the entities panel: strength, progress, and the steps of a walk."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP, ElidedLabel, tint, tool_button


class StrengthBar(QWidget):
    """Chooses how strongly names are marked on the page."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, GAP, 4)
        layout.setSpacing(2)
        layout.addWidget(ElidedLabel("Marks", role="faint"), 1)  # gives way to the buttons
        self._group = QButtonGroup(self)
        self._buttons: dict[Strength, QToolButton] = {}
        for strength in Strength:
            button = QToolButton()
            button.setText(strength.capitalize())
            button.setCheckable(True)
            button.setAccessibleName(f"{strength.capitalize()} marks")
            button.setStyleSheet("QToolButton { padding: 3px 6px; }")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, one=strength: self.chosen.emit(one))
            self._group.addButton(button)
            self._buttons[strength] = button
            layout.addWidget(button)
        self.show_strength(Strength.NORMAL)
        self.setAccessibleName("Strength of the marks")

    def show_strength(self, strength: Strength) -> None:
        """Show which is in force; tells nobody."""
        self._buttons[strength].setChecked(True)

    def button(self, strength: Strength) -> QToolButton:
        """The button of a strength."""
        return self._buttons[strength]


class ProgressLine(QWidget):
    """How far recognition is, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(role="faint")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._stop = tool_button("close", theme, "Stop looking for names")
        self._stop.setIconSize(QSize(12, 12))
        self._stop.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, GAP, 6)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self._bar)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """Show `done` of `total` paragraphs; hides when there is nothing left."""
        running = 0 <= done < total
        if running:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._words.set_whole(f"Finding names: {done:,} of {total:,} paragraphs")
        self.setVisible(running)

    def running(self) -> bool:
        """Whether it shows anything."""
        return not self.isHidden()

    def words(self) -> str:
        """What it says."""
        return self._words.whole()

    def stop_button(self) -> QToolButton:
        """The button that stops."""
        return self._stop

    def set_theme(self, theme: Theme) -> None:
        """Tint the icon."""
        tint([self._stop], theme)


class StepBar(QWidget):
    """Previous, "3 of 12", next."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.previous = tool_button("previous", theme, "Previous mention", "Previous mention (Shift+E)")
        self.next = tool_button("next", theme, "Next mention", "Next mention (E)")
        self.place = QLabel()
        self.place.setProperty("role", "faint")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self.previous, self.place, self.next):
            layout.addWidget(part)
        for button, way in ((self.previous, -1), (self.next, 1)):
            button.setIconSize(QSize(14, 14))
            button.setStyleSheet("QToolButton { padding: 3px; }")
            button.clicked.connect(lambda _on=False, step=way: self.stepped.emit(step))

    def show_place(self, index: int, total: int) -> None:
        """Show mention `index` (from 1) of `total`."""
        self.place.setText(f"{index:,} of {total:,}" if index else f"{total:,}")
        for button in (self.previous, self.next):
            button.setEnabled(total > 1)
        self.adjustSize()

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        tint([self.previous, self.next], theme)
