"""What every list of cards paints alike: the card itself and the chips of its tags; and what is laid out already."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.record_model import RECORD
from postil_db.records import Color

_KEPT = 120  # measured cards that are remembered: a few screens of them


@dataclass(frozen=True)
class Laid:
    """A card as laid out for one width; subclasses say what else is on it."""

    chips: list[QRect]
    chips_height: int
    height: int


class CardDelegate[R: Hashable, L: Laid](QStyledItemDelegate):
    """Lays records out as cards, each once for a width. Subclasses say what is on a card, and paint it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._colors: Mapping[str, Color | None] = {}
        self._laid: dict[tuple[R, int], L] = {}

    def lay_out(self, record: R, width: int, font: QFont) -> L:
        """Lay a card out whose text is `width` wide."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.theme = theme
        self.forget()

    def set_tag_colors(self, colors: Mapping[str, Color | None]) -> None:
        """The colours of tags; those not named are neutral."""
        self._colors = dict(colors)

    def forget(self) -> None:
        """The font changed: lay everything out again."""
        self._laid.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the card and the gap under it."""
        return QSize(option.rect.width(), self.laid_out(index.data(RECORD), option).height)

    def laid_out(self, record: R, option: QStyleOptionViewItem) -> L:
        """The card as it fits the row."""
        key = (record, option.rect.width())
        known = self._laid.get(key)
        if known is None:
            if len(self._laid) >= _KEPT:
                self._laid.clear()
            known = self._laid[key] = self.lay_out(record, style.text_width(option.rect.width()), option.font)
        return known

    def paint_card(self, painter: QPainter, option: QStyleOptionViewItem, color: Color) -> QPoint:
        """Paint the card, empty; gives where its text begins."""
        card, state, right_to_left = style.card_rect(option.rect), option.state, mirrored(option)
        style.paint_card(
            painter,
            card,
            self.theme,
            bar=self.theme.highlight(color)[1],
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            mirrored=right_to_left,
        )
        return QPoint(style.text_left(card, mirrored=right_to_left), card.top() + style.PAD)

    def paint_chips(
        self, painter: QPainter, option: QStyleOptionViewItem, laid: Laid, tags: Sequence[str], at: QPoint
    ) -> int:
        """Paint the tags; gives the room they took."""
        width = style.text_width(option.rect.width())
        for rect, tag in zip(laid.chips, tags, strict=True):
            left = at.x() + (width - rect.right() - 1 if mirrored(option) else rect.left())
            box = QRectF(left, at.y() + rect.top(), rect.width(), rect.height())
            style.paint_chip(painter, box, tag, self._colors.get(tag), self.theme, option.font)
        return laid.chips_height + style.GAP if laid.chips else 0


def mirrored(option: QStyleOptionViewItem) -> bool:
    """Whether a row begins on the right."""
    return option.direction == Qt.LayoutDirection.RightToLeft
