"""Queries under names: saved, renamed, put in order, deleted; all of it undone."""

import pytest
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound, Refused
from postil_db.library import Library
from postil_db.store import views


def names(desk: Desk) -> list[str]:
    return [view.name for view in desk.see(views.every)]


def test_a_view_is_saved_and_asked_again(desk: Desk, library: Library) -> None:
    desk.mark(note="whaling", tags=["policy/sea"])
    made = desk.act(views.save, "At sea", "tag:policy whaling")
    assert (made.name, made.query) == ("At sea", "tag:policy whaling")
    assert library.count(made.query) == 1
    again = desk.act(views.save, "at SEA", "tag:policy")
    assert [(view.id, view.query) for view in desk.see(views.every)] == [(made.id, "tag:policy")]
    assert again.id == made.id
    library.undo()
    assert desk.see(views.every) == [made]


def test_views_are_renamed_put_in_order_and_deleted(desk: Desk, library: Library) -> None:
    made = [desk.act(views.save, name, name).id for name in ("one", "two", "three")]
    desk.act(views.rename, made[0], "first")
    desk.act(views.reorder, [made[2], made[0]])
    assert names(desk) == ["three", "first", "two"]
    desk.act(views.delete, made[2])
    assert names(desk) == ["first", "two"]
    for _ in range(3):
        library.undo()
    assert names(desk) == ["one", "two", "three"]
    with pytest.raises(Refused):
        desk.act(views.rename, made[0], "TWO")
    with pytest.raises(NotFound):
        desk.act(views.delete, 99)
    with pytest.raises(Refused):
        desk.act(views.save, "empty", "  ")
