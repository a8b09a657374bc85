"""Documents from right to left and in square letters, and paragraphs as in books."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import LIGHT, annotation, document, picture, settle, shown

from postil.view.page.direction import goes_left, is_mirrored
from postil.view.page.page import Page
from postil.view.page.typography import Typography, variety
from postil_db.records import Block, BlockKind, Color, Content, Document

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

HEBREW = "דרכי המסחר לאורך הנהר בשנת 1687"
MIXED = Content(
    (
        Block(BlockKind.HEADING, HEBREW, 1),
        Block(BlockKind.PARAGRAPH, "An English paragraph keeps to its own side."),
        Block(BlockKind.LIST_ITEM, HEBREW, 1, "1."),
        Block(BlockKind.QUOTE, HEBREW),
        Block(BlockKind.PARAGRAPH, "1687"),
        Block(BlockKind.CODE, "print(1)"),
        Block(BlockKind.TABLE_ROW, f"{HEBREW}\t1\tCittadella"),
        Block(BlockKind.TABLE_ROW, "אחת\t12\tLimena"),
    )
)
LEFTWARDS, RIGHTWARDS = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


def in_language(qtbot: QtBot, content: Content, language: str) -> Page:
    page = shown(qtbot, content)
    made = document(content)
    page.show_document(Document(replace(made.info, language=language), content))
    settle(qtbot, page)
    return page


def test_a_text_runs_as_its_first_letter_does() -> None:
    assert goes_left(f"1687: {HEBREW}", otherwise=False)
    assert not goes_left(f"1687 and {HEBREW}", otherwise=True)
    assert goes_left("1687", otherwise=True)
    assert not goes_left("1687", otherwise=False)
    assert is_mirrored("ar-EG", "English")
    assert not is_mirrored("en", HEBREW)
    assert is_mirrored("", f"{HEBREW} Bassano")
    assert not is_mirrored("", "")


def test_a_document_in_hebrew_is_mirrored_and_its_english_is_not(qtbot: QtBot) -> None:
    page = in_language(qtbot, MIXED, "he")
    window = page.text.window_
    ways = [window.block(index).blockFormat().layoutDirection() for index in range(6)]
    assert ways == [LEFTWARDS, RIGHTWARDS, LEFTWARDS, LEFTWARDS, LEFTWARDS, RIGHTWARDS]
    for index in (2, 3):
        form = window.block(index).blockFormat()
        assert form.rightMargin() >= form.leftMargin()
        assert form.rightMargin() > 0
    assert window.block(2).blockFormat().leftMargin() == 0
    columns = window.columns(6)
    assert list(columns.lefts) == sorted(columns.lefts, reverse=True)
    assert columns.lefts[0] + columns.widths[0] == pytest.approx(page.text.column_width)


def test_the_lines_of_marks_stand_on_the_side_where_the_reader_begins(qtbot: QtBot) -> None:
    line = LIGHT.highlight(Color.YELLOW)[1].name()
    for language, beyond in (("he", True), ("en", False)):
        page = in_language(qtbot, MIXED, language)
        page.set_annotations([annotation(1, 0, len(HEBREW))])
        image, text = picture(page), page.text
        y = text.bounds(0, 5).center().y()
        right = range(round(text.column_left + text.column_width) + 6, image.width())
        left = range(round(text.column_left) - 6)
        assert (line in {image.pixelColor(x, y).name() for x in right}) is beyond
        assert (line in {image.pixelColor(x, y).name() for x in left}) is not beyond


def test_square_letters_get_air_their_own_fonts_and_no_flush_lines(qtbot: QtBot) -> None:
    assert variety("zh", "這個國學會對發過") == "zh-hant"
    assert variety("zh", "这个国学会对发过") == "zh"
    assert variety("en", "這") == "en"
    typography = Typography(justified=True)
    assert typography.leading("zh-hant") == typography.leading("ja") > typography.leading("en")
    assert typography.may_justify("en")
    assert not typography.may_justify("zh-hant")
    content = Content((Block(BlockKind.PARAGRAPH, "每年春天，商队都要经过巴萨诺的老桥。" * 8),))
    for language, flush in (("zh", False), ("en", True)):
        page = in_language(qtbot, content, language)
        page.set_typography(typography)
        alignment = page.text.window_.block(0).blockFormat().alignment()
        assert bool(alignment & Qt.AlignmentFlag.AlignJustify) is flush


def test_paragraphs_are_indented_as_in_books_but_the_first_is_not(qtbot: QtBot) -> None:
    content = Content(
        (
            Block(BlockKind.HEADING, "A chapter", 2),
            *(Block(BlockKind.PARAGRAPH, f"Paragraph {n}. " * 20) for n in range(3)),
            Block(BlockKind.QUOTE, "A quotation."),
            Block(BlockKind.PARAGRAPH, "After it."),
        )
    )
    page = shown(qtbot, content)
    forms = [page.text.window_.block(n).blockFormat() for n in range(6)]
    assert {form.textIndent() for form in forms} == {0}
    assert forms[1].bottomMargin() > 10
    page.set_typography(replace(page.typography(), indented=True))
    forms = [page.text.window_.block(n).blockFormat() for n in range(6)]
    assert [form.textIndent() > 0 for form in forms] == [False, False, True, True, False, False]
    assert [form.bottomMargin() > 0 for form in forms] == [True, False, False, True, True, True]
