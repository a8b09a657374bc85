"""What a search found."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import make_annotation, make_hit

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme, themes
from postil.view.search.hit_delegate import HitDelegate
from postil.view.search.result_model import ResultModel
from postil.view.search.results import SearchResults
from postil_db.records import Color, Hits

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

HITS = (
    make_hit(make_annotation(1, "Maritime security comes first", tags=["sea"]), "security"),
    make_hit(make_annotation(2, "𝒳 and 😀 security for all", document=2), "security", "Another document"),
    make_hit(make_annotation(3, "الأمن البحري", color=Color.BLUE, document=2), "البحري", "لقاء"),
)


@pytest.fixture
def results(qtbot: QtBot, theme: Theme) -> SearchResults:
    made = SearchResults(theme)
    qtbot.addWidget(made)
    made.resize(320, 500)
    made.show_hits(Hits(HITS, 3), "security")
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_the_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = ResultModel()
    model.show(HITS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Maritime security comes first. Partners sign in New Delhi. Tags: sea"


def test_the_count_tells_how_many_in_how_many_documents(results: SearchResults) -> None:
    assert results.count.whole() == "3 found in 2 documents"
    results.show_hits(Hits(HITS, 1204), "security")
    assert results.count.whole() == "1,204 found; the first 3, in 2 documents"


def test_enter_and_double_click_open_a_hit(results: SearchResults, qtbot: QtBot) -> None:
    results.focus_results()
    assert results.list.hasFocus()
    QTest.keyClick(results.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(results.opened) as entered:
        QTest.keyClick(results.list, Qt.Key.Key_Return)
    at = results.list.visualRect(results.list.model().index(2, 0)).center()
    QTest.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(results.opened) as doubled:
        QTest.mouseDClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (entered.args, doubled.args) == ([HITS[1]], [HITS[2]])


def test_a_new_query_begins_at_the_best_hit_and_an_old_one_stays(results: SearchResults) -> None:
    results.list.go_to_row(2)
    results.show_hits(Hits(HITS, 3), "security")
    assert results.current() == HITS[2]
    results.show_hits(Hits(HITS, 3), "security first")
    assert results.current() == HITS[0]


def test_results_can_be_exported(results: SearchResults, qtbot: QtBot) -> None:
    with qtbot.waitSignal(results.export_requested) as asked:
        results.export_button.click()
    assert asked.args == ["security"]


def test_nothing_found_says_what_to_try(results: SearchResults) -> None:
    results.show_hits(Hits((), 0), "zzz")
    assert "Nothing found" in results.empty.words()
    assert results.export_button.isHidden()
    assert results.count.whole() == ""
    results.show_hits(Hits((), 0), " ")
    assert "Search your annotations" in results.empty.words()


def test_escape_leads_back_to_the_box(results: SearchResults, qtbot: QtBot) -> None:
    results.focus_results()
    with qtbot.waitSignal(results.left):
        QTest.keyClick(results.list, Qt.Key.Key_Escape)


def test_marks_count_code_points(theme: Theme) -> None:
    delegate = HitDelegate(theme)
    start, end, look = delegate._marks(HITS[1])[0]
    assert HITS[1].snippet.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "security"
    assert look.fontWeight() >= 700


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_hit_words_are_tinted_in_every_theme(results: SearchResults, name: str) -> None:
    theme = themes()[name]
    results.set_theme(theme)
    results.set_tag_colors({"sea": Color.PINK})
    image = results.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert mix(theme.color("raised"), theme.color("hit"), 0.16).name() in colors
