"""The keyboard on the page's text, where Qt has a caret of its own."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from postil.view.page.keys import Keyboard, Move
from postil.view.page.place import Place

if TYPE_CHECKING:
    from postil.view.page.reading import Reading


class TextKeys(Keyboard):
    """Answers the keys of one text."""

    def __init__(self, text: "Reading") -> None:
        super().__init__(text)
        self._text = text

    def step(self, move: Move, *, extend: bool) -> None:
        """Move Qt's caret, and keep it in view."""
        text, modes = self._text, QTextCursor.MoveMode
        cursor = text.textCursor()
        mode = modes.KeepAnchor if extend else modes.MoveAnchor
        cursor.movePosition(move, mode)
        text.setTextCursor(cursor)
        text.ensureCursorVisible()

    def go_to_end(self, which: int, *, extend: bool) -> None:
        """Go to the beginning (0) or the end (1) of the text, and select on to there if `extend`."""
        text = self._text
        end = len(text.content.text) * which
        text.scroll_to(Place(end, text.viewport().height() * 0.8 if which else text.formats.em * 3))
        text.select(text.chosen.anchor if extend else end, end)

    def turn(self, screens: int) -> None:
        """Scroll by a screen, less two lines that stay for the eye."""
        bar = self._text.verticalScrollBar()
        step = max(40, round(self._text.viewport().height() - 2 * 1.5 * self._text.formats.em))
        bar.setValue(bar.value() + screens * step)
