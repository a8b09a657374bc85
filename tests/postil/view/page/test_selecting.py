import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import annotation, book, edge, paragraphs, picture, settle, shown

from postil_db.records import Color, Content

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TORTURE = paragraphs(
    "Plain words to begin with, and enough of them to fill more than a single line of the page, so that it wraps.",
    f"Emoji \U0001f600 in a row \U0001f1ee\U0001f1f3 and a family {FAMILY} end.",
    "Combining: e\u0301te\u0301 a\u0308 o\u0308, Z\u0351\u036bA\u0334 done.",
    "עברית עם Kallas באמצע המשפט ועוד מילים",
    "印度与欧盟 \U00020000\U00020001 签署",
    "Last line of all.",
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def drag(page_text: object, start: QPoint, end: QPoint) -> None:
    viewport = page_text.viewport()  # type: ignore[attr-defined]
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def test_selecting_by_mouse_gives_exact_offsets(qtbot: QtBot) -> None:
    page = shown(qtbot, TORTURE)
    text = TORTURE.text
    for words in ("to begin with", "\U0001f600 in", "row \U0001f1ee\U0001f1f3 and", "done", "签署", "Last line"):
        start = text.index(words)
        end = start + len(words)
        with qtbot.waitSignal(page.selection_changed):
            drag(page.text, edge(page, start), edge(page, end))
        assert page.selection() == (start, end)
        assert page.selected_text() == words
        page.clear_selection()


def test_selecting_across_blocks_keeps_the_line_break(qtbot: QtBot) -> None:
    page = shown(qtbot, TORTURE)
    start, end = TORTURE.text.index("wraps"), TORTURE.text.index(" in a row")
    drag(page.text, edge(page, start), edge(page, end))
    assert page.selected_text() == "wraps.\nEmoji \U0001f600"


def test_any_offset_goes_to_the_document_and_back(qtbot: QtBot) -> None:
    page = shown(qtbot, TORTURE)
    window = page.text.window_
    assert [window.offset(window.position(at)) for at in range(len(TORTURE.text) + 1)] == list(
        range(len(TORTURE.text) + 1)
    )


def test_a_double_click_selects_a_word(qtbot: QtBot) -> None:
    page = shown(qtbot, TORTURE)
    at = edge(page, TORTURE.text.index("begin") + 2)
    QTest.mouseDClick(page.text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert page.selected_text() == "begin"


def test_selecting_by_keyboard_never_stops_inside_a_character(qtbot: QtBot) -> None:
    page = shown(qtbot, TORTURE)
    start = TORTURE.text.index(FAMILY)
    page.select(start, start)
    page.text.setFocus()
    QTest.keyClick(page.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected_text() == FAMILY
    QTest.keyClick(page.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected_text() == FAMILY + " "
    QTest.keyClick(page.text, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected_text() == FAMILY + " end."


def test_shift_and_down_keep_the_anchor_over_the_edge_of_the_window(qtbot: QtBot) -> None:
    content = book(60_000)
    page = shown(qtbot, content, position=100_000)
    anchor = page.position()
    page.select(anchor, anchor)
    lines, last = 0, page.text.window_.end
    while page.text.window_.end < last + 20 and lines < 600:
        QTest.keyClick(page.text, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        lines += 1
    start, end = page.selection()
    assert start == anchor
    assert end > anchor + 20 * lines
    low, high = page.visible_range()
    assert low <= end <= high


def test_a_drag_with_the_wheel_keeps_both_ends_exact_beyond_the_window(qtbot: QtBot) -> None:
    content = book(80_000)
    page = shown(qtbot, content, position=60_000)
    viewport, none = page.text.viewport(), Qt.KeyboardModifier.NoModifier
    start = page.position() + 40
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, none, edge(page, start))
    QTest.mouseMove(viewport, QPoint(400, 300))
    for _ in range(400):
        page.text.verticalScrollBar().setValue(page.text.verticalScrollBar().value() + 120)
    end = page.text.top().offset + 900
    QTest.mouseMove(viewport, edge(page, end))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, none, edge(page, end))
    assert end > start + 50_000
    assert page.selection() == (start, end)
    page.text.copy_selection()
    assert QGuiApplication.clipboard().text() == content.text[start:end]


def test_everything_is_selected_and_copied_beyond_the_window(qtbot: QtBot) -> None:
    content = book(50_000)
    page = shown(qtbot, content)
    assert not page.text.window_.whole
    QTest.keyClick(page.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.selection() == (0, len(content.text))
    QTest.keyClick(page.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == content.text


def test_what_is_copied_is_exactly_the_text(qtbot: QtBot) -> None:
    page = shown(qtbot, TORTURE)
    rnd = random.Random(3)
    for _ in range(30):
        start, end = sorted(rnd.sample(range(len(TORTURE.text)), 2))
        page.select(start, end)
        page.text.copy_selection()
        assert QGuiApplication.clipboard().text() == TORTURE.text[start:end]


def test_control_shift_end_selects_to_the_end_of_the_book(qtbot: QtBot) -> None:
    content = book(40_000)
    page = shown(qtbot, content, position=20_000)
    at = page.position()
    page.select(at, at)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.text, Qt.Key.Key_End, both)
    assert page.selection() == (at, len(content.text))
    QTest.keyClick(page.text, Qt.Key.Key_Home, both)
    assert page.selection() == (0, at)


def test_a_selection_survives_while_the_reader_scrolls_away_and_back(qtbot: QtBot) -> None:
    content = book(80_000)
    page = shown(qtbot, content, position=50_000)
    page.select(50_100, 50_300)
    page.go_to(400_000)
    settle(qtbot, page)
    assert not page.text.holds(50_100)
    assert page.selected_text() == content.text[50_100:50_300]
    page.go_to(50_000)
    assert page.text.textCursor().selectedText() == content.text[50_100:50_300].replace("\n", "\u2029")


@pytest.fixture
def marked_text() -> Content:
    return paragraphs(*(f"Line {n} has some words that a reader may select." for n in range(40)))


def test_the_toolbar_appears_beside_the_selection_and_never_over_it(qtbot: QtBot, marked_text: Content) -> None:
    page = shown(qtbot, marked_text)
    bar, viewport, over = page.text.bar, page.text.viewport(), page.text._over
    for line in ("Line 0 has", "Line 5 has", "Line 9 has"):
        start = marked_text.text.index(line)
        drag(page.text, edge(page, start), edge(page, start + 6))
        qtbot.waitUntil(bar.isVisible)
        words = page.text.bounds(start, start + 6).translated(viewport.mapTo(over, QPoint(0, 0)))
        assert not words.isEmpty()
        assert not bar.geometry().intersects(words)
        assert over.rect().contains(bar.geometry())


def test_the_toolbar_leaves_on_escape_click_and_scroll(qtbot: QtBot, marked_text: Content) -> None:
    page = shown(qtbot, marked_text)
    bar = page.text.bar

    def offer() -> None:
        page.select(60, 80)
        page.text.offer_marks()
        assert bar.isVisible()

    offer()
    QTest.keyClick(page.text, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert page.selection() == (60, 80)
    QTest.keyClick(page.text, Qt.Key.Key_Escape)
    assert page.selection() == (80, 80)
    offer()
    QTest.mouseClick(page.text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge(page, 200))
    assert not bar.isVisible()
    offer()
    page.text.verticalScrollBar().setValue(90)
    assert not bar.isVisible()


def test_the_toolbar_appears_after_selecting_by_keyboard(qtbot: QtBot, marked_text: Content) -> None:
    page = shown(qtbot, marked_text)
    page.select(60, 60)
    for _ in range(4):
        QTest.keyClick(page.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(page.text.bar.isVisible)
    assert page.selection() == (60, 64)


def test_the_toolbar_asks_for_what_its_buttons_say(qtbot: QtBot, marked_text: Content) -> None:
    page = shown(qtbot, marked_text)
    page.select(60, 80)
    page.text.offer_marks()
    bar = page.text.bar
    for color, dot in bar.dots.items():
        with qtbot.waitSignal(page.mark_requested) as asked:
            QTest.mouseClick(dot, Qt.MouseButton.LeftButton)
        assert asked.args == [color]
    with qtbot.waitSignal(page.tag_requested):
        QTest.mouseClick(bar.buttons["tag"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.note_requested):
        QTest.mouseClick(bar.buttons["note"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.buttons["copy"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == marked_text.text[60:80]


def test_keys_ask_for_marks_whether_or_not_something_is_selected(qtbot: QtBot, marked_text: Content) -> None:
    """Without a selection they are meant for the current annotation, which the page's owner knows."""
    page = shown(qtbot, marked_text)
    with qtbot.waitSignal(page.mark_requested):
        QTest.keyClick(page.text, Qt.Key.Key_1)
    page.select(0, 4)
    for key, color in zip(range(Qt.Key.Key_1, Qt.Key.Key_6), Color, strict=True):
        with qtbot.waitSignal(page.mark_requested) as asked:
            QTest.keyClick(page.text, Qt.Key(key))
        assert asked.args == [color]


def test_every_other_key_of_the_page_asks_for_its_act(qtbot: QtBot, marked_text: Content) -> None:
    page = shown(qtbot, marked_text)
    shift = Qt.KeyboardModifier.ShiftModifier
    for key, held, signal, args in (
        (Qt.Key.Key_J, None, page.step_requested, [1]),
        (Qt.Key.Key_K, None, page.step_requested, [-1]),
        (Qt.Key.Key_E, None, page.entity_step_requested, [1]),
        (Qt.Key.Key_E, shift, page.entity_step_requested, [-1]),
        (Qt.Key.Key_T, None, page.tag_requested, []),
        (Qt.Key.Key_N, None, page.note_requested, []),
    ):
        with qtbot.waitSignal(signal) as asked:
            QTest.keyClick(page.text, key, held or Qt.KeyboardModifier.NoModifier)
        assert asked.args == args
    with qtbot.assertNotEmitted(page.remove_requested):
        QTest.keyClick(page.text, Qt.Key.Key_Delete)
    page.set_current_annotation(3)
    with qtbot.waitSignal(page.remove_requested):
        QTest.keyClick(page.text, Qt.Key.Key_Delete)


def test_the_toolbar_stays_with_the_selection_when_the_window_is_resized(qtbot: QtBot) -> None:
    page = shown(qtbot, book(900))
    page.select(300, 330)
    page.text.offer_marks()
    for width in (1400, 700):
        page.resize(width, 600)
        bar = page.text.bar.geometry()
        over = page.text.parentWidget()
        assert over is not None
        words = page.text.bounds(300, 330).translated(page.text.viewport().mapTo(over, QPoint()))
        assert page.text.bar.isVisible()
        assert 0 < words.top() - bar.bottom() < 20
        assert bar.left() <= words.center().x() <= bar.right()


def test_a_mark_that_is_gone_is_framed_no_more(qtbot: QtBot) -> None:
    page = shown(qtbot, book(300))
    plain = picture(page)
    page.set_annotations([annotation(1, 40, 90)])
    page.text.glow.hover(50)
    page.set_annotations([])
    assert picture(page) == plain
