"""The keyboard on the page: what a key asks for, apart from the keys that Qt's own caret understands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from postil.view.page.growing import Growth, meaning
from postil.view.page.scrolling import Place
from postil_db.records import Color

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.reading import Reading

_COLORS = dict(zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5), Color, strict=True))
_CARET = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
}
_SCREENS = {Qt.Key.Key_Space: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}

ON_THE_PAGE = (
    ("1 – 5", "Mark the selection"),
    ("N", "Write a note on the selection or the current annotation"),
    ("T", "Tag the selection or the current annotation"),
    ("Delete", "Remove the current annotation"),
    ("J, K", "Next, previous annotation"),
    ("E, Shift+E", "Next, previous name"),
    ("Arrows with Shift", "Select by letters and lines; with Ctrl by words"),
    ("+, −", "Grow, shrink the selection: word, name, sentence, paragraph, section"),
    ("Alt+Shift+Right, Left", "Grow, shrink the selection"),
    ("Alt+Shift+Down, Up", "Select on by a sentence"),
    ("Ctrl+Shift+Down, Up", "Select on by a paragraph"),
    ("F7", "Keep the caret in sight"),
    ("Ctrl+C", "Copy the selection"),
    ("Space, Shift+Space", "A screen down, up"),
    ("Home, End", "To the document's ends"),
    ("Esc", "Let go of the selection; back to the page"),
)
"""Every key of the page and what it does, for the dialog that lists them."""


class Keys:
    """Answers the keys that mean the same on every face of the page; how the caret goes is said by who inherits."""

    def __init__(self, page: "Face") -> None:
        self._face = page
        self._growth = Growth(page)

    @staticmethod
    def claims(event: QKeyEvent) -> bool:
        """Whether a key is the page's, although a shortcut of the window might want it."""
        if meaning(event.key(), event.modifiers()) is not None:
            return True
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        return not plain and event.key() in _KNOWN

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it means nothing here and Qt should have it."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key()) if event.key() in _KNOWN else Qt.Key.Key_unknown
        if self._growth.press(event.key(), held) or self._command(event):
            return True
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self._ends(key, control=control, shift=bool(held & Qt.KeyboardModifier.ShiftModifier))
        if key in _CARET:
            self.wake_caret(extend=bool(held & Qt.KeyboardModifier.ShiftModifier))
            return False
        if held and not shift:
            return False
        if key in _SCREENS:
            turn = -_SCREENS[key] if key == Qt.Key.Key_Space and shift else _SCREENS[key]
            self._turn(turn)
            return True
        return self._letter(key, shift=shift)

    def _command(self, event: QKeyEvent) -> bool:
        page = self._face
        if event.matches(QKeySequence.StandardKey.Copy):
            page.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            page.select(0, len(page.content.text))
            page.offer_marks()
        elif event.matches(QKeySequence.StandardKey.Find):
            page.find_asked.emit()
        elif event.matches(QKeySequence.StandardKey.ZoomIn) or event.keyCombination() == _CTRL_EQUAL:
            page.zoom_asked.emit(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            page.zoom_asked.emit(-1)
        elif event.keyCombination() == _CTRL_0:
            page.zoom_asked.emit(0)
        elif event.key() == Qt.Key.Key_F7 and not event.modifiers():
            page.caret_mode = not page.caret_mode
            if page.caret_mode:
                self.wake_caret()
            else:
                page.setCursorWidth(0)
        else:
            return False
        return True

    def _letter(self, key: Qt.Key, *, shift: bool) -> bool:
        page = self._face
        step = -1 if shift else 1
        if key in _COLORS and not shift:
            page.mark_asked.emit(_COLORS[key])
        elif key == Qt.Key.Key_E:
            page.entity_step_asked.emit(step)
        elif shift:
            return False
        elif key == Qt.Key.Key_T:
            page.tag_asked.emit()
        elif key == Qt.Key.Key_N:
            page.note_asked.emit()
        elif key == Qt.Key.Key_C:
            page.copy_selection()
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K):
            page.step_asked.emit(1 if key == Qt.Key.Key_J else -1)
        elif key == Qt.Key.Key_Delete:
            page.remove_asked.emit()
        elif key == Qt.Key.Key_Escape:
            page.dismiss()
        else:
            return False
        return True

    def _ends(self, key: Qt.Key, *, control: bool, shift: bool) -> bool:
        """Go to an end of the text; with Shift select to an end of the line, with Ctrl+Shift to an end of the text."""
        raise NotImplementedError

    def _turn(self, screens: int) -> None:
        """Scroll by a screen."""
        raise NotImplementedError

    def wake_caret(self, *, extend: bool = False) -> None:
        """Show the caret, and bring it to the page if the reader has scrolled away from it."""
        raise NotImplementedError


class Keyboard(Keys):
    """Answers the keys of a page of text; what they leave is for Qt's own caret."""

    def __init__(self, page: "Reading") -> None:
        super().__init__(page)
        self._page = page

    def _ends(self, key: Qt.Key, *, control: bool, shift: bool) -> bool:
        """Go to an end of the text; with Shift select to an end of the line, with Ctrl+Shift to an end of the text."""
        page = self._page
        end = len(page.content.text) if key == Qt.Key.Key_End else 0
        if shift and not control:
            self.wake_caret(extend=True)
            cursor = page.textCursor()
            move = QTextCursor.MoveOperation
            side = move.EndOfLine if key == Qt.Key.Key_End else move.StartOfLine
            cursor.movePosition(side, QTextCursor.MoveMode.KeepAnchor)
            page.setTextCursor(cursor)
            return True
        page.scroll_to(Place(end, page.viewport().height() * 0.8 if end else page.formats.em * 3))
        page.select(page.chosen.anchor if shift else end, end)
        return True

    def _turn(self, screens: int) -> None:
        """Scroll by a screen, less two lines that stay for the eye."""
        bar = self._page.verticalScrollBar()
        step = max(40, round(self._page.viewport().height() - 2 * 1.5 * self._page.formats.em))
        bar.setValue(bar.value() + screens * step)

    def wake_caret(self, *, extend: bool = False) -> None:
        """Show the caret, and bring it to the page if the reader has scrolled away from it."""
        page = self._page
        page.setCursorWidth(2)
        low, high = page.visible_range()
        caret = page.chosen.caret
        if low <= caret <= high:
            return
        if extend and page.chosen.range[0] != page.chosen.range[1]:
            page.scroll_to(Place(caret, page.viewport().height() * 0.4))
        else:
            page.select(low, low)


_CTRL_0 = Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_0
_CTRL_EQUAL = Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_Equal
_KNOWN = {
    *_COLORS,
    *_CARET,
    *_SCREENS,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_E,
    Qt.Key.Key_T,
    Qt.Key.Key_N,
    Qt.Key.Key_C,
    Qt.Key.Key_J,
    Qt.Key.Key_K,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F7,
}
