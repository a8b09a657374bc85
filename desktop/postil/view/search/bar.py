"""The one box that searches every annotation of the library."""

from typing import override

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QToolTip, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import tint, tool_button

THROTTLE_MS = 120
SYNTAX = (
    ("maritime security", "both words, in any order"),
    ('"maritime security"', "exactly these words; secur* any ending"),
    ("tag:policy", "only with this tag"),
    ("-trade", "without this word"),
    ("india OR japan", "either; AND and ( ) work too"),
)


class SearchBar(QWidget):
    """Tells what is typed, at most every 120 ms, so that results come as the reader types."""

    searched = Signal(str)
    submitted = Signal()  # Enter or Down: to the results
    left = Signal()  # Escape in the empty box: back to the page

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._pause = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self._pause.timeout.connect(self._tell)
        self.line = SearchLine()
        self._sign = QAction(self.line)
        self.line.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.help = tool_button("help", theme, "How to search", syntax_tip())
        self.help.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.help)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._changed)
        self.line.entered.connect(self._submit)
        self.line.escaped.connect(self._leave)
        self.help.clicked.connect(self._explain)
        self.set_theme(theme)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Search for something else, at once."""
        self.line.setText(text)
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        self._sign.setIcon(icon("search", theme, theme.color("faint")))
        tint([self.help], theme)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer behind."""
        self._pause.stop()
        super().hideEvent(event)

    def _changed(self) -> None:
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
        if self.line.text():
            self.line.clear()
            self._tell()
        else:
            self.left.emit()

    def _explain(self) -> None:
        at = self.help.mapToGlobal(QPoint(0, self.help.height()))
        QToolTip.showText(at, syntax_tip(), self.help)


class SearchLine(QLineEdit):
    """The line itself, with the keys that leave it."""

    entered = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search notes, tags and passages")
        self.setAccessibleName("Search notes, tags and passages")
        self.setAccessibleDescription("; ".join(f"{example}: {meaning}" for example, meaning in SYNTAX))
        self.setClearButtonEnabled(True)
        self.setMaxLength(1000)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Down and Escape leave."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


def syntax_tip() -> str:
    """The syntax in five lines."""
    rows = "".join(f"<tr><td><b>{example}</b>&nbsp;&nbsp;</td><td>{meaning}</td></tr>" for example, meaning in SYNTAX)
    return f"<table cellspacing='2'>{rows}</table>"
