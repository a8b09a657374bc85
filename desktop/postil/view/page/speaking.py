"""The page for those who hear it: marks, which are painted, as a screen reader gets them.

What is painted over the text is in no accessible tree. While somebody listens, the marks of the window's blocks are
therefore also set as the background of their characters, in a colour that cannot be seen but is told by its name; from
word to word, so that no letter is set otherwise than before and nothing moves. Where the reader steps to a mark, or
the caret comes into one, it is said in words.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QBrush, QColor, QTextCharFormat, QTextCursor

from postil.view.page.marks import Highlight, Name

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.printed.spoken import SpokenPages
    from postil.view.page.reading import Reading

PAUSE_MS = 120
LONGEST = 400
"""Characters of a passage or a note that are said."""
_CJK = 0x2E80

type Span = tuple[int, int, str]


class Speaking(QObject):
    """Tells marks of one page to screen readers; costs nothing while none listens."""

    said = Signal(str)
    dressed = Signal()

    def __init__(self, text: "Reading | SpokenPages", face: "Face") -> None:
        """`text`: the text field that screen readers know; `face`: whose text and marks they are."""
        super().__init__(text)
        self._text, self._face = text, face
        self._dressed: dict[int, tuple[Span, ...]] = {}
        self._here: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.dress)
        face.painted.connect(self._painted)
        face.caret_moved.connect(self._caret_moved)

    # in words

    def tell(self, start: int, end: int) -> None:
        """Say what the reader has come to: the mark on this passage, or its words."""
        if not QAccessible.isActive():
            return
        overlay = self._face.overlay
        words = overlay.content.text[start:end][:LONGEST]
        mark = next((one for one in overlay.highlights_at(start) if (one.start, one.end) == (start, end)), None)
        name = overlay.name_at(start)
        if mark is not None:
            self._here = {mark.id}
            self.say(_highlight(mark, words))
        elif name is not None and (name.start, name.end) == (start, end):
            self.say(_name(name))
        else:
            self.say(words)

    def say(self, words: str) -> None:
        """Have words spoken."""
        self.said.emit(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, words))

    def _caret_moved(self) -> None:
        face = self._face
        if not QAccessible.isActive() or not face.hasFocus():
            return
        here = {mark.id: mark for mark in face.overlay.highlights_at(face.chosen.caret)}
        before, self._here = self._here, set(here)
        came = [_highlight(mark, "") for number, mark in here.items() if number not in before]
        if came:
            self.say(" ".join(came))
        elif before - self._here:
            self.say("End of highlight.")

    # in the text's own attributes

    def _painted(self) -> None:
        if QAccessible.isActive() and not self._soon.isActive():
            self._soon.start()

    def dress(self) -> None:
        """Set the marks of the window as backgrounds, where that is not done yet."""
        text, window = self._text, self._text.window_
        if window.content is not self._face.overlay.content:
            return  # another document is about to be shown
        wanted = {index: self._spans(index) for index in range(window.first, window.end)}
        stale = [index for index, spans in wanted.items() if window.block(index).userState() != _state(spans)]
        if not stale:
            return
        bar = text.verticalScrollBar()
        value = bar.value()
        with text.quietly():
            cursor = QTextCursor(text.document())
            cursor.beginEditBlock()
            for index in stale:
                block = window.block(index)
                worn = self._dressed.get(index, ()) if block.userState() >= 0 else ()
                for start, end, _ in worn:
                    self._color(cursor, index, start, end, QBrush())
                for start, end, color in wanted[index]:
                    unseen = QColor(color)
                    unseen.setAlpha(0)
                    self._color(cursor, index, start, end, QBrush(unseen))
                block.setUserState(_state(wanted[index]))
                self._dressed[index] = wanted[index]
            cursor.endEditBlock()
            text.document().documentLayout().documentSize()
            bar.setValue(value)
        self.dressed.emit()

    def _color(self, cursor: QTextCursor, index: int, start: int, end: int, brush: QBrush) -> None:
        window = self._text.window_
        at, units = window.block(index).position(), window.map(index)
        cursor.setPosition(at + units.to_utf16(start))
        cursor.setPosition(at + units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(brush)
        cursor.mergeCharFormat(look)

    def _spans(self, index: int) -> tuple[Span, ...]:
        """What lies on a block, in code points from its start: names first, then highlights, the shortest on top."""
        overlay, content = self._face.overlay, self._text.window_.content
        start, words = content.starts[index], content.blocks[index].text
        highlights, names = overlay.marks_in(index)
        theme = overlay.manner.theme
        found = [(mark.start, mark.end, theme.entity(mark.kind)[0].name()) for mark in names]
        found += [
            (mark.start, mark.end, theme.highlight(mark.color)[0].name())
            for mark in sorted(highlights, key=lambda mark: (mark.start - mark.end, mark.id))
        ]
        return tuple(
            (*_whole_words(words, max(0, a - start), min(len(words), e - start)), color) for a, e, color in found
        )


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A run widened to whole words: letters set apart inside a word may be drawn otherwise."""

    def joined(at: int) -> bool:
        if not 0 < at < len(text):
            return False
        return not text[at - 1].isspace() and not text[at].isspace() and ord(text[at]) < _CJK

    while joined(start):
        start -= 1
    while joined(end):
        end += 1
    return start, end


def _state(spans: tuple[Span, ...]) -> int:
    """What a block remembers of its spans; -1, as for a new block, where there are none."""
    return hash(spans) & 0x3FFFFFFF if spans else -1


def _highlight(mark: Highlight, words: str) -> str:
    parts = [f"Highlight, {mark.color}: {words}." if words else f"Highlight, {mark.color}."]
    if mark.note:
        parts.append(f"Note: {mark.note[:LONGEST]}")
    return " ".join(parts)


def _name(name: Name) -> str:
    from postil.view.page.tips import kind_name

    return f"{kind_name(name.kind)}: {name.label}."
