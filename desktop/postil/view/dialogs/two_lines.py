"""A list whose rows have two lines: what it is, and under it, smaller, what there is to know of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import override

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.panels.record_model import RECORD, RecordModel
from postil.view.panels.row_delegate import CENTRE, PAD, count_ink, paint_ground
from postil.view.panels.text_block import scaled

SIGN = 16
AROUND = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `sign`: the icon at its start, "" for none."""

    key: Hashable
    title: str
    detail: str
    sign: str = ""


class LineModel(RecordModel[Line]):
    """The rows of such a list."""

    @override
    def key(self, record: Line) -> Hashable:
        return record.key

    @override
    def text(self, record: Line) -> str:
        return f"{record.title}. {record.detail}"

    @override
    def tip(self, record: Line) -> str:
        return record.title


class LineDelegate(QStyledItemDelegate):
    """Paints the rows."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines with some room around."""
        lines = QFontMetricsF(option.font).height() + QFontMetricsF(meta_font(option.font)).height()
        return QSize(200, round(lines) + 2 * AROUND)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row."""
        line = index.data(RECORD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme)
        row = QRectF(option.rect).adjusted(PAD, AROUND, -PAD, -AROUND)
        if line.sign:
            drawing = icon(line.sign, self.theme, self.theme.color("faint"))
            drawing.paint(painter, round(row.left()), round(row.center().y() - SIGN / 2), SIGN, SIGN)
            row.setLeft(row.left() + SIGN + PAD)
        font, small = scaled(option.font, 1.0), meta_font(option.font)
        painter.setFont(font)
        painter.setPen(self.theme.color("text"))
        first = QRectF(row.left(), row.top(), row.width(), QFontMetricsF(font).height())
        _draw(painter, first, line.title)
        painter.setFont(small)
        painter.setPen(count_ink(self.theme, chosen=bool(option.state & QStyle.StateFlag.State_Selected)))
        _draw(painter, QRectF(row.left(), first.bottom(), row.width(), row.bottom() - first.bottom()), line.detail)
        painter.restore()


def _draw(painter: QPainter, box: QRectF, words: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, CENTRE, shown)


class LineList(QListView):
    """Shows such rows; keeps its place when they are shown anew."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.lines = LineModel(self)
        self._delegate = LineDelegate(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def chosen(self) -> list[Hashable]:
        """The keys of the chosen rows, from above."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [line.key for row in rows if (line := self.lines.record(row))]

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._delegate.theme = theme
        self.viewport().update()


def when(moment: datetime) -> str:
    """Tell a time as people do: the hour for today and yesterday, else the day."""
    here = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    days = here.date().daysTo(QDateTime.currentDateTime().date())
    hour = here.toString("HH:mm")
    if days in (0, 1):
        return f"{'today' if days == 0 else 'yesterday'} at {hour}"
    day = QLocale(QLocale.Language.English).toString(here.date(), "d MMMM yyyy")
    return f"{day} at {hour}"
