import pytest
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound, Refused
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import annotations, tags


def counts(desk: Desk) -> dict[str, int]:
    return {tag.name: tag.count for tag in desk.see(tags.every)}


def test_tags_are_given_and_taken(desk: Desk) -> None:
    one, two = desk.mark(), desk.mark("Kaja")
    desk.act(tags.attach, [one.id, two.id], "  policy/defence\n")
    desk.act(tags.attach, [one.id], "POLICY/Defence")
    desk.act(tags.attach, [one.id], "sea")
    assert counts(desk) == {"policy/defence": 2, "sea": 1}
    assert [it.id for it in desk.see(annotations.with_tag, "Policy/defence")] == [two.id, one.id]
    assert desk.see(annotations.get, one.id).tags == ("policy/defence", "sea")
    desk.act(tags.detach, [one.id, two.id], "policy/defence")
    assert counts(desk) == {"policy/defence": 0, "sea": 1}
    assert desk.see(annotations.get, one.id).modified_at > one.modified_at


@pytest.mark.parametrize("name", ["", " ", "\n", "\u200b", "\x07 \u202e", "x" * 201])
def test_a_tag_needs_a_name_of_sensible_length(desk: Desk, name: str) -> None:
    made = desk.mark()
    with pytest.raises(Refused, match="A tag"):
        desk.act(tags.attach, [made.id], name)
    assert counts(desk) == {}


def test_a_semicolon_is_refused_wherever_a_name_is_given(desk: Desk) -> None:
    made = desk.mark(tags=["sea"])
    for act in ((tags.attach, [made.id], "a; b"), (tags.rename, "sea", "a;b")):
        with pytest.raises(Refused, match="semicolon"):
            desk.act(*act)
    with pytest.raises(Refused, match="semicolon"):
        desk.mark("Kaja", tags=["a; b"])
    assert counts(desk) == {"sea": 1}


def test_renaming_reaches_every_annotation(desk: Desk, library: Library) -> None:
    one, two = desk.mark(tags=["old"]), desk.mark("Kaja", tags=["old"])
    done = library.write("Rename", lambda session: tags.rename(session, "old", "New"))
    assert done.changes.annotations == {one.id, two.id}
    assert done.changes.tags == {desk.see(tags.every)[0].id}
    assert counts(desk) == {"New": 2}
    desk.act(tags.rename, "new", "new")
    assert counts(desk) == {"new": 2}


def test_renaming_to_a_name_in_use_says_to_merge(desk: Desk) -> None:
    desk.mark(tags=["a", "b"])
    with pytest.raises(Refused, match=r"already a tag “b”. Merge"):
        desk.act(tags.rename, "a", "B")


def test_merging_keeps_one_tag_an_annotation(desk: Desk) -> None:
    both, one = desk.mark(tags=["a", "b"]), desk.mark("Kaja", tags=["a"])
    desk.act(tags.merge, "a", "b")
    assert counts(desk) == {"b": 2}
    assert desk.see(annotations.get, both.id).tags == ("b",)
    assert desk.see(annotations.get, one.id).tags == ("b",)
    with pytest.raises(Refused, match="into itself"):
        desk.act(tags.merge, "b", "B")


def test_deleting_leaves_the_annotations(desk: Desk) -> None:
    made = desk.mark(tags=["a", "b"])
    desk.act(tags.delete, "a")
    assert counts(desk) == {"b": 1}
    assert desk.see(annotations.get, made.id).tags == ("b",)


def test_a_colour_for_a_tag_and_none(desk: Desk, library: Library) -> None:
    made = desk.mark(tags=["a"])
    done = library.write("Colour", lambda session: tags.set_color(session, "a", Color.GREEN))
    assert done.changes.annotations == frozenset()
    assert desk.see(tags.every)[0].color is Color.GREEN
    desk.act(tags.set_color, "a", None)
    assert desk.see(tags.every)[0].color is None
    assert desk.see(annotations.get, made.id).tags == ("a",)


def test_a_tag_that_is_not_there_is_said(desk: Desk) -> None:
    made = desk.mark(tags=["a"])
    for function, *given in (
        (tags.detach, [made.id], "x"),
        (tags.rename, "x", "y"),
        (tags.merge, "a", "x"),
        (tags.delete, "x"),
        (annotations.with_tag, "x"),
    ):
        with pytest.raises(NotFound, match="no tag “x”"):
            desk.act(function, *given)
    with pytest.raises(NotFound, match="no annotation 99"):
        desk.act(tags.attach, [99], "a")


def test_removed_annotations_do_not_count(desk: Desk, library: Library) -> None:
    made = desk.mark(tags=["a"])
    desk.act(annotations.remove, [made.id])
    assert counts(desk) == {"a": 0}
    library.undo()
    assert counts(desk) == {"a": 1}
