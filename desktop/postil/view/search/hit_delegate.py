"""Paints a hit: the words that fit best with the searched ones marked, where they are from, tags, date."""

from dataclasses import dataclass
from math import ceil
from typing import override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QStyleOptionViewItem

from postil.anchors.offsets import Utf16
from postil.view.look.contrast import mix
from postil.view.panels import card_style as style
from postil.view.panels.card_delegate import CardDelegate, Laid, mirrored
from postil.view.panels.record_model import RECORD
from postil.view.panels.text_block import TextBlock
from postil.view.panels.words import short_time
from postil_db.records import Hit

SNIPPET_LINES = 3


@dataclass(frozen=True)
class Parts(Laid):
    """What is on the card besides the tags."""

    snippet: TextBlock


class HitDelegate(CardDelegate[Hit, Parts]):
    """One card a hit."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card."""
        hit: Hit = index.data(RECORD)
        parts = self.laid_out(hit, option)
        at = self.paint_card(painter, option, hit.annotation.color)
        parts.snippet.draw(painter, at.x(), at.y(), self.theme.color("text"))
        at += QPoint(0, ceil(parts.snippet.height) + style.GAP)
        at += QPoint(0, self.paint_chips(painter, option, parts, hit.annotation.tags, at))
        line = QRectF(at.x(), at.y(), style.text_width(option.rect.width()), _line(option.font))
        self._paint_origin(painter, hit, option.font, line, right_to_left=mirrored(option))

    def _paint_origin(self, painter: QPainter, hit: Hit, font: QFont, line: QRectF, *, right_to_left: bool) -> None:
        """The title, and the date at the end."""
        small = style.meta_font(font)
        measure = QFontMetricsF(small)
        when = short_time(hit.annotation.created_at)
        room = line.width() - measure.horizontalAdvance(when) - 12
        title = measure.elidedText(hit.title, Qt.TextElideMode.ElideRight, room)
        base = line.top() + measure.ascent()
        ends = line.left(), line.right() - measure.horizontalAdvance(when)
        if right_to_left:
            ends = line.right() - measure.horizontalAdvance(title), line.left()
        painter.setFont(small)
        painter.setPen(self.theme.color("faint"))
        painter.drawText(QPointF(ends[0], base), title)
        painter.drawText(QPointF(ends[1], base), when)

    @override
    def lay_out(self, record: Hit, width: int, font: QFont) -> Parts:
        """Snippet, tags and origin, one under another."""
        snippet = TextBlock(record.snippet, font, width, max_lines=SNIPPET_LINES, marks=self._marks(record))
        chips, chips_height = style.place_chips(record.annotation.tags, font, width)
        height = ceil(snippet.height) + style.GAP + _line(font) + 2 * style.PAD + style.GAP
        height += chips_height + style.GAP if chips else 0
        return Parts(chips, chips_height, height, snippet)

    def _marks(self, hit: Hit) -> list[tuple[int, int, QTextCharFormat]]:
        look, theme = QTextCharFormat(), self.theme
        look.setFontWeight(QFont.Weight.Bold)
        look.setBackground(mix(theme.color("raised"), theme.color("hit"), 0.16))
        units = Utf16(hit.snippet)
        return [(units.to_utf16(start), units.to_utf16(end), look) for start, end in hit.marks]


def _line(font: QFont) -> int:
    return ceil(QFontMetricsF(style.meta_font(font)).height())
