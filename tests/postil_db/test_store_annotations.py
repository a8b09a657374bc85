from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound, Refused
from postil_db.library import Library
from postil_db.records import AnchorState, Color
from postil_db.store import annotations, versions


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


THEN = datetime(2020, 2, 29, 12, 30, 15, tzinfo=UTC)


def test_what_was_marked_elsewhere_keeps_its_times_and_what_became_of_its_passage(desk: Desk) -> None:
    place = factories.make_selector(desk.new.content, "India")
    lost = replace(place, start=7, end=7, quote="Burma")
    new = [
        annotations.NewAnnotation(place, state=AnchorState.CHANGED, former="Bharat", created_at=THEN),
        annotations.NewAnnotation(
            lost, note="x", state=AnchorState.ORPHAN, created_at=THEN, modified_at=THEN + timedelta(days=1)
        ),
    ]
    changed, orphan = desk.act(annotations.add_all, desk.info.id, new)
    assert (changed.anchor_state, changed.created_at, changed.modified_at) == (AnchorState.CHANGED, THEN, THEN)
    assert desk.see(versions.former, desk.info.id) == {changed.id: "Bharat"}
    assert (orphan.anchor_state, orphan.selector, orphan.modified_at) == (
        AnchorState.ORPHAN,
        lost,
        THEN + timedelta(days=1),
    )
    assert desk.library.check() == []
    for odd in (replace(lost, end=9), replace(lost, quote=" ")):
        with pytest.raises(Refused):
            desk.act(annotations.add_all, desk.info.id, [annotations.NewAnnotation(odd, state=AnchorState.ORPHAN)])


def test_annotations_are_revised_as_far_as_is_said_and_back(desk: Desk) -> None:
    one, two = desk.mark("India", note="a", tags=["x", "y"]), desk.mark("Kaja", note="b", tags=["z"])
    wanted = {
        one.id: annotations.Revision(note="new", tags=("y", "w"), modified_at=THEN),
        two.id: annotations.Revision(color=Color.PINK),
    }
    desk.act(annotations.revise, wanted)
    after, other = desk.see(annotations.many, [one.id, two.id])
    assert (after.note, after.tags, after.color, after.modified_at) == ("new", ("y", "w"), one.color, THEN)
    assert (other.note, other.tags, other.color) == ("b", ("z",), Color.PINK)
    desk.library.undo()
    assert desk.see(annotations.many, [one.id, two.id]) == [one, two]
