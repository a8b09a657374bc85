"""Paints a result: the words that fit best with the searched ones marked, where they are from, tags, date."""

from dataclasses import dataclass
from math import ceil
from typing import override

from PySide6.QtCore import QDate, QLocale, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from postil.anchors.offsets import Utf16
from postil.view.look.contrast import mix
from postil.view.panels import card_style as style
from postil.view.panels.card_delegate import CardDelegate, Laid, mirrored
from postil.view.panels.record_model import RECORD
from postil.view.panels.text_block import TextBlock, scaled
from postil.view.search.result_model import Row
from postil_db.records import Result

SNIPPET_LINES = 3
HEADING = 10
"""Above and below a heading together, in pixels."""


@dataclass(frozen=True)
class Parts(Laid):
    """What is on the card besides the tags; `heading`: the height of what stands over it."""

    snippet: TextBlock
    heading: int


class HitDelegate(CardDelegate[Row, Parts]):
    """One card a result."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the group's heading, if one begins here, and the card."""
        row: Row = index.data(RECORD)
        parts, whole = self.laid_out(row, option), QRect(option.rect)
        if row.heading:
            self._paint_heading(painter, row.heading, option.font, whole, right_to_left=mirrored(option))
        card = QStyleOptionViewItem(option)
        card.rect = whole.adjusted(0, parts.heading, 0, 0)
        at = self._paint_ground(painter, card, row.result)
        parts.snippet.draw(painter, at.x(), at.y(), self.theme.color("text"))
        at += QPoint(0, ceil(parts.snippet.height) + style.GAP)
        at += QPoint(0, self.paint_chips(painter, card, parts, _tags(row.result), at))
        line = QRectF(at.x(), at.y(), style.text_width(whole.width()), _line(option.font))
        self._paint_origin(painter, row.result, option.font, line, right_to_left=mirrored(option))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, result: Result) -> QPoint:
        card, state = style.card_rect(option.rect), option.state
        style.paint_card(
            painter,
            card,
            self.theme,
            bar=self._bar(result),
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            mirrored=mirrored(option),
        )
        return QPoint(style.text_left(card, mirrored=mirrored(option)), card.top() + style.PAD)

    def _bar(self, result: Result) -> QColor | None:
        """The colour at the card's edge: the highlight's, or that of the kind of name; none for mere text."""
        if result.annotation is not None:
            return self.theme.highlight(result.annotation.color)[1]
        return self.theme.entity(result.entity.kind)[1] if result.entity is not None else None

    def _paint_heading(self, painter: QPainter, words: str, font: QFont, row: QRect, *, right_to_left: bool) -> None:
        title, _, count = words.rpartition(", ")
        bold, small = scaled(font, 0.95, bold=True), style.meta_font(font)
        left, wide = row.left() + style.GAP + 4, QFontMetricsF(bold).horizontalAdvance(title)
        base = row.top() + HEADING * 0.6 + QFontMetricsF(bold).ascent()
        ends = float(left), left + wide + 8
        if right_to_left:
            right = row.right() - style.GAP - 4
            ends = right - wide, right - wide - 8 - QFontMetricsF(small).horizontalAdvance(count)
        painter.setFont(bold)
        painter.setPen(self.theme.color("text"))
        painter.drawText(QPointF(ends[0], base), title)
        painter.setFont(small)
        painter.setPen(self.theme.color("faint"))
        painter.drawText(QPointF(ends[1], base), count)

    def _paint_origin(
        self, painter: QPainter, result: Result, font: QFont, line: QRectF, *, right_to_left: bool
    ) -> None:
        """The title, and the date at the end."""
        small = style.meta_font(font)
        measure = QFontMetricsF(small)
        when = day(result.date)
        room = line.width() - measure.horizontalAdvance(when) - 12
        title = measure.elidedText(result.title, Qt.TextElideMode.ElideRight, room)
        base = line.top() + measure.ascent()
        ends = line.left(), line.right() - measure.horizontalAdvance(when)
        if right_to_left:
            ends = line.right() - measure.horizontalAdvance(title), line.left()
        painter.setFont(small)
        painter.setPen(self.theme.color("faint"))
        painter.drawText(QPointF(ends[0], base), title)
        painter.drawText(QPointF(ends[1], base), when)

    @override
    def lay_out(self, record: Row, width: int, font: QFont) -> Parts:
        """Snippet, tags and origin, one under another."""
        result = record.result
        snippet = TextBlock(result.snippet, font, width, max_lines=SNIPPET_LINES, marks=self._marks(result))
        chips, chips_height = style.place_chips(_tags(result), font, width)
        heading = ceil(QFontMetricsF(scaled(font, 0.95, bold=True)).height()) + HEADING if record.heading else 0
        height = ceil(snippet.height) + style.GAP + _line(font) + 2 * style.PAD + style.GAP + heading
        height += chips_height + style.GAP if chips else 0
        return Parts(chips, chips_height, height, snippet, heading)

    def _marks(self, result: Result) -> list[tuple[int, int, QTextCharFormat]]:
        look, theme = QTextCharFormat(), self.theme
        look.setFontWeight(QFont.Weight.Bold)
        look.setBackground(mix(theme.color("raised"), theme.color("hit"), 0.16))
        units = Utf16(result.snippet)
        return [(units.to_utf16(start), units.to_utf16(end), look) for start, end in result.marks]


def day(date: str) -> str:
    """A date as short as a reader wants it; a year or a month as they are."""
    known = QDate.fromString(date[:10], Qt.DateFormat.ISODate)
    return QLocale().toString(known, "d MMM yyyy") if known.isValid() else date[:10]


def _tags(result: Result) -> tuple[str, ...]:
    return result.annotation.tags if result.annotation is not None else ()


def _line(font: QFont) -> int:
    return ceil(QFontMetricsF(style.meta_font(font)).height())
