"""The line in which one types a query: coloured while typing, and completed."""

from typing import override

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from postil.anchors.offsets import Utf16
from postil.view.look.theme import Theme
from postil.view.search.coloring import as_event, runs
from postil.view.search.completion import CompletionPopup
from postil_db.index.language import MAX_LENGTH, tokens
from postil_db.records import Completion

HINT = "Search everything"
MOST = 10_000
"""Characters that can be pasted; those beyond the language's own limit are shown, and not read."""
COMPLETION_MS = 70
_LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class SearchLine(QLineEdit):
    """The line itself, with the keys that leave it."""

    entered = Signal()  # Enter, or Down where nothing is offered
    escaped = Signal()
    came = Signal()  # the reader put the keyboard here
    completion_wanted = Signal(str, int)  # the text, and the caret in code points

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._composing = False
        self._popup: CompletionPopup | None = None
        self._pause = QTimer(self, singleShot=True, interval=COMPLETION_MS)
        self._pause.timeout.connect(self._want_completions)
        self.setPlaceholderText(HINT)
        self.setAccessibleName("Search highlights, notes, names and texts")
        self.setClearButtonEnabled(True)
        self.setMaxLength(MOST)
        self.textChanged.connect(lambda _text: self._color())
        self.textEdited.connect(lambda _text: self._pause.start())
        self.cursorPositionChanged.connect(self._caret_moved)

    @property
    def popup(self) -> CompletionPopup:
        """What is offered; made when there first is something, as a child of the window."""
        if self._popup is None:
            self._popup = CompletionPopup(self._theme, self.window())
            self._popup.chosen.connect(self._take)
        return self._popup

    @property
    def offering(self) -> bool:
        """Whether something is offered now."""
        return self._popup is not None and self._popup.isVisible()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        if self._popup is not None:
            self._popup.set_theme(theme)
        self._color()

    def show_completions(self, text: str, at: int, offers: tuple[Completion, ...]) -> None:
        """Offer what may stand at the caret, unless the reader has typed on."""
        if not self.hasFocus() or self._composing or (text, at) != (self.text(), self._caret()):
            return
        fresh = [one for one in offers if text[one.start : one.end] != one.text.rstrip()]
        if fresh:
            start = self.text()[: fresh[0].start]
            left = self.cursorRect().center().x() - self.fontMetrics().horizontalAdvance(text[fresh[0].start : at])
            self.popup.offer(fresh, self, max(0, left) if start else 0)
        else:
            self.close_offers()

    def close_offers(self) -> None:
        """Offer nothing any more."""
        self._pause.stop()
        if self._popup is not None:
            self._popup.hide()

    @override
    def event(self, event: QEvent) -> bool:
        """Have Tab, too, while something is offered."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._offered(event):
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Down and Escape leave."""
        if event.key() in _LEAVING:
            self.close_offers()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Leave what is being composed to the input method."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing:
            self._color()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the reader came here, by the mouse or by a key for it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.came.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Offer nothing any more."""
        self.close_offers()
        super().focusOutEvent(event)

    def _offered(self, event: QKeyEvent) -> bool:
        return self.offering and self.popup.take_key(event)

    def _caret(self) -> int:
        return Utf16(self.text()).to_code_points(self.cursorPosition())

    def _caret_moved(self, before: int, now: int) -> None:
        if abs(now - before) > 1:
            self.close_offers()

    def _want_completions(self) -> None:
        if self.hasFocus() and not self._composing and len(self.text()) <= MAX_LENGTH:
            self.completion_wanted.emit(self.text(), self._caret())

    def _color(self) -> None:
        if self._composing:
            return
        query = self.text()
        event = as_event(runs(query, tokens(query), self._theme), self.cursorPosition())
        super().inputMethodEvent(event)

    def _take(self, offer: Completion) -> None:
        """Put what was chosen in its place; a field is followed by its value, anything else by a blank."""
        text, units = self.text(), Utf16(self.text())
        words = offer.text.rstrip()
        open_ended = words.endswith(":")
        blank = "" if open_ended or text[offer.end : offer.end + 1] == " " else " "
        start, end = units.to_utf16(offer.start), units.to_utf16(offer.end)
        self.setSelection(start, end - start)
        self.insert(words + blank)
        self.close_offers()
        if open_ended:
            self._want_completions()
