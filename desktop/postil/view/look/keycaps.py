"""Keys painted as keys, at the end of a row."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme

GAP = 6
_PAD = 7


def small(font: QFont) -> QFont:
    """The font of keys: a little smaller than the row's."""
    other = QFont(font)
    if font.pixelSize() > 0:
        other.setPixelSize(max(1, round(font.pixelSize() * 0.88)))
    else:
        other.setPointSizeF(max(1.0, font.pointSizeF() * 0.88))
    return other


def width(keys: Sequence[str], font: QFont) -> float:
    """How wide `paint` makes some keys set in the row's font."""
    measure = QFontMetricsF(small(font))
    return sum(max(measure.horizontalAdvance(key), measure.height() * 0.6) + 2 * _PAD + GAP for key in keys)


def paint(
    painter: QPainter, keys: Sequence[str], row: QRectF, font: QFont, theme: Theme, *, pale: bool = False
) -> None:
    """Paint keys so that they end where `row` does. `pale`: the command they are for cannot be done now."""
    face = small(font)
    measure = QFontMetricsF(face)
    height = measure.height() + 5
    right = row.right()
    painter.save()
    painter.setFont(face)
    ink = mix(theme.color("faint"), theme.color("panel"), 0.35) if pale else theme.color("text")
    for key in reversed(keys):
        wide = max(measure.horizontalAdvance(key), measure.height() * 0.6) + 2 * _PAD
        cap = QRectF(right - wide, row.center().y() - height / 2, wide, height)
        painter.setPen(QPen(mix(theme.color("line"), theme.color("text"), 0.12), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(cap, 4.5, 4.5)
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        right -= wide + GAP
    painter.restore()
