"""Pages as they are painted: their pictures, and on them the marks and the selection."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from postil.documents.printed import Glyphs
from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.page import paint
from postil.view.page.caret import CARET, edge_at, signs
from postil.view.page.geometry import goes_right_to_left
from postil.view.page.glow import Glow
from postil.view.page.marked import Marked
from postil.view.page.marks import Interval
from postil.view.page.overlay import Overlay
from postil.view.page.printed.leaf import Leaf
from postil.view.page.printed.paper import Paper, paper_for
from postil.view.page.printed.rasters import Rasters
from postil.view.page.printed.shapes import PrintedGeometry, Shapes, shapes, unit_at
from postil.view.page.printed.zooming import PrintedZoom
from postil.view.page.selection import Selection
from postil.work.drawing import Drawer
from postil_db.records import Content, DocumentInfo, PrintedPage

SHADOW = 3
"""Rows of pixels that a sheet's shadow is deep."""


class PrintedBrowser(Marked, PrintedZoom):
    """Pages with marks."""

    def __init__(self, theme: Theme, overlay: Overlay, chosen: Selection, parent: QWidget | None = None) -> None:
        super().__init__(chosen, parent)
        self.overlay = overlay
        self.info: DocumentInfo | None = None
        self.theme = theme
        self.white = False
        self.paper: Paper = paper_for(theme, white=False)
        self.rasters: Rasters | None = None
        self.caret_shown = False
        self.glow = Glow(overlay, lambda _passage: self.viewport().update(), self)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)

    # what is shown

    def show_pages(
        self, content: Content, info: DocumentInfo | None, pages: Sequence[PrintedPage], drawer: Drawer | None
    ) -> None:
        """Show the pages of a document; `drawer` draws them. None shows blank paper."""
        if self.rasters is not None:
            self.rasters.deleteLater()
        self.rasters = Rasters(drawer, self.paper, self) if drawer is not None else None
        if self.rasters is not None:
            self.rasters.arrived.connect(self._show_picture)
        self.info = info
        self.glow.forget()
        self.set_pages(content, pages)

    def take_glyphs(self, page: int, glyphs: Glyphs) -> None:
        """Take the characters of a page that was asked for."""
        if page < len(self.pages):
            self.set_glyphs(page, Leaf(self.pages[page], glyphs))
            self.viewport().update(self.area(page).toAlignedRect())

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self.theme = theme
        self._set_paper()

    def set_white(self, white: bool) -> None:
        """Show the paper as it is printed, or in the theme's colours."""
        if white != self.white:
            self.white = white
            self._set_paper()

    def _set_paper(self) -> None:
        self.paper = paper_for(self.theme, white=self.white)
        if self.rasters is not None:
            self.rasters.set_paper(self.paper)
        self.overlay.forget()
        self.look_ahead()
        self.viewport().update()

    def _show_picture(self, page: int) -> None:
        self.viewport().update(self.area(page).toAlignedRect().adjusted(-1, -1, 1, 1))

    def look_ahead(self) -> None:
        """Ask for characters and pictures: those in view first, then what comes next, then what was before."""
        super().look_ahead()
        if self.rasters is None or not self.isVisible():
            return
        here = self.in_view()
        row = self.sheets.row
        if not len(here):
            return
        following, previous = (
            row(self.sheets.row_of(here[-1]) + 1),
            row(self.sheets.row_of(here[0]) - 1),
        )
        wanted = dict.fromkeys([*here, *following, *previous])
        for page in wanted:
            self.leaf(page)
        self.rasters.want([(page, self.sheets.device_width(page)) for page in wanted], len(here))

    @property
    def complete(self) -> bool:
        """Whether everything in view is drawn, with its characters known."""
        rasters, width = self.rasters, self.sheets.device_width
        if rasters is None:
            return not self.pages
        return all(self.leaf(page) is not None and rasters.has(page, width(page)) for page in self.in_view())

    def repaint_blocks(self, blocks: Iterable[int]) -> None:
        """Paint again what is in view of some blocks, whose marks changed."""
        self.glow.forget()
        if any(True for _ in blocks):
            self.viewport().update()

    def show_caret(self, on: bool) -> None:
        """Show the caret, or none."""
        if on != self.caret_shown:
            self.caret_shown = on
            self.viewport().update()

    # where things are

    def offset_at(self, point: QPoint) -> int | None:
        """The character under a point of the viewport, or None where there is none."""
        if not self.pages:
            return None
        page, x, y = self.on_page(point)
        leaf = self.leaf(page)
        return leaf.glyphs.glyph_at(x, y) if leaf else None

    def caret_at(self, point: QPoint) -> int:
        """The place for the caret nearest to a point of the viewport."""
        page, x, y = self.on_page(point)
        leaf = self.leaf(page)
        if leaf is None or not len(leaf.glyphs):
            middle = self.pages[page].height / 2
            return self.pages[page].start if y < middle else self.pages[page].end
        return leaf.glyphs.offset_at(x, y)

    def caret_line(self, offset: int) -> tuple[Interval, PrintedGeometry] | None:
        """The line on which the caret at an offset stands, from its block's start, and where its characters are."""
        leaf = self.leaf(self.page_of(offset))
        if leaf is None:
            return None
        index = self.content.block_at(offset)
        start, length = self.content.starts[index], len(self.content.blocks[index].text)
        low, high = (min(max(0, at - start), length) for at in leaf.line_range(offset))
        return (low, high), PrintedGeometry(leaf, start, 1.0, 10.0, bidi=True)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Where the lines of a passage are in view."""
        found = []
        for page in self.in_view():
            here, leaf = self.pages[page], self.leaf(page)
            if leaf is not None and here.start < end and here.end > start:
                found += [self.to_view(page, box) for box in leaf.rects(start, end)]
        return found

    def bounds(self, start: int, end: int) -> QRect:
        """The rectangle around what is in view of a passage, in the viewport; empty if none of it is."""
        area = QRectF()
        for rect in self.rects(start, end):
            area |= rect
        return area.toAlignedRect() & self.viewport().rect()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.desk_color())
        clip = QRectF(event.rect())
        for page in self.in_view():
            area = self.area(page)
            if area.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW).intersects(clip):
                self._paint_page(painter, page, area, clip)
        painter.end()
        self.painted.emit()

    def desk_color(self) -> QColor:
        """What the pages lie on."""
        return mix(self.theme.color("panel"), self.theme.color("text"), 0.0 if self.theme.dark else 0.05)

    def _paint_page(self, painter: QPainter, page: int, area: QRectF, clip: QRectF) -> None:
        self._paint_sheet(painter, page, area)
        leaf = self.leaf(page)
        if leaf is None:
            return
        painter.save()
        painter.setClipRect(area & clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.topLeft())
        scale = self.sheets.scale_of(page)
        made = self._shapes(page, leaf, scale, clip.translated(-area.topLeft()))
        painter.setCompositionMode(self.paper.blending)
        for one in made:
            paint.behind(painter, one.decoration)
        self._paint_selection(painter, leaf, scale)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for one in made:
            paint.over(painter, one.decoration)
            for column in one.beside:
                paint.margin(
                    painter, column.bars, column.left + 7 * unit_at(scale), 18 * unit_at(scale), mirrored=False
                )
        self.glow.paint(painter, partial(_around, leaf, scale), unit_at(scale) * 18, self.paper.theme)
        self._paint_caret(painter, page, leaf, scale)
        painter.restore()

    def _paint_sheet(self, painter: QPainter, page: int, area: QRectF) -> None:
        shadow = QColor(self.theme.color("shadow"))
        for step in range(1, SHADOW + 1):
            shadow.setAlphaF(0.16 / step)
            painter.fillRect(QRectF(area.left(), area.bottom() + step, area.width(), 1), shadow)
        edge = self.theme.color("line")
        for x in (area.left() - 1, area.right()):
            painter.fillRect(QRectF(x, area.top() - 1, 1, area.height() + 2), edge)
        for y in (area.top() - 1, area.bottom()):
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), edge)
        image = self.rasters.image(page) if self.rasters else None
        if image is None:
            painter.fillRect(area, self.paper.sheet)
            if self.rasters and (fault := self.rasters.fault(page)):
                painter.setPen(self.paper.theme.color("faint"))
                words = area.adjusted(area.width() * 0.1, 0, -area.width() * 0.1, 0)
                painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), fault)
            return
        if image.width() == self.sheets.device_width(page):
            image.setDevicePixelRatio(self.sheets.sharp)
            painter.drawImage(area.topLeft(), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            image.setDevicePixelRatio(1)
            painter.drawImage(area, image)

    def _shapes(self, page: int, leaf: Leaf, scale: float, clip: QRectF) -> list[Shapes]:
        """The marks of the blocks on a page that are in a part of it."""
        first = self.content.block_at(leaf.page.start)
        last = self.content.block_at(max(leaf.page.start, leaf.page.end - 1))
        manner = replace(self.overlay.manner, theme=self.paper.theme)
        room = clip.adjusted(-60, -60, 60, 60)
        found = []
        for block in range(first, last + 1):
            make = partial(shapes, self.overlay, leaf, block, manner, scale)
            made = self.overlay.kept(block, (page, scale), make)
            if made is not None and made.area.intersects(room):
                found.append(made)
        return found

    def _paint_selection(self, painter: QPainter, leaf: Leaf, scale: float) -> None:
        start, end = self.chosen.range
        if start < end and start < leaf.page.end and end > leaf.page.start:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            for left, top, right, bottom in leaf.rects(start, end):
                path.addRect(QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale))
            painter.fillPath(path, self.paper.theme.color("selection"))

    def _paint_caret(self, painter: QPainter, page: int, leaf: Leaf, scale: float) -> None:
        if self.caret_shown and self.hasFocus() and self.page_of(self.chosen.caret) == page:
            box = leaf.caret(self.chosen.caret)
            if box is not None:
                x = round(self._caret_x(box[0]) * scale)
                painter.setPen(QPen(self.paper.ink, CARET))
                painter.drawLine(QPointF(x, box[1] * scale), QPointF(x, box[3] * scale))

    def _caret_x(self, otherwise: float) -> float:
        """Where the caret stands across a page, in its points: exactly so where the direction changes."""
        caret = self.chosen.caret
        index = self.content.block_at(caret)
        start, text = self.content.starts[index], self.content.blocks[index].text
        if not goes_right_to_left(text) or (here := self.caret_line(caret)) is None:
            return otherwise
        x = edge_at(signs(text, *here[0], here[1]), caret - start, behind=self.chosen.behind)
        return otherwise if x is None else x


def _around(leaf: Leaf, scale: float, passage: Interval, room: float) -> QPainterPath:
    """The outline of a passage on a page, with some room about it; empty where none of it is."""
    path = QPainterPath()
    for left, top, right, bottom in leaf.rects(*passage):
        area = QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale)
        path.addRoundedRect(area.adjusted(-room, -room / 2, room, room / 2), room, room)
    return path.simplified()
