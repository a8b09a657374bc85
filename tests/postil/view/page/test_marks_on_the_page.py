import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import (
    LIGHT,
    annotation,
    colors,
    differing,
    mention,
    paragraphs,
    picture,
    settle,
    shown,
)

from postil.view.look.strength import Strength
from postil.view.page.page import Page
from postil_db.records import Color, EntityKind

TEXT = paragraphs(
    "The first paragraph has words enough to fill one line and a half of the page, more or less, in any font.",
    "The second one holds the passage that is marked, with some words before and some words after it to be sure.",
    "The third is only there to show that nothing happens to it, whatever is done to the others around it.",
    "עברית עם Kallas באמצע המשפט ועוד מילים",
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames
START = TEXT.text.index("the passage")
END = START + len("the passage that is marked")


def near(inner: QRect, outer: QRect, by: int = 14) -> bool:
    return outer.adjusted(-by, -by, by, by).contains(inner)


def test_a_highlight_is_painted_where_its_words_are_and_nowhere_else(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    before = picture(page)
    page.set_annotations([annotation(1, START, END, Color.GREEN)])
    after = picture(page)
    words = page.text.bounds(START, END)
    beside = QRect(0, words.top(), round(page.text.column_left), words.height())
    changed = differing(before, after)
    assert near(changed, words | beside)
    fill, line = LIGHT.highlight(Color.GREEN)
    assert {fill.name(), line.name()} <= colors(after, words.adjusted(0, 0, 0, 10))
    assert line.name() in colors(after, beside)
    page.set_annotations([])
    assert picture(page) == before


def test_painting_never_moves_the_text(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    places = [page.text.line_y(at) for at in range(0, len(TEXT.text), 9)]
    page.set_annotations([annotation(n, n * 3, n * 3 + 40, Color.PINK) for n in range(20)])
    page.set_mentions([mention(n * 11, n * 11 + 5) for n in range(12)])
    assert [page.text.line_y(at) for at in range(0, len(TEXT.text), 9)] == places
    assert page.text.document().toPlainText() == TEXT.text


def test_overlapping_highlights_all_stay_visible(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    four = list(Color)[:4]
    page.set_annotations([annotation(n, START, END - n, color) for n, color in enumerate(four)])
    image, words = picture(page), page.text.bounds(START, END)
    below = QRect(words.left() + 30, words.bottom() - 4, words.width() - 60, 18)
    beside = QRect(0, words.top(), round(page.text.column_left), words.height())
    for color in four:
        line = LIGHT.highlight(color)[1].name()
        assert line in colors(image, below), color
        assert line in colors(image, beside), color


def test_changing_one_highlight_touches_only_its_blocks(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    overlay = page.text.overlay
    first = annotation(1, 4, 20)
    assert overlay.set_annotations([first, annotation(2, START, END)]) == {0, 1}
    assert overlay.set_annotations([first, annotation(2, START, END, Color.BLUE)]) == {1}
    assert overlay.set_annotations([first, annotation(2, START, END, Color.BLUE)]) == set()
    assert overlay.set_annotations([first]) == {1}


def test_a_note_shows_as_a_dot_in_the_margin(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.set_annotations([annotation(1, START, END)])
    without = picture(page)
    page.set_annotations([annotation(1, START, END, note="Look this up")])
    changed = differing(without, picture(page))
    assert not changed.isEmpty()
    assert changed.right() < page.text.column_left


def test_the_current_highlight_stands_out(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.set_annotations([annotation(1, START, END), annotation(2, 4, 20)])
    plain = picture(page)
    page.set_current_annotation(1)
    current = picture(page)
    assert near(
        differing(plain, current),
        page.text.bounds(START, END) | QRect(0, page.text.bounds(START, END).top(), 99, 9),
        60,
    )
    page.set_current_annotation(None)
    assert picture(page) == plain


def test_each_kind_has_its_tint_and_line_and_can_be_hidden(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    bare = picture(page)
    for kind in EntityKind:
        page.set_mentions([mention(START, END, kind)])
        image, words = picture(page), page.text.bounds(START, END)
        tint, line = LIGHT.entity(kind)
        assert tint.name() in colors(image, words), kind
        assert line.name() in colors(image, words.adjusted(0, 0, 0, 8)) or kind is EntityKind.EVENT
        page.set_marking(Strength.NORMAL, frozenset(EntityKind) - {kind})
        assert picture(page) == bare
        page.set_marking(Strength.NORMAL, frozenset(EntityKind))


def test_strength_goes_from_a_line_to_a_full_tint(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.set_mentions([mention(START, END, EntityKind.PLACE)])
    words = page.text.bounds(START, END)
    kinds = frozenset(EntityKind)
    tint = {strength: LIGHT.entity(EntityKind.PLACE, strength)[0].name() for strength in Strength}
    page.set_marking(Strength.QUIET, kinds)
    assert tint[Strength.NORMAL] not in colors(picture(page), words)
    assert LIGHT.entity(EntityKind.PLACE)[1].name() in colors(picture(page), words.adjusted(0, 0, 0, 8))
    page.set_marking(Strength.STRONG, kinds)
    assert tint[Strength.STRONG] in colors(picture(page), words)


def test_mentions_that_are_still_coming_in_are_shown(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    bare = picture(page)
    page.add_mentions([mention(START, END, EntityKind.ORG, -2)])
    one = differing(bare, picture(page))
    assert near(one, page.text.bounds(START, END))
    page.add_mentions([mention(4, 9, EntityKind.DATE, -3)])
    assert near(differing(bare, picture(page)), page.text.bounds(4, END))


def test_the_mentions_of_the_current_entity_stand_out(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.set_mentions([mention(START, END, entity=5), mention(4, 9, entity=6)])
    plain = picture(page)
    page.set_current_entity(5)
    assert near(differing(plain, picture(page)), page.text.bounds(START, END))
    page.set_current_entity(None)
    assert picture(page) == plain


def test_a_name_inside_a_line_of_the_other_direction_is_painted_as_a_whole(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    start = TEXT.text.index("Kallas")
    before = picture(page)
    page.set_mentions([mention(start, start + 6)])
    tint = LIGHT.entity(EntityKind.PERSON)[0].name()
    changed = differing(before, picture(page))
    # the caret knows the right edges of all letters but the first, at which the direction changes
    rights = [page.text.cursorRect(_cursor(page, start + n)).center().x() for n in range(2, 6)]
    assert changed.left() < min(rights) - 12
    assert changed.right() >= max(rights)
    assert tint in colors(picture(page), QRect(changed.left(), changed.top() + 2, 12, 8))
    hebrew = TEXT.text.index("באמצע")
    page.set_mentions([mention(hebrew, hebrew + 5)])
    assert differing(before, picture(page)).right() < changed.left() + 4


def _cursor(page: Page, offset: int) -> QTextCursor:
    cursor = page.text.textCursor()
    cursor.setPosition(page.text.window_.position(offset))
    return cursor


def test_going_to_a_passage_flashes_it_for_a_moment(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    calm = picture(page)
    page.go_to(START, END)
    assert near(differing(calm, picture(page)), page.text.bounds(START, END))
    qtbot.waitUntil(lambda: picture(page) == calm)


def test_marks_follow_zoom_and_width(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    page.set_annotations([annotation(1, START, END, Color.BLUE)])
    for zoom, width in ((1.8, 900), (1.8, 520)):
        page.set_zoom(zoom)
        page.resize(width, 700)
        settle(qtbot, page)
        with_mark = picture(page)
        page.set_annotations([])
        changed = differing(picture(page), with_mark)
        words = page.text.bounds(START, END)
        assert near(changed, words | QRect(0, words.top(), 10, words.height()), 24)
        page.set_annotations([annotation(1, START, END, Color.BLUE)])


def test_four_marks_on_one_another_leave_the_next_lines_words_free(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    tints = (Color.YELLOW, Color.GREEN, Color.BLUE, Color.PINK)
    marks = [annotation(n, START, END, color) for n, color in enumerate(tints)]
    page.set_annotations(marks)
    picture(page)
    text = page.text
    (made,) = text.overlay._made[TEXT.block_at(START)].values()
    assert made is not None
    layout = text.window_.block(TEXT.block_at(START)).layout()
    line = layout.lineForTextPosition(START - TEXT.starts[TEXT.block_at(START)])
    tops = line.y() + line.height() + line.ascent() - 0.74 * text.formats.em  # of the letters of the next line
    lowest = max(path.boundingRect().bottom() for _, path in made.bars)
    assert lowest <= tops + 1
    assert len({path.boundingRect().bottom() for _, path in made.bars}) == 4, "each has a bar of its own"
