"""The pointer on a table or a picture, of whose places Qt knows nothing: cells stand side by side in one block."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QTextCursor

from postil.view.page import units
from postil_db.records import BlockKind

if TYPE_CHECKING:
    from postil.view.page.marks import Interval
    from postil.view.page.reading import Reading


class Pointing:
    """Puts right where Qt has put the caret, after it has had its turn at an event of the mouse."""

    def __init__(self, text: "Reading") -> None:
        self._text = text
        self._word: Interval | None = None

    def press(self, point: QPoint, *, extend: bool) -> None:
        """The caret goes to the cell that was pressed; with Shift the selection reaches to it."""
        self._word = None
        self._bring(point, extend=extend)

    def drag(self, point: QPoint) -> None:
        """The selection reaches to the cell under the pointer."""
        if self._word is None:
            self._bring(point, extend=True)
            return
        start, end = self._word
        to = self._text.caret_at(point)
        self._text.select(*((start, max(end, to)) if to >= start else (end, to)))

    def double(self, point: QPoint) -> None:
        """A word of a cell is selected."""
        offset = self._text.offset_at(point) if self._text.row_at(point) is not None else None
        self._word = units.word(self._text.content, offset) if offset is not None else None
        if self._word is not None:
            self._text.select(*self._word)

    def described(self, point: QPoint) -> str:
        """The description of the picture at a point; "" where there is none."""
        text = self._text
        y = text.verticalScrollBar().value()
        block = text.block_near(point.y() + y)
        index = text.window_.index(block)
        here = text.content.blocks[index]
        if here.kind is not BlockKind.IMAGE:
            return ""
        box = text.grounds.picture_box(index, block.layout().position() - QPointF(0, y))
        return here.text if box.contains(QPointF(point)) else ""

    def footnote(self, point: QPoint) -> int | None:
        """The block of the footnote whose marker is at a point."""
        text = self._text
        block = text.block_near(point.y() + text.verticalScrollBar().value())
        index = text.window_.index(block)
        if text.content.blocks[index].kind is not BlockKind.FOOTNOTE:
            return None
        edge = block.layout().lineAt(0).x() + block.layout().position().x()
        if text.formats.mirrored:
            return index if point.x() > edge + block.layout().lineAt(0).width() else None
        return index if text.column_left - text.formats.em <= point.x() < edge else None

    def _bring(self, point: QPoint, *, extend: bool) -> None:
        text = self._text
        if text.row_at(point) is None:
            return
        position = text.window_.position(text.caret_at(point))
        cursor = text.textCursor()
        mode = QTextCursor.MoveMode
        cursor.setPosition(position, mode.KeepAnchor if extend else mode.MoveAnchor)
        text.setTextCursor(cursor)
