"""The status bar: how long the document is, how far one has come, and what goes on behind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil_db.records import DocumentInfo

WORDS_A_MINUTE = 230


class Progress(QWidget):
    """What is going on, how far it is, and a button that stops it."""

    cancelled = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(96)
        self._bar.setAccessibleName(name)
        self._stop = QToolButton()
        self._stop.setToolTip("Stop")
        self._stop.clicked.connect(self.cancelled)
        self._stop.setAccessibleName(f"Stop: {name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for part in (self._label, self._bar, self._stop):
            row.addWidget(part)
        self.set_theme(theme)
        self.hide()

    def show_progress(self, text: str, done: int = 0, total: int = 0) -> None:
        """Show it; a total of 0 stands for not known yet."""
        self._label.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._stop.setIcon(icon("close", theme, theme.color("faint")))


class Status(QStatusBar):
    """The window's status bar; see the module's text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._length = QLabel()
        self._place = QLabel()
        self.files = Progress(theme, "Adding documents")
        self.names = Progress(theme, "Finding names")
        self._end = 0
        for part in (self._length, self._place):
            part.setContentsMargins(12, 3, 4, 3)
            self.addWidget(part)
        for progress in (self.files, self.names):
            self.addPermanentWidget(progress)

    def show_document(self, info: DocumentInfo | None, characters: int = 0) -> None:
        """Say how long the document is."""
        self._end = characters
        if info is None:
            self._length.clear()
            self._place.clear()
            return
        minutes = max(1, round(info.words / WORDS_A_MINUTE))
        time = f"{minutes} min" if minutes < 100 else f"{round(minutes / 60)} h"
        self._length.setText(f"{info.words:,} words · {time}")

    def show_place(self, _first: int, last: int) -> None:
        """Say how far one has come: `last` is the last offset that can be seen."""
        if self._end:
            self._place.setText(f"{min(100, round(100 * last / self._end))} %")

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.files.set_theme(theme)
        self.names.set_theme(theme)
