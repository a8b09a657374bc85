"""The keyboard on printed pages: what is different where Qt has no caret of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtWidgets import QAbstractSlider

from postil.anchors.offsets import Utf16
from postil.view.page.direction import goes_left
from postil.view.page.keys import Keyboard, Move
from postil.view.page.printed.zooming import Fit
from postil_db.records import Content

if TYPE_CHECKING:
    from postil.view.page.printed.reading import PrintedReading

_ONWARD = (Move.Right, Move.WordRight, Move.Down, Move.EndOfLine)
_UPRIGHT = (Move.Up, Move.Down)
_REACH = 10
"""Lines of blank paper over which the caret still finds the next line of a page."""


class PrintedKeys(Keyboard):
    """Answers the keys of one view of printed pages; moves the caret as Qt does in text."""

    def __init__(self, page: "PrintedReading") -> None:
        super().__init__(page)
        self._printed = page

    def arrow(self, move: Move, *, extend: bool) -> bool:
        """Select with Shift held, else scroll and turn."""
        if extend:
            self.move(move, extend=True)
        elif move in (Move.Left, Move.Right, *_UPRIGHT):
            self._scroll(move)
        else:
            return False
        return True

    def step(self, move: Move, *, extend: bool) -> None:
        """Move the caret by a character, a word or a line."""
        page, step = self._printed, 1 if move in _ONWARD else -1
        at = page.chosen.caret
        if move in _UPRIGHT:
            caret = self._by_line(at, step)
        elif move in (Move.StartOfLine, Move.EndOfLine):
            leaf = page.leaf(page.page_of(at))
            caret = leaf.line_range(at)[step > 0] if leaf else at
        else:
            words = move in (Move.WordRight, Move.WordLeft)
            index = page.content.block_at(at)
            leftwards = words and goes_left(page.content.blocks[index].text, otherwise=False)
            caret = stepped(page.content, at, -step if leftwards else step, words=words)
        page.select(page.chosen.anchor if extend else caret, caret)
        page.keep_in_view(caret, step)

    def _scroll(self, move: Move) -> None:
        page, step = self._printed, 1 if move in _ONWARD else -1
        actions = QAbstractSlider.SliderAction
        action = actions.SliderSingleStepAdd if step > 0 else actions.SliderSingleStepSub
        if move in _UPRIGHT:
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

    def go_to_end(self, which: int, *, extend: bool) -> None:
        """Go to the beginning (0) or the end (1) of the text, and select on to there if `extend`."""
        page = self._printed
        end = len(page.content.text) * which
        bar = page.verticalScrollBar()
        bar.setValue(bar.maximum() * which)
        page.select(page.chosen.anchor if extend else end, end)

    def turn(self, screens: int) -> None:
        """Scroll by a screen, less a little that stays for the eye; by pages, where each fills the view."""
        page = self._printed
        if page.fit is Fit.PAGE:
            page.turn(screens)
        else:
            bar = page.verticalScrollBar()
            bar.setValue(bar.value() + screens * max(40, page.viewport().height() - 48))


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
