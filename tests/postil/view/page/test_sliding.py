from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QScrollEvent, QScrollPrepareEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import DARK, SEPIA, book, colors, paragraphs, picture, settle, shown, spread

from postil.view.page.window import MOST
from postil_db.records import EntityKind

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

BOOK = book(1_000_000)


def test_a_book_opens_at_its_place_with_little_of_it_laid_out(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK, position=4_000_000)
    assert page.position() <= 4_000_000 <= page.visible_range()[1]
    low, high = page.text.window_.range
    assert high - low < MOST
    assert page.text.document().characterCount() < MOST


def test_sliding_shows_the_same_as_a_fresh_page(qtbot: QtBot) -> None:
    """What is on screen after much scrolling is pixel for pixel what opening there shows, with 20,000 marks."""
    page = shown(qtbot, BOOK, position=2_000_000)
    highlights, mentions = spread(BOOK, 20_000)
    page.set_annotations(highlights)
    page.set_mentions(mentions)
    bar = page.text.verticalScrollBar()
    for step in [400] * 150 + [-650] * 180:
        bar.setValue(bar.value() + step)
    settle(qtbot, page)
    assert page.text.window_.range[0] < 2_000_000 - 20_000
    scrolled, place = picture(page), page.text.top()
    page.text.rebuild(place)
    settle(qtbot, page)
    assert page.text.top() == place
    assert picture(page) == scrolled
    tints = {page.text.formats.theme.entity(kind)[0].name() for kind in EntityKind}
    assert tints & colors(scrolled, scrolled.rect().adjusted(100, 100, -300, -300))


def test_what_is_in_view_does_not_move_when_the_window_slides(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK, position=3_000_000)
    before, place = picture(page), page.text.top()
    for direction in (1, -1) * 12 + (1,) * 20 + (-1,) * 20:
        page.text._slide(direction)
        assert page.text.top() == place
    assert picture(page) == before


def test_the_window_stays_small_however_far_one_reads(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK)
    bar = page.text.verticalScrollBar()
    for _ in range(900):
        bar.setValue(bar.value() + 500)
    low, high = page.text.window_.range
    assert low > 100_000
    assert high - low < MOST + 10_000
    window = page.text.window_
    for index in range(window.first, window.end, 17):
        assert window.block(index).text() == BOOK.blocks[index].text
        assert window.block(index).blockFormat().headingLevel() == BOOK.blocks[index].level
    assert window.block(window.first).blockFormat().lineHeight() > 0


@pytest.mark.parametrize("position", [0, 1_000_003, 5_000_000])
def test_zoom_theme_font_and_width_keep_the_place(qtbot: QtBot, position: int) -> None:
    page = shown(qtbot, BOOK, position=position)
    anchor = page.position()
    changes: list[Callable[[], object]] = [
        lambda: page.set_zoom(1.6),
        lambda: page.set_theme(DARK),
        lambda: page.resize(620, 700),
        lambda: page.set_zoom(0.7),
        lambda: page.resize(1200, 500),
        lambda: page.set_typography(replace(page.typography(), family="DejaVu Sans")),
        lambda: page.set_zoom(1.0),
    ]
    for change in changes:
        change()
        settle(qtbot, page)
        low, high = page.visible_range()
        assert low <= anchor <= high
        assert page.text.line_y(anchor) - page.text.verticalScrollBar().value() < 120


def test_the_scroll_bar_covers_the_whole_book(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK)
    bar = page.scroll_bar
    assert bar.maximum() > len(BOOK.text) * 0.99 - 4_000
    with qtbot.waitSignal(page.position_changed) as moved:
        bar.setValue(bar.maximum() // 2)
    assert abs(moved.args[0] - bar.maximum() // 2) < 200
    bar.setValue(bar.maximum())
    settle(qtbot, page)
    assert page.visible_range()[1] == len(BOOK.text)
    assert bar.value() == bar.maximum()
    bar.setValue(0)
    assert page.position() == 0


def test_a_short_text_scrolls_by_pixels(qtbot: QtBot) -> None:
    content = book(5_000)
    page = shown(qtbot, content)
    assert page.text.window_.whole
    assert page.scroll_bar.maximum() == page.text.verticalScrollBar().maximum()
    page.scroll_bar.setValue(137)
    assert page.text.verticalScrollBar().value() == 137


def test_home_end_space_and_page_keys_move_about(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK)
    QTest.keyClick(page.text, Qt.Key.Key_End)
    settle(qtbot, page)
    assert page.visible_range()[1] == len(BOOK.text)
    QTest.keyClick(page.text, Qt.Key.Key_Home)
    settle(qtbot, page)
    assert page.position() == 0
    assert page.text.verticalScrollBar().value() == 0
    last = page.visible_range()[1]
    QTest.keyClick(page.text, Qt.Key.Key_Space)
    assert 0 < page.position() <= last
    QTest.keyClick(page.text, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.position() == 0
    QTest.keyClick(page.text, Qt.Key.Key_PageDown)
    assert 0 < page.position() <= last


def test_arrows_start_where_the_reader_is(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK)
    page.go_to(2_000_000)
    settle(qtbot, page)
    low, high = page.visible_range()
    QTest.keyClick(page.text, Qt.Key.Key_Down)
    assert low <= page.text.chosen.caret <= high
    assert abs(page.position() - low) < 200


def test_going_to_a_passage_puts_it_in_the_upper_part(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK)
    height = page.text.viewport().height()
    for start in (3_000_000, 3_004_000, 100, 5_000_000):
        page.go_to(start, start + 30)
        words = page.text.bounds(start, start + 30)
        assert not words.isEmpty()
        assert words.top() < height * 0.75
    before = page.position()
    page.go_to(5_000_010, 5_000_030)
    assert page.position() == before


def test_a_flick_of_the_finger_moves_by_what_the_finger_did(qtbot: QtBot) -> None:
    page = shown(qtbot, BOOK, position=2_000_000)
    prepare = QScrollPrepareEvent(QPointF(100, 100))
    QApplication.sendEvent(page.text.viewport(), prepare)
    assert prepare.isAccepted()
    at = prepare.contentPos()
    before = page.text.verticalScrollBar().value()
    state = QScrollEvent.ScrollState
    scroll = QScrollEvent(QPointF(at.x(), at.y() + 73), QPointF(), state.ScrollStarted)
    QApplication.sendEvent(page.text.viewport(), scroll)
    assert page.text.verticalScrollBar().value() == before + 73


def test_a_paragraph_longer_than_the_view_keeps_exact_places(qtbot: QtBot) -> None:
    content = paragraphs("word " * 12_000, "end")
    page = shown(qtbot, content, position=30_000)
    assert page.position() <= 30_000 <= page.position() + 120
    page.set_zoom(1.4)
    assert page.position() <= 30_000 <= page.position() + 120


def test_a_theme_change_recolours_page_and_text(qtbot: QtBot) -> None:
    page = shown(qtbot, book(500))
    page.set_theme(SEPIA)
    image = picture(page)
    assert image.pixelColor(5, 5) == SEPIA.color("page")
    assert SEPIA.color("text").name() in colors(image, image.rect())
