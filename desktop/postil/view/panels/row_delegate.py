"""One-line rows painted alike: a sign at the start, words, a count at the end."""

from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.panels.text_block import scaled

PAD = 12
CENTRE = Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """The base of one-line rows: paints ground, words and count; subclasses say what they are."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def indent(self, _index: QModelIndex | QPersistentModelIndex) -> int:
        """Where the row begins, in pixels from the padding."""
        return 0

    def count(self, _index: QModelIndex | QPersistentModelIndex) -> str:
        """What stands at the end."""
        return ""

    def strong(self, _index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the words are set bold."""
        return False

    def faint(self, _index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the words are set faint."""
        return False

    def paint_sign(self, _painter: QPainter, _at: QPointF, _index: QModelIndex | QPersistentModelIndex) -> int:
        """Paint the sign, centred at height `at.y()`; gives the room it took."""
        return 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A comfortable line."""
        return QSize(120, max(32, round(QFontMetricsF(option.font).height()) + 14))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme)
        row = QRectF(option.rect)
        left = row.left() + PAD + self.indent(index)
        left += self.paint_sign(painter, QPointF(left, row.center().y()), index)
        right = row.right() - PAD
        if count := self.count(index):
            right -= paint_count(painter, option, count, right, self.theme) + 12
        font = scaled(option.font, 1.0, bold=self.strong(index))
        painter.setFont(font)
        painter.setPen(self.theme.color("faint" if self.faint(index) else "text"))
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, max(right - left, 24))
        painter.drawText(QRectF(left, row.top(), max(right - left, 24) + 2, row.height()), CENTRE, shown)
        painter.restore()


def paint_count(painter: QPainter, option: QStyleOptionViewItem, count: str, right: float, theme: Theme) -> float:
    """Paint a count that ends at `right`; gives how wide it is."""
    font = meta_font(option.font)
    wide = QFontMetricsF(font).horizontalAdvance(count)
    painter.setFont(font)
    painter.setPen(count_ink(theme, chosen=bool(option.state & QStyle.StateFlag.State_Selected)))
    box = QRectF(right - wide - 1, option.rect.top(), wide + 2, option.rect.height())
    painter.drawText(box, CENTRE, count)
    return wide


def count_ink(theme: Theme, *, chosen: bool) -> QColor:
    """The colour of a count; on a chosen row's ground a faint one would be too faint."""
    return mix(theme.color("faint"), theme.color("text"), 0.4) if chosen else theme.color("faint")


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint what a chosen or hovered row stands on."""
    state = option.state
    chosen, focused = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_HasFocus)
    if not (chosen or focused or state & QStyle.StateFlag.State_MouseOver):
        return
    share = (theme.color("accent"), 0.14) if chosen else (theme.color("text"), 0.05)
    painter.setPen(QPen(theme.color("accent"), 1.5) if focused else Qt.PenStyle.NoPen)
    painter.setBrush(mix(theme.color("panel"), *share))
    painter.drawRoundedRect(QRectF(option.rect).adjusted(4.5, 1.5, -4.5, -1.5), 6, 6)
