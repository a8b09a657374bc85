"""The message bar: what went wrong or what was done, in a line above the page that stops nobody from reading on."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.work.run import FailedAct
from postil.work.writing import Act

SHORT_MS = 6_000
LETTER_MS = 60


class MessageBar(QFrame):
    """Shows one message at a time; faults stay until the reader has dealt with them.

    An act that failed is kept until it is tried again or dismissed; one that holds the reader's words outlives even
    that, until the words are stored.
    """

    again = Signal(object)  # FailedAct
    details = Signal()
    undo = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failed: list[FailedAct] = []
        self._offer: Callable[[], None] | None = None
        self._later: list[Callable[[], None]] = []  # offers that wait
        self._sign = "info"
        self._theme = theme
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._again, self._undo, self._close = QPushButton("Try again"), QPushButton("Undo"), QToolButton()
        self._details = QPushButton("Details…")
        self._details.clicked.connect(self.details)
        self._again.clicked.connect(self.try_again)
        self._undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.dismiss)
        self._close.setToolTip("Dismiss")
        self._close.setAccessibleName("Dismiss this message")
        self._short = QTimer(self, singleShot=True)
        self._short.timeout.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._choices = QHBoxLayout()
        row.addLayout(self._choices)
        for button in (self._details, self._again, self._undo, self._close):
            row.addWidget(button)
        self.setObjectName("message")
        self.set_theme(theme)
        self.hide()

    @property
    def failed(self) -> tuple[FailedAct, ...]:
        """The acts that could not be done and may still be tried again."""
        return tuple(self._failed)

    @property
    def text(self) -> str:
        """What it says, "" when it is away."""
        return "" if self.isHidden() else self._text.text()

    def show_failed(self, failed: FailedAct) -> None:
        """Say that an act could not be done, and offer to try again."""
        self._drop(failed.act)
        self._failed.append(failed)
        self.remind()

    def remind(self) -> None:
        """Show again what waits to be tried again, if anything does."""
        if self._failed:
            last, count = self._failed[-1], len(self._failed)
            more = f" ({count} changes wait to be saved.)" if count > 1 else ""
            self._show("warning", f"{last.act.label}: {last.reason}{more}", failed=True)

    def take_done(self, act: Act[object]) -> None:
        """Hear of an act that was done: older ones on its matter need not be tried again, nor the one before undone."""
        if not self.isHidden() and not self._undo.isHidden():
            self.dismiss()
        if self._drop(act) and not self._failed:
            self.hide()

    def show_fault(self, sentence: str, *, details: bool = False) -> None:
        """Say that something went wrong; stays until dismissed. `details`: there is more to be told of it."""
        if not self._offers:
            self._show("warning", sentence)
            self._details.setVisible(details)

    def show_news(self, sentence: str, *, undoable: bool = False) -> None:
        """Say what was done; goes by itself, and never covers a fault."""
        if self.isHidden() or self._sign == "info":
            if self._choices.count() and not self.isHidden() and self._offer is not None:
                self._later.insert(0, self._offer)  # it comes back when this has been read
            self._show("info", sentence)
            self._undo.setVisible(undoable)
            self._short.start(max(SHORT_MS, LETTER_MS * len(sentence)))

    def show_offer(self, sentence: str, choices: Mapping[str, Callable[[], object]], *, undoable: bool = False) -> None:
        """Offer something, each choice with what it does; stays until dismissed, and covers no fault or other offer."""
        if not self.isHidden() and (self._sign != "info" or self._choices.count()):
            self._later.append(partial(self.show_offer, sentence, choices, undoable=undoable))
            return
        self._show("info", sentence)
        self._offer = partial(self.show_offer, sentence, choices)
        self._undo.setVisible(undoable)
        for words, do in choices.items():
            button = QPushButton(words)
            button.clicked.connect(partial(self._choose, do))
            self._choices.addWidget(button)

    def try_again(self) -> None:
        """Hand out everything that failed, in its order."""
        failed, self._failed = self._failed, []
        self.hide()
        for one in failed:
            self.again.emit(one)

    def dismiss(self) -> None:
        """Put the message away, and give up what it offered to try again, but for the reader's own words."""
        if self._offers:
            self._failed = [one for one in self._failed if one.act.joins]
        self._short.stop()
        self.hide()
        if self._later:
            QTimer.singleShot(0, self, self._offer_next)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self._close.setIcon(icon("close", theme))
        drawing = icon(self._sign, theme, theme.color("accent"))
        self._icon.setPixmap(drawing.pixmap(QSize(18, 18), self.devicePixelRatio()))

    def _take_back(self) -> None:
        self.dismiss()
        self.undo.emit()

    def _offer_next(self) -> None:
        if self._later and self.isHidden():
            self._later.pop(0)()

    def _choose(self, do: Callable[[], object], _checked: bool = False) -> None:
        self.dismiss()
        do()

    @property
    def _offers(self) -> bool:
        return not self.isHidden() and not self._again.isHidden()

    def _drop(self, act: Act[object]) -> bool:
        kept = [one for one in self._failed if not act.joins or one.act.joins != act.joins]
        dropped, self._failed = len(kept) < len(self._failed), kept
        return dropped

    def _show(self, sign: str, text: str, *, failed: bool = False) -> None:
        self._short.stop()
        while (item := self._choices.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        self._sign = sign
        self.set_theme(self._theme)
        self._text.setText(text)
        self._again.setVisible(failed)
        self._undo.hide()
        self._details.hide()
        self.show()
