"""Paints the cells of the table of names: each text in its own direction, the current row framed."""

from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from postil.view.entities.table_model import NUMBERS, NamesModel
from postil.view.entities.table_model import cell as words_in
from postil.view.entities.table_rows import COLUMNS, Column
from postil.view.look.contrast import mix
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.text_block import direction
from postil_db.records import EntityKind

PAD = 10
SIGN = 16
_FRAME = 2
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute) | int(Qt.TextFlag.TextSingleLine)
_LEFT, _RIGHT = _LINE | int(Qt.AlignmentFlag.AlignLeft), _LINE | int(Qt.AlignmentFlag.AlignRight)
_PLAIN = frozenset((Column.NAME, Column.MENTIONS))


class Cells(QStyledItemDelegate):
    """One line each."""

    INDENT = PAD + SIGN + 8
    """Where a name begins."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme. A screen of cells is painted with every step of the wheel: colours are kept."""
        text, faint, panel, accent = (theme.color(role) for role in ("text", "faint", "panel", "accent"))
        self._accent, self._ground = accent, mix(panel, accent, 0.16)
        self._inks = {
            (True, False): text,
            (True, True): text,
            (False, False): faint,
            (False, True): mix(faint, text, 0.4),
        }
        self._signs = {kind: icon(kind, theme, theme.entity(kind)[1]) for kind in EntityKind}
        self._note = icon("note", theme, accent)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        model, table, column, cell = index.model(), option.widget, COLUMNS[index.column()], option.rect
        if not isinstance(model, NamesModel) or not isinstance(table, QTableView):
            return
        one = model.entity(index.row())
        if one is None:
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(cell, self._ground)
        box = cell.adjusted(PAD, 0, -PAD, 0)
        if column is Column.NAME:
            self._paint_sign(painter, box, self._signs[one.kind])
            if one.new:
                self._paint_dot(painter, cell)
        elif column is Column.WRITTEN and one.note:
            self._paint_sign(painter, box, self._note)
        if words := words_in(one, column):
            shown = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.setFont(option.font)
            painter.setPen(self._inks[column in _PLAIN, chosen])
            painter.setLayoutDirection(direction(words))
            painter.drawText(box, _RIGHT if column in NUMBERS else _LEFT, shown)
        if table.hasFocus() and index.row() == table.currentIndex().row():
            self._paint_frame(painter, cell, first=column is Column.NAME)

    def _paint_sign(self, painter: QPainter, box: QRect, sign: QIcon) -> None:
        pixmap = sign.pixmap(QSize(SIGN, SIGN), painter.device().devicePixelRatio())
        painter.drawPixmap(box.left(), box.center().y() + 1 - SIGN // 2, pixmap)
        box.setLeft(box.left() + SIGN + 8)

    def _paint_dot(self, painter: QPainter, cell: QRect) -> None:
        """Before a name that is new to the reader."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._accent)
        painter.drawEllipse(QPointF(cell.left() + PAD / 2, cell.center().y() + 0.5), 2.6, 2.6)
        painter.restore()

    def _paint_frame(self, painter: QPainter, cell: QRect, *, first: bool) -> None:
        """Around the row that the keyboard is on."""
        ink = self._accent
        painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), _FRAME), ink)
        painter.fillRect(QRect(cell.left(), cell.bottom() + 1 - _FRAME, cell.width(), _FRAME), ink)
        if first:
            painter.fillRect(QRect(cell.left(), cell.top(), _FRAME, cell.height()), ink)
