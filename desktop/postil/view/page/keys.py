"""The keyboard on the page: does what a key asks for by its command, and moves the caret.

Which key belongs to which command is not known here: `bindings` says it, as declared or as chosen.
"""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from postil.view.keys import Bindings
from postil.view.menus import declared
from postil.view.page import units
from postil.view.page.caret import step_beside
from postil.view.page.direction import goes_left
from postil.view.page.geometry import goes_right_to_left
from postil.view.page.growing import Growth
from postil.view.page.place import Place
from postil_db.records import Color

if TYPE_CHECKING:
    from postil.view.page.face import Face

Move = QTextCursor.MoveOperation
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ARROWS = {
    Qt.Key.Key_Left: (Move.Left, Move.WordLeft),
    Qt.Key.Key_Right: (Move.Right, Move.WordRight),
    Qt.Key.Key_Up: (Move.Up, Move.PreviousBlock),
    Qt.Key.Key_Down: (Move.Down, Move.NextBlock),
}
"""What an arrow does alone, and with Ctrl held."""
_ENDS = {Qt.Key.Key_Home: Move.StartOfLine, Qt.Key.Key_End: Move.EndOfLine}
"""What else moves the caret, while it is kept in sight: otherwise these go to the ends of the document."""
_BY_CARET = {
    "select_next_character": Move.Right,
    "select_previous_character": Move.Left,
    "select_next_word": Move.WordRight,
    "select_previous_word": Move.WordLeft,
    "select_next_line": Move.Down,
    "select_previous_line": Move.Up,
    "select_to_line_end": Move.EndOfLine,
    "select_to_line_start": Move.StartOfLine,
}


