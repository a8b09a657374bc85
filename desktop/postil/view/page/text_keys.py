"""The keyboard on the page's text, where Qt has a caret of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from postil.view.page.geometry import goes_right_to_left
from postil.view.page.keys import Keyboard, Move
from postil.view.page.place import Place

if TYPE_CHECKING:
    from postil.view.page.reading import Reading


class TextKeys(Keyboard):
    """Answers the keys of one text; left and right are where the reader sees them, also in mixed lines."""

    def __init__(self, text: "Reading") -> None:
        super().__init__(text)
        self._text = text

    def step(self, move: Move, *, extend: bool) -> None:
        """Move Qt's caret, and keep it in view."""
        text, modes = self._text, QTextCursor.MoveMode
        cursor = text.textCursor()
        mode = modes.KeepAnchor if extend else modes.MoveAnchor
        if move in (Move.Left, Move.Right) and goes_right_to_left(cursor.block().text()):
            self._step_beside(cursor, 1 if move == Move.Right else -1, mode)
        else:
            cursor.movePosition(move, mode)
        text.setTextCursor(cursor)
        text.ensureCursorVisible()

    @staticmethod
    def _step_beside(cursor: QTextCursor, step: int, mode: QTextCursor.MoveMode) -> None:
        """Go to the place that is seen beside the caret; at the edge of a block on in the block's own direction."""
        block = cursor.block()
        at, layout = cursor.position() - block.position(), block.layout()
        to = layout.rightCursorPosition(at) if step > 0 else layout.leftCursorPosition(at)
        if to != at:
            cursor.setPosition(block.position() + to, mode)
        else:
            leftwards = block.textDirection() is Qt.LayoutDirection.RightToLeft
            cursor.movePosition(Move.NextCharacter if (step > 0) != leftwards else Move.PreviousCharacter, mode)

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
