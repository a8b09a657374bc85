"""Cards painted once and moved while the text beside them scrolls; and what points from one to its passage."""

from collections.abc import Callable, Container, Hashable

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem

from postil.view.panels import card_style as style

POINTER = 6


class CardPictures:
    """Pictures of cards by the keys of their rows."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[object, QPixmap]] = {}

    def clear(self) -> None:
        """Have every card painted anew."""
        self._known.clear()

    def keep_only(self, keys: Container[Hashable]) -> None:
        """Let go of the others."""
        self._known = {key: known for key, known in self._known.items() if key in keys}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        key: Hashable,
        record: object,
        draw: Callable[[QPainter, QStyleOptionViewItem], None],
    ) -> None:
        """Put a card where `option` says; `draw` paints it if it looks otherwise than its picture."""
        rect, scale = QRect(option.rect), abs(painter.deviceTransform().m11())
        looks = (record, rect.size(), option.state, scale)
        known = self._known.get(key)
        if known is None or known[0] != looks:
            picture = QPixmap(rect.size() * scale)
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            brush = QPainter(picture)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            option.rect = QRect(QPoint(0, 0), rect.size())
            draw(brush, option)
            brush.end()
            known = self._known[key] = (looks, picture)
        painter.drawPixmap(rect.topLeft(), known[1])


def paint_pointer(painter: QPainter, card: QRect, line: float, color: QColor, *, mirrored: bool) -> None:
    """A small arrow at a card's edge, level with its passage's line."""
    top, bottom = card.top() + 14, card.top() + card.height() - style.GAP - 14
    y = min(max(line + 14, top), max(top, bottom))
    edge = card.width() - style.GAP if mirrored else style.GAP
    tip = edge + (POINTER if mirrored else -POINTER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(edge, y - POINTER), QPointF(tip, y), QPointF(edge, y + POINTER)]))
