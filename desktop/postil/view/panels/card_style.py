"""How every card looks: its ground, its edge, its colour bar, its chips."""

from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.panels.text_block import scaled
from postil_db.records import Color

GAP = 8
"""Around and between cards, and between the parts of one, in device-independent pixels."""
PAD = 12
"""Inside a card's edge."""
BAR = 4
"""Width of the colour bar."""
RADIUS = 8
CHIP_PAD = 8
SMALL_BUTTON = "QPushButton { padding: 0 6px; min-height: 0; } QPushButton:focus { padding: 0 5px; }"


def card_rect(row: QRect) -> QRect:
    """The card inside its row."""
    return row.adjusted(GAP, 0, -GAP, -GAP)


def text_width(row_width: int) -> int:
    """The room for text in a card with a colour bar."""
    return max(40, row_width - 2 * GAP - 2 * PAD - BAR)


def text_left(card: QRect, *, mirrored: bool) -> int:
    """Where the text of a card with a colour bar begins."""
    return card.left() + PAD + (0 if mirrored else BAR)


def paint_card(
    painter: QPainter,
    card: QRect,
    theme: Theme,
    *,
    bar: QColor | None = None,
    selected: bool = False,
    focused: bool = False,
    hovered: bool = False,
    mirrored: bool = False,
) -> None:
    """Paint an empty card."""
    ground, edge = theme.color("raised"), theme.color("line")
    if hovered and not selected:
        edge = mix(edge, theme.color("text"), 0.22)
    if selected:
        ground, edge = mix(ground, theme.color("accent"), 0.07), mix(edge, theme.color("accent"), 0.75)
    if focused:
        edge = theme.color("accent")
    box = QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 2 if focused else 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    if bar is not None:
        side = box.right() - BAR - 3 if mirrored else box.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bar)
        painter.drawRoundedRect(QRectF(side, box.top() + 8, BAR, box.height() - 16), BAR / 2, BAR / 2)
    painter.restore()


def chip_font(font: QFont) -> QFont:
    """What chips are set in."""
    return scaled(font, 0.9)


def chip_height(font: QFont) -> int:
    """How high a chip is, under a body font."""
    return round(QFontMetricsF(chip_font(font)).height()) + 6


def chip_width(text: str, font: QFont, room: int, extra: int = 0) -> int:
    """How wide a chip is; `extra`: for what else it holds."""
    words = QFontMetricsF(chip_font(font)).horizontalAdvance(text)
    return min(round(words) + 2 * CHIP_PAD + extra, max(room, 24))


def chip_colors(color: Color | None, theme: Theme) -> tuple[QColor, QColor, QColor]:
    """Ground, edge and ink of a chip."""
    if color is None:
        return (
            mix(theme.color("raised"), theme.color("text"), 0.07),
            mix(theme.color("line"), theme.color("text"), 0.08),
            theme.color("text"),
        )
    fill, line = theme.highlight(color)
    return fill, mix(fill, line, 0.35), mix(line, theme.color("text"), 0.75)


def paint_chip(painter: QPainter, rect: QRectF, text: str, color: Color | None, theme: Theme, font: QFont) -> None:
    """Paint a chip; its words are elided in the middle of a path where they do not fit."""
    ground, edge, ink = chip_colors(color, theme)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    small = chip_font(font)
    painter.setFont(small)
    painter.setPen(ink)
    words = rect.adjusted(CHIP_PAD, 0, -CHIP_PAD + 2, 0)
    shown = QFontMetricsF(small).elidedText(text, Qt.TextElideMode.ElideMiddle, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)


def place_chips(texts: tuple[str, ...], font: QFont, width: int) -> tuple[list[QRect], int]:
    """Where chips go that flow in lines of `width`, from 0, 0; and how high they are together."""
    rects: list[QRect] = []
    x, y, height = 0, 0, chip_height(font)
    for text in texts:
        wide = chip_width(text, font, width)
        if x and x + wide > width:
            x, y = 0, y + height + 4
        rects.append(QRect(x, y, wide, height))
        x += wide + 4
    return rects, (y + height if rects else 0)


def note_font(font: QFont) -> QFont:
    """What notes are set in."""
    return scaled(font, 0.95)


def note_limit(font: QFont, note_lines: int) -> int:
    """How high a note may be on a card that nobody works on."""
    return ceil(QFontMetricsF(note_font(font)).lineSpacing() * note_lines)


def note_ink(theme: Theme) -> QColor:
    """The colour of notes: a shade lighter than quotes."""
    return mix(theme.color("text"), theme.color("faint"), 0.35)


def code_ground(theme: Theme) -> QColor:
    """What stands behind code in a note."""
    return mix(theme.color("raised"), theme.color("text"), 0.08)


def meta_font(font: QFont) -> QFont:
    """What dates are set in."""
    return scaled(font, 0.85)


def meta_height(font: QFont) -> int:
    """How high the last line of a card is: room for its buttons, so that nothing moves when they appear."""
    return max(24, ceil(QFontMetricsF(font).height()) + 4)
