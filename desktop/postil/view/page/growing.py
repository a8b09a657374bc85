"""Selecting by keyboard in pieces larger than a character: growing a selection, and going by sentence or paragraph."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from postil.view.page import units
from postil.view.page.scrolling import Place

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.marks import Interval

_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class Growth:
    """Makes the selection of one page larger and smaller, unit by unit."""

    def __init__(self, page: "Face") -> None:
        self._page = page
        self._before: list[Interval] = []
        self._last: Interval = (0, 0)

    def press(self, key: int, held: Qt.KeyboardModifier) -> bool:
        """Do what a key asks for; False if it asks for nothing here."""
        asked = meaning(key, held)
        if asked is None:
            return False
        self._page.setCursorWidth(2)
        step, by = asked
        if by is not None:
            chosen = self._page.chosen
            self._reach(chosen.anchor, by(self._page.content, chosen.caret, step))
        elif step > 0:
            self.grow()
        else:
            self.shrink()
        return True

    def grow(self) -> None:
        """Select the next larger piece: word, name, sentence, paragraph, section, everything."""
        page, now = self._page, self._page.chosen.range
        if now != self._last:
            self._before.clear()
        larger = units.grown(page.content, *now, page.overlay.names_at(now[0]))
        if larger != now:
            self._before.append(now)
            self._last = larger
            page.select(*larger)

    def shrink(self) -> None:
        """Go back to what was selected before it grew."""
        if self._before and self._page.chosen.range == self._last:
            self._last = self._before.pop()
            self._page.select(*self._last)

    def _reach(self, anchor: int, caret: int) -> None:
        page = self._page
        page.select(anchor, caret)
        if not page.line_in_view(caret):
            page.scroll_to(Place(caret, page.viewport().height() * (0.75 if caret > anchor else 0.25)))


def meaning(key: int, held: Qt.KeyboardModifier) -> tuple[int, "units.Edge | None"] | None:
    """What a key asks for: one more (1) or one less (-1), and by which edge the caret goes; None to grow or shrink."""
    held &= ~Qt.KeyboardModifier.KeypadModifier
    if held == _ALT_SHIFT and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        return (1 if key == Qt.Key.Key_Right else -1), None
    if held in _PLAIN and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        return (-1 if key == Qt.Key.Key_Minus else 1), None
    if held in (_ALT_SHIFT, _CTRL_SHIFT) and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        by = units.sentence_edge if held == _ALT_SHIFT else units.paragraph_edge
        return (1 if key == Qt.Key.Key_Down else -1), by
    return None