class Keyboard:
    """Answers the keys of one face. `bindings`: the declared ones, until the window hands over its own."""

    def __init__(self, page: "Face") -> None:
        self._page = page
        self._growth = Growth(page)
        self.bindings = Bindings(declared())
        self._does: dict[str, Callable[[], object]] = {
            **{name: partial(self.move, move, extend=True) for name, move in _BY_CARET.items()},
            **self._selecting(),
            **self._asking(),
            "caret_mode": self._switch_caret,
            "screen_down": partial(self.turn, 1),
            "screen_up": partial(self.turn, -1),
            "to_start": partial(self.go_to_end, 0, extend=False),
            "to_end": partial(self.go_to_end, 1, extend=False),
            "select_to_start": partial(self.go_to_end, 0, extend=True),
            "select_to_end": partial(self.go_to_end, 1, extend=True),
            "select_all": self._select_all,
            "let_go": page.dismiss,
            "copy": page.copy_selection,
        }

    # what each face does in its own way

    @abstractmethod
    def step(self, move: Move, *, extend: bool) -> None:
        """Move the caret by a character, a word or a line, or to the line's end; select on to there if `extend`."""

    @abstractmethod
    def go_to_end(self, which: int, *, extend: bool) -> None:
        """Go to the beginning (0) or the end (1) of the text, and select on to there if `extend`."""

    @abstractmethod
    def turn(self, screens: int) -> None:
        """Scroll by a screen, less a little that stays for the eye."""

    # what both do

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key is the page's, although a shortcut of the window might want it."""
        if self.bindings.command(event, on_page=True):
            return True
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT)
        return (not plain and event.key() in _ARROWS) or (self._page.caret_mode and self._asked(event) is not None)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it means nothing here and Qt should have it."""
        asked = self._asked(event)
        if asked is not None and (self._page.caret_mode or event.key() in _ENDS):
            self.move(asked, extend=bool(event.modifiers() & _SHIFT))
            return True
        name = self.bindings.command(event)
        if self.do(name):
            return True
        if name:  # also one of the window's: Qt may not have known it from a keyboard without Latin letters
            self._page.command_asked.emit(name)
            return True
        return asked is not None and self.arrow(asked, extend=bool(event.modifiers() & _SHIFT))

    def _asked(self, event: QKeyEvent) -> Move | None:
        """How a key moves the caret, if it is one that does."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT)
        key = Qt.Key(event.key())
        if held & ~_CONTROL:
            return None
        if key in _ARROWS:
            return _ARROWS[key][bool(held)]
        return _ENDS.get(key) if self._page.caret_mode and not held else None

    def arrow(self, move: Move, *, extend: bool) -> bool:
        """Do what an arrow does where the caret is not kept in sight; False if it does nothing."""
        self.move(move, extend=extend)
        return True

    def move(self, move: Move, *, extend: bool) -> None:
        """Move the caret, and select on to there if `extend`."""
        if move in (Move.NextBlock, Move.PreviousBlock):
            self._growth.reach(units.paragraph_edge, 1 if move == Move.NextBlock else -1, extend=extend)
            return
        self.wake_caret(extend=extend)
        page, chosen = self._page, self._page.chosen
        index = page.overlay.content.block_at(chosen.caret)
        if move in (Move.Left, Move.Right) and goes_right_to_left(page.overlay.content.blocks[index].text):
            self._step_beside(index, 1 if move == Move.Right else -1, extend=extend)
        else:
            self.step(move, extend=extend)

    def _step_beside(self, index: int, step: int, *, extend: bool) -> None:
        """Move the caret to the place that is seen beside it, in a block with signs that run to the left.

        At the edge of a line it goes on in the block's own direction.
        """
        page, content, chosen = self._page, self._page.overlay.content, self._page.chosen
        start, text = content.starts[index], content.blocks[index].text
        here = page.caret_line(chosen.caret)
        if here is None:
            return
        line, geometry = here
        found = step_beside(text, line, geometry, chosen.caret - start, step, behind=chosen.behind)
        if found is None:
            onward = (step > 0) != goes_left(text, otherwise=False)
            further = start + line[1] + (line[1] == len(text)) if onward else start + line[0] - 1
            to, behind = min(max(0, further), len(content.text)), False
        else:
            to, behind = start + found[0], found[1]
        page.select(chosen.anchor if extend else to, to, behind=behind)
        page.keep_in_view(to, step)

    def do(self, name: str) -> bool:
        """Do what a command of the page says; False if it is none of the page's own."""
        if name not in self._does:
            return False
        self._does[name]()
        return True

    def _selecting(self) -> dict[str, Callable[[], object]]:
        """What grows a selection by more than a character or a line."""
        growth = self._growth
        by_unit = {"sentence": units.sentence_edge, "paragraph": units.paragraph_edge, "name": growth.name_edge}
        does: dict[str, Callable[[], object]] = {"grow": growth.grow, "shrink": growth.shrink}
        for unit, edge in by_unit.items():
            does[f"select_next_{unit}"] = partial(growth.reach, edge, 1)
            does[f"select_previous_{unit}"] = partial(growth.reach, edge, -1)
        return does

    def _asking(self) -> dict[str, Callable[[], object]]:
        """What others do for the page."""
        page = self._page
        return {
            **{f"mark_{color}": partial(page.mark_asked.emit, color) for color in Color},
            "tag": page.tag_asked.emit,
            "note": page.note_asked.emit,
            "remove": page.ask_removal,
            "next_annotation": partial(page.step_asked.emit, 1),
            "previous_annotation": partial(page.step_asked.emit, -1),
            "next_name": partial(page.entity_step_asked.emit, 1),
            "previous_name": partial(page.entity_step_asked.emit, -1),
            "find": page.find_asked.emit,
            "zoom_in": partial(page.zoom_asked.emit, 1),
            "zoom_out": partial(page.zoom_asked.emit, -1),
            "zoom_reset": partial(page.zoom_asked.emit, 0),
        }

    def _switch_caret(self) -> None:
        page = self._page
        page.caret_mode = not page.caret_mode
        if page.caret_mode:
            self.wake_caret()
        else:
            page.show_caret(False)

    def _select_all(self) -> None:
        self._page.select_all()
        self._page.offer_marks()

    def wake_caret(self, *, extend: bool = False) -> None:
        """Show the caret, and bring it to the page if the reader has scrolled away from it."""
        page = self._page
        page.show_caret(True)
        low, high = page.visible_range()
        caret = page.chosen.caret
        if low <= caret <= high:
            return
        if extend and page.chosen.range[0] != page.chosen.range[1]:
            page.scroll_to(Place(caret, page.viewport().height() * 0.4))
        else:
            page.select(low, low)
