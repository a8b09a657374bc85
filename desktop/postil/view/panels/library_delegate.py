"""Paints a document of the library: its title, where it is from, how much of it is marked."""

from dataclasses import dataclass
from math import ceil
from typing import override
from urllib.parse import urlsplit

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.record_model import RECORD, RecordModel
from postil.view.panels.text_block import TextBlock, scaled
from postil.view.panels.words import plural
from postil_db.records import DocumentInfo

TITLE_LINES = 2
LINE_GAP = 4


class DocumentModel(RecordModel[DocumentInfo]):
    """Documents of the library."""

    @override
    def key(self, record: DocumentInfo) -> int:
        """Its id."""
        return record.id

    @override
    def text(self, record: DocumentInfo) -> str:
        """Title, origin and counts in words."""
        return ", ".join(part for part in (record.title, origin(record), amount(record)) if part)

    @override
    def tip(self, record: DocumentInfo) -> str:
        """What the row may have cut."""
        return "\n".join(part for part in (record.title, ", ".join(record.authors), record.source) if part)


def site(source: str) -> str:
    """The site of an address; nothing for files."""
    return (urlsplit(source).hostname or "").removeprefix("www.") if source.startswith(("http:", "https:")) else ""


def origin(document: DocumentInfo) -> str:
    """Who wrote it, where, when."""
    author = document.authors[0] + (" et al." if len(document.authors) > 1 else "") if document.authors else ""
    return " · ".join(part for part in (author or site(document.source), document.published[:10]) if part)


def amount(document: DocumentInfo) -> str:
    """How long it is and how much of it is marked."""
    marked = plural(document.annotations, "annotation") if document.annotations else ""
    return " · ".join(part for part in (marked, plural(document.words, "word")) if part)


@dataclass(frozen=True)
class Parts:
    """A row as laid out for one width."""

    title: TextBlock
    height: int


class DocumentDelegate(QStyledItemDelegate):
    """One card a document."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.open_id: int | None = None

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its lines."""
        return QSize(option.rect.width(), self._lay_out(index.data(RECORD), option).height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the card."""
        document: DocumentInfo = index.data(RECORD)
        theme, mirrored = self.theme, option.direction == Qt.LayoutDirection.RightToLeft
        card, parts = style.card_rect(option.rect), self._lay_out(document, option)
        style.paint_card(
            painter,
            card,
            theme,
            bar=theme.color("accent") if document.id == self.open_id else None,
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            focused=bool(option.state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(option.state & QStyle.StateFlag.State_MouseOver),
            mirrored=mirrored,
        )
        x, y = style.text_left(card, mirrored=mirrored), float(card.top() + style.PAD)
        parts.title.draw(painter, x, y, theme.color("text"))
        y += ceil(parts.title.height) + LINE_GAP
        small = style.meta_font(option.font)
        measure, width = QFontMetricsF(small), style.text_width(option.rect.width())
        painter.setFont(small)
        painter.setPen(theme.color("faint"))
        for line in (origin(document), amount(document)):
            if line:
                shown = measure.elidedText(line, Qt.TextElideMode.ElideRight, width)
                left = x + width - measure.horizontalAdvance(shown) if mirrored else x
                painter.drawText(QPointF(left, y + measure.ascent()), shown)
                y += ceil(measure.height()) + 2

    def _lay_out(self, document: DocumentInfo, option: QStyleOptionViewItem) -> Parts:
        font = scaled(option.font, 1.0, bold=True)
        font.setWeight(QFont.Weight.DemiBold)
        title = TextBlock(document.title, font, style.text_width(option.rect.width()), max_lines=TITLE_LINES)
        line = ceil(QFontMetricsF(style.meta_font(option.font)).height()) + 2
        lines = sum(bool(words) for words in (origin(document), amount(document)))
        return Parts(title, ceil(title.height) + LINE_GAP + lines * line + 2 * style.PAD - 2 + style.GAP)
