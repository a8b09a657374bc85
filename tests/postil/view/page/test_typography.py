from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import LIGHT, annotation, book, colors, document, edge, picture, settle, shown

from postil.view.look.contrast import contrast
from postil.view.look.fonts import READING
from postil.view.look.theme import Theme, themes
from postil.view.page.formats import Formats
from postil.view.page.typography import Typography
from postil_db.records import Block, BlockKind, Color, Content, Document

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def test_the_defaults_are_a_good_book_page(qtbot: QtBot) -> None:
    page = shown(qtbot, book(200))
    assert page.typography() == Typography(READING, 1.0, 66, 1.5, False)


def test_measure_and_line_height_change_the_column_and_keep_the_place(qtbot: QtBot) -> None:
    page = shown(qtbot, book(20_000), position=40_000)
    place, wide = page.position(), page.text.column_width
    page.set_typography(Typography(measure=45, line=1.9))
    settle(qtbot, page)
    assert page.text.column_width == pytest.approx(wide * 45 / 66, rel=0.02)
    assert abs(page.position() - place) < 200
    block = page.text.window_.block(page.text.content.block_at(place))
    assert block.blockFormat().lineHeight() == round(18 * 1.9)
    page.set_typography(Typography(measure=1, line=9))
    assert page.text.formats.measure == 40
    assert page.text.window_.block(page.text.window_.first + 1).blockFormat().lineHeight() <= 18 * 2.2 + 1


def test_zoom_and_font_are_parts_of_it(qtbot: QtBot) -> None:
    page = shown(qtbot, book(200))
    with qtbot.waitSignal(page.zoom_changed) as told:
        page.set_typography(replace(page.typography(), zoom=1.4, justified=True))
    assert told.args == [1.4]
    page.set_typography(replace(page.typography(), family="DejaVu Sans"))
    assert page.typography() == Typography("DejaVu Sans", 1.4, 66, 1.5, True)
    page.set_zoom(99)
    assert page.zoom() == 3.2


def test_marks_and_selections_are_exact_in_justified_text(qtbot: QtBot) -> None:
    content = book(300)
    page = shown(qtbot, content)
    page.set_typography(Typography(justified=True))
    settle(qtbot, page)
    block = page.text.window_.block(1)
    first = block.layout().lineAt(0)
    assert first.width() - first.naturalTextWidth() > 2, "else this line shows nothing"
    end = content.starts[1] + first.textLength() - 1
    page.set_annotations([annotation(1, end - 9, end, Color.BLUE)])
    right = page.text.column_left + page.text.column_width
    post = QRect(round(right) - 4, edge(page, end - 3).y() - 6, 7, 6)
    assert LIGHT.highlight(Color.BLUE)[1].name() in colors(picture(page), post)
    viewport, none, left = page.text.viewport(), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, none, edge(page, end - 20))
    QTest.mouseMove(viewport, edge(page, end - 10))
    QTest.mouseMove(viewport, edge(page, end - 4))
    QTest.mouseRelease(viewport, left, none, edge(page, end - 4))
    assert page.selection() == (end - 20, end - 4)


@pytest.mark.parametrize(("language", "line"), [("en", 27), ("zh", 31), ("he", 27)])
def test_a_language_gets_its_line_height_and_fonts_that_exist(qtbot: QtBot, language: str, line: int) -> None:
    page = shown(qtbot, book(200))
    plain = document(book(200))
    page.show_document(Document(replace(plain.info, language=language), plain.content))
    assert page.text.window_.block(1).blockFormat().lineHeight() == line
    families = page.text.formats.font.families()
    assert families[0] == READING
    assert families[-1] == "serif"


@pytest.mark.parametrize("theme", themes().values(), ids=lambda theme: theme.name)
def test_captions_are_readable_on_the_page_and_on_every_highlight(theme: Theme) -> None:
    formats = Formats(theme)
    for ground in (formats.paper, *(theme.highlight(color)[0] for color in Color)):
        assert contrast(formats.soft, ground) >= 4.5


def test_in_a_narrow_column_a_heading_is_set_smaller_rather_than_broken_inside_a_word(qtbot: QtBot) -> None:
    content = Content((Block(BlockKind.HEADING, "A Footnotetables heading", 1), Block(BlockKind.PARAGRAPH, "Text.")))
    page = shown(qtbot, content)
    wide = page.text.window_.size(0)
    page.resize(330, 500)
    page.set_zoom(1.4)
    layout = page.text.window_.block(0).layout()
    ends = [layout.lineAt(n).textStart() + layout.lineAt(n).textLength() for n in range(layout.lineCount())]
    assert all(content.text[end - 1] in " g" for end in ends), "lines end behind words"
    assert page.text.formats.em <= page.text.window_.size(0) < wide * 1.4
