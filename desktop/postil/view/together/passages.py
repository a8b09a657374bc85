"""A list of passages beside a table, a graph or a timeline: where each is from and what it says; each leads there."""

import re
from collections.abc import Hashable, Sequence
from math import ceil
from typing import override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from postil.anchors.offsets import Utf16
from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.furniture import ElidedLabel, EmptyState
from postil.view.panels.record_model import RECORD, RecordModel
from postil.view.panels.text_block import TextBlock
from postil_db.records import Passage

LINES = 3
BEFORE = 60
"""Characters shown before the first word that matters."""

type Index = QModelIndex | QPersistentModelIndex


class PassageModel(RecordModel[Passage]):
    """Passages in the order given."""

    @override
    def key(self, record: Passage) -> Hashable:
        """A place is one passage."""
        return record

    @override
    def text(self, record: Passage) -> str:
        """What it says, and where."""
        return f"{record.text} ({record.title})"

    @override
    def tip(self, record: Passage) -> str:
        """Nothing more than can be seen."""
        return ""


class PassageDelegate(QStyledItemDelegate):
    """One card a passage: its text in a few lines, the document below. All of one height: there may be thousands."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words: Sequence[str] = ()
        self._view_width = parent.width

    @override
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for the lines."""
        lines = LINES * QFontMetricsF(option.font).lineSpacing()
        small = QFontMetricsF(style.meta_font(option.font)).height()
        return QSize(120, ceil(lines + small) + 2 * style.PAD + 4 + style.GAP)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card."""
        passage: Passage = index.data(RECORD)
        card, state = style.card_rect(option.rect), option.state
        style.paint_card(
            painter,
            card,
            self.theme,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
        )
        block = self._block(option, index)
        left, top = card.left() + style.PAD, card.top() + style.PAD
        block.draw(painter, left, top, self.theme.color("text"))
        small = style.meta_font(option.font)
        metrics = QFontMetricsF(small)
        width = card.width() - 2 * style.PAD
        painter.setFont(small)
        painter.setPen(self.theme.color("faint"))
        title = metrics.elidedText(passage.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(left, card.bottom() - style.PAD - metrics.descent()), title)

    def _block(self, option: QStyleOptionViewItem, index: Index) -> TextBlock:
        passage: Passage = index.data(RECORD)
        width = style.text_width(self._view_width()) + style.BAR
        text = excerpt(passage.text, self.words)
        strong = QTextCharFormat()
        strong.setForeground(self.theme.color("link"))
        strong.setFontWeight(QFont.Weight.DemiBold)
        offsets = Utf16(text)
        marks = [(offsets.to_utf16(start), offsets.to_utf16(end), strong) for start, end in places(text, self.words)]
        return TextBlock(text, option.font, width, max_lines=LINES, marks=marks)


class PassageList(QListView):
    """The list itself. Enter or a click leads to the passage."""

    opened = Signal(object)  # Passage

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PassageModel(self)
        self.setModel(self.rows)
        self._delegate = PassageDelegate(theme, self.viewport())
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Passages")
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_passages(self, passages: Sequence[Passage], words: Sequence[str]) -> None:
        """Show these, with some words in them marked."""
        self._delegate.words = words
        self.rows.show(list(dict.fromkeys(passages)))
        self.viewport().update()
        self.scrollToTop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the cards anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, index: Index) -> None:
        if (passage := self.rows.record(index)) is not None:
            self.opened.emit(passage)


class PassagePane(QWidget):
    """A title, and below it the passages or a word about how to get any."""

    opened = Signal(object)  # Passage

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.title = ElidedLabel()
        self.title.setProperty("role", "heading")
        self.list = PassageList(theme)
        self.empty = EmptyState(theme, "find")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.GAP)
        over = QHBoxLayout()
        over.setContentsMargins(style.GAP + 4, style.GAP, style.GAP, 0)
        over.addWidget(self.title)
        layout.addLayout(over)
        layout.addWidget(self._stack, 1)
        self.list.opened.connect(self.opened)
        self.clear()

    def clear(self) -> None:
        """Show none."""
        self.show_passages("", ())

    def show_passages(self, title: str, passages: Sequence[Passage], words: Sequence[str] = ()) -> None:
        """Show these, with some words in them marked."""
        self.title.set_whole(title)
        self.title.setVisible(bool(title))
        self.list.show_passages(passages, words)
        self.empty.say(self._hint if not title else "No passages")
        self._stack.setCurrentIndex(1 if passages else 0)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.list.set_theme(theme)
        self.empty.set_theme(theme)


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where these words stand in a text; of a name its last word counts too ("Kallas" of Kaja Kallas)."""
    wanted = sorted({part for word in words for part in (word, word.split()[-1]) if part}, key=len, reverse=True)
    if not wanted:
        return []
    return [found.span() for found in re.finditer("|".join(map(re.escape, wanted)), text)]


def excerpt(text: str, words: Sequence[str]) -> str:
    """A text on one line; what stands long before the first of these words is left out."""
    plain = " ".join(text.split())
    first = next((start for start, _end in places(plain, words)), 0)
    if first <= BEFORE:
        return plain
    cut = plain.find(" ", first - BEFORE) + 1
    return f"… {plain[cut if 0 < cut <= first else first :]}"


def heading_of(words: str, count: int, most: int = 500) -> str:
    """What stands over the passages; `most`: how many are given at all."""
    number = f"the first {count:,} of many" if count >= most else f"{count:,}"
    return f"{words}: {number} passage{'s' if count != 1 else ''}"
