"""Paints a hit: the words that fit best with the searched ones marked, where they are from, tags, date."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.anchors.offsets import Utf16
from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.record_model import RECORD
from postil.view.panels.text_block import TextBlock
from postil.view.panels.words import short_time
from postil_db.records import Color, Hit

SNIPPET_LINES = 3
_KEPT = 120


@dataclass(frozen=True)
class Parts:
    """A hit as laid out for one width."""

    snippet: TextBlock
    chips: list[QRect]
    chips_height: int
    height: int


class HitDelegate(QStyledItemDelegate):
    """One card a hit."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colors: Mapping[str, Color | None] = {}
        self._parts: dict[tuple[Hit, int], Parts] = {}

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._parts.clear()

    def set_tag_colors(self, colors: Mapping[str, Color | None]) -> None:
        """The colours of tags; those not named are neutral."""
        self._colors = dict(colors)

    def forget(self) -> None:
        """The font changed: lay everything out again."""
        self._parts.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its lines."""
        return QSize(option.rect.width(), self._laid_out(index.data(RECORD), option).height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card."""
        hit: Hit = index.data(RECORD)
        parts, theme, font = self._laid_out(hit, option), self._theme, option.font
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        card, width = style.card_rect(option.rect), style.text_width(option.rect.width())
        style.paint_card(
            painter,
            card,
            theme,
            bar=theme.highlight(hit.annotation.color)[1],
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            focused=bool(option.state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(option.state & QStyle.StateFlag.State_MouseOver),
            mirrored=mirrored,
        )
        x, y = style.text_left(card, mirrored=mirrored), card.top() + style.PAD
        parts.snippet.draw(painter, x, y, theme.color("text"))
        y += ceil(parts.snippet.height) + style.GAP
        for rect, tag in zip(parts.chips, hit.annotation.tags, strict=True):
            left = x + width - rect.right() - 1 if mirrored else x + rect.left()
            box = QRectF(left, y + rect.top(), rect.width(), rect.height())
            style.paint_chip(painter, box, tag, self._colors.get(tag), theme, font)
        y += parts.chips_height + style.GAP if parts.chips else 0
        self._paint_origin(painter, hit, font, QRectF(x, y, width, _line(font)), mirrored=mirrored)

    def _paint_origin(self, painter: QPainter, hit: Hit, font: QFont, line: QRectF, *, mirrored: bool) -> None:
        """The title, and the date at the end."""
        small = style.meta_font(font)
        measure = QFontMetricsF(small)
        when = short_time(hit.annotation.created_at)
        room = line.width() - measure.horizontalAdvance(when) - 12
        title = measure.elidedText(hit.title, Qt.TextElideMode.ElideRight, room)
        base = line.top() + measure.ascent()
        ends = line.left(), line.right() - measure.horizontalAdvance(when)
        if mirrored:
            ends = line.right() - measure.horizontalAdvance(title), line.left()
        painter.setFont(small)
        painter.setPen(self._theme.color("faint"))
        painter.drawText(QPointF(ends[0], base), title)
        painter.drawText(QPointF(ends[1], base), when)

    def _laid_out(self, hit: Hit, option: QStyleOptionViewItem) -> Parts:
        key = (hit, option.rect.width())
        known = self._parts.get(key)
        if known is None:
            if len(self._parts) >= _KEPT:
                self._parts.clear()
            width, font = style.text_width(option.rect.width()), option.font
            snippet = TextBlock(hit.snippet, font, width, max_lines=SNIPPET_LINES, marks=self._marks(hit))
            chips, chips_height = style.place_chips(hit.annotation.tags, font, width)
            height = ceil(snippet.height) + style.GAP + _line(font) + 2 * style.PAD + style.GAP
            height += chips_height + style.GAP if chips else 0
            known = self._parts[key] = Parts(snippet, chips, chips_height, height)
        return known

    def _marks(self, hit: Hit) -> list[tuple[int, int, QTextCharFormat]]:
        look, theme = QTextCharFormat(), self._theme
        look.setFontWeight(QFont.Weight.Bold)
        look.setBackground(mix(theme.color("raised"), theme.color("hit"), 0.16))
        units = Utf16(hit.snippet)
        return [(units.to_utf16(start), units.to_utf16(end), look) for start, end in hit.marks]


def _line(font: QFont) -> int:
    return ceil(QFontMetricsF(style.meta_font(font)).height())
