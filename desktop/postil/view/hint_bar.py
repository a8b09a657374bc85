"""The hint of the first run: how to make a mark of one's own. Goes with the first mark, or when dismissed."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme


class HintBar(QFrame):
    """One line, and a button that puts it away for good."""

    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._close = QToolButton()
        self._close.setToolTip("Do not show this again")
        self._close.setAccessibleName("Dismiss the hint")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        row.addStretch(1)
        row.addWidget(self._close)
        self.set_theme(theme)
        self.hide()

    def dismiss(self) -> None:
        """Put it away and say so."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def set_keys(self, marks: str, note: str, tag: str) -> None:
        """Say what to press."""
        keys = (f"<b>{escape(key)}</b>" for key in (marks, note, tag))
        self._text.setText("Select a passage, then press {} to mark it, {} for a note, {} for a tag.".format(*keys))

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._icon.setPixmap(icon("highlighter", theme, theme.color("accent")).pixmap(18, 18))
        self._close.setIcon(icon("close", theme, theme.color("faint")))
