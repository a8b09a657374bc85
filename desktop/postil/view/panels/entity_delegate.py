"""Paints kinds as they look on the page, each with its switch, and entities with their other names and counts."""

from typing import cast, override

from PySide6.QtCore import (
    QEvent,
    QLineF,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from postil.view.look.contrast import mix
from postil.view.look.icons import icon
from postil.view.look.patterns import draw_lines
from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.panels.entity_model import NEW, TITLES, WRITTEN, Group, Rest, rest_words
from postil.view.panels.record_model import RECORD
from postil.view.panels.row_delegate import paint_count, paint_ground
from postil.view.panels.text_block import direction
from postil_db.records import Entity

PAD = 12
INDENT = 32
SWITCH = QSize(28, 16)
_CENTRE = Qt.AlignmentFlag.AlignVCenter


class EntityDelegate(QStyledItemDelegate):
    """One row each; the same height for all."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.stepping = -1  # the entity whose row carries the step buttons instead of its count
        self.step_room = 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A comfortable line."""
        return QSize(160, max(32, round(QFontMetricsF(option.font).height()) + 14))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a group or an entity."""
        record = index.data(RECORD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme)
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole) or 0) == Qt.CheckState.Checked
        if isinstance(record, Group):
            self._paint_group(painter, option, record, on=on)
        elif isinstance(record, Rest):
            self._paint_rest(painter, option, record)
        elif isinstance(record, Entity):
            on = Qt.CheckState(index.parent().data(Qt.ItemDataRole.CheckStateRole) or 0) == Qt.CheckState.Checked
            self._paint_entity(painter, option, record, on=on)
            self._paint_remarks(painter, option, new=bool(index.data(NEW)), written=bool(index.data(WRITTEN)))
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: object,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on the switch switches, and so does the space bar."""
        if not isinstance(index.data(RECORD), Group):
            return False
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        space = pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Space
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if not space and not (
            released and self.on_switch(option.rect, cast("QMouseEvent", event).position().toPoint().x())
        ):
            return False
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        new = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return index.model().setData(index, new, Qt.ItemDataRole.CheckStateRole)

    def on_switch(self, row: QRect, x: int) -> bool:
        """Whether a place in a group's row is on its switch."""
        return x >= row.right() - PAD - SWITCH.width() - 6

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, group: Group, *, on: bool) -> None:
        theme, row = self.theme, QRectF(option.rect)
        tint, line = theme.entity(group.kind)
        opened = bool(option.state & QStyle.StateFlag.State_Open)
        ink = theme.color("text") if on else theme.color("faint")
        middle = row.center().y()
        _arrow(painter, row.left() + PAD + 2, middle, theme, opened=opened)
        sign = QRect(round(row.left()) + PAD + 14, round(middle) - 8, 16, 16)
        icon(group.kind, theme, line if on else theme.color("faint")).paint(painter, sign)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        measure = QFontMetricsF(font)
        title, left = TITLES[group.kind], row.left() + PAD + 40
        right = row.right() - PAD - SWITCH.width() - 10
        room = right - self._paint_count(painter, option, len(group.entities), right) - 12 - left
        shown = measure.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = measure.horizontalAdvance(shown)
        box = QRectF(left - 3, middle - measure.height() / 2 - 1, width + 6, measure.height() + 2)
        if on:
            painter.fillRect(box, tint)
            base = box.bottom() + 0.5
            draw_lines(painter, group.kind, line, [QLineF(box.left(), base, box.right(), base)])
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QRectF(left, row.top(), width + 2, row.height()), _CENTRE, shown)
        _switch(painter, QRectF(row.right() - PAD - SWITCH.width(), middle - 8, 28, 16), theme, on=on)

    def _paint_entity(self, painter: QPainter, option: QStyleOptionViewItem, entity: Entity, *, on: bool) -> None:
        theme, row = self.theme, QRectF(option.rect)
        left, right = row.left() + PAD + INDENT + 8, row.right() - PAD
        if entity.id == self.stepping:
            right -= self.step_room
        else:
            right -= self._paint_count(painter, option, entity.count, right) + 12
        measure = QFontMetricsF(option.font)
        name = measure.elidedText(entity.name, Qt.TextElideMode.ElideRight, max(right - left, 24))
        painter.setFont(option.font)
        painter.setPen(theme.color("text") if on else theme.color("faint"))
        painter.setLayoutDirection(direction(entity.name))
        width = measure.horizontalAdvance(name)
        base = row.center().y() + (measure.ascent() - measure.descent()) / 2
        painter.drawText(QPointF(left, base), name)
        small = meta_font(option.font)
        space = right - left - width - 10
        if entity.aliases and space > 32:
            words = QFontMetricsF(small).elidedText(", ".join(entity.aliases), Qt.TextElideMode.ElideRight, space)
            painter.setFont(small)
            painter.setPen(theme.color("faint"))
            painter.drawText(QPointF(left + width + 10, base), words)

    def _paint_rest(self, painter: QPainter, option: QStyleOptionViewItem, rest: Rest) -> None:
        small = meta_font(option.font)
        room = QRectF(option.rect).adjusted(PAD + INDENT + 8, 0, -PAD, 0)
        words = QFontMetricsF(small).elidedText(rest_words(rest), Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(small)
        painter.setPen(self.theme.color("faint"))
        painter.drawText(room, _CENTRE, words)

    def _paint_remarks(self, painter: QPainter, option: QStyleOptionViewItem, *, new: bool, written: bool) -> None:
        """Before the name: a dot for what is new to the reader, a leaf for what they wrote about."""
        row = QRectF(option.rect)
        middle, left = row.center().y(), row.left() + PAD
        if written:
            box = QRect(round(left) + 20, round(middle) - 7, 14, 14)
            icon("note", self.theme, self.theme.color("accent")).paint(painter, box)
        if new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            painter.drawEllipse(QPointF(left + (11 if written else 29), middle + 0.5), 3.2, 3.2)

    def _paint_count(self, painter: QPainter, option: QStyleOptionViewItem, count: int, right: float) -> float:
        return paint_count(painter, option, f"{count:,}", right, self.theme)


def _arrow(painter: QPainter, x: float, y: float, theme: Theme, *, opened: bool) -> None:
    painter.setPen(QPen(theme.color("faint"), 1.5))
    if opened:
        painter.drawLines([QLineF(x - 1, y - 2, x + 3, y + 2), QLineF(x + 3, y + 2, x + 7, y - 2)])
    else:
        painter.drawLines([QLineF(x + 1, y - 4, x + 5, y), QLineF(x + 5, y, x + 1, y + 4)])


def _switch(painter: QPainter, box: QRectF, theme: Theme, *, on: bool) -> None:
    ground = theme.color("accent") if on else mix(theme.color("panel"), theme.color("text"), 0.3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setBrush(theme.color("accent_text") if on else theme.color("raised"))
    knob = QRectF(box.right() - 14 if on else box.left() + 2, box.top() + 2, 12, 12)
    painter.drawEllipse(knob)


def row_widget_room(widget: QWidget) -> int:
    """How much of a row a widget at its end takes."""
    return widget.sizeHint().width() + 8
