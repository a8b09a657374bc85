from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import (
    DARK,
    LIGHT,
    annotation,
    colors,
    document,
    edge,
    mention,
    paragraphs,
    picture,
    settle,
    shown,
)

from postil.view.page.byline import byline
from postil.view.page.copying import as_html
from postil.view.page.find_text import TextFinder
from postil.view.page.page import Page
from postil.view.page.tips import tip_for
from postil_db.records import Block, BlockKind, Color, Content, EntityKind, Style, StyleKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

TEXT = "A link to a far place, and a name: Kaja Kallas."
SLANTED = (Style(0, 4, StyleKind.BOLD), Style(2, 16, StyleKind.ITALIC))
RICH = Content(
    (
        Block(BlockKind.HEADING, "A title", 1),
        Block(BlockKind.PARAGRAPH, TEXT, styles=(Style(2, 6, StyleKind.LINK, "https://example.org/x?a=1&b=2"),)),
        Block(BlockKind.LIST_ITEM, "first", 0, "1."),
        Block(BlockKind.LIST_ITEM, "second", 1, "•"),
        Block(BlockKind.QUOTE, "Said by somebody."),
        Block(BlockKind.CODE, "if x:", styles=()),
        Block(BlockKind.CODE, "    y = 1"),
        Block(BlockKind.TABLE_ROW, "cell\tother\tthird"),
        Block(BlockKind.TABLE_ROW, "1\t2\t3"),
        Block(BlockKind.RULE, ""),
        Block(BlockKind.PARAGRAPH, "bold and slanted", 0, "", SLANTED),
    )
)


def click(page: Page, offset: int) -> None:
    QTest.mouseClick(
        page.text.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        edge(page, offset) + QPoint(3, 0),
    )


