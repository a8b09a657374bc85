"""Paints an annotation as a card: colour bar, quote, note, tags, date."""

from dataclasses import dataclass
from math import ceil
from typing import override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFont, QLinearGradient, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from postil.view.panels import card_style as style
from postil.view.panels.card_delegate import CardDelegate, Laid
from postil.view.panels.note_text import NoteDocument, height_within, render
from postil.view.panels.record_model import RECORD
from postil.view.panels.text_block import TextBlock
from postil.view.panels.words import short_time, stand
from postil_db.records import Annotation

QUOTE_LINES = 4
NOTE_LINES = 8
FADE = 28


@dataclass(frozen=True)
class Parts(Laid):
    """What is on the card besides the tags."""

    quote: TextBlock
    note: NoteDocument | None
    note_height: int


class AnnotationDelegate(CardDelegate[Annotation, Parts]):
    """Knows how high a card is and how it looks while nobody works on it."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card."""
        annotation: Annotation = index.data(RECORD)
        parts = self.laid_out(annotation, option)
        at = self.paint_card(painter, option, annotation.color)
        parts.quote.draw(painter, at.x(), at.y(), self.theme.color("text"))
        at += QPoint(0, ceil(parts.quote.height) + style.GAP)
        if parts.note is not None:
            self._paint_note(painter, parts.note, parts.note_height, at)
            at += QPoint(0, parts.note_height + style.GAP)
        at += QPoint(0, self.paint_chips(painter, option, parts, annotation.tags, at))
        painter.setFont(style.meta_font(option.font))
        painter.setPen(self.theme.color("faint"))
        line = QRectF(at.x(), at.y(), style.text_width(option.rect.width()), style.meta_height(option.font))
        words = stand(annotation) + short_time(annotation.created_at)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)

    def _paint_note(self, painter: QPainter, note: NoteDocument, height: int, at: QPoint) -> None:
        painter.save()
        painter.translate(at)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, style.note_ink(self.theme))
        context.palette = palette
        context.clip = QRectF(0, 0, note.textWidth(), height)
        painter.setClipRect(context.clip)
        note.documentLayout().draw(painter, context)
        if note.size().height() > height + 1:
            self._fade(painter, QRectF(0, height - FADE, note.textWidth(), FADE))
        painter.restore()

    def _fade(self, painter: QPainter, rect: QRectF) -> None:
        """Let the last line of a long note vanish: there is more."""
        ground = self.theme.color("raised")
        clear = self.theme.color("raised")
        clear.setAlpha(0)
        shade = QLinearGradient(rect.topLeft(), rect.bottomLeft())
        shade.setColorAt(0, clear)
        shade.setColorAt(1, ground)
        painter.fillRect(rect, shade)

    @override
    def lay_out(self, record: Annotation, width: int, font: QFont) -> Parts:
        """Quote, note, tags and date, one under another."""
        quote = TextBlock(record.selector.quote, font, width, max_lines=QUOTE_LINES)
        note, note_height = None, 0
        if record.note.strip():
            note = NoteDocument()
            render(note, record.note, style.note_font(font), self.theme.color("link"), style.code_ground(self.theme))
            note.setTextWidth(width)
            note_height = height_within(note, style.note_limit(font, NOTE_LINES))
        chips, chips_height = style.place_chips(record.tags, font, width)
        parts = [ceil(quote.height), note_height, chips_height, style.meta_height(font)]
        height = sum(parts) + style.GAP * (sum(part > 0 for part in parts) - 1) + 2 * style.PAD + style.GAP
        return Parts(chips, chips_height, height, quote, note, note_height)
