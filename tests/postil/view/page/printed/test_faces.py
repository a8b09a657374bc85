from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import DARK, LIGHT, annotation, colors
from tests.postil.view.page.printed import paper

from postil.documents.faults import Broken
from postil.documents.printing import Raster
from postil.view.look.contrast import AA, contrast
from postil.view.look.theme import Theme
from postil.view.page.faces import PrintManner
from postil.view.page.printed import rasters
from postil.view.page.printed.paper import paper_for
from postil.view.page.printed.reading import PrintedReading
from postil.view.page.printed.zooming import Fit
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG = paper.printed(*([f"Page {n} begins with this. " * 8, f"And page {n} ends with that. " * 20] for n in range(30)))


def picture(view: PrintedReading) -> QImage:
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_turning_keeps_the_passage_in_view_both_ways(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    for at in (LONG.pages[3].start, LONG.pages[17].start + 400, LONG.pages[28].start + 9):
        page.set_printed(False)
        page.go_to(at)
        begins = page.position()
        page.set_printed(True)
        assert abs(page.position() - begins) < 70  # the line of print that holds the line of text, or the next one
        for _ in range(3):
            page.set_printed(False)
            assert abs(page.position() - begins) < 2
            page.set_printed(True)
            assert abs(page.position() - begins) < 70
        page.set_printed(True)
    assert view is page.faces.now


def test_one_annotation_and_one_selection_show_in_both(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    page.set_annotations([annotation(1, 5, 40, Color.PINK)])
    fill = LIGHT.highlight(Color.PINK)[0].name()
    area = view.bounds(10, 35)
    assert fill in colors(picture(view), area)
    page.select(50, 60)
    page.set_printed(False)
    assert page.selection() == (50, 60)
    assert page.text.textCursor().selectedText() == LONG.content.text[50:60]
    text = page.text.viewport().grab().toImage()
    assert fill in colors(text, page.text.bounds(10, 35))
    page.set_annotations([])
    page.set_printed(True)
    assert fill not in colors(picture(view), area)


def test_what_is_found_is_brought_into_view_and_framed(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    page.show_find()
    page.find_bar.field.setText("page 21 ends")
    start = LONG.content.text.index("page 21 ends")
    assert page.finding.hits[0] == (start, start + 12)
    assert view.line_in_view(start)
    assert LIGHT.color("hit").name() in colors(picture(view), view.bounds(start, start + 12).adjusted(-4, -4, 4, 4))
    page.find_bar.close_bar()
    assert view.hasFocus()


def test_ctrl_and_the_wheel_zoom_to_the_pointer(qtbot: QtBot) -> None:
    _, view = paper.shown(qtbot, LONG)
    view.go_to_page(4)
    at = QPointF(420, 300)
    page, x, y = view.on_page(at)
    for step in (1, 1, 1, -1):
        view.step_zoom(step, at)
        now = view.on_page(at)
        assert now[0] == page
        assert abs(now[1] - x) < 2
        assert abs(now[2] - y) < 2
    assert view.fit is Fit.FREE


def test_resizing_keeps_the_line_at_the_top(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    page.go_to(LONG.pages[9].start + 500)
    view.scroll_to(view.place)
    before = view.on_page(QPointF(view.viewport().width() / 2, 1))
    page.resize(600, 500)
    after = view.on_page(QPointF(view.viewport().width() / 2, 1))
    assert after[0] == before[0]
    assert abs(after[2] - before[2]) < 3


def test_beside_a_wider_page_the_others_stand_in_the_middle_of_the_view(qtbot: QtBot) -> None:
    wide = replace(LONG.pages[5], width=2 * paper.WIDTH)
    mixed = replace(LONG, pages=(*LONG.pages[:5], wide, *LONG.pages[6:]))
    page, view = paper.shown(qtbot, mixed)
    for size in ((800, 700), (640, 700)):
        page.resize(*size)
        assert abs(view.area(0).center().x() - view.viewport().width() / 2) < 2
        assert view.area(0).left() >= 0


def test_the_field_at_the_foot_goes_to_a_page(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    side = page.faces.side
    assert side is not None
    field = side.foot.field
    assert field.text() == "1"
    side.foot.ask_page()
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert view.page() == 11
    assert field.text() == "12"
    assert view.hasFocus()
    side.foot.buttons["next"].click()
    assert field.text() == "13"


def test_pairs_and_whole_pages_are_chosen_and_told(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    side = page.faces.side
    assert side is not None
    with qtbot.waitSignal(page.faces.manner_changed) as told:
        side.foot.buttons["two_pages"].click()
    assert told.args == [PrintManner(two=True)]
    assert len(view.sheets.row(3)) == 2
    side.foot.buttons["fit_page"].click()
    assert page.faces.manner == PrintManner(fit="page", two=True)
    assert view.area(0).height() <= view.viewport().height()


def test_tops_are_those_of_the_lines_in_view(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG)
    here, far = view.place.offset, LONG.pages[25].start
    top, none = page.tops([here, far])
    line = view.line(here)
    assert line is not None
    assert top == line.top()
    assert none is None
    with qtbot.waitSignal(page.scrolled):
        view.verticalScrollBar().setValue(40)
    assert page.tops([here])[0] == pytest.approx(top - 40)


def test_few_pictures_are_kept_and_those_in_view_always(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasters, "MOST_MB", 6)
    _, view = paper.shown(qtbot, LONG)
    kept = view.rasters
    assert kept is not None
    for at in range(0, 30, 4):
        view.go_to_page(at)
        paper.settle(qtbot, view)
        qtbot.waitUntil(lambda: not kept._asked)
    one = 800 * 800 * 792 / 612 * 4 / 1e6
    assert kept.megabytes() <= 6 + one * len(view.in_view())


def test_a_page_that_cannot_be_drawn_says_so_and_keeps_its_text(qtbot: QtBot) -> None:
    class Torn(paper.BlankPrinter):
        def draw(self, page: int, width: int) -> Raster:
            if page == 0:
                raise Broken("Page 1 is damaged and cannot be drawn.")
            return super().draw(page, width)

    page, view = paper.shown(qtbot, LONG)
    page.faces.set_pages(LONG.pages, Torn())
    page.set_printed(True)
    kept = view.rasters
    assert kept is not None
    qtbot.waitUntil(lambda: kept.fault(0) == "Page 1 is damaged and cannot be drawn.")
    assert view.offset_at(view.bounds(0, 1).center()) == 0


@pytest.mark.parametrize("white", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_print_is_readable_on_every_paper_and_every_highlight(theme: Theme, white: bool) -> None:
    made = paper_for(theme, white=white)
    width = 8
    raster = Raster(width, 2, width * 4, b"\xff" * (width * 4) + b"\0" * (width * 4))
    drawn = made.finish(raster)
    sheet, ink = drawn.pixelColor(2, 0), drawn.pixelColor(2, 1)
    assert sheet.name() == made.sheet.name()
    assert contrast(ink, sheet) > 7
    for color in Color:
        fill = made.theme.highlight(color)[0]
        ground, letter = blended(fill, sheet, dark=made.dark), blended(fill, ink, dark=made.dark)
        assert contrast(letter, ground) >= AA


@pytest.mark.parametrize("color", ["#0000ee", "#00007f", "#c00000", "#551a8b"])
def test_coloured_print_is_readable_on_dark_paper(color: str) -> None:
    made, ink = paper_for(DARK, white=False), QColor(color)
    one = bytes((ink.blue(), ink.green(), ink.red(), 255))
    drawn = made.finish(Raster(4, 2, 16, one * 4 + b"\0\xff\xff\xff" * 4))
    words, marker = drawn.pixelColor(1, 0), drawn.pixelColor(1, 1)
    assert contrast(words, made.sheet) >= AA
    assert abs(words.hslHue() - ink.hslHue()) < 12
    assert contrast(made.ink, marker) >= 3, "what lies on yellow"


def blended(fill: QColor, under: QColor, *, dark: bool) -> QColor:
    """What screen (dark) or multiply make of two colours."""

    def one(a: float, b: float) -> float:
        return 1 - (1 - a) * (1 - b) if dark else a * b

    pairs = ((fill.redF(), under.redF()), (fill.greenF(), under.greenF()), (fill.blueF(), under.blueF()))
    return QColor.fromRgbF(*(one(a, b) for a, b in pairs))


def test_on_dark_paper_a_highlight_has_the_themes_own_colour(qtbot: QtBot) -> None:
    page, view = paper.shown(qtbot, LONG, theme=DARK)
    page.set_annotations([annotation(1, 0, 50, Color.GREEN)])
    assert (
        picture(view).pixelColor(view.area(0).toRect().topLeft() + QPoint(30, 60)).name() == DARK.color("page").name()
    )
    found = [QColor(name) for name in colors(picture(view), view.bounds(5, 45))]
    wanted = DARK.highlight(Color.GREEN)[0]
    assert any(abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) < 6 for one in found)


def test_hidden_pages_keep_neither_pictures_nor_a_process(qtbot: QtBot) -> None:
    printer = paper.BlankPrinter()
    page, view = paper.shown(qtbot, LONG, printer=printer)
    kept = view.rasters
    assert kept is not None
    stopped = printer.stopped
    page.set_printed(False)
    assert kept.megabytes() == 0
    assert printer.stopped > stopped


def test_a_document_without_pages_stays_as_it_is(qtbot: QtBot) -> None:
    page, _ = paper.shown(qtbot, LONG)
    page.show_document(None)
    page.set_printed(True)
    assert not page.printed
