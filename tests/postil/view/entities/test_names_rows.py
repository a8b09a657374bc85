"""What the table shows and in which order, against the plain way; and the table as Qt sees it, with many rows."""

import random
from collections.abc import Callable
from time import thread_time
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from postil.exchange.decision_words import said_of_all
from postil.view.entities.picker import EntityPicker
from postil.view.entities.table_keys import REMOVE, deed_for, hint
from postil.view.entities.table_model import NamesModel
from postil.view.entities.table_rows import (
    COLUMNS,
    Arrangement,
    Column,
    after_click,
    arrange,
    begins,
    listing,
    shown,
    sorts_of,
    words_of,
)
from postil.view.entities.table_view import NamesTable, runs
from postil.view.keys import Bindings
from postil.view.look.theme import themes
from postil.view.menus import declared
from postil_db.records import EntityKind, NewDecision, Origin, Ruling
from postil_db.records.entity_list import ListedEntity

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
FIRST = ("Kaja", "Åsa", "محمد", "שרה", "Владимир", "ŁUKASZ", "Jean-Luc", "習", "=SUM")


def rows(count: int, *, chance: int = 3) -> list[ListedEntity]:
    """Names by chance, with many ties."""
    pick = random.Random(chance)
    return [
        ListedEntity(
            number + 1, pick.choice(list(EntityKind)), f"{pick.choice(FIRST)} {pick.randrange(count)}",
            tuple(f"form {n}" for n in range(pick.randrange(3))), pick.randrange(5), pick.randrange(3),
            f"202{pick.randrange(5)}-01-01", f"202{pick.randrange(5)}-02-01", pick.choice(list(Origin)),
            pick.choice(("", "", "note")), pick.choice(((), (), ("eu",))), pick.choice((True, False)),
        )
        for number in range(count)
    ]  # fmt: skip


KEYS: dict[Column, Callable[[ListedEntity], Any]] = {
    Column.KIND: lambda one: list(EntityKind).index(one.kind),
    Column.ALIASES: lambda one: len(one.aliases),
    Column.MENTIONS: lambda one: one.mentions,
    Column.DOCUMENTS: lambda one: one.documents,
    Column.FIRST: lambda one: one.first_seen,
    Column.LAST: lambda one: one.last_seen,
    Column.ORIGIN: lambda one: (Origin.MODEL, Origin.RULE, Origin.YOU).index(one.origin),
    Column.WRITTEN: lambda one: (bool(one.note), len(one.tags)),
}


@pytest.mark.parametrize("column", list(KEYS))
@pytest.mark.parametrize("largest", [True, False])
def test_every_column_sorts_stably(column: Column, largest: bool) -> None:
    """In pieces as in one: with more rows than a piece holds."""
    given = rows(2_500)
    listed = listing(None, given)
    plain = sorted(range(len(given)), key=lambda at: listed.names[at])
    plain = sorted(plain, key=lambda at: -given[at].mentions) if column is not Column.MENTIONS else plain
    plain = sorted(plain, key=lambda at: KEYS[column](given[at]), reverse=largest)
    assert arrange(listed, Arrangement(sorts=((column, largest),))) == plain


def test_filters_leave_out_what_does_not_fit() -> None:
    given = rows(300)
    listed = listing(1, given)

    def left(**wanted: object) -> set[int]:
        return {given[at].id for at in arrange(listed, Arrangement(**wanted))}  # type: ignore[arg-type]

    assert left(words="asa") == {one.id for one in given if one.name.startswith("Åsa")}
    assert left(words="lukasz") == {one.id for one in given if one.name.startswith("ŁUKASZ")}
    assert left(words="luc jean") == left(words="Jean-Luc") == {one.id for one in given if "Jean" in one.name}
    assert left(words="FORM 1") >= {one.id for one in given if "form 1" in one.aliases}
    assert left(kind=PLACE, written=True, origin=Origin.YOU, new=True) == {
        one.id for one in given if one.kind is PLACE and (one.note or one.tags) and one.origin is Origin.YOU and one.new
    }
    numbers = {one.id for one in given if one.kind is EntityKind.QUANTITY}
    assert numbers
    assert left(quantities=False) == {one.id for one in given} - numbers
    assert left(kind=EntityKind.QUANTITY, quantities=False) == numbers
    everything_new = listing(1, [one._replace(new=True) for one in given])
    assert not any(one.new for one in everything_new.rows), "in the first document of all, that would say nothing"


