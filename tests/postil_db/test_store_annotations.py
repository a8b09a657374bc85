from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound, Refused
from postil_db.library import Library
from postil_db.records import AnchorState, Color
from postil_db.store import annotations


def test_an_annotation_is_as_it_was_made(desk: Desk) -> None:
    selector = factories.make_selector(desk.new.content, "India signed")
    made = desk.mark("India signed", color=Color.PINK, note="**why**\n- so", tags=["b", "a", "B"])
    assert made.selector == selector
    assert (made.color, made.note, made.tags) == (Color.PINK, "**why**\n- so", ("b", "a"))
    assert made.anchor_state is AnchorState.EXACT
    assert made.created_at == made.modified_at
    assert abs(datetime.now(UTC) - made.created_at) < timedelta(minutes=1)
    assert desk.see(annotations.get, made.id) == made


def test_the_order_is_the_text_s(desk: Desk) -> None:
    late, early, long = desk.mark("comes first"), desk.mark("Kaja"), desk.mark("Kaja Kallas met")
    assert [one.id for one in desk.see(annotations.of_document, desk.info.id)] == [early.id, long.id, late.id]
    assert [one.id for one in desk.see(annotations.many, [late.id, 77, early.id, late.id])] == [
        late.id,
        early.id,
        late.id,
    ]


def test_thousands_can_be_asked_for(desk: Desk) -> None:
    made = desk.mark()
    assert desk.see(annotations.many, [*range(40_000, 2, -1), made.id]) == [made]


@pytest.mark.parametrize("odd", [{"start": 5, "end": 5}, {"start": 9, "end": 5}, {"start": -1}, {"quote": " \n"}])
def test_an_empty_passage_is_refused(desk: Desk, library: Library, odd: dict[str, Any]) -> None:
    selector = replace(factories.make_selector(desk.new.content, "India"), **odd)
    with pytest.raises(Refused, match="Select some words"):
        library.write("Mark", lambda session: annotations.add(session, desk.info.id, selector))


def test_what_is_not_there_is_said(desk: Desk, library: Library) -> None:
    selector = factories.make_selector(desk.new.content, "India")
    with pytest.raises(NotFound, match="no document 9"):
        library.write("Mark", lambda session: annotations.add(session, 9, selector))
    for function, *given in (
        (annotations.set_note, 9, "x"),
        (annotations.set_color, [9], Color.BLUE),
        (annotations.remove, [9]),
        (annotations.get, 9),
    ):
        with pytest.raises(NotFound, match="no annotation 9"):
            desk.act(function, *given)


def test_a_note_may_hold_anything(desk: Desk) -> None:
    made = desk.mark()
    desk.act(annotations.set_note, made.id, "\ud800 \x00 \U0010ffff \u202e'; DROP TABLE annotation;--")
    assert desk.see(annotations.get, made.id).note == "� � \U0010ffff \u202e'; DROP TABLE annotation;--"


def test_changing_it_moves_its_time_and_saying_the_same_does_not(desk: Desk, library: Library) -> None:
    made = desk.mark(note="same")
    assert not library.write("Note", lambda session: annotations.set_note(session, made.id, "same")).changes
    assert not library.write("Colour", lambda session: annotations.set_color(session, [made.id], made.color)).changes
    assert library.undo_label() == "Mark"
    desk.act(annotations.set_color, [made.id], Color.BLUE)
    changed = desk.see(annotations.get, made.id)
    assert changed.color is Color.BLUE
    assert changed.modified_at > made.modified_at
    assert changed.created_at == made.created_at


def test_removed_ones_are_gone(desk: Desk) -> None:
    gone, kept = desk.mark(), desk.mark("Kaja")
    desk.act(annotations.remove, [gone.id])
    assert desk.see(annotations.every) == [kept]
    assert desk.see(annotations.many, [gone.id]) == []
    with pytest.raises(NotFound):
        desk.see(annotations.get, gone.id)
