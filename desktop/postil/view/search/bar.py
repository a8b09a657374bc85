"""The one box that searches everything in the library."""

from typing import override

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import tint, tool_button
from postil.view.search.examples import SYNTAX
from postil.view.search.line import SearchLine

THROTTLE_MS = 120


class SearchBar(QWidget):
    """Tells what is typed, at most every 120 ms, so that results come as the reader types."""

    searched = Signal(str)
    changed = Signal(str)  # at once, whoever changed it
    submitted = Signal()  # Enter or Down: to the results
    left = Signal()  # Escape in the empty box: back to the page
    examples_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self.keeps = False  # what is typed stays when one leaves: its results stay in sight, too
        self.wants_results = False  # the keyboard goes to the results as soon as they are there
        self._pause = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self._pause.timeout.connect(self._tell)
        self.line = SearchLine(theme)
        self.line.setAccessibleDescription("; ".join(f"{example}: {meaning}" for example, meaning in SYNTAX))
        self._sign = QAction(self.line)
        self.line.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.help = tool_button("help", theme, "How to search", "What you can ask, with examples")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.help)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._changed)
        self.line.entered.connect(self._submit)
        self.line.escaped.connect(self._leave)
        self.help.clicked.connect(self.examples_requested)
        self.set_theme(theme)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Search for something else, at once."""
        self.line.setText(text)
        self.line.close_offers()
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        self.line.set_theme(theme)
        self._sign.setIcon(icon("search", theme, theme.color("faint")))
        tint([self.help], theme)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer behind."""
        self._pause.stop()
        self.line.close_offers()
        super().hideEvent(event)

    def _changed(self) -> None:
        self.wants_results = False
        self.changed.emit(self.line.text())
        if not self._pause.isActive():
            self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.line.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def _submit(self) -> None:
        self._tell()
        self.submitted.emit()

    def _leave(self) -> None:
        if self.line.text() and not self.keeps:
            self.line.clear()
            self._tell()
        else:
            self.left.emit()
