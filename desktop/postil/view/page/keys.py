"""The keyboard on the page: does what a key asks for by its command, apart from what Qt's own caret understands.

Which key belongs to which command is not known here: `bindings` says it, as declared or as chosen.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from postil.view.keys import Bindings
from postil.view.menus import declared
from postil.view.page import units
from postil.view.page.growing import Growth
from postil.view.page.place import Place
from postil_db.records import Color

if TYPE_CHECKING:
    from postil.view.page.reading import Reading

_CARET = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
}
_BY_CARET = {
    "select_next_character": QTextCursor.MoveOperation.Right,
    "select_previous_character": QTextCursor.MoveOperation.Left,
    "select_next_word": QTextCursor.MoveOperation.WordRight,
    "select_previous_word": QTextCursor.MoveOperation.WordLeft,
    "select_next_line": QTextCursor.MoveOperation.Down,
    "select_previous_line": QTextCursor.MoveOperation.Up,
    "select_to_line_end": QTextCursor.MoveOperation.EndOfLine,
    "select_to_line_start": QTextCursor.MoveOperation.StartOfLine,
}


class Keyboard:
    """Answers the keys of one page. `bindings`: the declared ones, until the window hands over its own."""

    def __init__(self, page: "Reading") -> None:
        self._page = page
        self._growth = Growth(page)
        self.bindings = Bindings(declared())
        self._does: dict[str, Callable[[], object]] = {
            **{name: partial(self._select_by_caret, move) for name, move in _BY_CARET.items()},
            **self._selecting(),
            **self._asking(),
            "caret_mode": self._switch_caret,
            "screen_down": partial(self._turn, 1),
            "screen_up": partial(self._turn, -1),
            "to_start": partial(self._go_to_end, 0, extend=False),
            "to_end": partial(self._go_to_end, 1, extend=False),
            "select_to_start": partial(self._go_to_end, 0, extend=True),
            "select_to_end": partial(self._go_to_end, 1, extend=True),
            "select_all": self._select_all,
            "let_go": page.dismiss,
            "copy": page.copy_selection,
        }

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key is the page's, although a shortcut of the window might want it."""
        if self.bindings.command(event, on_page=True):
            return True
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        return not plain and event.key() in _CARET

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it means nothing here and Qt should have it."""
        name = self.bindings.command(event)
        if self.do(name):
            return True
        if name:  # also one of the window's: Qt may not have known it from a keyboard without Latin letters
            self._page.command_asked.emit(name)
            return True
        if event.key() in _CARET:
            self.wake_caret(extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return False

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
            "remove": page.remove_asked.emit,
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

    def _select_by_caret(self, move: QTextCursor.MoveOperation) -> None:
        """Move the caret as Qt does, with the selection's beginning left where it is."""
        self.wake_caret(extend=True)
        page = self._page
        cursor = page.textCursor()
        cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
        page.setTextCursor(cursor)
        page.ensureCursorVisible()

    def _go_to_end(self, which: int, *, extend: bool) -> None:
        """Go to the beginning (0) or the end (1) of the text, and select on to there if `extend`."""
        page = self._page
        end = len(page.content.text) * which
        page.scroll_to(Place(end, page.viewport().height() * 0.8 if which else page.formats.em * 3))
        page.select(page.chosen.anchor if extend else end, end)

    def _turn(self, screens: int) -> None:
        """Scroll by a screen, less two lines that stay for the eye."""
        bar = self._page.verticalScrollBar()
        step = max(40, round(self._page.viewport().height() - 2 * 1.5 * self._page.formats.em))
        bar.setValue(bar.value() + screens * step)

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
