"""The line of each kind of name: told apart by its pattern, so that colour is never the only sign."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from postil_db.records import EntityKind

_DASHES: dict[EntityKind, list[float]] = {
    EntityKind.PERSON: [1.2, 1.6],
    EntityKind.ORG: [6, 2, 1.4, 2],
    EntityKind.PLACE: [4.5, 2.5],
    EntityKind.GROUP: [5, 1.8, 1.4, 1.8, 1.4, 1.8],
    EntityKind.PRODUCT: [10, 3],
    EntityKind.QUANTITY: [1.2, 4.2],
}
"""On, off, on, ... in widths of the line. Dates have a plain thin line, events a wave, documents two lines."""

WIDTH = 1.5
"""Of the quiet line under a name, in pixels; a line drawn at half of it below a pixel's edge is crisp."""


def draw_lines(painter: QPainter, kind: EntityKind, color: QColor, lines: Sequence[QLineF], width: float = 1.0) -> None:
    """Draw level lines in the pattern of `kind`; `width` 1 is the quiet line under a name."""
    pen = QPen(color, WIDTH * width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind is EntityKind.EVENT:
        pen.setWidthF(1.2 * width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for line in lines:
            painter.drawPolyline(_wave(line))
        return
    if kind is EntityKind.DOCUMENT:
        pen.setWidthF(1.0 * width)
        painter.setPen(pen)
        painter.drawLines([line.translated(0, side * width) for line in lines for side in (-0.25, 1.75)])
        return
    if kind is EntityKind.DATE:
        pen.setWidthF(1.0 * width)
        painter.setPen(pen)
        painter.drawLines([line.translated(0, -0.25 * width) for line in lines])
        return
    pen.setDashPattern(_DASHES[kind])
    painter.setPen(pen)
    painter.drawLines(list(lines))


def _wave(line: QLineF) -> QPolygonF:
    points, x, side = [], line.x1(), 1.0
    while x < line.x2():
        points.append(QPointF(x, line.y1() + side * 1.3))
        x, side = x + 2.6, -side
    points.append(QPointF(line.x2(), line.y1()))
    return QPolygonF(points)
