"""The page's text: marks painted behind and over it, and the selection, by mouse and keyboard."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QTextBlock,
    QTextLine,
)
from PySide6.QtWidgets import QWidget

from postil.view.look.theme import Theme
from postil.view.page import paint, tables
from postil.view.page.caret import CARET, edge_at, signs
from postil.view.page.formats import ROW, Formats
from postil.view.page.geometry import BlockGeometry, extent, goes_right_to_left, x_of
from postil.view.page.glow import Glow
from postil.view.page.grounds import Grounds
from postil.view.page.marked import Marked
from postil.view.page.marks import Interval
from postil.view.page.overlay import Overlay
from postil.view.page.scrolling import ScrollingText
from postil_db.records import BlockKind, DocumentInfo


class Browser(Marked, ScrollingText):
    """Text with marks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.overlay = Overlay(theme, Formats(theme).em)
        super().__init__(theme, parent)
        self.glow = Glow(self.overlay, self._repaint_passage, self)
        self.grounds = Grounds(self)
        self.pictures.arrived.connect(lambda _digest: self.viewport().update())
        self.byline = ""
        self.info: DocumentInfo | None = None
        self.setAccessibleName("Document text")
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        )
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # scrolling then moves what is painted
        self.caret_shown = False
        self.cursorPositionChanged.connect(self._cursor_moved)
        self.selectionChanged.connect(self._cursor_moved)

    # what is shown

    def set_formats(self, formats: Formats) -> None:
        """Take another theme, font or zoom; the line at the top stays."""
        self.formats = formats
        self.overlay.set_look(formats.theme, formats.em, formats.leading)
        self.rebuild()

    def shapes_changed(self) -> None:
        """Forget the shapes of marks: they are made again where they are next seen."""
        self.overlay.forget()
        self.glow.forget()

    def repaint_blocks(self, blocks: Iterable[int]) -> None:
        """Paint again what is in view of some blocks, whose marks changed."""
        self.glow.forget()
        self._repaint(blocks)

    def _repaint_passage(self, passage: Interval) -> None:
        at = self.content.block_at
        self._repaint(range(at(passage[0]), at(passage[1] - 1) + 1))

    def _repaint(self, blocks: Iterable[int]) -> None:
        rect = QRect()
        y = self.verticalScrollBar().value()
        for index in blocks:
            if self.window_.first <= index < self.window_.end:
                block = self.window_.block(index)
                top, bottom = int(self.head(block)) - y, int(self.foot(block)) - y
                rect |= QRect(0, top - 24, self.viewport().width(), bottom - top + 48)
        rect &= self.viewport().rect()
        if not rect.isEmpty():
            self.viewport().update(rect)

    def show_caret(self, on: bool) -> None:
        """Show the caret, or none. Not Qt's own, which stands wrong where the direction changes."""
        if on != self.caret_shown:
            self.caret_shown = on
            self.viewport().update()

    def caret_line(self, offset: int) -> tuple[Interval, BlockGeometry] | None:
        """The line on which the caret at an offset stands, from its block's start, and where its characters are."""
        if not self.holds(offset):
            return None
        index = self.content.block_at(offset)
        units, layout = self.window_.map(index), self.window_.block(index).layout()
        line = layout.lineForTextPosition(units.to_utf16(offset - self.content.starts[index]))
        ends = (line.textStart(), line.textStart() + line.textLength()) if line.isValid() else (0, 0)
        return (units.to_code_points(ends[0]), units.to_code_points(ends[1])), BlockGeometry(
            layout, units.to_utf16, bidi=True
        )

    def caret_box(self) -> QRectF:
        """Where the caret is painted, in the viewport; empty where the window does not hold it."""
        chosen = self.chosen
        if not self.holds(chosen.caret):
            return QRectF()
        index = self.content.block_at(chosen.caret)
        block, within = self.window_.block(index), chosen.caret - self.content.starts[index]
        position = self.window_.map(index).to_utf16(within)
        line = block.layout().lineForTextPosition(position)
        if not line.isValid():
            return QRectF()
        text, x = self.content.blocks[index].text, None
        if goes_right_to_left(text) and (here := self.caret_line(chosen.caret)) is not None:
            x = edge_at(signs(text, *here[0], here[1]), within, behind=chosen.behind)
        x = x_of(line, position) if x is None else x
        origin = block.layout().position() - QPointF(0, self.verticalScrollBar().value())
        em, baseline = self.window_.size(index), line.y() + line.ascent()
        return QRectF(round(x) - CARET / 2, baseline - em * 0.95, CARET, em * 1.25).translated(origin)

    # the selection

    def show_chosen(self) -> None:
        """Set Qt's own selection to the image of the reader's."""
        with self.quietly():
            self.show_selection(self.chosen)

    def _cursor_moved(self) -> None:
        if self.caret_shown:
            self.viewport().update()
        if not self.busy:
            self.chosen.follow(self.window_, self.textCursor())
            self.tell_selection()
            self.caret_moved.emit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged: exactly the text selected, also beyond the window."""
        from postil.view.page.copying import copied

        return copied(self.content, *self.chosen.range)

    # where things are

    def offset_at(self, point: QPoint) -> int | None:
        """The character under a point of the viewport, or None where there is no text."""
        at = QPointF(point) + QPointF(0, self.verticalScrollBar().value())
        block = self.row_at(point)
        if block is not None:
            inside = at - block.layout().position()
            line, _ = self._cell_line(block, inside)
            if not line.y() <= inside.y() <= line.y() + line.height():
                return None
        else:
            position = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.ExactHit)
            if position < 0:
                return None
            block = self.document().findBlock(position)
            line = block.layout().lineForTextPosition(position - block.position())
        index = self.window_.index(block)
        if not line.isValid() or not self.content.blocks[index].text:
            return None
        x = at.x() - block.layout().position().x()
        left, right = extent(block.layout(), line)
        if not left <= x <= right:
            return None
        units = line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        within = min(self.window_.map(index).to_code_points(units), len(self.content.blocks[index].text) - 1)
        return self.content.starts[index] + within

    def row_at(self, point: QPoint) -> QTextBlock | None:
        """The row of a table at a point of the viewport."""
        y = point.y() + self.verticalScrollBar().value()
        block = self.block_near(y)
        if self.content.blocks[self.window_.index(block)].kind is not BlockKind.TABLE_ROW:
            return None
        self.window_.keep_row(self.window_.index(block))
        return block if self.head(block) <= y <= self.foot(block) + self.formats.em * ROW else None

    def caret_at(self, point: QPoint) -> int:
        """The offset of the place for a caret nearest to a point of the viewport."""
        block = self.row_at(point)
        if block is None:
            return self.window_.offset(self.cursorForPosition(point).position())
        index = self.window_.index(block)
        at = QPointF(point) + QPointF(0, self.verticalScrollBar().value()) - block.layout().position()
        _, position = self._cell_line(block, at)
        return self.content.starts[index] + self.window_.map(index).to_code_points(position)

    def _cell_line(self, block: QTextBlock, at: QPointF) -> tuple[QTextLine, int]:
        index, window = self.window_.index(block), self.window_
        return tables.caret(block.layout(), window.separators(index), window.columns(index), at.x(), at.y())

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
        y = self.verticalScrollBar().value()
        reach = self.formats.em * 2.5  # marks and grounds reach beyond their block's lines
        block = self.block_near(y + clip.top() - reach)
        index = self.window_.index(block) if block.isValid() else 0
        found = []
        while block.isValid():
            if self.head(block) - y > clip.bottom() + reach:
                break
            if self.content.blocks[index].kind is BlockKind.TABLE_ROW:
                self.window_.keep_row(index)
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
            self.grounds.behind(painter, index, block, origin)
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
        edge = self.column_left + (self.column_width if self.formats.mirrored else 0.0)
        for origin, decoration in decorated:
            painter.translate(origin)
            paint.over(painter, decoration)
            paint.margin(painter, decoration.margin, edge - origin.x(), self.formats.em, mirrored=self.formats.mirrored)
            painter.translate(-origin)
        for index, block, origin in placed:
            self.grounds.beside(painter, index, block, origin)
            if index == 0 and self.byline:
                self._paint_byline(painter, block, origin)
        self.glow.paint(painter, partial(self._around, placed), self.formats.em, self.formats.theme)
        if self.caret_shown and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.fillRect(self.caret_box(), self.formats.theme.color("text"))
        painter.end()
        self.painted.emit()

    def _paint_byline(self, painter: QPainter, block: QTextBlock, origin: QPointF) -> None:
        font = QFont(self.font())
        font.setPixelSize(round(self.formats.em * 0.78))
        em, top = self.formats.em, origin.y()
        bottom = top + self.document().documentLayout().blockBoundingRect(block).height()
        titled = self.content.blocks[0].kind is BlockKind.HEADING
        y = bottom + em * 0.35 if titled else top - self.window_.lead(0) - em * 2.2
        painter.setFont(font)
        painter.setPen(self.formats.quiet)
        room = QRectF(self.column_left, y, self.column_width, em * 1.4)
        text = painter.fontMetrics().elidedText(self.byline, Qt.TextElideMode.ElideRight, int(room.width()))
        side = Qt.AlignmentFlag.AlignRight if self.formats.mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _around(self, placed: list[tuple[int, QTextBlock, QPointF]], passage: Interval, gap: float) -> QPainterPath:
        """The outline of a passage, as far as it is in view."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for index, block, origin in placed:
            for run in self._runs(index, block, *passage):
                path.addRoundedRect(run.translated(origin).adjusted(-gap, -gap * 0.67, gap, gap), 4, 4)
        return path.simplified()
