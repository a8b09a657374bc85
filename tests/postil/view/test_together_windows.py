"""Together and Timeline over the real window: numbers, lines and bars lead to passages, and back to the page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, islice
from typing import override

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.postil.view.at_the_window import KnowsTwoNames, Reader

from postil.entities.client import VERSION, Batch, Finished
from postil.view.look.theme import style, themes
from postil.view.timeline.marks import TimeMark, stretch
from postil.view.timeline.scale import Step, around, bars, spoken, step_for
from postil.view.timeline.window import TimelineWindow
from postil.view.together.graph import Graph, left_out_words
from postil.view.together.layout import LINES, draw
from postil.view.together.passages import excerpt, places
from postil.view.together.table import TogetherModel
from postil.view.together.window import TogetherWindow
from postil_db.records import Content, Entity, EntityKind, FoundMention, Origin, Passage, Together

SENTENCE = "Kaja Kallas met Rajnath Singh in New Delhi on Tuesday."
PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
ROWS = tuple(Entity(number, PERSON, f"Somebody {number}", (), 9) for number in range(1, 7))


class KnowsASentence(KnowsTwoNames):
    """Finds two names and a date in one sentence of the factories' article."""

    @override
    def recognise(
        self, content: Content, *, language: str, first_block: int = 0, published: str = ""
    ) -> Iterator[Batch | Finished]:
        at = content.text.index(SENTENCE)
        found = (
            FoundMention(at, at + 11, PERSON, "Kaja Kallas", Origin.MODEL),
            FoundMention(at + 33, at + 42, PLACE, "New Delhi", Origin.MODEL),
            FoundMention(at + 46, at + 53, EntityKind.DATE, "Tuesday", Origin.RULE, "2026-01-27"),
        )
        yield Finished(found, VERSION, "")


@pytest.fixture
def reader(start: Callable[..., Reader], library_with_article: int) -> Reader:
    """Somebody with the article open."""
    reader = start(recogniser=KnowsASentence())
    reader.wait(lambda: reader.parts.desk.names is not None and reader.parts.desk.names.mentions)
    reader.settle()
    return reader


def frame[F: TogetherWindow | TimelineWindow](reader: Reader, kind: type[F], command: str) -> F:
    reader.window.commands[command].trigger()
    reader.settle()
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def test_a_number_leads_to_its_passages_and_they_to_the_page(reader: Reader) -> None:
    together = frame(reader, TogetherWindow, "together")
    reader.wait(lambda: together.stack.currentWidget() is together.table)
    reader.wait(together.pane.list.rows.records)
    assert together.pane.title.whole() == "Kaja Kallas and New Delhi: 1 passage"
    numbers = together.table.numbers
    assert [numbers.data(numbers.index(0, 1)), numbers.data(numbers.index(1, 0))] == ["1", "1"]
    QTest.keyClick(together.table, Qt.Key.Key_Return)
    opened: list[Passage] = []
    together.opened.connect(opened.append)
    together.pane.list.setCurrentIndex(together.pane.list.rows.index(0))
    together.pane.list.activated.emit(together.pane.list.rows.index(0))
    assert "Kaja Kallas" in opened[0].text
    QTest.keyClick(together, Qt.Key.Key_Escape)
    assert not together.isVisible()


def test_the_graph_is_walked_by_keys(reader: Reader) -> None:
    together = frame(reader, TogetherWindow, "together")
    reader.wait(lambda: together.stack.currentWidget() is together.table)
    together.as_graph.click()
    graph = together.graph
    assert "Kaja Kallas and New Delhi: 1" in graph.accessibleName()
    assert {node.label for node in graph.drawing.nodes} == {"Kaja Kallas", "New Delhi"}
    there = graph.place(1) - graph.place(0)
    before = graph.node
    away = Qt.Key.Key_Right if (there.x() > 0) == (before == 0) else Qt.Key.Key_Left
    with reader.qtbot.waitSignal(graph.chosen):
        QTest.keyClick(graph, away)
    assert graph.node != before
    middle = (graph.place(0) + graph.place(1)) / 2
    assert graph.tip_at(middle) == "Kaja Kallas and New Delhi: 1"
    with reader.qtbot.waitSignal(graph.chosen) as chosen:
        QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert len(chosen.args) == 2
    together.close()


def test_the_pairs_that_are_not_drawn_are_told(qtbot: QtBot) -> None:
    names = tuple(Entity(number, PERSON, f"Somebody {number}", (), 9) for number in range(14))
    pairs = dict.fromkeys(islice(combinations(range(14), 2), LINES + 12), 2)
    drawing = draw(Together(names, names, pairs))
    graph = Graph(themes()["light"])
    qtbot.addWidget(graph)
    graph.resize(600, 400)
    for left_out, words in ((12, "12 more pairs are in the table."), (1, "1 more pair is in the table.")):
        assert left_out_words(replace(drawing, left_out=left_out)) == words
    graph.show_drawing(drawing)
    told = graph.grab().toImage()
    assert graph.accessibleName().endswith("12 more pairs are in the table")
    assert len(graph.drawing.lines) == LINES
    graph.show_drawing(replace(drawing, left_out=0))
    assert "table" not in graph.accessibleName()
    assert graph.grab().toImage() != told


