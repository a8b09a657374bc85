"""Drawing: what lies behind the words, and what lies over them."""

from collections.abc import Iterator
from itertools import cycle

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from postil.view.look.patterns import draw_lines
from postil.view.page.decoration import Decoration, MarginBar
from postil_db.records import Color

MARGIN = 58
"""The least room left of the text, in pixels: for the lines beside highlights."""


GAP = 2.5
"""Between the dashes of such a line, in pixels at zoom 1."""
_MARGIN_PATTERNS: dict[Color, tuple[float, ...]] = {
    Color.YELLOW: (),
    Color.GREEN: (9.0,),
    Color.BLUE: (3.5,),
    Color.PINK: (9.0, 3.5),
    Color.PURPLE: (9.0, 3.5, 3.5),
}


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


def margin(painter: QPainter, bars: list[MarginBar], edge: float, em: float, *, mirrored: bool = False) -> None:
    """Draw the lines beside the text; `edge` is where the text's column begins: on its right in a mirrored document."""
    unit = em / 18
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in bars:
        if bar.sign:
            _sign(painter, bar, edge + 6 * unit if mirrored else edge - 6 * unit, unit)
            continue
        wide = (4.5 if bar.current else 3.0) * unit
        away = (16 + bar.lane * 9) * unit
        x = (edge + away if mirrored else edge - away) - wide / 2
        painter.setBrush(bar.color)
        for top, bottom in _dashes(bar, unit):
            painter.drawRoundedRect(QRectF(x, top, wide, bottom - top), wide / 2, wide / 2)
        if bar.note:
            painter.drawEllipse(QPointF(x + wide / 2, bar.top + 2 * unit), 4.4 * unit, 4.4 * unit)


def _sign(painter: QPainter, bar: MarginBar, x: float, unit: float) -> None:
    """The sign of a name that the reader wrote about: a diamond close to the text."""
    side, y = 4.2 * unit, (bar.top + bar.bottom) / 2
    painter.setBrush(bar.color)
    painter.drawPolygon(
        QPolygonF([QPointF(x - side, y), QPointF(x, y - side), QPointF(x + side, y), QPointF(x, y + side)])
    )


def _dashes(bar: MarginBar, unit: float) -> Iterator[tuple[float, float]]:
    """The pieces of a line beside the text: each colour has its own pattern, for eyes that see no colours."""
    pattern = _MARGIN_PATTERNS[bar.kind]
    if not pattern:
        yield bar.top, bar.bottom
        return
    y = bar.top
    for length in cycle(pattern):
        end = min(bar.bottom, y + length * unit)
        yield y, end
        y = end + GAP * unit
        if y >= bar.bottom - 1.5 * unit:
            break


def hover(painter: QPainter, path: QPainterPath, color: QColor, em: float) -> None:
    """Draw the thin frame that says of a mark: it answers to a click."""
    painter.setPen(QPen(color, max(1.0, em / 18)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def flash(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    """Draw the short sign that says: here."""
    pale = QColor(color)
    pale.setAlphaF(0.16)
    painter.fillPath(path, pale)
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