def test_every_kind_of_block_shows_exactly_its_text(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    assert page.text.document().toPlainText() == RICH.text.replace("\t", "\n")  # a cell is a line of its own
    for start in range(len(RICH.text)):
        assert page.text.window_.offset(page.text.window_.position(start)) == start
    page.select(0, len(RICH.text))
    assert page.selected_text() == RICH.text


def test_list_markers_are_painted_but_no_text(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    area = page.text.bounds(RICH.text.index("first"), RICH.text.index("first") + 5)
    area.setRect(area.left() - 30, area.top(), 28, area.height())
    assert len(colors(picture(page), area)) > 3
    assert "1." not in page.text.document().toPlainText()


def test_line_breaks_inside_a_block_keep_offsets_true(qtbot: QtBot) -> None:
    content = Content((Block(BlockKind.CODE, "one\ntwo\r\nthree \ufdd0 four"), Block(BlockKind.PARAGRAPH, "after")))
    page = shown(qtbot, content)
    assert page.text.document().blockCount() == 2
    start = content.text.index("four")
    page.select(start, start + 4)
    assert page.text.textCursor().selectedText() == "four"
    assert page.selected_text() == "four"


def test_nothing_a_document_refers_to_is_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(qtbot, RICH)
    there = tmp_path / "x.png"
    assert QImage(9, 9, QImage.Format.Format_RGB32).save(str(there))
    for address in (QUrl.fromLocalFile(str(there)), QUrl("https://example.org/x.png")):
        kind = QTextDocument.ResourceType.ImageResource
        image = page.text.document().resource(kind.value, address)
        assert isinstance(image, QImage)
        assert image.width() == 1


def test_a_link_is_told_and_not_followed(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    with qtbot.waitSignal(page.link_clicked) as clicked:
        click(page, RICH.text.index("link"))
    assert clicked.args == ["https://example.org/x?a=1&b=2"]
    assert page.text.document().toPlainText() == RICH.text.replace("\t", "\n")  # a cell is a line of its own


def test_a_click_tells_the_shortest_mark(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    name = RICH.text.index("Kaja")
    far = RICH.text.index("far")
    page.set_annotations([annotation(4, far, name + 11)])
    page.set_mentions([mention(name, name + 11, entity=9)])
    with qtbot.waitSignal(page.mention_clicked) as mentioned:
        click(page, name + 2)
    assert mentioned.args == [9, name, name + 11]
    with qtbot.waitSignal(page.annotation_clicked) as annotated:
        click(page, far)
    assert annotated.args == [4]
    page.set_annotations([annotation(4, name, name + 11)])
    with qtbot.waitSignal(page.annotation_clicked):
        click(page, name + 2)


def test_clicks_take_turns_among_overlapping_highlights(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    far = RICH.text.index("far")
    page.set_annotations([annotation(1, far, far + 9), annotation(2, far, far + 20)])
    told: list[int] = []
    page.annotation_clicked.connect(told.append)
    page.annotation_clicked.connect(page.set_current_annotation)
    for _ in range(3):
        click(page, far + 2)
        QApplication.processEvents()
    assert told == [1, 2, 1]


def test_the_pointer_tells_marks_from_text(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    name = RICH.text.index("Kaja")
    page.set_mentions([mention(name, name + 11)])
    viewport = page.text.viewport()
    QTest.mouseMove(viewport, edge(page, name) + QPoint(5, 0))
    qtbot.waitUntil(lambda: viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    QTest.mouseMove(viewport, edge(page, RICH.text.index("far")) + QPoint(5, 0))
    qtbot.waitUntil(lambda: viewport.cursor().shape() is Qt.CursorShape.IBeamCursor)


def test_tips_tell_kind_and_name_and_notes_as_plain_text(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    name = RICH.text.index("Kaja")
    page.set_annotations([annotation(1, name, name + 11, note="<b>1 & 2</b>")])
    page.set_mentions([mention(name, name + 11, EntityKind.ORG)])
    tip = tip_for(page.text.overlay.highlights_at(name), page.text.overlay.name_at(name), "")
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in tip
    assert "Organisation" in tip
    assert "Somebody" in tip
    assert tip_for([], None, "") == ""
    QToolTip.hideText()


def test_finding_counts_boxes_and_steps(qtbot: QtBot) -> None:
    content = paragraphs(*(f"Number {n} of the STONE and a stone." for n in range(200)))
    page = shown(qtbot, content)
    plain = picture(page)
    QTest.keyClick(page.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = page.find_bar.field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "stone")
    assert page.find_bar.count.text() == "1 of 400"
    settle(qtbot, page)
    assert LIGHT.color("hit").name() in colors(picture(page), picture(page).rect())
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.find_bar.count.text() == "2 of 400"
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.find_bar.count.text() == "399 of 400"
    hit = page.text.overlay.manner.hit
    assert hit is not None
    assert not page.text.bounds(*hit).isEmpty()
    field.setText("nowhere to be found")
    assert page.find_bar.count.text() == "Not found"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not page.find_bar.isVisible()
    qtbot.waitUntil(page.text.hasFocus)
    page.go_to(0)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: picture(page) == plain)


def test_finding_begins_at_what_is_in_view_with_what_is_selected(qtbot: QtBot) -> None:
    content = paragraphs(*(f"Number {n} of the stone." for n in range(300)))
    page = shown(qtbot, content)
    start = content.text.index("Number 150")
    page.select(start + 18, start + 23)
    page.go_to(start)
    page.show_find()
    assert page.find_bar.field.text() == "stone"
    assert page.find_bar.count.text() == "151 of 300"


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("Straße STRASSE straße", "STRASSE", [(7, 14)]),
        ("İstanbul istanbul", "ISTANBUL", [(9, 17)]),
        ("aaaa", "aa", [(0, 2), (2, 4)]),
        ("a.b*c", ".b*", [(1, 4)]),
        ("\U0001f600 smile", "SMILE", [(2, 7)]),
        ("text", "", []),
    ],
)
def test_words_are_found_whatever_their_case(text: str, words: str, places: list[tuple[int, int]]) -> None:
    assert TextFinder(paragraphs(text)).find(words) == places


def test_zoom_by_keys_and_wheel(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(page.zoom_changed) as zoomed:
        QTest.keyClick(page.text, Qt.Key.Key_Plus, control)
    assert zoomed.args == [1.1]
    QTest.keyClick(page.text, Qt.Key.Key_Minus, control)
    QTest.keyClick(page.text, Qt.Key.Key_Minus, control)
    assert page.zoom() == 0.9
    QTest.keyClick(page.text, Qt.Key.Key_0, control)
    assert page.zoom() == 1.0
    before = page.text.line_y(RICH.text.index("second"))
    here = QPointF(page.text.viewport().rect().center())
    wheel = QWheelEvent(
        here,
        page.text.viewport().mapToGlobal(here),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        control,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.text.viewport(), wheel)
    assert page.zoom() == 1.1
    assert page.text.line_y(RICH.text.index("second")) > before
    page.set_zoom(99)
    assert page.zoom() < 5


def test_dropped_files_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(qtbot, RICH)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.html")), QUrl("https://example.org/")])
    for target in (page, page.text.viewport()):
        held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, *held)
        drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, *held, QEvent.Type.Drop)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        with qtbot.waitSignal(page.files_dropped) as told:
            QApplication.sendEvent(target, drop)
        assert told.args == [[tmp_path / "a.html"]]


def test_without_a_document_the_page_says_how_to_begin(qtbot: QtBot) -> None:
    page = Page(DARK)
    qtbot.addWidget(page)
    page.resize(700, 500)
    with qtbot.waitExposed(page):
        page.show()
    assert page.hint.isVisible()
    assert "Open a file" in page.accessibleName()
    image = page.grab().toImage()
    assert image.pixelColor(4, 4) == DARK.color("page")
    assert DARK.color("text").name() in colors(image, image.rect())
    page.show_document(document(RICH))
    assert not page.hint.isVisible()
    assert page.accessibleName() == "A title"
    page.show_document(None)
    assert page.hint.isVisible()


def test_a_document_without_text_does_no_harm(qtbot: QtBot) -> None:
    page = shown(qtbot, Content(()))
    page.set_annotations([annotation(1, 0, 5, Color.BLUE)])
    page.go_to(10)
    assert page.visible_range() == (0, 0)


def test_the_byline_is_painted_and_no_text(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    plain = page.text.line_y(RICH.text.index("A link"))
    page.show_document(document(RICH, byline="yes"))
    settle(qtbot, page)
    assert page.text.byline == "A. Writer  ·  " + byline(document(RICH, byline="yes").info).rpartition("·  ")[2]
    assert page.text.document().toPlainText() == RICH.text.replace("\t", "\n")  # a cell is a line of its own
    assert page.text.line_y(RICH.text.index("A link")) > plain + 20


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("https://www.example.org/a/b?c", "someday  ·  example.org"),
        ("HTTP://user:secret@Example.org:8080/x", "someday  ·  example.org"),
        ("/home/somebody/texts/essay.md", "someday  ·  essay.md"),
        ("", "someday"),
    ],
)
def test_the_byline_tells_the_site_or_the_file(source: str, told: str) -> None:
    info = replace(document(RICH).info, source=source, published="someday")
    assert byline(info) == told


def test_a_copied_passage_keeps_its_form_as_html() -> None:
    start, end = RICH.text.index("link"), RICH.text.index("second") + 3
    html = as_html(RICH, start, end)
    assert '<a href="https://example.org/x?a=1&amp;b=2">link</a>' in html
    assert "<p>1. first</p>" in html
    assert html.endswith("<p>• sec</p>")
    assert as_html(RICH, 0, 7) == "<h1>A title</h1>"
    assert "<b>bo</b>" in as_html(RICH, RICH.text.index("bold"), len(RICH.text))


def test_marks_beyond_the_end_are_cut_or_left_out(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    length = len(RICH.text)
    page.set_annotations([annotation(1, length - 4, length + 50), annotation(2, length + 5, length + 9)])
    assert page.text.overlay.highlight(1) is not None
    assert page.text.overlay.highlight(2) is None


def test_showing_another_document_forgets_the_marks_of_the_last(qtbot: QtBot) -> None:
    page = shown(qtbot, RICH)
    plain = picture(page)
    page.set_annotations([annotation(1, 0, 30)])
    page.select(2, 9)
    page.show_document(document(RICH))
    settle(qtbot, page)
    assert page.selection() == (0, 0)
    qtbot.waitUntil(lambda: picture(page) == plain)
