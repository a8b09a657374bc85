"""Plain text laid out for painting: wrapped, at most so many lines, the last one elided."""

from collections.abc import Sequence
from math import ceil
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

# More than this many characters a line never fit in a panel; what is beyond is not laid out at all.
LINE_CHARACTERS = 400


class TextBlock:
    """Text in lines of `width`, as it will be painted. `max_lines` 0: as many as it takes.

    `marks`: runs of the text (start and end, in UTF-16 units) and the format they are set in.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        *,
        max_lines: int = 0,
        marks: Sequence[tuple[int, int, QTextCharFormat]] = (),
    ) -> None:
        self._font, self._width, self._marks = font, max(width, 1.0), marks
        shown = text[: max_lines * LINE_CHARACTERS] if max_lines else text
        self._layouts: list[QTextLayout] = []
        self.cut = len(shown) < len(text)
        self.height = 0.0
        self.lines = 0
        self._lay_out(shown.replace("\n", "\u2028").replace("\t", " "), max_lines)

    def draw(self, painter: QPainter, x: float, y: float, color: QColor) -> None:
        """Paint it with its top left corner at x, y."""
        painter.setPen(color)
        for layout in self._layouts:
            layout.draw(painter, QPointF(x, y))

    def _lay_out(self, text: str, max_lines: int) -> None:
        layout, ends = self._fill(text, 0, max_lines)
        self.lines = len(ends)
        fits = not ends or ends[-1] >= _units(text)
        if fits and not self.cut:
            self._layouts = [layout]
            return
        self.cut = True
        last = ends[-2] if len(ends) > 1 else 0
        top = layout.lineAt(len(ends) - 1).y()
        kept, self.height = _slice(text, 0, last), 0.0
        if kept:
            self._layouts.append(self._fill(kept.removesuffix("\u2028"), 0, 0)[0])
        self.height = top
        rest = _slice(text, last, None).replace("\u2028", " ").rstrip() + "…"
        for share in (1.0, 0.95, 0.9, 0.8):  # marked words may be wider than the font's measure says
            self.height = top
            room = self._width * share - 1
            elided = QFontMetricsF(self._font).elidedText(rest, Qt.TextElideMode.ElideRight, room)
            layout, ends = self._fill(elided, last, 1)
            if ends and ends[0] >= _units(elided):
                break
        self._layouts.append(layout)

    def _fill(self, text: str, offset: int, max_lines: int) -> tuple[QTextLayout, list[int]]:
        """Lay `text` out below what is there; gives where each line ends, in UTF-16 units of `text`."""
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(direction(text))
        right = option.textDirection() == Qt.LayoutDirection.RightToLeft
        option.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        layout.setTextOption(option)
        layout.setFormats(self._formats(offset, _units(text)))
        ends: list[int] = []
        layout.beginLayout()
        while not max_lines or len(ends) < max_lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, self.height))
            self.height += ceil(line.height() + line.leading())
            ends.append(line.textStart() + line.textLength())
        layout.endLayout()
        return layout, ends

    def _formats(self, offset: int, length: int) -> list[QTextLayout.FormatRange]:
        ranges = []
        for start, end, look in self._marks:
            first, last = max(start - offset, 0), min(end - offset, length)
            if first < last:
                run = QTextLayout.FormatRange()
                run.start, run.length, run.format = first, last - first, look
                ranges.append(run)
        return ranges


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _slice(text: str, start: int, end: int | None) -> str:
    if text.isascii():
        return text[start:end]
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * start : None if end is None else 2 * end].decode("utf-16-le", "surrogatepass")


def direction(text: str) -> Qt.LayoutDirection:
    """Which way a text runs, by its first letter that says so."""
    for letter in text[:LINE_CHARACTERS]:
        way = bidirectional(letter)
        if way in ("L", "R", "AL"):
            return Qt.LayoutDirection.LeftToRight if way == "L" else Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """The same font at another size, whichever unit its size is in."""
    other = QFont(font)
    if font.pixelSize() > 0:
        other.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        other.setPointSizeF(max(1.0, font.pointSizeF() * factor))
    if bold:
        other.setWeight(QFont.Weight.DemiBold)
    return other
