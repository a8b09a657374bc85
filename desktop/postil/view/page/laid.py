"""A part of one content laid out in a column: where its lines and blocks stand, in pixels of the document."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextCursor, QTextLine
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from postil.view.look.theme import Theme
from postil.view.page.formats import Formats
from postil.view.page.paint import MARGIN
from postil.view.page.pictures import Pictures
from postil.view.page.place import EMPTY, Place
from postil.view.page.window import TextWindow
from postil_db.records import BlockKind, Content

LED = (BlockKind.TABLE_ROW, BlockKind.IMAGE)
"""Blocks that have something above their first line."""
FUZZY = Qt.HitTestAccuracy.FuzzyHit


class LaidText(QTextBrowser):
    """Holds the window of a text; read-only, loads nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.formats = Formats(theme)
        self.pictures = Pictures(self)
        self.window_ = TextWindow(self.document(), EMPTY, self.formats, self.pictures.size)
        self.column_left = self.column_width = 0.0

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002
        """Answer whatever a document refers to with an empty picture: nothing is read or fetched."""
        blank = QImage(1, 1, QImage.Format.Format_ARGB32)
        blank.fill(Qt.GlobalColor.transparent)
        return blank

    @property
    def content(self) -> Content:
        """What is shown."""
        return self.window_.content

    def top(self) -> Place:
        """The first line in view."""
        y = self.verticalScrollBar().value()
        block = self.block_near(y + 2)
        if self.window_.lead(self.window_.index(block)):
            return self._top_of_led(block, y)
        at = QPointF(self.column_left + 1, y + 2)
        position = max(0, self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.FuzzyHit))
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        if line.isValid() and self._line_top(block, line) + line.height() <= y + 1:
            block, line = _after(block, line)
        start = line.textStart() if line.isValid() else 0
        index = self.window_.index(block)
        offset = self.content.starts[index] + self.window_.map(index).to_code_points(start)
        return Place(offset, self._line_top(block, line) - y)

    def block_near(self, y: float) -> QTextBlock:
        """The block at a height of the document, or the one before it where there is none."""
        layout = self.document().documentLayout()
        block = self.document().findBlock(max(0, layout.hitTest(QPointF(self.column_left + 1, y), FUZZY)))
        while block.next().isValid() and self.head(block.next()) <= y:
            block = block.next()
        while block.previous().isValid() and self.head(block) > y:
            block = block.previous()
        return block

    def head(self, block: QTextBlock) -> float:
        """Where a block begins in the document, with what stands above its first line."""
        self.document().documentLayout().blockBoundingRect(block)  # lays it out
        return block.layout().position().y() - self.window_.lead(self.window_.index(block))

    def foot(self, block: QTextBlock) -> float:
        """Where a block's last line ends in the document."""
        if self.content.blocks[self.window_.index(block)].kind is BlockKind.TABLE_ROW:
            return block.layout().position().y()
        return self.document().documentLayout().blockBoundingRect(block).bottom()

    def _top_of_led(self, block: QTextBlock, y: int) -> Place:
        """The first line in view where that is a table's row or a picture: by its block, which stands as a whole."""
        if self.foot(block) <= y + 1 and block.next().isValid():
            block = block.next()
        index = self.window_.index(block)
        line = block.layout().lineForTextPosition(0)
        return Place(self.content.starts[index], self._line_top(block, line) - y)

    def line_y(self, offset: int) -> float:
        """Where the line of `offset` begins in the document, in pixels; the window must hold it."""
        position = self.window_.position(offset)
        block = self.document().findBlock(position)
        self.document().documentLayout().blockBoundingRect(block)
        return self._line_top(block, block.layout().lineForTextPosition(position - block.position()))

    def tops(self, offsets: Sequence[int]) -> list[float | None]:
        """The y in the viewport of the line that holds each offset; None for what is not laid out now."""
        y = self.verticalScrollBar().value()
        return [self.line_y(offset) - y if self.holds(offset) else None for offset in offsets]

    def holds(self, offset: int) -> bool:
        """Whether the window holds the block of `offset`."""
        return self.window_.first <= self.content.block_at(offset) < self.window_.end

    @staticmethod
    def _line_top(block: QTextBlock, line: QTextLine) -> float:
        return block.layout().position().y() + (line.y() if line.isValid() else 0.0)

    def set_margins(self) -> None:
        """Give the column its width and its place in the view."""
        width = self.viewport().width()
        self.column_width = max(120.0, min(self.formats.column, width - MARGIN - max(24.0, MARGIN * 0.6)))
        self.formats.room = self.column_width
        self.formats.tall = max(160.0, self.viewport().height() * 0.85)
        self.column_left = max(float(MARGIN), (width - self.column_width) / 2)
        self.formats.reach = width - self.column_left - 24.0
        self.document().setDefaultFont(self.formats.font)
        cursor = QTextCursor(self.document())
        frame = cursor.currentFrame()  # by rootFrame(), PySide keeps every frame there ever was, as the text's child
        form = frame.frameFormat()
        form.setLeftMargin(round(self.column_left))
        form.setRightMargin(max(0, width - round(self.column_left) - round(self.column_width)))
        above = self.window_.lead(0) if self.content.blocks[0].kind in LED else 0.0  # Qt leaves its margin out
        form.setTopMargin(round(self.formats.em * 3 + above))
        form.setBottomMargin(round(self.formats.em * 5))
        frame.setFrameFormat(form)


def _after(block: QTextBlock, line: QTextLine) -> tuple[QTextBlock, QTextLine]:
    """The line after one, in its block or the next; the same where there is none."""
    following = block.layout().lineAt(line.lineNumber() + 1)
    if line.lineNumber() + 1 < block.layout().lineCount():
        return block, following
    if block.next().isValid() and block.next().layout().lineCount():
        return block.next(), block.next().layout().lineAt(0)
    return block, line
