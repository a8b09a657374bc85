"""A text browser over the sliding window: where the page stands in the book, and how it moves without a jolt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QScrollEvent, QScrollPrepareEvent
from PySide6.QtWidgets import QApplication, QWidget

from postil.view.look.theme import Theme
from postil.view.page.laid import LaidText
from postil.view.page.place import Place
from postil.view.page.selection import Selection
from postil.view.page.window import STEP, TextWindow
from postil_db.records import Content

WHOLE = 60_000
"""Texts up to so many characters are laid out as a whole once there is time, so that the scroll bar is exact."""
NEAR = 0.5
"""Screens from the window's edge at which it slides at once; more than the page's own margins there."""


class ScrollingText(LaidText):
    """Shows a part of one content and slides it along."""

    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.chosen = Selection()
        self._place = Place()
        self._busy = False
        self._kinetic = 0.0
        self._idle = QTimer(self, interval=0, singleShot=True)
        self._idle.timeout.connect(self._fill)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.window_.rebuild(0)

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
            self.set_margins()
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
