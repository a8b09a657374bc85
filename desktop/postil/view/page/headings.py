"""Headings in a narrow column: set smaller, so that no word of them is broken."""

from PySide6.QtGui import QFont, QFontMetricsF

from postil.view.page.formats import HEADINGS, Formats
from postil_db.records import Block

_WIDEST = 0.75
"""Of an em: no letter of a heading's fonts is wider on an average of a word."""


def smaller(block: Block, formats: Formats) -> float:
    """The size of type in which a heading's longest word fits into the column; 0 where its own does, or nothing does.

    Never smaller than running text.
    """
    size = formats.em * HEADINGS.get(block.level, (1.0, 0.0))[0]
    words = block.text.split()
    longest = max(map(len, words), default=0)
    if size <= formats.em or longest * size * _WIDEST <= formats.room:
        return 0.0
    font = QFont(formats.font)
    font.setBold(True)
    font.setPixelSize(max(1, round(size)))
    metrics = QFontMetricsF(font)
    widest = max(metrics.horizontalAdvance(word) for word in words if len(word) * 2 > longest)
    return max(formats.em, size * (formats.room - 1) / widest) if widest > formats.room else 0.0
