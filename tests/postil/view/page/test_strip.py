import time

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import DARK, annotation, book, colors, document, mention, paragraphs, shown

from postil.view.page.page import Page
from postil.view.page.strip import EDGE, Rows
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def y_of(page: Page, offset: int) -> int:
    return offset * (page.strip.height() - 2 * EDGE) // len(page.text.content.text) + EDGE


def drawn(qtbot: QtBot, page: Page) -> QImage:
    qtbot.waitUntil(lambda: not page.strip._soon.isActive())
    return page.strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_each_sort_of_mark_has_its_place_shape_and_colour(qtbot: QtBot) -> None:
    page = shown(qtbot, book(5_000))
    length = len(page.text.content.text)
    at = {share: length * share // 10 for share in (2, 4, 6, 8)}
    page.set_annotations([annotation(1, at[2], at[2] + 50), annotation(2, at[4], at[4] + 9, Color.BLUE, note="A note")])
    page.set_mentions([mention(at[6], at[6] + 5, entity=3), mention(at[8], at[8] + 5, entity=4)])
    page.set_current_entity(3)
    image = drawn(qtbot, page)
    paper = page._theme["page"].name()

    def painted(share: int) -> QRect:
        y = y_of(page, at[share])
        xs = [x for x in range(16) for dy in range(-4, 5) if image.pixelColor(x, y + dy).name() != paper]
        ys = [dy for dy in range(-6, 7) if any(image.pixelColor(x, y + dy).name() != paper for x in range(16))]
        return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys))) if xs else QRect()

    assert page._theme.highlight(Color.YELLOW)[1].name() in colors(image, QRect(2, y_of(page, at[2]) - 1, 6, 2))
    assert page._theme.highlight(Color.BLUE)[1].name() in colors(image, QRect(3, y_of(page, at[4]) - 1, 4, 2))
    assert painted(2).height() < painted(4).height(), "a note is a dot, not a bar"
    assert painted(6).left() > painted(2).right(), "a name stands in a lane of its own"
    assert painted(8).isEmpty(), "only the chosen name's mentions show"
    page.finding._find(page.text.content.text[at[8] : at[8] + 30])
    image = drawn(qtbot, page)
    assert painted(8).width() > 12, "a hit goes right across"


def test_a_note_at_either_end_of_a_text_has_a_whole_dot(qtbot: QtBot) -> None:
    page = shown(qtbot, book(5_000))
    length = len(page.text.content.text)
    places = (0, length // 2, length - 2)
    page.set_annotations([annotation(number, at, at + 1, note="A note") for number, at in enumerate(places, 1)])
    image, paper = drawn(qtbot, page), page._theme["page"].name()
    painted = [y for y in range(image.height()) if image.pixelColor(5, y).name() != paper]
    first, middle, last = (len([y for y in painted if abs(y - y_of(page, at)) < 20]) for at in places)
    assert first == middle == last


def test_a_click_goes_to_the_mark_or_to_the_place(qtbot: QtBot) -> None:
    page = shown(qtbot, book(60_000))
    length = len(page.text.content.text)
    start = length * 6 // 10
    page.set_annotations([annotation(1, start, start + 30)])
    drawn(qtbot, page)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(page.strip.asked) as asked:
        QTest.mouseClick(page.strip, left, none, QPoint(5, y_of(page, start) + 3))
    assert asked.args == [start, start + 30]
    low, high = page.visible_range()
    assert low <= start < high
    QTest.mouseClick(page.strip, left, none, QPoint(5, page.strip.height() // 4))
    assert abs(page.position() - length // 4) < length // 50


def test_tips_count_what_lies_there(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(qtbot, book(5_000))
    start = len(page.text.content.text) // 2
    page.set_annotations([annotation(n, start + n, start + n + 30, note="x" if n else "") for n in range(3)])
    drawn(qtbot, page)
    assert page.strip.tip(y_of(page, start)) == "3 highlights, 2 notes"
    assert page.strip.tip(10) == ""
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: said.append(text))
    at = QPoint(5, y_of(page, start))
    QApplication.sendEvent(page.strip, QHelpEvent(QEvent.Type.ToolTip, at, page.strip.mapToGlobal(at)))
    assert said == ["3 highlights, 2 notes"]


def test_the_strip_follows_size_theme_and_document(qtbot: QtBot) -> None:
    page = shown(qtbot, book(5_000))
    start = len(page.text.content.text) // 2
    page.set_annotations([annotation(1, start, start + 30)])
    page.set_theme(DARK)
    page.resize(900, 400)
    image = drawn(qtbot, page)
    assert DARK.highlight(Color.YELLOW)[1].name() in colors(image, QRect(2, y_of(page, start) - 1, 6, 2))
    page.show_document(document(paragraphs("")))
    drawn(qtbot, page)
    assert page.strip.rows() == Rows({}, {}, {})


def test_twenty_thousand_marks_cost_little(qtbot: QtBot) -> None:
    page = shown(qtbot, book(70_000))
    step = len(page.text.content.text) // 20_000
    page.set_annotations([annotation(n, n * step, n * step + 10) for n in range(20_000)])
    drawn(qtbot, page)
    page.strip._refresh()
    began = time.thread_time()
    page.strip.grab()
    assert time.thread_time() - began < 0.15
    assert len(page.strip.rows().highlights) <= page.strip.height()


def test_one_mark_that_changed_is_drawn_as_if_all_were(qtbot: QtBot) -> None:
    page = shown(qtbot, book(5_000))
    step = len(page.text.content.text) // 60
    marks = [annotation(n, n * step, n * step + 40, note="A note" if n % 3 else "") for n in range(1, 60)]
    page.set_annotations(marks)
    before = drawn(qtbot, page)
    kept = page.strip._drawn
    page.set_annotations([*marks[:20], annotation(21, 21 * step, 21 * step + 40, Color.PINK), *marks[22:]])
    image = drawn(qtbot, page)
    assert page.strip._drawn is kept, "only two rows changed"
    assert image != before
    page.strip._drawn = None
    assert drawn(qtbot, page) == image


def test_where_hits_are_everywhere_the_strip_shows_where_most_are(qtbot: QtBot) -> None:
    page = shown(qtbot, paragraphs(*["the " * 40] * 20, *["the market, and a long day at that river " * 4] * 120))
    page.show_find()
    page.find_bar.field.setText("the ")
    image = drawn(qtbot, page)
    dense, sparse = (image.pixelColor(8, round(image.height() * share)) for share in (0.05, 0.6))
    hit = page._theme.color("hit")
    assert abs(dense.red() - hit.red()) < 40
    assert image.pixelColor(2, 30).name() == page._theme["page"].name(), "narrower than a line right across"
    assert sparse.lightness() > dense.lightness() + 20
    page.find_bar.field.setText("market")
    assert hit.name() not in colors(drawn(qtbot, page), QRect(0, 0, 16, 8))
