"""Facets and chips: what narrows a search, and what takes that back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme
from postil.view.search.chips import ClauseChips, turn_clause
from postil.view.search.facet_list import SHOWN, FacetList, held, toggled
from postil_db.records import Facet

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FACETS = (
    *(Facet("tag", f"tag{n}", f"tag{n}", 40 - n, f"tag:tag{n}") for n in range(8)),
    Facet("kind", "org", "org", 3, "in:entity"),
    Facet("color", "blue", "blue", 7, "color:blue"),
)


@pytest.mark.parametrize(
    ("query", "clause", "without", "expected"),
    [
        ("sea", "tag:x", False, "sea tag:x "),
        ("sea tag:x", "tag:x", False, "sea "),
        ("sea", "tag:x", True, "sea -tag:x "),
        ("sea -tag:x", "tag:x", True, "sea "),
        ("sea -tag:x", "tag:x", False, "sea tag:x "),
        ("a OR b", 'tag:"to read"', False, '(a OR b) tag:"to read" '),
    ],
)
def test_a_facet_is_put_in_and_taken_out(query: str, clause: str, without: bool, expected: str) -> None:
    assert toggled(query, clause, without=without) == expected


def test_what_is_in_force_is_known() -> None:
    assert [held("sea -tag:X color:blue", one) for one in ("tag:x", "color:blue", "tag:y")] == [-1, 1, 0]


@pytest.mark.parametrize(
    ("query", "turned"), [("a tag:b c", "a -tag:b c"), ("a -tag:b c", "a tag:b c"), ("NOT tag:b", "tag:b")]
)
def test_a_clause_is_turned_into_its_contrary(query: str, turned: str) -> None:
    number = 1 if query.startswith("a") else 0
    assert turn_clause(query, number) == turned


@pytest.fixture
def facets(qtbot: QtBot, theme: Theme) -> FacetList:
    made = FacetList(theme)
    qtbot.addWidget(made)
    made.resize(200, 400)
    made.show_facets(FACETS, "sea tag:tag1 -color:blue")
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_model_is_a_sound_model(facets: FacetList, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(facets.lines)  # type: ignore[no-untyped-call]


def test_facets_stand_under_headings_a_few_of_each(facets: FacetList) -> None:
    words = [line.words for line in facets.lines.lines]
    assert words == [
        "Tags",
        *(f"tag{n}" for n in range(SHOWN)),
        "3 more…",
        "Kinds of names",
        "Organisations",
        "Colours",
        "Blue",
    ]
    spoken = [facets.lines.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (2, 10)]
    assert spoken == ["Tags: tag1, 39, chosen", "Colours: Blue, 7, excluded"]


def test_keys_pass_headings_narrow_and_exclude(facets: FacetList, qtbot: QtBot) -> None:
    facets.setCurrentIndex(facets.lines.index(1))
    with qtbot.waitSignal(facets.query_changed) as changed:
        QTest.keyClick(facets, Qt.Key.Key_Return)
    assert changed.args == ["sea tag:tag1 -color:blue tag:tag0 "]
    with qtbot.waitSignal(facets.query_changed) as changed:
        QTest.keyClick(facets, Qt.Key.Key_Minus)
    assert changed.args == ["sea tag:tag1 -color:blue -tag:tag0 "]
    for _ in range(6):
        QTest.keyClick(facets, Qt.Key.Key_Down)
    assert facets.currentIndex().data() == "Organisations"
    with qtbot.waitSignal(facets.left):
        QTest.keyClick(facets, Qt.Key.Key_Escape)


def test_a_click_narrows_and_shows_the_rest(facets: FacetList, qtbot: QtBot) -> None:
    def click(row: int) -> None:
        at = facets.visualRect(facets.lines.index(row)).center()
        QTest.mouseClick(facets.viewport(), Qt.MouseButton.LeftButton, pos=at)

    with qtbot.waitSignal(facets.query_changed) as changed:
        click(2)
    assert changed.args == ["sea -color:blue "]
    click(6)
    assert [line.words for line in facets.lines.lines][1:9] == [f"tag{n}" for n in range(8)]


def test_chips_turn_and_remove_by_mouse_and_keys(qtbot: QtBot, theme: Theme) -> None:
    chips = ClauseChips(theme)
    qtbot.addWidget(chips)
    chips.resize(400, 80)
    chips.show_query('sea tag:"to read" -color:blue')
    with qtbot.waitExposed(chips):
        chips.show()
    assert [chip.accessibleName() for chip in chips.chips] == ["tag: to read", "not color: blue"]
    first, second = chips.chips
    with qtbot.waitSignal(chips.query_changed) as changed:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(10, first.height() // 2))
    assert changed.args == ['sea -tag:"to read" -color:blue']
    with qtbot.waitSignal(chips.query_changed) as changed:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=first._cross().center().toPoint())
    assert changed.args == ["sea -color:blue "]
    with qtbot.waitSignal(chips.query_changed) as changed:
        QTest.keyClick(second, Qt.Key.Key_Delete)
    assert changed.args == ['sea tag:"to read" ']
    chips.show_query("sea")
    assert chips.isHidden()
    chips.show_query("sea -doc:7 doc:8", {7: "Joint statement"})
    assert [chip.accessibleName() for chip in chips.chips] == ["not document: Joint statement", "doc: 8"]
    chips.show_query("tag:a " * 200)
    assert len(chips.chips) == 12, "a long query keeps room for its results"
