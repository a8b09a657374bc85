"""The page's text: marks painted behind and over it, and the selection, by mouse and keyboard."""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPainterPath, QPaintEvent, QTextBlock, QTextLine
from PySide6.QtWidgets import QWidget

from postil.view.look.theme import Theme
from postil.view.page import paint
from postil.view.page.citing import as_markdown, with_citation
from postil.view.page.copying import copied
from postil.view.page.formats import Formats
from postil.view.page.geometry import BlockGeometry, goes_right_to_left, right_of
from postil.view.page.marks import Interval
from postil.view.page.overlay import Overlay
from postil.view.page.scrolling import Place, ScrollingText
from postil_db.records import BlockKind, DocumentInfo

FLASH_MS = 900


class Browser(ScrollingText):
    """Text with marks."""

    selected = Signal(int, int)
    painted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.overlay = Overlay(theme, Formats(theme).em)
        super().__init__(theme, parent)
        self.byline = ""
        self.info: DocumentInfo | None = None
        self.setAccessibleName(self.tr("Document text"))
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.TextSelectableByMouse
            | flags.TextSelectableByKeyboard
            | flags.LinksAccessibleByMouse
            | flags.LinksAccessibleByKeyboard
        )
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # scrolling then moves what is painted
        self.setCursorWidth(0)
        self._flash: Interval | None = None
        self._flash_over = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash_over.timeout.connect(self._end_flash)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self.selectionChanged.connect(self._cursor_moved)

    # what is shown

    def set_formats(self, formats: Formats) -> None:
        """Take another theme, font or zoom; the line at the top stays."""
        self.formats = formats
        self.overlay.set_look(formats.theme, formats.em)
        self.rebuild()

    def shapes_changed(self) -> None:
        """Forget the shapes of marks: they are made again where they are next seen."""
        self.overlay.forget()

    def repaint_blocks(self, blocks: Iterable[int]) -> None:
        """Paint again what is in view of some blocks."""
        rect = QRect()
        layout, y = self.document().documentLayout(), self.verticalScrollBar().value()
        for index in blocks:
            if self.window_.first <= index < self.window_.end:
                area = layout.blockBoundingRect(self.window_.block(index)).translated(0, -y)
                rect |= QRect(0, int(area.top()) - 24, self.viewport().width(), int(area.height()) + 48)
        rect &= self.viewport().rect()
        if not rect.isEmpty():
            self.viewport().update(rect)

    def flash(self, start: int, end: int) -> None:
        """Show for a moment where a passage is."""
        self._flash = (start, end)
        self._flash_over.start()
        self.viewport().update()

    def _end_flash(self) -> None:
        self._flash = None
        self.viewport().update()

    # the selection

    def select(self, anchor: int, caret: int) -> None:
        """Select from one offset to another."""
        self.chosen.set(anchor, caret)
        with self.quietly():
            self.show_selection(self.chosen)
        self.viewport().update()
        self._tell_selection()

    def _cursor_moved(self) -> None:
        if not self.busy:
            self.chosen.follow(self.window_, self.textCursor())
            self._tell_selection()

    def _tell_selection(self) -> None:
        if (told := self.chosen.news()) is not None:
            self.selected.emit(*told)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged: exactly the text selected, also beyond the window."""
        return copied(self.content, *self.chosen.range)

    def copy_selection(self) -> None:
        """Put the selection on the clipboard."""
        start, end = self.chosen.range
        if end > start:
            QGuiApplication.clipboard().setMimeData(copied(self.content, start, end))

    def copy_citation(self) -> None:
        """Put the selection on the clipboard as a quotation with its source."""
        self._copy(with_citation(self.content, *self.chosen.range, self.info))

    def copy_markdown(self) -> None:
        """Put the selection on the clipboard as Markdown."""
        self._copy(as_markdown(self.content, *self.chosen.range))

    def _copy(self, text: str) -> None:
        if self.chosen.range[0] != self.chosen.range[1]:
            QGuiApplication.clipboard().setText(text)

    # where things are

    def offset_at(self, point: QPoint) -> int | None:
        """The character under a point of the viewport, or None where there is no text."""
        y = self.verticalScrollBar().value()
        at = QPointF(point) + QPointF(self.horizontalScrollBar().value(), y)
        position = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return None
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        index = self.window_.index(block)
        if not line.isValid() or not self.content.blocks[index].text:
            return None
        x = at.x() - block.layout().position().x()
        if not line.x() <= x <= right_of(block.layout(), line):
            return None
        units = line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        within = min(self.window_.map(index).to_code_points(units), len(self.content.blocks[index].text) - 1)
        return self.content.starts[index] + within

    def bounds(self, start: int, end: int) -> QRect:
        """The rectangle around what is in view of a passage, in the viewport; empty if none of it is."""
        rect = QRectF()
        for index, block, origin in self._visible(QRectF(self.viewport().rect())):
            for run in self._runs(index, block, start, end):
                rect |= run.translated(origin)
        return rect.toAlignedRect() & self.viewport().rect()

    def _runs(self, index: int, block: QTextBlock, start: int, end: int) -> list[QRectF]:
        at, text = self.content.starts[index], self.content.blocks[index].text
        a, e = max(0, start - at), min(len(text), end - at)
        if a >= e:
            return []
        units = self.window_.map(index)
        geometry = BlockGeometry(block.layout(), units.to_utf16, bidi=goes_right_to_left(text))
        return [run.behind(self.window_.size(index)) for run in geometry.runs(a, e)]

    def _visible(self, clip: QRectF) -> list[tuple[int, QTextBlock, QPointF]]:
        """The blocks in a part of the viewport: index in the content, block, and where it stands."""
        document, layout = self.document(), self.document().documentLayout()
        y = self.verticalScrollBar().value()
        reach = self.formats.em * 2.5  # marks and grounds reach beyond their block's lines
        at = QPointF(self.column_left + 1, y + clip.top() - reach)
        block = document.findBlock(max(0, layout.hitTest(at, Qt.HitTestAccuracy.FuzzyHit)))
        index = self.window_.index(block) if block.isValid() else 0
        found = []
        while block.isValid():
            top = layout.blockBoundingRect(block).top() - y
            if top > clip.bottom() + reach:
                break
            found.append((index, block, block.layout().position() - QPointF(0, y)))
            block, index = block.next(), index + 1
        return found

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grounds of marks, the text, and then what lies over it."""
        placed = self._visible(QRectF(event.rect()))
        decorated = []
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.formats.paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, block, origin in placed:
            self._paint_ground(painter, index, block, origin)
            units, size = self.window_.map(index), self.window_.size(index)
            view = QRectF(event.rect()).translated(-origin)
            decorated += [(origin, made) for made in self.overlay.decorations(index, block, units, size, view)]
        for origin, decoration in decorated:
            painter.translate(origin)
            paint.behind(painter, decoration)
            painter.translate(-origin)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for origin, decoration in decorated:
            painter.translate(origin)
            paint.over(painter, decoration)
            paint.margin(painter, decoration.margin, self.column_left - origin.x(), self.formats.em)
            painter.translate(-origin)
        for index, block, origin in placed:
            self._paint_beside(painter, index, block, origin)
        if self._flash:
            self._paint_flash(painter, placed, self._flash)
        painter.end()
        self.painted.emit()

    def _area(self, block: QTextBlock, origin: QPointF) -> QRectF:
        height = self.document().documentLayout().blockBoundingRect(block).height()
        return QRectF(self.column_left, origin.y(), self.column_width, height)

    def _paint_ground(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        blocks = self.content.blocks
        here = blocks[index]
        if here.kind in (BlockKind.CODE, BlockKind.QUOTE, BlockKind.TABLE_ROW, BlockKind.RULE):
            before = index > 0 and blocks[index - 1].kind is here.kind
            after = index + 1 < len(blocks) and blocks[index + 1].kind is here.kind
            area = self._area(block, origin)
            following = block.next()
            if here.kind is BlockKind.CODE and after and following.isValid():  # no seam between its lines
                area.setBottom(origin.y() + following.layout().position().y() - block.layout().position().y())
            paint.block_ground(painter, here, area, self.overlay.manner, (before, after))

    def _paint_beside(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        here = self.content.blocks[index]
        if here.kind is BlockKind.LIST_ITEM:
            paint.marker(painter, here, block, origin, self.overlay.manner, self.formats.font)
        if index == 0 and self.byline:
            font = QFont(self.font())
            font.setPixelSize(round(self.formats.em * 0.78))
            area = self._area(block, origin)
            em = self.formats.em
            y = area.bottom() + em * 0.35 if here.kind is BlockKind.HEADING else area.top() - em * 2.2
            painter.setFont(font)
            painter.setPen(self.formats.quiet)
            room = QRectF(area.left(), y, area.width(), em * 1.4)
            text = painter.fontMetrics().elidedText(self.byline, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_flash(self, painter: QPainter, placed: list[tuple[int, QTextBlock, QPointF]], passage: Interval) -> None:
        path = QPainterPath()
        for index, block, origin in placed:
            for run in self._runs(index, block, *passage):
                path.addRoundedRect(run.translated(origin).adjusted(-3, -2, 3, 3), 4, 4)
        paint.flash(painter, path.simplified(), self.formats.theme.color("current"))

    # going

    def go_to(self, start: int, end: int | None) -> None:
        """Bring a passage into view, unless it is well in view already; flash it if it has an end."""
        height = self.viewport().height()
        if self.holds(start):
            y = self.line_y(start) - self.verticalScrollBar().value()
        if not self.holds(start) or not height * 0.06 <= y <= height * 0.72:
            self.scroll_to(Place(start, height * 0.28))
        if end is not None and end > start:
            self.flash(start, end)
