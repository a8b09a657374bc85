"""What a search found."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import make_annotation, make_entity

from postil.view.acts_search import Question
from postil.view.look.contrast import mix
from postil.view.look.theme import Theme, themes
from postil.view.search.hit_delegate import HitDelegate, day
from postil.view.search.result_model import ResultModel, rows
from postil.view.search.results import SearchResults
from postil.view.searching import MOST
from postil_db.records import Annotation, Answer, Color, Facet, Group, Result

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def make_result(
    annotation: Annotation, word: str, title: str = "Partners sign in New Delhi", group: Group = Group.HIGHLIGHT
) -> Result:
    snippet = annotation.selector.quote
    at = snippet.index(word)
    place = annotation.selector
    marks = ((at, at + len(word)),)
    return Result(
        group, annotation.document_id, title, "2026-01-27", place.start, place.end, snippet, marks, 1.0, annotation
    )


HITS = (
    make_result(make_annotation(1, "Maritime security comes first", tags=["sea"]), "security"),
    make_result(make_annotation(2, "𝒳 and 😀 security for all", document=2), "security", "Another document"),
    make_result(make_annotation(3, "الأمن البحري", color=Color.BLUE, document=2), "البحري", "لقاء", Group.NOTE),
    Result(Group.ENTITY, 1, "Partners", "2026", 5, 16, "Kaja Kallas", (), 1.0, None, make_entity(1, "Kaja Kallas")),
    Result(Group.TEXT, 2, "海洋安全", "2026-03", 9, 12, "海洋安全与合作", ((0, 2),), 1.0),
)
TOTALS = {Group.HIGHLIGHT: 2, Group.NOTE: 1, Group.ENTITY: 1, Group.TEXT: 1}
FACETS = (Facet("tag", "sea", "sea", 1, "tag:sea"),)


def answer(query: str = "security", results: Sequence[Result] = HITS, totals: dict[Group, int] | None = None) -> Answer:
    return Answer(query, tuple(results), TOTALS if totals is None else totals, FACETS)


@pytest.fixture
def results(qtbot: QtBot, theme: Theme) -> SearchResults:
    made = SearchResults(theme)
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show_answer(answer(), Question("security"))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_results()
    qtbot.waitUntil(made.list.hasFocus)
    return made


def test_the_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = ResultModel()
    model.show(rows(HITS, TOTALS))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1, 3)]
    first = "Highlights, 2 results. Highlight. Maritime security comes first. Partners sign in New Delhi. 2026-01-27"
    assert spoken == [
        f"{first}. Tags: sea",
        "Highlight. 𝒳 and 😀 security for all. Another document. 2026-01-27",
        "Names, 1 result. Name. Kaja Kallas. Partners. 2026",
    ]


def test_the_count_tells_how_many_in_how_many_documents(results: SearchResults) -> None:
    assert results.count.whole() == "5 results in 2 documents"
    results.show_answer(answer(totals={**TOTALS, Group.TEXT: 1231}), Question("security"))
    assert results.count.whole() == "1,235 results"
    assert results.tabs.buttons[Group.TEXT].text() == "Text 1,231"
    texts = [Result(Group.TEXT, 1, "A", "2026", n, n + 1, "x", (), 1.0) for n in range(MOST)]
    results.show_answer(answer("x", texts, {Group.TEXT: MOST + 1}), Question("x", limit=MOST))
    assert results.count.whole() == f"{MOST + 1:,} results · the first {MOST:,} of a kind are listed"


def test_arrows_lead_from_group_to_group_and_back_to_the_box(results: SearchResults, qtbot: QtBot) -> None:
    def press(key: Qt.Key) -> int:
        QTest.keyClick(results.list, key)
        return results.list.currentIndex().row()

    right, left = Qt.Key.Key_Right, Qt.Key.Key_Left
    assert [press(right), press(right), press(right), press(right), press(left)] == [2, 3, 4, 4, 3]
    assert [press(Qt.Key.Key_Home), press(Qt.Key.Key_Down)] == [0, 1]
    press(Qt.Key.Key_Up)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Escape):
        with qtbot.waitSignal(results.left):
            press(key)


def test_enter_and_double_click_open_a_result(results: SearchResults, qtbot: QtBot) -> None:
    QTest.keyClick(results.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(results.opened) as entered:
        QTest.keyClick(results.list, Qt.Key.Key_Return)
    at = results.list.visualRect(results.list.model().index(2, 0)).center()
    QTest.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(results.opened) as doubled:
        QTest.mouseDClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (entered.args, doubled.args) == ([HITS[1]], [HITS[2]])


def test_a_click_shows_the_place_where_results_stay(results: SearchResults, qtbot: QtBot) -> None:
    at = results.list.visualRect(results.list.model().index(1, 0)).center()
    with qtbot.assertNotEmitted(results.stepped):
        QTest.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    results.set_pinned(True)
    with qtbot.waitSignal(results.stepped) as stepped:
        QTest.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert stepped.args == [HITS[1]]


def test_steps_go_through_all_results_and_say_where_they_are(results: SearchResults, qtbot: QtBot) -> None:
    for direction, expected in ((1, HITS[0]), (1, HITS[1]), (-1, HITS[0])):
        with qtbot.waitSignal(results.stepped) as stepped:
            results.step(direction)
        assert stepped.args == [expected]
    assert results.step(-1) == "That was the first result."
    assert results.step(1) == "Result 2 of 5"


def test_several_are_chosen_by_keys_and_only_annotations_are_changed(results: SearchResults, qtbot: QtBot) -> None:
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    assert results.chosen_bar.isHidden()
    QTest.keyClick(results.list, Qt.Key.Key_Down, shift)
    assert results.chosen_bar.label.whole() == "2 chosen"
    QTest.keyClick(results.list, Qt.Key.Key_Down, control)
    QTest.keyClick(results.list, Qt.Key.Key_Down, control)
    QTest.keyClick(results.list, Qt.Key.Key_Space)
    assert results.chosen_bar.label.whole() == "2 of 3 chosen can be changed"
    with qtbot.waitSignal(results.remove_requested) as removed:
        QTest.keyClick(results.list, Qt.Key.Key_Delete)
    assert removed.args[0].ids == (1, 2)
    QTest.keyClick(results.list, Qt.Key.Key_A, control)
    with qtbot.waitSignal(results.tag_requested) as tagged:
        results.chosen_bar.tag_button.click()
    assert tagged.args[0].ids == (1, 2, 3)


def test_all_that_a_search_finds_can_be_chosen(results: SearchResults) -> None:
    results.show_answer(answer(totals={**TOTALS, Group.NOTE: 4000}), Question("security"))
    QTest.keyClick(results.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert results.chosen().ids == (1, 2, 3)
    results.chosen_bar.all_button.click()
    assert (results.chosen().count, results.chosen().query) == (4002, "security")
    results.tabs.buttons[Group.NOTE].click()
    results.chosen_bar.all_requested.emit()
    assert results.chosen().query.strip() == "security in:note"
    results.tabs.buttons[None].click()
    assert results.chosen().query == "", "another choice is a choice of its own"


def test_more_is_asked_for_where_the_end_of_a_group_comes_near(qtbot: QtBot, results: SearchResults) -> None:
    few = [make_result(make_annotation(n, f"security {n}"), "security") for n in range(1, 51)]
    texts = [Result(Group.TEXT, 1, "A", "2026", n, n + 1, f"text {n}", (), 1.0) for n in range(1, 40)]
    totals = {Group.HIGHLIGHT: 400, Group.TEXT: 39}
    results.show_answer(answer("sec", [*few, *texts], totals), Question("sec"))
    wanted: list[int] = []
    results.more_wanted.connect(lambda: wanted.append(1))
    results.list.go_to_row(2)
    assert wanted == []
    results.list.go_to_row(46)
    assert wanted
    results.list.selectionModel().select(
        results.list.model().index(3, 0), results.list.selectionModel().SelectionFlag.Select
    )
    top = results.list.visualRect(results.list.currentIndex()).top()
    more = [make_result(make_annotation(n, f"security {n}"), "security") for n in range(1, 201)]
    results.show_answer(answer("sec", [*more, *texts], totals), Question("sec", limit=200, facets=False))
    assert results.list.currentIndex().row() == 46, "what is current stays so"
    assert results.list.visualRect(results.list.currentIndex()).top() == top, "and where it was"
    assert results.chosen().ids == (4, 47)


def test_rows_that_say_something_else_have_another_height(results: SearchResults) -> None:
    def height(row: int) -> int:
        return results.list.visualRect(results.list.model().index(row, 0)).height()

    with_heading, without = height(0), height(1)
    assert with_heading > without
    results.show_answer(answer("x", (HITS[1], HITS[0]), {Group.HIGHLIGHT: 2}), Question("x"))
    heading = with_heading - height(1)
    assert heading > 0, "the first one has lost its heading"
    assert height(0) == without + heading, "and the second one has it"


def test_a_group_alone_is_shown_by_its_button(results: SearchResults) -> None:
    results.tabs.buttons[Group.TEXT].click()
    assert [row.result for row in results._model.records()] == [HITS[4]]
    results.show_answer(answer("x", HITS[:2], {Group.HIGHLIGHT: 2}), Question("x"))
    assert len(results._model.records()) == 2, "a group that has nothing is not held to"
    assert results.tabs.isHidden()


def test_a_new_query_begins_at_the_best_result_and_an_old_one_stays(results: SearchResults) -> None:
    results.list.go_to_row(2)
    results.show_answer(answer(), Question("security"))
    assert results.current() == HITS[2]
    results.show_answer(answer("security first"), Question("security first"))
    assert results.current() == HITS[0]


def test_what_was_meant_is_a_click_away(results: SearchResults, qtbot: QtBot) -> None:
    results.show_answer(Answer("securty", suggestion="security"), Question("securty"))
    assert results.suggestion.text() == "Did you mean: security?"
    with qtbot.waitSignal(results.query_changed) as changed:
        results.suggestion.click()
    assert changed.args == ["security"]
    results.show_answer(answer(), Question("security"))
    assert results.suggestion.isHidden()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("zzz", "with ~"),
        ("tag:zzz", "Take away a condition"),
        ('"a b"', "Without quotation marks"),
        ("a b c", "Fewer words"),
        ("is:nothing", "wave"),
        (" ", "Search everything"),
    ],
)
def test_nothing_found_says_what_to_try(results: SearchResults, query: str, said: str) -> None:
    results.show_answer(Answer(query), Question(query))
    assert said in results.empty.words()
    assert not results.head.export_button.isEnabled()
    assert results.count.whole() == ""


def test_a_library_that_is_still_indexed_says_so(results: SearchResults) -> None:
    results.show_answer(Answer("x", HITS[:1], {Group.HIGHLIGHT: 1}, ready=0.43), Question("x"))
    assert results.count.whole() == "1 result in 1 document · still indexing, 43% done"
    results.show_answer(Answer("x", ready=0.43), Question("x"))
    assert "Nothing found yet" in results.empty.words()


def test_facets_stand_beside_where_there_is_room_and_above_at_a_wish(results: SearchResults, qtbot: QtBot) -> None:
    assert not results.facets.isVisible()
    results.head.narrow_button.click()
    assert results.facets.isVisible()
    stack = results._stack
    qtbot.waitUntil(lambda: results.facets.geometry().bottom() <= stack.geometry().top())
    results.resize(900, 600)
    assert results.facets.isVisible()
    qtbot.waitUntil(lambda: results.facets.geometry().right() < stack.geometry().left())


def test_marks_count_code_points(theme: Theme) -> None:
    delegate = HitDelegate(theme)
    start, end, look = delegate._marks(HITS[1])[0]
    assert HITS[1].snippet.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "security"
    assert look.fontWeight() >= 700


def test_dates_are_as_exact_as_they_are_known() -> None:
    assert [day(one) for one in ("2026-01-27T10:00", "2026-03", "2026", "")] == ["27 Jan 2026", "2026-03", "2026", ""]


@pytest.mark.parametrize("name", ["light", "sepia", "dark", "contrast"])
def test_hit_words_are_tinted_in_every_theme(results: SearchResults, name: str) -> None:
    theme = themes()[name]
    results.set_theme(theme)
    results.set_tag_colors({"sea": Color.PINK})
    image = results.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())}
    assert mix(theme.color("raised"), theme.color("hit"), 0.16).name() in colors
