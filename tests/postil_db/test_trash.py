"""What is deleted lies in the trash, comes back whole, and goes for good only when the trash is emptied."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from tests import factories
from tests.postil_db.desk import Desk

from postil.anchors.replacing import find
from postil_db import originals
from postil_db.changes import Changes
from postil_db.errors import NotFound
from postil_db.library import Library
from postil_db.records import Color, EntityKind, EntityNote, Group, NewDecision, Ruling, TrashKind
from postil_db.store import annotations, decisions, documents, entities, entity_notes, tags, trash, versions
from postil_db.tables import EntityRow


def names(desk: Desk) -> list[tuple[TrashKind, str]]:
    return [(one.kind, one.name) for one in desk.see(trash.every)]


def test_annotations_come_back_with_tags_and_note(desk: Desk) -> None:
    one = desk.mark("New Delhi", note="where", tags=("a", "b"), color=Color.PINK)
    desk.act(annotations.remove, [one.id])
    (lying,) = desk.see(trash.every)
    assert (lying.kind, lying.name, lying.detail) == (TrashKind.ANNOTATION, "New Delhi", f"where · {desk.info.title}")
    desk.act(trash.restore, [(TrashKind.ANNOTATION, one.id)])
    assert desk.see(annotations.every) == [one]
    assert names(desk) == []


def test_an_annotation_brings_its_document_along(desk: Desk) -> None:
    one, other = desk.mark("New Delhi"), desk.mark("India")
    desk.act(annotations.remove, [one.id])
    desk.act(documents.remove, [desk.info.id])
    lying = {entry.kind: entry for entry in desk.see(trash.every)}
    assert lying[TrashKind.DOCUMENT].count == 1
    desk.act(trash.restore, [(TrashKind.ANNOTATION, one.id)])
    assert {it.id for it in desk.see(annotations.every)} == {one.id, other.id}


def test_a_tag_comes_back_to_all_that_carried_it(desk: Desk, library: Library) -> None:
    first, second = desk.mark("New Delhi", tags=("places", "kept")), desk.mark("India", tags=("places",))
    person = factories.make_found(desk.new.content, "Kaja Kallas", EntityKind.PERSON)
    library.write("", lambda session: entities.replace(session, desk.info.id, "1", [person]), undoable=False)
    kallas = desk.see(entities.every)[0]
    desk.act(entity_notes.attach, [kallas.id], "places")
    desk.act(tags.set_color, "places", Color.GREEN)
    desk.act(tags.delete, "places")
    desk.act(annotations.remove, [second.id])
    (tag,) = [entry for entry in desk.see(trash.every) if entry.kind is TrashKind.TAG]
    assert (tag.name, tag.count) == ("places", 2)
    written = library.write("Restore", lambda session: trash.restore(session, [(TrashKind.TAG, tag.id)]))
    assert written.changes.trashed_tags == {tag.id}
    assert desk.see(annotations.get, first.id).tags == ("kept", "places")
    assert [(it.name, it.color, it.count) for it in desk.see(tags.every)] == [
        ("kept", None, 1),
        ("places", Color.GREEN, 1),
    ]
    assert desk.see(entity_notes.of, kallas.id) == EntityNote("", ("places",))
    library.undo()
    assert TrashKind.TAG in {kind for kind, _name in names(desk)}
    assert library.check() == []


def test_emptying_leaves_no_trace_and_harms_nothing_else(desk: Desk, library: Library) -> None:
    second = factories.make_document("Another document", "It stays here.")
    stays = library.add(second, second.content.text.encode()).result.info
    kept, gone = desk.mark("India", note="stays"), desk.mark("New Delhi", note="goes", tags=("t",))
    desk.act(decisions.decide, NewDecision(Ruling.NOT_ENTITY, document_id=desk.info.id, start=0, end=3))
    desk.act(annotations.remove, [gone.id])
    assert library.empty_trash() == 1
    assert [one.reason for one in library.backups()] == ["before-emptying-the-trash"]
    assert desk.see(annotations.every) == [kept]
    assert library.search("goes").total == 0
    original = library.original(desk.info.sha256)
    desk.act(documents.remove, [desk.info.id])
    library.empty_trash([(TrashKind.DOCUMENT, desk.info.id)])
    assert [one.id for one in desk.see(documents.every)] == [stays.id]
    assert not original.exists()
    assert library.original(stays.sha256).exists()
    assert library.check() == []
    while library.undo():
        assert library.check() == []
    while library.redo():
        assert library.check() == []
    assert [one.id for one in desk.see(documents.every)] == [stays.id]
    assert library.add(desk.new, desk.new.content.text.encode()).result.new


def test_only_what_is_old_goes(desk: Desk, library: Library) -> None:
    desk.act(annotations.remove, [desk.mark().id])
    assert library.empty_trash(before=datetime.now(UTC) - timedelta(days=30)) == 0
    assert library.empty_trash(before=datetime.now(UTC) + timedelta(seconds=1)) == 1


def test_what_is_not_in_the_trash_cannot_be_brought_back_or_emptied(desk: Desk, library: Library) -> None:
    one = desk.mark()
    with pytest.raises(NotFound):
        desk.act(trash.restore, [(TrashKind.ANNOTATION, one.id)])
    with pytest.raises(NotFound):
        library.empty_trash([(TrashKind.ANNOTATION, one.id)])
    assert desk.see(annotations.every) == [one]


def test_what_is_deleted_for_good_is_in_the_index_no_more(desk: Desk, library: Library) -> None:
    found = factories.make_found(desk.new.content, "Kaja Kallas", EntityKind.PERSON)
    library.write("Names", lambda session: entities.replace(session, desk.info.id, "test/1", [found]), undoable=False)
    desk.mark("India", note="private")
    assert library.ask("private").totals[Group.NOTE] == 1
    told = list[Changes]()
    library.subscribe(told.append)
    desk.act(documents.remove, [desk.info.id])
    library.empty_trash()
    assert told[-1].annotations
    assert told[-1].documents == told[-1].mentions == {desk.info.id}
    assert library.heal_index() == 0  # it knew without comparing
    assert desk.see(entities.every) == []
    assert library.read(lambda session: session.scalars(select(EntityRow.name)).all()) == []


def test_with_the_newest_copy_go_those_it_replaced_and_never_alone(desk: Desk, library: Library) -> None:
    desk.mark("India")
    newer = factories.make_document("Kaja Kallas met Rajnath Singh in India, of all places.")
    info = library.add(newer, newer.content.text.encode()).result.info
    desk.act(versions.replace, desk.info.id, info.id, find)
    original = library.original(desk.info.sha256)
    for act in (trash.restore, trash.empty):
        with pytest.raises(NotFound):  # undo would bring annotations back to a document that is no more
            desk.act(act, [(TrashKind.DOCUMENT, desk.info.id)])
    desk.act(documents.remove, [info.id])
    assert library.empty_trash() == 1
    assert names(desk) == []
    assert not original.exists()
    while library.undo():
        assert library.check() == []


def test_a_document_that_is_added_while_the_trash_is_emptied_keeps_its_original(
    desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.act(documents.remove, [desk.info.id])
    keep = originals.keep

    def keep_and_lose(*given: Any) -> None:
        monkeypatch.setattr(originals, "keep", keep)
        keep(*given)
        library.empty_trash()  # as the thread beside does it, once a term is over

    monkeypatch.setattr(originals, "keep", keep_and_lose)
    added = library.add(desk.new, desk.new.content.text.encode()).result
    assert library.original(added.info.sha256).is_file()
    assert library.check() == []
