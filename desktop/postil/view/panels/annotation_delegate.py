"""Paints an annotation as a card: colour bar, quote, note, tags, date."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFont, QLinearGradient, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.note_text import NoteDocument, height_within, render
from postil.view.panels.record_model import RECORD
from postil.view.panels.text_block import TextBlock
from postil.view.panels.words import short_time
from postil_db.records import Annotation, Color

QUOTE_LINES = 4
NOTE_LINES = 8
FADE = 28
_KEPT = 120  # measured cards that are remembered: a few screens of them


@dataclass(frozen=True)
class Parts:
    """A card as laid out for one width."""

    quote: TextBlock
    note: NoteDocument | None
    note_height: int
    chips: list[QRect]
    chips_height: int
    height: int


class AnnotationDelegate(QStyledItemDelegate):
    """Knows how high a card is and how it looks while nobody works on it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colors: Mapping[str, Color | None] = {}
        self._parts: dict[tuple[Annotation, int], Parts] = {}

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
        """As high as the card and the gap under it."""
        annotation = index.data(RECORD)
        width = option.rect.width()
        return QSize(width, self._laid_out(annotation, width, option.font).height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card."""
        annotation: Annotation = index.data(RECORD)
        parts = self._laid_out(annotation, option.rect.width(), option.font)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        card, state, theme = style.card_rect(option.rect), option.state, self._theme
        style.paint_card(
            painter,
            card,
            theme,
            bar=theme.highlight(annotation.color)[1],
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            mirrored=mirrored,
        )
        x, y = style.text_left(card, mirrored=mirrored), card.top() + style.PAD
        parts.quote.draw(painter, x, y, theme.color("text"))
        y += ceil(parts.quote.height) + style.GAP
        if parts.note is not None:
            self._paint_note(painter, parts, x, y)
            y += parts.note_height + style.GAP
        width = style.text_width(option.rect.width())
        for rect, tag in zip(parts.chips, annotation.tags, strict=True):
            left = x + width - rect.right() - 1 if mirrored else x + rect.left()
            box = QRectF(left, y + rect.top(), rect.width(), rect.height())
            style.paint_chip(painter, box, tag, self._colors.get(tag), theme, option.font)
        y += parts.chips_height + style.GAP if parts.chips else 0
        painter.setFont(style.meta_font(option.font))
        painter.setPen(theme.color("faint"))
        line = QRectF(x, y, width, style.meta_height(option.font))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, short_time(annotation.created_at)
        )

    def _paint_note(self, painter: QPainter, parts: Parts, x: int, y: int) -> None:
        if parts.note is None:
            return
        painter.save()
        painter.translate(x, y)
        height = parts.note_height
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, style.note_ink(self._theme))
        context.palette = palette
        context.clip = QRectF(0, 0, parts.note.textWidth(), height)
        painter.setClipRect(context.clip)
        parts.note.documentLayout().draw(painter, context)
        if parts.note.size().height() > height + 1:
            self._fade(painter, QRectF(0, height - FADE, parts.note.textWidth(), FADE))
        painter.restore()

    def _fade(self, painter: QPainter, rect: QRectF) -> None:
        """Let the last line of a long note vanish: there is more."""
        ground = self._theme.color("raised")
        clear = self._theme.color("raised")
        clear.setAlpha(0)
        shade = QLinearGradient(rect.topLeft(), rect.bottomLeft())
        shade.setColorAt(0, clear)
        shade.setColorAt(1, ground)
        painter.fillRect(rect, shade)

    def _laid_out(self, annotation: Annotation, width: int, font: QFont) -> Parts:
        key = (annotation, width)
        known = self._parts.get(key)
        if known is None:
            if len(self._parts) >= _KEPT:
                self._parts.clear()
            known = self._parts[key] = self._lay_out(annotation, style.text_width(width), font)
        return known

    def _lay_out(self, annotation: Annotation, width: int, font: QFont) -> Parts:
        quote = TextBlock(annotation.selector.quote, font, width, max_lines=QUOTE_LINES)
        note, note_height = None, 0
        if annotation.note.strip():
            note = NoteDocument()
            render(
                note, annotation.note, style.note_font(font), self._theme.color("link"), style.code_ground(self._theme)
            )
            note.setTextWidth(width)
            note_height = height_within(note, style.note_limit(font, NOTE_LINES))
        chips, chips_height = style.place_chips(annotation.tags, font, width)
        parts = [ceil(quote.height), note_height, chips_height, style.meta_height(font)]
        height = sum(parts) + style.GAP * (sum(part > 0 for part in parts) - 1) + 2 * style.PAD + style.GAP
        return Parts(quote, note, note_height, chips, chips_height, height)
