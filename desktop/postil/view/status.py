"""The status bar: how long the document is, how far one has come, and what goes on behind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from postil.settings import PACE
from postil.view.look import motion
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.pace import minutes
from postil.view.panels.furniture import ElidedLabel
from postil_db.records import DocumentInfo

SHOWN_MS = 5_000


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
        self._bar.setVisible(total > 0 or motion.allowed())  # a bar without an end does nothing but move
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
        self._left = ElidedLabel(role="faint")
        for part in (self._length, self._place):
            part.setContentsMargins(12, 3, 4, 3)
            self.addWidget(part)
        self.addWidget(self._left, 1)
        for progress in (self.files, self.names):
            self.addPermanentWidget(progress)

    def say(self, sentence: str) -> None:
        """Say what was done, for a while, where nothing on the page moves for it."""
        self.showMessage(sentence, SHOWN_MS)

    def show_document(self, info: DocumentInfo | None, characters: int = 0, pace: int = PACE.default) -> None:
        """Say how long the document is, and how long it takes at so many words a minute."""
        self._end = characters
        if info is None:
            self._length.clear()
            self._place.clear()
            self._left.set_whole("")
            return
        self._length.setText(f"{info.words:,} words · {minutes(info.words, pace)}")

    def show_place(self, last: int, left: str = "") -> None:
        """Say how far one has come (`last`: the last offset that can be seen), and how long the rest takes."""
        if self._end:
            self._place.setText(f"{min(100, round(100 * last / self._end))} %")
            self._left.set_whole(left if last < self._end else "")

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.files.set_theme(theme)
        self.names.set_theme(theme)
