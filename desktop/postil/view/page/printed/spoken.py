"""Printed pages for those who hear them: their text in a field of Qt's own, which every screen reader knows.

An interface written in Python cannot hand over selections and attributes, so a text field stands unseen beneath the
pages. It holds the text around what is in view, has the keyboard's focus in the view's stead, and its lines are laid
out where they are printed, so that the places of characters that it tells are those on the screen. It is made when
somebody listens, and costs nothing before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from postil.view.page.formats import SIZE, Formats
from postil.view.page.printed.shapes import BODY
from postil.view.page.typography import ZOOMS, Typography
from postil.view.page.window import TextWindow

if TYPE_CHECKING:
    from postil.view.page.printed.reading import PrintedReading

_FORWARDED = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_TRIES = 4
"""How often a line is cut anew until it has the characters that it has in print."""


class SpokenPages(QTextEdit):
    """The text around what is in view of printed pages, with the reader's selection in it."""

    def __init__(self, view: "PrintedReading") -> None:
        super().__init__(view)
        self._view = view
        self.busy = False
        self.window_ = TextWindow(self.document(), view.content, self._formats())
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.lower()
        self.setVisible(True)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(self._caret_moved)
        if view.hasFocus():
            self.setFocus()
        view.setFocusProxy(self)
        self.follow()

    # what it holds

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Change text or selection without taking that for the reader's doing."""
        before, self.busy = self.busy, True
        try:
            yield
        finally:
            self.busy = before

    def follow(self) -> None:
        """Hold the text of what is in view, where it stands now."""
        view = self._view
        self.setAccessibleName(view.accessibleName())
        self.setAccessibleDescription(view.accessibleDescription())
        self.setGeometry(view.viewport().geometry())
        low, high = view.visible_range()
        with self.quietly():
            if self.window_.content is not view.content or not self._holds(low, high):
                self.document().clear()
                self.window_ = TextWindow(self.document(), view.content, self._formats())
                self.window_.rebuild(low)
                self.show_chosen()
            self.lay()

    def show_chosen(self) -> None:
        """Take over the reader's selection; where it is out of view, its nearest end."""
        view = self._view
        with self.quietly():
            if view.chosen.caret != self.window_.nearest(view.chosen.caret) and view.line_in_view(view.chosen.caret):
                self.follow()
            self.setTextCursor(view.chosen.image(self.window_))

    def _holds(self, low: int, high: int) -> bool:
        first, last = self.window_.range if self.window_.end > self.window_.first else (0, -1)
        return first <= low and high <= last + 1

    def _formats(self) -> Formats:
        """Type about as large as it is shown, for the heights of characters."""
        zoom = self._view.sheets.scale * BODY / SIZE
        return Formats(self._view.theme, Typography(zoom=min(max(ZOOMS[0], zoom), ZOOMS[-1])))

    # where it stands

    def lay(self) -> None:
        """Lay each line out where it is printed."""
        for index in range(self.window_.first, self.window_.end):
            self._lay_block(index, self.window_.block(index))
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setRange(0, 0)  # places count from the view's corner

    def _lay_block(self, index: int, block: QTextBlock) -> None:
        units, layout = self.window_.map(index), block.layout()
        start, length = self.window_.content.starts[index], block.length() - 1
        lines = [(units.to_utf16(at - start), box) for at, box in self._lines(index)]
        ends = [at for at, _ in lines[1:]] + [length]
        placed = [(0 if n == 0 else at, ends[n], box) for n, (at, box) in enumerate(lines)] or [(0, length, QRectF())]
        self._fit(layout, block, placed)
        option = layout.textOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        for low, high, box in placed:
            line = layout.createLine()
            if not line.isValid():
                break
            _cut(line, high - low)
            line.setPosition(box.topLeft())
        layout.endLayout()
        layout.setPosition(QPointF())

    def _lines(self, index: int) -> list[tuple[int, QRectF]]:
        """The printed lines of a block: the offset each begins with, and where it is in the view."""
        view, content = self._view, self.window_.content
        start = content.starts[index]
        end, found = start + len(content.blocks[index].text), list[tuple[int, QRectF]]()
        for number in range(view.page_of(start), view.page_of(max(start, end - 1)) + 1):
            leaf = view.leaf_at_hand(number)
            if leaf is not None:
                low, high = max(start, leaf.page.start), min(end, leaf.page.end)
                found += [(at, view.to_view(number, box)) for at, box in leaf.line_starts(low, high)]
        return found

    @staticmethod
    def _fit(layout: QTextLayout, block: QTextBlock, placed: list[tuple[int, int, QRectF]]) -> None:
        """Space the letters so that each line is as wide as it is printed."""
        text, metrics = block.text(), QFontMetricsF(block.charFormat().font())
        spaced = []
        for low, high, box in placed:
            letters = max(1, high - low)
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = low, letters, QTextCharFormat()
            one.format.setFontLetterSpacingType(block.charFormat().font().SpacingType.AbsoluteSpacing)
            one.format.setFontLetterSpacing((box.width() - metrics.horizontalAdvance(text[low:high])) / letters)
            spaced.append(one)
        layout.setFormats(spaced)

    # the keyboard, and what a screen reader does to the caret

    def event(self, event: QEvent) -> bool:
        """Leave keys to the pages."""
        if event.type() in _FORWARDED and isinstance(event, QKeyEvent) and event.key() not in _TABS:
            return self._view.event(event)
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the pages that they have the keyboard."""
        super().focusInEvent(event)
        self._view.focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the pages that they have the keyboard no more."""
        super().focusOutEvent(event)
        self._view.focusOutEvent(event)

    def _caret_moved(self) -> None:
        if not self.busy:
            chosen = self._view.chosen
            chosen.follow(self.window_, self.textCursor())
            self._view.select(chosen.anchor, chosen.caret)
            self._view.keep_in_view(chosen.caret, 1)


def _cut(line: QTextLine, length: int) -> None:
    """End a line after so many characters, of which Qt may draw several as one sign: it counts those."""
    columns = max(1, length)
    for _ in range(_TRIES):
        line.setNumColumns(columns)
        over = line.textLength() - length
        if over <= 0 or columns == 1:
            return
        columns = max(1, columns - over)
