import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import annotation, mention
from tests.postil.view.page.printed import paper

from postil.view.page.page import Page
from postil.view.page.printed.reading import PrintedReading
from postil_db.records import Color, Content, EntityKind, Style, StyleKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")  # the offscreen platform has no frames

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = ("One is here. Then Dr. Two came in! Last of all, a third sentence.", "Another paragraph, \U0001f600 and א.")
BOOK = paper.printed(TEXT, ["The second page begins.", "It goes on. " * 30], *(["Page after page."] for _ in range(6)))


def shown(qtbot: QtBot, size: tuple[int, int] = (800, 700)) -> tuple[Page, PrintedReading]:
    return paper.shown(qtbot, BOOK, size)


def before(view: PrintedReading, offset: int) -> QPoint:
    """Just inside the left half of a character, in the viewport."""
    page = view.page_of(offset)
    leaf = view.leaf(page)
    assert leaf is not None
    box = view.to_view(page, leaf.rects(offset, offset + 1)[0])
    return QPoint(round(box.left() + box.width() / 4), round(box.center().y()))


def drag(view: PrintedReading, start: int, end: int) -> None:
    port = view.viewport()
    QTest.mousePress(port, LEFT, NONE, before(view, start))
    QTest.mouseMove(port, before(view, (start + end) // 2))
    QTest.mouseMove(port, before(view, end))
    QTest.mouseRelease(port, LEFT, NONE, before(view, end))


def test_what_is_dragged_over_is_selected_to_the_letter(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    chance = random.Random(5)
    text = BOOK.content.text
    there = [line.start + at for line in BOOK.lines[0] for at in range(len(line.text))]
    for _ in range(12):
        start, end = sorted(chance.sample(there, 2))
        drag(view, start, end)
        assert page.selection() == (start, end)
        assert page.selected_text() == text[start:end]
    assert page.text.bar.isVisible()


def test_two_clicks_select_a_word_three_a_sentence_and_shift_goes_on(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    port, text = view.viewport(), BOOK.content.text
    at = before(view, text.index("came") + 1)
    QTest.mouseClick(port, LEFT, NONE, at)
    QTest.mouseDClick(port, LEFT, NONE, at)
    assert page.selected_text() == "came"
    QTest.mouseClick(port, LEFT, NONE, at)
    assert page.selected_text() == "Then Dr. Two came in!"
    QTest.mouseClick(port, LEFT, NONE, before(view, text.index("Another")))
    QTest.mouseClick(port, LEFT, SHIFT, before(view, text.index("paragraph")))
    assert page.selected_text() == "Another "


def test_a_drag_held_below_the_view_goes_on_over_the_next_pages(qtbot: QtBot) -> None:
    page, view = shown(qtbot, (800, 420))
    port = view.viewport()
    QTest.mousePress(port, LEFT, NONE, before(view, 4))
    QTest.mouseMove(port, QPoint(300, port.height() // 2))
    QTest.mouseMove(port, QPoint(300, port.height() + 150))
    qtbot.waitUntil(lambda: page.selection()[1] > BOOK.pages[3].start)
    QTest.mouseRelease(port, LEFT, NONE, QPoint(300, port.height() + 150))
    start, end = page.selection()
    assert start == 4
    assert page.selected_text() == BOOK.content.text[4:end]
    assert not view._onward.isActive()


def test_a_click_tells_what_was_clicked_as_on_the_text(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    page.set_annotations([annotation(1, 0, 30), annotation(2, 4, 10, Color.BLUE)])
    page.set_mentions([mention(18, 25, EntityKind.PERSON, 7)])
    port = view.viewport()
    with qtbot.waitSignal(page.annotation_clicked) as clicked:
        QTest.mouseClick(port, LEFT, NONE, before(view, 5))
    assert clicked.args == [2]
    with qtbot.waitSignal(page.mention_clicked) as named:
        QTest.mouseClick(port, LEFT, NONE, before(view, 20))
    assert named.args == [7, 18, 25]


@pytest.mark.parametrize(
    ("key", "held", "expected"),
    [
        (Qt.Key.Key_Right, SHIFT, "O"),
        (Qt.Key.Key_Right, SHIFT | Qt.KeyboardModifier.ControlModifier, "One"),
        (Qt.Key.Key_End, SHIFT, BOOK.lines[0][0].text),
        (Qt.Key.Key_Down, SHIFT, TEXT[0][: BOOK.lines[0][1].start]),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, BOOK.content.text),
    ],
)
def test_keys_select(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier, expected: str) -> None:
    page, view = shown(qtbot)
    page.select(0, 0)
    QTest.keyClick(view, key, held)
    assert page.selected_text() == expected


def test_the_selection_grows_and_shrinks_as_on_the_text(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    at = TEXT[0].index("came") + 1
    page.select(at, at)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert page.selected_text() == "came"
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert page.selected_text() == "Then Dr. Two came in!"
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert page.selected_text() == "came"


def test_letters_mark_and_ask_as_on_the_text(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    page.select(0, 3)
    for key, signal in (
        (Qt.Key.Key_2, page.mark_requested),
        (Qt.Key.Key_T, page.tag_requested),
        (Qt.Key.Key_N, page.note_requested),
        (Qt.Key.Key_J, page.step_requested),
        (Qt.Key.Key_E, page.entity_step_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "One"


def test_down_over_the_end_of_a_page_goes_on_with_the_next_one(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    last = BOOK.lines[0][-1]
    page.select(last.start, last.start)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert page.selection() == (last.start, BOOK.pages[1].start)
    QTest.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert page.selection() == (last.start, last.start)


def test_arrows_without_shift_turn_and_scroll(qtbot: QtBot) -> None:
    _, view = shown(qtbot)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.page() == 1
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.page() == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0


def test_a_mark_answers_the_pointer_by_a_frame_a_hand_and_its_note(qtbot: QtBot) -> None:
    page, view = shown(qtbot)
    page.set_annotations([annotation(1, 4, 9, note="First of all")])
    port = view.viewport()
    plain = port.grab().toImage()
    QTest.mouseMove(port, before(view, 5))
    assert port.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert port.grab().toImage() != plain
    at = before(view, 5)
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
    assert "First of all" in QToolTip.text()
    QToolTip.hideText()
    QTest.mouseMove(port, before(view, 30))
    assert port.cursor().shape() is Qt.CursorShape.IBeamCursor
    assert port.grab().toImage() == plain


def test_a_link_is_followed_by_a_click(qtbot: QtBot) -> None:
    link = Style(4, 8, StyleKind.LINK, "https://example.org")
    made = paper.printed(["See that place."])
    page, view = paper.shown(qtbot, replace(made, content=Content((replace(made.content.blocks[0], styles=(link,)),))))
    with qtbot.waitSignal(page.link_clicked) as followed:
        QTest.mouseClick(view.viewport(), LEFT, NONE, before(view, 5))
    assert followed.args == ["https://example.org"]


def test_a_screen_reader_is_told_which_page_it_is(qtbot: QtBot) -> None:
    _, view = shown(qtbot)
    assert "A title" in view.accessibleName()
    assert view.accessibleDescription() == "Page 1 of 8"
    view.go_to_page(1)
    assert view.accessibleDescription() == "Page 2 of 8"
    assert view.spoken is None, "nobody listens"
