"""What a block's kind draws around its words: panels, bars, rules, markers, the lines of tables, pictures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextBlock

from postil.view.look.contrast import mix
from postil.view.page.formats import INDENT, ROW, SMALL
from postil_db.records import Block, BlockKind

if TYPE_CHECKING:
    from postil.view.page.browser import Browser

DIMMED = 0.86
"""How much of a picture's light a dark theme lets through."""


class Grounds:
    """Draws for one page of text, in its viewport. `origin`: where the lines of a block count from."""

    def __init__(self, text: "Browser") -> None:
        self._text = text

    def behind(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        """Draw what lies behind a block's words."""
        here = self._text.content.blocks[index]
        painter.setPen(Qt.PenStyle.NoPen)
        match here.kind:
            case BlockKind.CODE:
                self._code(painter, index, block, origin)
            case BlockKind.QUOTE:
                self._quote(painter, index, block, origin)
            case BlockKind.TABLE_ROW:
                self._row(painter, index, origin)
            case BlockKind.RULE:
                self._rule(painter, self._area(block, origin))
            case BlockKind.IMAGE:
                self._picture(painter, index, block, origin)
            case BlockKind.FOOTNOTE if not self._is(index - 1, BlockKind.FOOTNOTE):
                self._note_rule(painter, origin)
            case _:
                pass

    def beside(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        """Draw what stands before a block's words: the marker of a list's item or of a footnote."""
        here = self._text.content.blocks[index]
        if here.kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE):
            self._marker(painter, here, block, origin)

    def picture_box(self, index: int, origin: QPointF) -> QRectF:
        """Where a picture stands; empty for one that cannot be shown."""
        text = self._text
        size = text.window_.picture(index)
        if size is None:
            return QRectF()
        left = text.column_left + (text.column_width - size[0] if text.formats.mirrored else 0.0)
        return QRectF(round(left), round(origin.y() - text.window_.lead(index)), *size)

    def _is(self, index: int, kind: BlockKind) -> bool:
        blocks = self._text.content.blocks
        return 0 <= index < len(blocks) and blocks[index].kind is kind

    def _area(self, block: QTextBlock, origin: QPointF) -> QRectF:
        """A block's lines over the whole column."""
        text = self._text
        height = text.document().documentLayout().blockBoundingRect(block).height()
        return QRectF(text.column_left, origin.y(), text.column_width, height)

    def _code(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        em, area = self._text.formats.em, self._area(block, origin)
        before, after = self._is(index - 1, BlockKind.CODE), self._is(index + 1, BlockKind.CODE)
        if after and block.next().isValid():  # no seam between its lines
            area.setBottom(origin.y() + block.next().layout().position().y() - block.layout().position().y())
        top = round(area.top() - (0 if before else em * 0.6))
        bottom = round(area.bottom() + (0 if after else em * 0.6))
        panel = QRectF(area.left(), top, area.width(), bottom - top)
        rounded = QPainterPath()
        rounded.addRoundedRect(panel.adjusted(0, -em if before else 0, 0, em if after else 0), em * 0.4, em * 0.4)
        painter.save()
        painter.setClipRect(panel, Qt.ClipOperation.IntersectClip)
        painter.fillPath(rounded, self._text.formats.theme.color("panel"))
        painter.restore()

    def _quote(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        """One bar for each quote that it lies in, on the side where its lines begin."""
        em, area = self._text.formats.em, self._area(block, origin)
        here = self._text.content.blocks[index]
        leftwards = block.textDirection() is Qt.LayoutDirection.RightToLeft
        wide = max(2.0, 3 * em / 18)
        for level in range(here.level + 1):
            goes_on = self._is(index + 1, BlockKind.QUOTE) and self._text.content.blocks[index + 1].level >= level
            step = em * (0.35 + INDENT * level)
            x = area.right() - step - wide if leftwards else area.left() + step
            top = area.top() + (0 if level and not goes_on else em * 0.1)
            painter.fillRect(
                QRectF(x, top, wide, area.bottom() + (em * 0.6 if goes_on else 0) - top),
                self._text.formats.theme.color("line"),
            )

    def _row(self, painter: QPainter, index: int, origin: QPointF) -> None:
        text, blocks = self._text, self._text.content.blocks
        where, pad, theme = text.window_.columns(index), text.formats.em * ROW, text.formats.theme
        left = text.column_left + where.left
        right = (
            max(left + where.width, text.column_left + text.column_width)
            if not where.mirrored
            else (text.column_left + text.column_width)
        )
        left = min(left, text.column_left)
        head = blocks[index].level > 0
        last = not self._is(index + 1, BlockKind.TABLE_ROW)
        strong = mix(theme.color("line"), theme.color("text"), 0.45)
        body_follows = head and not last and blocks[index + 1].level == 0
        y = round(origin.y() + pad)
        painter.fillRect(QRectF(left, y, right - left, 1), strong if body_follows or last else theme.color("line"))
        if not self._is(index - 1, BlockKind.TABLE_ROW):
            y = round(origin.y() - text.window_.lead(index) - pad)
            painter.fillRect(QRectF(left, y, right - left, 1), strong)

    def _rule(self, painter: QPainter, area: QRectF) -> None:
        em = self._text.formats.em
        painter.setBrush(self._text.formats.quiet)
        for step in (-1, 0, 1):
            painter.drawEllipse(area.center() + QPointF(step * em * 1.1, 0), em * 0.085, em * 0.085)

    def _note_rule(self, painter: QPainter, origin: QPointF) -> None:
        """The short line that parts footnotes from the text."""
        text, em = self._text, self._text.formats.em
        wide = em * 6
        left = text.column_left + (text.column_width - wide if text.formats.mirrored else 0.0)
        painter.fillRect(QRectF(left, round(origin.y() - em * 0.7), wide, 1), text.formats.theme.color("line"))

    def _picture(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        text, theme = self._text, self._text.formats.theme
        here, box = text.content.blocks[index], self.picture_box(index, origin)
        if box.isEmpty():
            self._frame(painter, index, block, origin)
            return
        image = text.pictures.image(here.image, round(box.width() * text.devicePixelRatioF()))
        if image is None:
            broken = text.pictures.broken(here.image)
            painter.setPen(QPen(theme.color("line"), 1) if broken else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("panel"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            if broken:
                self._say(painter, box, "This picture is damaged")
            return
        if theme.dark:
            if image.hasAlphaChannel():  # black lines on nothing would be lost on a dark page
                painter.fillRect(box, QColor("#e9e6e0"))
            painter.setOpacity(DIMMED)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image)
        painter.setOpacity(1.0)
        if theme.dark and image.hasAlphaChannel():
            shade = QColor(text.formats.paper)
            shade.setAlphaF(1 - DIMMED)
            painter.fillRect(box, shade)
        self._tint_selected(painter, index, box)

    def _tint_selected(self, painter: QPainter, index: int, box: QRectF) -> None:
        at = self._text.content.starts[index]
        start, end = self._text.chosen.range
        if start <= at and at + len(self._text.content.blocks[index].text) <= end and start < end:
            tint = self._text.formats.theme.color("selection")
            tint.setAlphaF(0.45)
            painter.fillRect(box, tint)

    def _frame(self, painter: QPainter, index: int, block: QTextBlock, origin: QPointF) -> None:
        """The frame of a picture that cannot be shown, around its description."""
        em, theme = self._text.formats.em, self._text.formats.theme
        lead, described = self._text.window_.lead(index), bool(self._text.content.blocks[index].text)
        area = self._area(block, origin)
        frame = area.adjusted(0, -lead, 0, em * 0.8 if described else 0)
        painter.setBrush(theme.color("panel"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), em * 0.35, em * 0.35)
        if not described:
            self._say(painter, frame, "A picture that cannot be shown here")

    def _say(self, painter: QPainter, box: QRectF, words: str) -> None:
        font = QFont(self._text.formats.font)
        font.setPixelSize(max(1, round(self._text.formats.em * SMALL)))
        painter.setFont(font)
        painter.setPen(self._text.formats.quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def _marker(self, painter: QPainter, here: Block, block: QTextBlock, origin: QPointF) -> None:
        """Draw what stands before a list's item or a footnote, in the room that its indent leaves."""
        line = block.layout().lineAt(0)
        if not here.marker or not line.isValid():
            return
        font = QFont(self._text.formats.font)
        font.setPixelSize(max(1, round(self._text.window_.size(self._text.window_.index(block)))))
        painter.setPen(self._text.formats.quiet)
        painter.setFont(font)
        wide = QFontMetricsF(font).horizontalAdvance(here.marker)
        baseline = origin.y() + line.y() + line.ascent()
        gap = self._text.formats.em * 0.5
        if block.textDirection() is Qt.LayoutDirection.RightToLeft:
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            painter.drawText(QPointF(origin.x() + line.x() + line.width() + gap, baseline), here.marker)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        else:
            painter.drawText(QPointF(origin.x() + line.x() - gap - wide, baseline), here.marker)