def test_a_name_is_found_by_its_beginning_or_that_of_a_word() -> None:
    names = ("Kaja Kallas", "Kallas", "Åsa Öberg", "Jean-Luc Ärzte", "محمد بن سلمان", "")
    given = [ListedEntity(at, PERSON, name, (), 9 - at, 1, "", "", Origin.MODEL) for at, name in enumerate(names)]
    sight = shown(listing(None, given), Arrangement())
    typed = ("k", "kal", "ase", "asa o", "luc", "arz", "محم", "سلمان", "z")
    assert [begins(sight, one, 0) for one in typed] == [0, 1, -1, 2, 3, 3, 4, 4, -1]
    assert [begins(sight, "k", start) for start in (0, 1, 2, 6)] == [0, 1, 0, 0]
    assert begins(shown(listing(None, ()), Arrangement()), "k", 0) == -1


def test_sorting_is_turned_kept_and_read_again() -> None:
    sorts = after_click(((Column.MENTIONS, True),), Column.NAME)
    assert sorts == ((Column.NAME, False), (Column.MENTIONS, True))
    assert after_click(sorts, Column.NAME) == ((Column.NAME, True), (Column.MENTIONS, True))
    assert sorts_of(words_of(sorts)) == sorts
    assert sorts_of(["nonsense", "name:", ""]) == ((Column.NAME, False),)
    assert sorts_of([]) == ((Column.MENTIONS, True),)
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert (runs([]), runs(range(5))) == ([], [(0, 4)])


def test_the_model_is_sound_and_says_all_to_a_screen_reader(qtmodeltester: ModelTester) -> None:
    model = NamesModel(themes()["dark"])
    one = ListedEntity(7, PLACE, "New Delhi", ("Delhi",), 1204, 3, "2024-05-01", "2026", Origin.YOU, "x", ("eu",), True)
    other = one._replace(id=8, name="שרה", kind=PERSON, new=False)
    model.show(shown(listing(None, [one, other]), Arrangement()))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    cells = [str(model.index(0, at).data()) for at in range(len(COLUMNS))]
    assert cells == ["New Delhi", "Place", "Delhi", "1,204", "3", "2024-05-01", "2026", "You", "#eu  x"]
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "New Delhi, Place, 1,204 mentions in 3 documents, new to you, with a note, #eu"


def test_keys_with_alt_do_what_they_do_elsewhere() -> None:
    bindings = Bindings(declared())

    def pressed(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        return deed_for(QKeyEvent(QEvent.Type.KeyPress, key, held), bindings)

    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    assert [pressed(key, alt) for key in (Qt.Key.Key_X, Qt.Key.Key_M, Qt.Key.Key_J)] == [
        "name_not_here",
        "name_merge",
        "",
    ]
    assert pressed(Qt.Key.Key_X, alt | shift) == "name_not"
    assert [pressed(key) for key in (Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_F2)] == ["", REMOVE, "name_rename"]
    bindings.set("name_merge", ["G"])
    assert pressed(Qt.Key.Key_G, alt) == "name_merge"
    assert (hint(bindings, "name_merge"), hint(bindings, "name_find")) == ("Alt+G", "")


def test_those_to_be_merged_are_offered_before_all_others(qtbot: QtBot) -> None:
    known = [("Kallas", PERSON, 50), ("Siim", PERSON, 9), ("Kaja", PERSON, 3), ("Kaja K.", PLACE, 7)]
    dialog = EntityPicker(themes()["light"], "All are:", known, known[3], among=[known[2], known[3]])
    qtbot.addWidget(dialog)
    assert [one[0] for one in dialog._names] == ["Kaja K.", "Kaja", "Kallas", "Siim"]


def test_what_is_ruled_of_several_is_one_sentence() -> None:
    three = [NewDecision(Ruling.NOT_ENTITY, PERSON, name, document_id=1) for name in ("A", "B", "C")]
    assert said_of_all(three, "T") == "“A”, “B” and 1 more are not names, in “T”"
    merged = [NewDecision(Ruling.MERGE, PERSON, name, to_kind=PERSON, to_name="C") for name in ("A", "B")]
    assert said_of_all(merged) == "“A” and “B” are the same as “C”"
    assert said_of_all(merged[:1]) == "“A” is the same as “C”"


def test_many_names_do_not_hold_the_window(qtbot: QtBot) -> None:
    """The window's own work for a new order, also with all of them chosen; measured as processor time."""
    table = NamesTable(themes()["light"])
    qtbot.addWidget(table)
    table.resize(900, 500)
    listed = listing(None, rows(12_000))
    by_name, by_kind = (shown(listed, Arrangement(sorts=((one, False),))) for one in (Column.NAME, Column.KIND))
    with qtbot.waitExposed(table):
        table.show()
    table.show_names(by_name)
    table.selectAll()
    begun = thread_time()
    table.show_names(by_kind)
    table.viewport().repaint()
    table.horizontalHeader().viewport().repaint()
    assert thread_time() - begun < 0.1
    assert table.chosen_count == 12_000
    table.setCurrentIndex(table.names.index(9_000, 0))
    one = table.current()
    assert one is not None
    table.show_names(by_name)
    assert table.current() == one
    assert table.visualRect(table.currentIndex()).intersects(table.viewport().rect())
