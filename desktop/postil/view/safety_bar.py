"""The alarm: many annotations went at once. Stays until the reader says whether that was meant."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme


class SafetyBar(QFrame):
    """A line above the page, with what can be done about it."""

    backups_asked = Signal()
    accepted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("safety")
        self._icon = QLabel()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.show_button, self.meant_button = QPushButton("Show backups"), QPushButton("It was meant")
        self.show_button.clicked.connect(self.backups_asked)
        self.meant_button.clicked.connect(self._accept)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.meant_button)
        self.set_theme(theme)
        self.hide()

    def show_loss(self, before: int, after: int) -> None:
        """Say what went; no backup is deleted until the reader has seen to it."""
        left = "only one is left" if after == 1 else f"only {after:,} are left" if after else "none is left"
        self.words.setText(
            f"There were {before:,} annotations, and {left}. If that was not meant, go back to a backup; until you "
            "decide, none is deleted."
        )
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        sign = icon("warning", theme, theme.color("accent"))
        self._icon.setPixmap(sign.pixmap(QSize(18, 18), self.devicePixelRatio()))

    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()
