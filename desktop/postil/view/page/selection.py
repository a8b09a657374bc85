"""The selection as the reader means it: two offsets in the text, whatever part of it the window holds just now."""

from PySide6.QtGui import QTextCursor

from postil.view.page.marks import Interval
from postil.view.page.window import TextWindow


class Selection:
    """Anchor and caret in code points. The document's cursor is only their image, cut to the window.

    `behind`: the caret stands behind the character before it, rather than before the one that follows; where the
    direction changes, these are two places.
    """

    def __init__(self) -> None:
        self.anchor = self.caret = 0
        self.behind = False
        self._told = (0, 0)

    @property
    def range(self) -> tuple[int, int]:
        """Start and end; equal when nothing is selected."""
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    def set(self, anchor: int, caret: int, *, behind: bool = False) -> None:
        """Select from `anchor` to `caret`, which stands before the next character or `behind` the one before."""
        self.anchor, self.caret, self.behind = anchor, caret, behind

    def news(self) -> Interval | None:
        """What is selected, if that is not what was told the last time; None, too, if only the caret moved."""
        start, end = self.range
        now = (start, end) if end > start else (start, start)
        before, self._told = self._told, now
        return now if now != before and (now[0] != now[1] or before[0] != before[1]) else None

    def follow(self, window: TextWindow, cursor: QTextCursor) -> None:
        """Take over what mouse or keyboard did to the document's cursor.

        An end whose image did not move stays where it is, also if that is outside the window.
        """
        anchor, caret = window.offset(cursor.anchor()), window.offset(cursor.position())
        if anchor != window.nearest(self.anchor):
            self.anchor = anchor
        if caret != window.nearest(self.caret):
            self.caret, self.behind = caret, False

    def image(self, window: TextWindow) -> QTextCursor:
        """The document's cursor for this selection."""
        cursor = QTextCursor(window.document)
        cursor.setPosition(window.position(self.anchor))
        cursor.setPosition(window.position(self.caret), QTextCursor.MoveMode.KeepAnchor)
        return cursor
