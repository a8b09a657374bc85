"""Drawing: what lies behind the words, and what lies over them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextBlock

from postil.view.look.patterns import draw_lines
from postil.view.page.decoration import Decoration, Manner, MarginBar
from postil_db.records import Block, BlockKind

MARGIN = 58
"""The least room left of the text, in pixels: for the lines beside highlights."""


def behind(painter: QPainter, decoration: Decoration) -> None:
    """Draw the grounds of marks; `painter` stands at the block's origin."""
    painter.setPen(Qt.PenStyle.NoPen)
    for color, path in decoration.grounds:
        painter.fillPath(path, color)
    for color, path in decoration.hatched:
        painter.fillPath(path, QBrush(color, Qt.BrushStyle.BDiagPattern))


def over(painter: QPainter, decoration: Decoration) -> None:
    """Draw lines, bars and boxes; `painter` stands at the block's origin."""
    for kind, color, width, lines in decoration.lines:
        draw_lines(painter, kind, color, lines, width)
    painter.setPen(Qt.PenStyle.NoPen)
    for color, path in decoration.bars:
        painter.fillPath(path, color)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width, path in decoration.boxes:
        painter.setPen(QPen(color, width))
        painter.drawPath(path)


def margin(painter: QPainter, bars: list[MarginBar], left: float, em: float) -> None:
    """Draw the lines beside the text; `left` is where the text's column begins."""
    unit = em / 18
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in bars:
        wide = (4.5 if bar.current else 3.0) * unit
        x = left - (16 + bar.lane * 9) * unit - wide / 2
        painter.setBrush(bar.color)
        painter.drawRoundedRect(QRectF(x, bar.top, wide, bar.bottom - bar.top), wide / 2, wide / 2)
        if bar.note:
            painter.drawEllipse(QPointF(x + wide / 2, bar.top + 2 * unit), 4.4 * unit, 4.4 * unit)


def block_ground(painter: QPainter, block: Block, area: QRectF, manner: Manner, joined: tuple[bool, bool]) -> None:
    """Draw what a block's kind asks for behind it: the panel of code, the rule beside a quote, the lines of a table.

    `area`: the block's lines over the whole column, in the viewport. `joined`: whether the blocks before and after are
    of the same kind.
    """
    em, theme = manner.em, manner.theme
    match block.kind:
        case BlockKind.CODE:
            pad = em * 0.6
            rounded = QPainterPath()
            top = area.top() - (0 if joined[0] else pad)
            bottom = area.bottom() + (0 if joined[1] else pad)
            panel = QRectF(area.left(), round(top), area.width(), round(bottom) - round(top))
            reach = panel.adjusted(0, -em if joined[0] else 0, 0, em if joined[1] else 0)
            rounded.addRoundedRect(reach, em * 0.4, em * 0.4)
            painter.save()
            painter.setClipRect(panel, Qt.ClipOperation.IntersectClip)
            painter.fillPath(rounded, theme.color("panel"))
            painter.restore()
        case BlockKind.QUOTE:
            gap = em * 0.5 if joined[1] else 0
            bar = QRectF(area.left() + em * 0.35, area.top() + em * 0.1, 3 * em / 18, area.height() - em * 0.1 + gap)
            painter.fillRect(bar, theme.color("line"))
        case BlockKind.TABLE_ROW:
            painter.setPen(QPen(theme.color("line"), 1))
            y = round(area.bottom() + em * 0.2) + 0.5
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            if not joined[0]:
                y = round(area.top() - em * 0.2) + 0.5
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        case BlockKind.RULE:
            middle = area.center()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("faint"))
            for step in (-1, 0, 1):
                painter.drawEllipse(middle + QPointF(step * em * 1.1, 0), em * 0.085, em * 0.085)
        case _:
            pass


def marker(painter: QPainter, block: Block, laid: QTextBlock, origin: QPointF, manner: Manner, font: QFont) -> None:
    """Draw what stands before a list item, in the room that its indent leaves."""
    line = laid.layout().lineAt(0)
    if not block.marker or not line.isValid():
        return
    painter.setPen(manner.theme.color("faint"))
    painter.setFont(font)
    wide = QFontMetricsF(font).horizontalAdvance(block.marker)
    baseline = origin.y() + line.y() + line.ascent()
    gap = manner.em * 0.5
    if laid.textDirection() is Qt.LayoutDirection.RightToLeft:
        painter.drawText(QPointF(origin.x() + line.x() + line.width() + gap, baseline), block.marker)
    else:
        painter.drawText(QPointF(origin.x() + line.x() - gap - wide, baseline), block.marker)


def flash(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    """Draw the short sign that says: here."""
    pale = QColor(color)
    pale.setAlphaF(0.16)
    painter.fillPath(path, pale)
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
