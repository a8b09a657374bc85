"""Text laid out for painting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextCharFormat
from pytestqt.qtbot import QtBot

from postil.view.panels.text_block import TextBlock, direction, scaled


def test_short_text_is_whole_and_long_text_is_cut(qtbot: QtBot) -> None:
    font = QFont()
    short, long = (
        TextBlock("A few words", font, 300, max_lines=3),
        TextBlock("Many words. " * 90, font, 300, max_lines=3),
    )
    assert (short.cut, short.lines) == (False, 1)
    assert (long.cut, long.lines) == (True, 3)
    assert long.height == pytest.approx(3 * short.height, abs=3)


def test_without_a_limit_nothing_is_cut(qtbot: QtBot) -> None:
    block = TextBlock("Many words. " * 90, QFont(), 300)
    assert not block.cut
    assert block.lines > 5


def test_wide_marks_do_not_push_the_dots_away(qtbot: QtBot) -> None:
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Black)
    text = "wide words everywhere " * 20
    block = TextBlock(text, QFont(), 240, max_lines=2, marks=[(0, len(text), bold)])
    assert block._layouts[-1].text().endswith("…")
    assert block._layouts[-1].lineAt(0).textLength() == len(block._layouts[-1].text())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(1, 400), st.integers(0, 4))
def test_any_text_can_be_laid_out_and_painted(text: str, width: int, lines: int) -> None:
    block = TextBlock(text.replace("\x00", ""), QFont(), width, max_lines=lines)
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    block.draw(painter, 0, 0, QColor("black"))
    painter.end()
    assert block.height >= 0
    assert not lines or block.lines <= lines


def test_the_first_letter_says_which_way_a_text_runs() -> None:
    assert direction("12 لقاء") == Qt.LayoutDirection.RightToLeft
    assert direction("“Kallas” لقاء") == Qt.LayoutDirection.LeftToRight
    assert direction("123") == Qt.LayoutDirection.LeftToRight


def test_fonts_scale_in_either_unit(qtbot: QtBot) -> None:
    pixels, points = QFont(), QFont()
    pixels.setPixelSize(20)
    points.setPointSizeF(10)
    assert scaled(pixels, 0.5).pixelSize() == 10
    assert scaled(points, 0.5).pointSizeF() == 5
    assert scaled(points, 1, bold=True).weight() == QFont.Weight.DemiBold
