"""A text browser over the sliding window: where the page stands in the book, and how it moves without a jolt."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QScrollEvent, QScrollPrepareEvent, QTextBlock, QTextLine
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QWidget

from postil.view.look.theme import Theme
from postil.view.page.formats import Formats
from postil.view.page.paint import MARGIN
from postil.view.page.pictures import Pictures
from postil.view.page.selection import Selection
from postil.view.page.window import STEP, TextWindow
from postil_db.records import Block, BlockKind, Content

EMPTY = Content((Block(BlockKind.PARAGRAPH, ""),))
WHOLE = 60_000
"""Texts up to so many characters are laid out as a whole once there is time, so that the scroll bar is exact."""
LED = (BlockKind.TABLE_ROW, BlockKind.IMAGE)
"""Blocks that have something above their first line."""
FUZZY = Qt.HitTestAccuracy.FuzzyHit
NEAR = 0.5
"""Screens from the window's edge at which it slides at once; more than the page's own margins there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the text, by the offset it begins with, and how far below the top of the view it stands."""

    offset: int = 0
    below: float = 0.0


class ScrollingText(QTextBrowser):
    """Shows a part of one content and slides it along; read-only, loads nothing."""

    moved = Signal()

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
        self.chosen = Selection()
        self._place = Place()
        self.column_left = self.column_width = 0.0
        self._busy = False
        self._kinetic = 0.0
        self._idle = QTimer(self, interval=0, singleShot=True)
        self._idle.timeout.connect(self._fill)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.window_.rebuild(0)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002
        """Answer whatever a document refers to with an empty picture: nothing is read or fetched."""
        blank = QImage(1, 1, QImage.Format.Format_ARGB32)
        blank.fill(Qt.GlobalColor.transparent)
        return blank

    @property
    def content(self) -> Content:
        """What is shown."""
        return self.window_.content

    @property
    def place(self) -> Place:
        """The first line in view."""
        return self._place

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Change document and scroll value without a repaint or a signal in between."""
        if self._busy:
            yield
            return
        self._busy = True
        self.setUpdatesEnabled(False)
        try:
            yield
        finally:
            self.setUpdatesEnabled(True)
            self._busy = False

    @property
    def busy(self) -> bool:
        """Whether the page itself is at work on the document."""
        return self._busy

    def shapes_changed(self) -> None:
        """Called when what was laid out is laid out anew; for whoever keeps shapes."""

    def set_content(self, content: Content, place: Place) -> None:
        """Show another text from `place` on."""
        self.window_ = TextWindow(self.document(), content, self.formats, self.pictures.size)
        self.chosen.set(place.offset, place.offset)
        self.rebuild(place)

    def rebuild(self, place: Place | None = None) -> None:
        """Lay out a new window with the same (or another) line at the same height of the view."""
        self._place = place or self.place
        with self.quietly():
            self.document().clear()
            self.window_.formats = self.formats
            self.window_.forget()
            self._set_margins()
            self.window_.rebuild(self.place.offset)
            self.shapes_changed()
            self._bring(self.place)
            self.show_selection(self.chosen)
        self.verticalScrollBar().setSingleStep(max(1, round(self.formats.em * 1.5)))
        self.viewport().update()
        self._idle.start()
        self.moved.emit()

    def show_selection(self, chosen: Selection) -> None:
        """Set the document's cursor to the image of the selection, without scrolling to it."""
        bar = self.verticalScrollBar()
        value = bar.value()
        self.setTextCursor(chosen.image(self.window_))
        bar.setValue(value)

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

    def scroll_to(self, place: Place) -> None:
        """Bring a line to a height of the view, by scrolling where the window allows it, else by a new window."""
        if self.holds(place.offset):
            with self.quietly():
                self._bring(place)
            self.viewport().update()
            self._scrolled()
        else:
            self.rebuild(place)
            self._place = self.top()

    def at_end(self) -> bool:
        """Whether the last line is in view."""
        bar = self.verticalScrollBar()
        return self.window_.end == len(self.content.blocks) and bar.value() >= bar.maximum()

    def _bring(self, place: Place) -> None:
        bar = self.verticalScrollBar()
        self.document().documentLayout().documentSize()  # lays out all of the window, so that the bar's range is true
        wanted = self.line_y(place.offset) - place.below
        while wanted > bar.maximum() and self.window_.end < len(self.content.blocks):
            self.window_.grow(1)
            self.document().documentLayout().documentSize()
        while wanted < 0 and self.window_.first > 0:
            self.window_.grow(-1)
            self.document().documentLayout().documentSize()
            wanted = self.line_y(place.offset) - place.below
        bar.setValue(round(wanted))

    @staticmethod
    def _line_top(block: QTextBlock, line: QTextLine) -> float:
        return block.layout().position().y() + (line.y() if line.isValid() else 0.0)

    def _set_margins(self) -> None:
        width = self.viewport().width()
        self.column_width = max(120.0, min(self.formats.column, width - MARGIN - max(24.0, MARGIN * 0.6)))
        self.formats.room = self.column_width
        self.formats.tall = max(160.0, self.viewport().height() * 0.85)
        self.column_left = max(float(MARGIN), (width - self.column_width) / 2)
        self.formats.reach = width - self.column_left - 24.0
        self.document().setDefaultFont(self.formats.font)
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        form.setLeftMargin(round(self.column_left))
        form.setRightMargin(max(0, width - round(self.column_left) - round(self.column_width)))
        above = self.window_.lead(0) if self.content.blocks[0].kind in LED else 0.0  # Qt leaves its margin out
        form.setTopMargin(round(self.formats.em * 3 + above))
        form.setBottomMargin(round(self.formats.em * 5))
        frame.setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line at the top where it is."""
        place = self.place
        if event.size().width() == event.oldSize().width():
            super().resizeEvent(event)
            self._idle.start()
            self.moved.emit()
            return
        with self.quietly():
            self.document().clear()
            super().resizeEvent(event)
        self.rebuild(place)

    def _scrolled(self) -> None:
        if self._busy:
            return
        bar = self.verticalScrollBar()
        near = max(NEAR * self.viewport().height(), self.formats.em * 8)
        if bar.maximum() - bar.value() < near and self.window_.end < len(self.content.blocks):
            self._slide(1)
        elif bar.value() < near and self.window_.first > 0:
            self._slide(-1)
        else:
            self._idle.start()
        self._place = self.top()
        self.moved.emit()

    def _slide(self, direction: int) -> None:
        """Add text on one side and take away on the other, while what is in view stays where it is."""
        if not self._busy:
            self.chosen.follow(self.window_, self.textCursor())  # Qt scrolls before it tells that the caret moved
        with self.quietly():
            if direction > 0:
                self.window_.grow(1)
            else:
                self._keep(lambda: self.window_.grow(-1), self.window_.first)
            if self.window_.full and not QApplication.mouseButtons():  # a drag's anchor must stay in the document
                self._trim(-direction)
            self.document().documentLayout().documentSize()
            self.show_selection(self.chosen)

    def _trim(self, direction: int) -> None:
        """Take away text on one side, if it is well out of view."""
        top = self.top().offset
        low, high = self.window_.range
        if direction < 0 and top - low > 2 * STEP:
            self._keep(lambda: self.window_.trim(-1), self.content.block_at(top))
        elif direction > 0 and high - top > 4 * STEP:
            self.window_.trim(1)

    def _keep(self, change: Callable[[], object], index: int) -> None:
        """Change the window above the block `index` and move the scroll value with it."""
        bar, layout = self.verticalScrollBar(), self.document().documentLayout()
        before = layout.blockBoundingRect(self.window_.block(index)).top()
        value = bar.value()
        change()
        layout.documentSize()
        bar.setValue(round(value + layout.blockBoundingRect(self.window_.block(index)).top() - before))

    def _fill(self) -> None:
        """While nothing else is to do: have two screens ready on both sides, and short texts as a whole."""
        bar, two = self.verticalScrollBar(), 2 * self.viewport().height()
        short = len(self.content.text) <= WHOLE
        if self.window_.end < len(self.content.blocks) and (short or bar.maximum() - bar.value() < two):
            self._slide(1)
        elif self.window_.first > 0 and (short or bar.value() < two):
            self._slide(-1)
        else:
            return
        self._idle.start()
        self.moved.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Give kinetic scrolling a range of its own: it keeps absolute places, under which the window slides."""
        if isinstance(event, QScrollPrepareEvent):
            event.setViewportSize(QSizeF(self.viewport().size()))
            event.setContentPosRange(QRectF(0, 0, 0, 2e8))
            self._kinetic = 1e8
            event.setContentPos(QPointF(0, self._kinetic))
            event.accept()
            return True
        if isinstance(event, QScrollEvent):
            y = event.contentPos().y()
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + y - self._kinetic))
            self._kinetic = y
            return True
        return super().viewportEvent(event)


def _after(block: QTextBlock, line: QTextLine) -> tuple[QTextBlock, QTextLine]:
    """The line after one, in its block or the next; the same where there is none."""
    following = block.layout().lineAt(line.lineNumber() + 1)
    if line.lineNumber() + 1 < block.layout().lineCount():
        return block, following
    if block.next().isValid() and block.next().layout().lineCount():
        return block.next(), block.next().layout().lineAt(0)
    return block, line
