import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import book, document, paragraphs, shown

from postil.view.page import find_text
from postil.view.page.find_text import BadPattern, How, TextFinder

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

TEXT = paragraphs("Stone and stones, \U0001f600 a Stone; e\u0301te", "capstone 2026-01-27 stone", "", "stone_age stone")


def found(words: str, how: How) -> list[str]:
    return [TEXT.text[start:end] for start, end in TextFinder(TEXT).find(words, how)]


@pytest.mark.parametrize(
    ("words", "how", "count"),
    [
        ("stone", How(), 7),
        ("stone", How(case=True), 5),
        ("stone", How(whole_words=True), 4),
        ("Stone", How(case=True, whole_words=True), 2),
        (r"stones?\b", How(pattern=True), 6),
        (r"stone|capstone", How(pattern=True, whole_words=True), 5),
        (r"S\w+", How(pattern=True, case=True), 2),
        ("x*", How(pattern=True), 0),
    ],
)
def test_case_whole_words_and_patterns_are_told_apart(words: str, how: How, count: int) -> None:
    assert len(found(words, how)) == count


def test_a_pattern_gives_exact_places_behind_characters_of_two_units() -> None:
    assert found(r"\d{4}-\d\d-\d\d", How(pattern=True)) == ["2026-01-27"]
    assert found(r"(?<= )a Stone", How(pattern=True)) == ["a Stone"]
    assert found("^stone", How(pattern=True)) == ["Stone", "stone"]


@pytest.mark.parametrize("words", ["(", "[a", "a)(b", "*", "(*LIMIT_MATCH=9999999)(", "\\"])
def test_what_is_no_pattern_is_refused_with_the_reason(words: str) -> None:
    with pytest.raises(BadPattern, match="Not a pattern: "):
        TextFinder(TEXT).find(words, How(pattern=True))


@pytest.mark.parametrize("words", ["(a|aa)+[bc]", "(a+)+[bc]", r"(\w+\s?)*[!?]$"])
def test_a_pattern_that_runs_away_is_given_up_at_once(words: str) -> None:
    content = paragraphs(*("a" * 3_000 for _ in range(50)))
    began = time.thread_time()
    with pytest.raises(BadPattern, match="takes too long"):
        TextFinder(content).find(words, How(pattern=True))
    assert time.thread_time() - began < 2


def test_a_pattern_that_is_slow_everywhere_ends_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_text, "PATIENCE_S", -1)
    with pytest.raises(BadPattern, match="takes too long"):
        TextFinder(TEXT).find("q", How(pattern=True))


def test_the_bar_offers_the_choices_by_click_and_key(qtbot: QtBot) -> None:
    page = shown(qtbot, TEXT)
    bar = page.find_bar
    page.show_find()
    QTest.keyClicks(bar.field, "stone")
    assert bar.count.text() == "1 of 7"
    bar.choices["case"].click()
    assert bar.count.text() == "1 of 5"
    bar.choices["whole_words"].click()
    assert bar.count.text() == "1 of 2"
    bar.choices["case"].click()
    bar.choices["whole_words"].click()
    with qtbot.waitActive(page):
        page.activateWindow()
    QTest.keyClick(bar.field, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert bar.choices["pattern"].isChecked()
    bar.field.setText("(")
    assert bar.count.text().startswith("Not a pattern")
    assert page.finding.hits == []
    bar.field.setText("st.ne")
    assert bar.count.text() == "1 of 7"


def test_thousands_of_hits_are_counted_and_another_document_forgets_them(qtbot: QtBot) -> None:
    page = shown(qtbot, book(60_000))
    page.show_find()
    page.find_bar.field.setText("stone")
    assert len(page.finding.hits) > 5_000
    assert page.find_bar.count.text() == f"1 of {len(page.finding.hits):,}"
    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Up)
    assert page.find_bar.count.text().startswith(f"{len(page.finding.hits):,} of")
    page.show_document(document(paragraphs("no such word")))
    assert page.finding.hits == []
    assert not page.find_bar.isVisible()
    page.show_find()
    assert page.find_bar.count.text() == "Not found"
