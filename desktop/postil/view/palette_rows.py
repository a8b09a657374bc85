"""What the palette offers, as a list and as it is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QTextCharFormat
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.anchors.offsets import Utf16
from postil.view.look import keycaps
from postil.view.look.contrast import mix
from postil.view.look.icons import dot, icon
from postil.view.look.theme import Theme
from postil.view.palette_match import fit
from postil.view.panels.row_delegate import CENTRE
from postil.view.panels.text_block import TextBlock, scaled
from postil_db.records import Color

type Index = QModelIndex | QPersistentModelIndex

OFFER = int(Qt.ItemDataRole.UserRole)
MOST = 60
PREFIXES = {">": "command", "@": "section", "#": "tag"}
"""What is typed first to search one kind alone."""
_FAVOUR = {"command": 3.0, "document": 2.0, "section": 1.0, "tag": 0.0}
_LAST_USED = 6.0


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose; a heading if there is nothing to `do`.

    `detail`: where it belongs; `why`: why it cannot be done now, "" if it can; `letters`: those of the title that
    were typed; `recent`: a command that was chosen before.
    """

    kind: str
    title: str
    do: Callable[[], object] | None = None
    detail: str = ""
    keys: tuple[str, ...] = ()
    sign: str = ""
    why: str = ""
    recent: bool = False
    letters: tuple[int, ...] = field(default=(), compare=False)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.detail, " or ".join(self.keys), self.why) if part)


def choose(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """What fits, the best first. Where nothing is typed: the commands, those chosen lately before all others."""
    kind = PREFIXES.get(typed[:1], "")
    wanted = (typed[1:] if kind else typed).strip()
    among = [offer for offer in offers if not kind or offer.kind == kind]
    if not wanted:
        return _unasked(among, kind)
    found: list[tuple[float, int, Offer]] = []
    for number, offer in enumerate(among):
        hit = fit(offer.title, wanted)
        score = hit.score if hit else 0.0
        if hit is None and offer.detail and (whole := fit(f"{offer.detail} {offer.title}", wanted)):
            score = whole.score / 2
        elif hit is None:
            continue
        score += _FAVOUR[offer.kind] + _LAST_USED * offer.recent - 30 * bool(offer.why)
        found.append((score, -number, replace(offer, letters=hit.letters if hit else ())))
    return [offer for _, _, offer in nlargest(MOST, found, key=lambda one: one[:2])]


def _unasked(offers: Sequence[Offer], kind: str) -> list[Offer]:
    if kind in ("section", "tag"):
        return list(offers[: 5 * MOST])
    commands = [offer for offer in offers if offer.kind == "command"]
    recent = [offer for offer in commands if offer.recent]
    rest = [offer for offer in commands if not offer.recent]
    if not recent:
        return rest
    return [Offer("heading", "Last used"), *recent, Offer("heading", "All commands"), *rest]


class OfferModel(QAbstractListModel):
    """The offers that fit what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def show(self, offers: list[Offer]) -> None:
        """Show these."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def next_row(self, row: int, step: int) -> int:
        """The row to go to from one, past headings and round the ends; -1 if there is none."""
        rows = [number for number, offer in enumerate(self.offers) if offer.do is not None]
        if not rows:
            return -1
        if row not in rows:
            return rows[0] if step > 0 else rows[-1]
        return rows[(rows.index(row) + step) % len(rows)]

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row an offer."""
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """An offer, or its words."""
        if not index.isValid() or index.row() >= len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == OFFER:
            return offer
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return offer.spoken
        return offer.title if role == Qt.ItemDataRole.ToolTipRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        real = index.isValid() and self.offers[index.row()].do is not None
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled if real else Qt.ItemFlag.NoItemFlags


class OfferDelegate(QStyledItemDelegate):
    """Paints an offer: its sign, its title with what was typed set bold, where it belongs, its keys at the end."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._icons: dict[str, QIcon] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = theme
        self._icons.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One comfortable line."""
        line = round(QFontMetricsF(option.font).height())
        return QSize(160, line + (16 if index.data(OFFER).do else 12))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        offer: Offer = index.data(OFFER)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect).adjusted(8, 0, -8, 0)
        if offer.do is None:
            painter.setFont(scaled(option.font, 0.86, bold=True))
            painter.setPen(self.theme.color("faint"))
            painter.drawText(row.adjusted(8, 4, 0, 0), CENTRE, offer.title)
        else:
            self._ground(painter, option, row)
            self._offer(painter, option.font, row.adjusted(10, 0, -10, 0), offer)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            share = (self.theme.color("accent"), 0.16) if chosen else (self.theme.color("text"), 0.05)
            painter.setPen(self.theme.color("accent") if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(mix(self.theme.color("raised"), *share))
            painter.drawRoundedRect(row.adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)

    def _offer(self, painter: QPainter, font: QFont, row: QRectF, offer: Offer) -> None:
        theme = self.theme
        pale = mix(theme.color("faint"), theme.color("raised"), 0.25)
        if offer.sign:
            side = 16
            box = QRect(round(row.left()), round(row.center().y() - side / 2), side, side)
            mode = QIcon.Mode.Disabled if offer.why else QIcon.Mode.Normal
            self._icon(offer.sign).paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)
        row.setLeft(row.left() + 28)
        if offer.why:
            room = row.adjusted(min(120.0, row.width() / 2), 0, 0, 0)
            row.setRight(row.right() - _words(painter, font, offer.why, room, pale, at_end=True) - 12)
        elif offer.keys:
            keycaps.paint(painter, offer.keys, row, font, theme)
            row.setRight(row.right() - keycaps.width(offer.keys, font) - 6)
        name = TextBlock(offer.title, font, max(row.width(), 40), max_lines=1, marks=self._marks(offer))
        name.draw(painter, row.left(), row.center().y() - name.height / 2, pale if offer.why else theme.color("text"))
        row.setLeft(row.left() + QFontMetricsF(font).horizontalAdvance(offer.title) * 1.04 + 12)
        if offer.detail and not offer.why and row.width() > 40:
            _words(painter, font, offer.detail, row, theme.color("faint"))

    def _marks(self, offer: Offer) -> list[tuple[int, int, QTextCharFormat]]:
        if offer.why:
            return []
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        bold.setForeground(self.theme.color("link"))
        units = Utf16(offer.title)
        return [(units.to_utf16(at), units.to_utf16(at + 1), bold) for at in offer.letters]

    def _icon(self, sign: str) -> QIcon:
        if sign not in self._icons:
            if sign in list(Color):
                self._icons[sign] = dot(Color(sign), self.theme)
            else:
                self._icons[sign] = icon(sign, self.theme, self.theme.color("faint"))
        return self._icons[sign]


def _words(painter: QPainter, font: QFont, words: str, room: QRectF, color: QColor, *, at_end: bool = False) -> float:
    """Paint small words at the beginning or the end of some room; gives how wide they are."""
    face = scaled(font, 0.9)
    measure = QFontMetricsF(face)
    shown = measure.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    wide = measure.horizontalAdvance(shown)
    painter.setFont(face)
    painter.setPen(color)
    left = room.right() - wide - 1 if at_end else room.left()
    painter.drawText(QRectF(left, room.top(), wide + 2, room.height()), CENTRE, shown)
    return wide
