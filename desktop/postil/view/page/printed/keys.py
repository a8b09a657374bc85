"""The keyboard on printed pages: what is different where Qt has no caret of its own."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTextBoundaryFinder
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractSlider

from postil.anchors.offsets import Utf16
from postil.view.page.keys import Keyboard
from postil.view.page.place import Place
from postil.view.page.printed.zooming import Fit
from postil_db.records import Content

if TYPE_CHECKING:
    from postil.view.page.printed.reading import PrintedReading
    from postil.view.page.reading import Reading

_MOVES = QTextCursor.MoveOperation
_ARROWS = {
    Qt.Key.Key_Right: _MOVES.Right,
    Qt.Key.Key_Left: _MOVES.Left,
    Qt.Key.Key_Down: _MOVES.Down,
    Qt.Key.Key_Up: _MOVES.Up,
}
_ONWARD = (_MOVES.Right, _MOVES.WordRight, _MOVES.Down, _MOVES.EndOfLine)
_REACH = 10
"""Lines of blank paper over which the caret still finds the next line of a page."""


class PrintedKeys(Keyboard):
    """Answers the keys of one view of printed pages; moves the caret as Qt does in text."""

    def __init__(self, page: "PrintedReading") -> None:
        super().__init__(cast("Reading", page))  # all that is asked of it is asked of both faces
        self._printed = page

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it means nothing here."""
        if super().press(event):
            return True
        modifiers = Qt.KeyboardModifier
        held = event.modifiers() & ~modifiers.KeypadModifier
        if event.key() not in _ARROWS or held & ~(modifiers.ShiftModifier | modifiers.ControlModifier):
            return False
        move = _ARROWS[Qt.Key(event.key())]
        if held & modifiers.ShiftModifier or self._printed.caret_mode:
            self._step(move, extend=bool(held & modifiers.ShiftModifier))
        else:
            self._scroll(move)
        return True

    def _select_by_caret(self, move: QTextCursor.MoveOperation) -> None:
        self._step(move, extend=True)

    def _step(self, move: QTextCursor.MoveOperation, *, extend: bool) -> None:
        """Move the caret by a character, a word or a line."""
        page, step = self._printed, 1 if move in _ONWARD else -1
        if extend or page.caret_mode:
            super().wake_caret(extend=extend)
        at = page.chosen.caret
        if move in (_MOVES.Up, _MOVES.Down):
            caret = self._by_line(at, step)
        elif move in (_MOVES.StartOfLine, _MOVES.EndOfLine):
            leaf = page.leaf(page.page_of(at))
            caret = leaf.line_range(at)[step > 0] if leaf else at
        else:
            caret = stepped(page.content, at, step, words=move in (_MOVES.WordRight, _MOVES.WordLeft))
        page.select(page.chosen.anchor if extend else caret, caret)
        if not page.line_in_view(caret):
            page.scroll_to(Place(caret, page.viewport().height() * (0.8 if step > 0 else 0.2)))

    def _scroll(self, move: QTextCursor.MoveOperation) -> None:
        page, step = self._printed, 1 if move in _ONWARD else -1
        actions = QAbstractSlider.SliderAction
        action = actions.SliderSingleStepAdd if step > 0 else actions.SliderSingleStepSub
        if move in (_MOVES.Up, _MOVES.Down):
            page.verticalScrollBar().triggerAction(action)
        elif page.horizontalScrollBar().maximum() > 0:
            page.horizontalScrollBar().triggerAction(action)
        else:
            page.turn(step)

    def _by_line(self, caret: int, step: int) -> int:
        """The place above or below on the same page, else on the next one."""
        number = self._printed.page_of(caret)
        leaf = self._printed.leaf(number)
        box = leaf.caret(caret) if leaf else None
        if leaf is None or box is None:
            return caret
        x, top, _, bottom = box
        here, high = leaf.line_range(caret), max(4.0, bottom - top)
        for lines in range(1, _REACH):
            y = (bottom if step > 0 else top) + step * high * (lines - 0.4)
            found = leaf.glyphs.offset_at(x, y)
            if not here[0] <= found <= here[1]:
                return found
        return self._on_next_page(number + step, x, step, here[1] if step > 0 else here[0])

    def _on_next_page(self, number: int, x: float, step: int, otherwise: int) -> int:
        page = self._printed
        if not 0 <= number < len(page.pages):
            return otherwise
        leaf = page.leaf(number)
        if leaf is None or not len(leaf.glyphs):
            return page.pages[number].start if step > 0 else page.pages[number].end
        tops, bottoms = leaf.glyphs.boxes[:, 1], leaf.glyphs.boxes[:, 3]
        return leaf.glyphs.offset_at(x, float(tops.min()) + 1 if step > 0 else float(bottoms.max()) - 1)

    def _go_to_end(self, which: int, *, extend: bool) -> None:
        page = self._printed
        end = len(page.content.text) * which
        bar = page.verticalScrollBar()
        bar.setValue(bar.maximum() * which)
        page.select(page.chosen.anchor if extend else end, end)

    def _turn(self, screens: int) -> None:
        """Scroll by a screen, less a little that stays for the eye; by pages, where each fills the view."""
        page = self._printed
        if page.fit is Fit.PAGE:
            page.turn(screens)
        else:
            bar = page.verticalScrollBar()
            bar.setValue(bar.value() + screens * max(40, page.viewport().height() - 48))

    def wake_caret(self, *, extend: bool = False) -> None:
        """Show the caret where one selects by it; without that, arrows scroll and need none."""
        if extend or self._printed.caret_mode:
            super().wake_caret(extend=extend)


def stepped(content: Content, at: int, step: int, *, words: bool) -> int:
    """The place before or behind what the reader takes for one character, or for one word with the blanks before it."""
    index = content.block_at(at)
    start, text = content.starts[index], content.blocks[index].text
    within = at - start
    if within == (len(text) if step > 0 else 0):
        return min(max(0, at + step), len(content.text))
    kind = QTextBoundaryFinder.BoundaryType.Word if words else QTextBoundaryFinder.BoundaryType.Grapheme
    finder, units = QTextBoundaryFinder(kind, text), Utf16(text)
    finder.setPosition(units.to_utf16(within))
    while True:
        before = within
        to = finder.toNextBoundary() if step > 0 else finder.toPreviousBoundary()
        within = units.to_code_points(to) if to >= 0 else (len(text) if step > 0 else 0)
        if to < 0 or not words or text[min(before, within) : max(before, within)].strip():
            return start + within