def test_what_is_not_there_is_said(reader: Reader) -> None:
    together = frame(reader, TogetherWindow, "together")
    together.against.setCurrentIndex(1)
    reader.wait(lambda: together.stack.currentWidget() is together.empty)
    assert "Nothing is tagged" in together.empty.words()
    together.close()


def test_the_timeline_shows_dates_and_the_readers_days(reader: Reader) -> None:
    reader.select("Rajnath Singh")
    reader.window.commands["mark_yellow"].trigger()
    reader.settle()
    window = frame(reader, TimelineWindow, "timeline")
    reader.wait(lambda: window.stack.currentWidget() is window.timeline)
    line = window.timeline
    assert sorted(bar.yours for bar in line.bars) == [False, True]
    line.choose(next(at for at, bar in enumerate(line.bars) if not bar.yours))
    assert [one.text for one in window.pane.list.rows.records()] == [SENTENCE]
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert [one.text for one in window.pane.list.rows.records()] == ["Rajnath Singh"]
    line.zoom_to(26.0)
    assert line.step is Step.DAY
    assert line.current_bar is not None
    assert line.current_bar.yours
    assert "1 of your marks" in line.accessibleName()
    line.fit()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not window.isVisible()


@pytest.mark.parametrize("kind", [TogetherWindow, TimelineWindow])
def test_the_windows_wear_what_the_main_window_wears(qtbot: QtBot, kind: type[TogetherWindow | TimelineWindow]) -> None:
    window = kind(themes()["light"])
    qtbot.addWidget(window)
    window.set_theme(themes()["dark"])
    assert style(themes()["dark"]) in window.styleSheet()
    assert "#frame" in window.styleSheet()


def test_cells_say_more_than_their_colour(qtbot: QtBot) -> None:
    model = TogetherModel(themes()["contrast"])
    model.show(Together(ROWS, ("war", "peace"), {(0, 1): 3}))
    assert not model.paired
    assert model.data(model.index(0, 1)) == "3"
    assert model.data(model.index(0, 0)) == ""
    said = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Somebody 1 and #peace: 3"


def test_names_in_a_graph_do_not_cover_one_another() -> None:
    counts = {(one, other): 1 + one for one in range(5) for other in range(one + 1, 6)}
    drawing = draw(Together(ROWS, ROWS, counts))
    assert len(drawing.lines) == 15
    assert all(0 <= node.x <= 1 and 0 <= node.y <= 1 for node in drawing.nodes)
    assert len({(round(node.x, 2), round(node.y, 2)) for node in drawing.nodes}) == 6
    assert drawing == draw(Together(ROWS, ROWS, counts)), "drawn alike each time"
    assert draw(Together((), (), {})).nodes == ()
    tagged = draw(Together(ROWS, ("war",), {(0, 0): 2}))
    assert [node.label for node in tagged.nodes] == ["Somebody 1", "#war"]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2026-01-27", ("2026-01-27", "2026-01-27")),
        ("2026-02", ("2026-02-01", "2026-02-28")),
        ("2026-12", ("2026-12-01", "2026-12-31")),
        ("1995", ("1995-01-01", "1995-12-31")),
        ("2026-W05", ("2026-01-26", "2026-02-01")),
        ("1990/1999", ("1990-01-01", "1999-12-31")),
        ("T17:00", None),
        ("", None),
        ("2026-02-30", None),
        ("1999/1990", None),
    ],
)
def test_values_as_days(value: str, days: tuple[str, str] | None) -> None:
    assert stretch(value) == (days and tuple(map(date.fromisoformat, days)))


def test_marks_are_gathered_by_the_step_and_long_stretches_stay_long() -> None:
    def mark(value: str, number: int) -> TimeMark:
        days = stretch(value)
        assert days is not None
        return TimeMark(*days, yours=False, passage=Passage(1, "A", number, number + 1, value))

    marks = [mark(value, at) for at, value in enumerate(("2026-01-27", "2026-01-05", "2026-02", "2026", "1990/1999"))]
    by_month = bars(marks, Step.MONTH, 4)
    assert [(spoken(bar), len(bar.marks), bar.wide) for bar in by_month] == [
        ("1990s", 1, True),
        ("January 2026", 2, False),
        ("2026", 1, True),
        ("February 2026", 1, False),
    ]
    assert [len(bar.marks) for bar in bars(marks, Step.DECADE, 4)] == [1, 4]
    assert [step_for(scale) for scale in (30, 1, 0.1, 0.001)] == [Step.DAY, Step.MONTH, Step.YEAR, Step.DECADE]
    assert around(date(9999, 5, 5), Step.DECADE)[1] == date(9999, 12, 31)
    assert around(date(1, 1, 1), Step.DECADE)[0] == date(1, 1, 1)


def test_passages_begin_near_what_matters() -> None:
    text = "So it went on and on. " * 9 + "Then Kallas met Modi."
    shown = excerpt(text, ("Kaja Kallas", "Modi"))
    assert shown.startswith("… ")
    assert [shown[start:end] for start, end in places(shown, ("Kaja Kallas", "Modi"))] == ["Kallas", "Modi"]
    assert len(shown) < 100
    assert excerpt("a  b\nc", ()) == "a b c"
