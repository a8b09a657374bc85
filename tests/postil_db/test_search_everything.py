"""One question over highlights, notes, entities and texts: its groups, its places, and what it has in common."""

import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event, RLock

import pytest
from tests import factories
from tests.postil_db.desk import Desk, sit_down

from postil_db.book import Book
from postil_db.library import Library
from postil_db.records import Color, EntityKind, Group, NewDecision, Ruling
from postil_db.shelf import Shelf, Stopped
from postil_db.store import annotations, decisions, documents, entities, entity_notes


@pytest.fixture
def named(desk: Desk, library: Library) -> Desk:
    found = [factories.make_found(desk.new.content, "Kaja Kallas", EntityKind.PERSON)]
    library.write("", lambda s: entities.replace(s, desk.info.id, "v", found), undoable=False)
    return desk


def totals(library: Library, query: str) -> list[int]:
    answer = library.ask(query)
    return [answer.totals[group] for group in Group]


def test_results_come_in_groups_with_their_places(named: Desk, library: Library) -> None:
    plain, noted = named.mark("Kaja Kallas"), named.mark("India", note="Kallas was there")
    answer = library.ask("kallas ")
    assert [one.group for one in answer.results] == [Group.HIGHLIGHT, Group.NOTE, Group.ENTITY, Group.TEXT, Group.TEXT]
    assert [one.annotation for one in answer.results[:2]] == [plain, noted]
    text = named.new.content.text
    for one in answer.results[3:]:
        assert text[one.start : one.end] == "Kallas"
        assert [one.snippet[start:end] for start, end in one.marks] == ["Kallas"]
        assert (one.title, one.date) == (named.info.title, "2026-01-27")
    assert answer.ready == 1


def test_a_name_is_told_as_it_is_now_though_it_was_told_before(named: Desk, library: Library) -> None:
    def told() -> list[tuple[str, tuple[str, ...], int]]:
        found = (one.entity for one in library.ask("kallas in:entity").results)
        return [(one.name, one.aliases, one.count) for one in found if one is not None]

    assert told() == told() == [("Kaja Kallas", (), 1)]
    renamed = NewDecision(Ruling.RENAME, EntityKind.PERSON, "Kaja Kallas", to_name="K. Kallas")
    library.write("Rename", lambda s: decisions.decide(s, renamed))
    assert told() == [("K. Kallas", ("Kaja Kallas",), 1)]
    library.undo()
    assert told() == [("Kaja Kallas", (), 1)]
    found = factories.make_found(named.new.content, "Kaja Kallas", EntityKind.PERSON)
    more = factories.make_found(named.new.content, "Kallas said", EntityKind.PERSON)
    more = replace(more, name="Kaja Kallas")
    library.write("", lambda s: entities.replace(s, named.info.id, "v2", [found, more]), undoable=False)
    assert told() == [("Kaja Kallas", ("Kallas said",), 2)]
    library.write("Delete", lambda s: documents.remove(s, [named.info.id]))
    assert told() == []


MEANINGS = [
    ("in:note", [0, 1, 0, 0]),
    ("kallas in:text", [0, 0, 0, 2]),
    ("person:kallas", [1, 0, 1, 0]),
    ("org:kallas", [0, 0, 0, 0]),
    ("title:delhi kallas", [1, 0, 1, 2]),
    ("published:2026-01 kallas lang:en author:writer", [1, 0, 1, 2]),
    ("lang:de", [0, 0, 0, 0]),
    ("tag:people", [1, 0, 1, 0]),
    ("signs", [2, 0, 0, 2]),
    ("signs stem:off", [0, 0, 0, 0]),
    ("kallas NEAR/2 rajnath", [1, 0, 0, 1]),
    ("kallas NEAR/1 rajnath", [0, 0, 0, 0]),
    ("person:kallas NEAR/4 tag:people", [1, 0, 0, 1]),
    ("tag:people NEAR/30 india", [2, 0, 0, 2]),
    ("tag:people NEAR/3 india", [0, 0, 0, 0]),
]


def test_a_query_means_over_all_groups(named: Desk, library: Library) -> None:
    named.mark("Kaja Kallas", tags=["people"])
    named.mark("India", note="New here")
    (person,) = named.see(entities.every)
    named.act(entity_notes.attach, [person.id], "people")
    for query, expected in MEANINGS:
        assert totals(library, query + " ") == expected, query


def test_facets_count_all_hits_and_narrow_to_them(named: Desk, library: Library) -> None:
    for number in range(8):
        named.mark("Kaja Kallas", tags=["policy/sea"], color=list(Color)[number % 2])
    named.mark("India", tags=["other"])
    answer = library.ask("", limit=1)
    counts = {(one.field, one.value): one for one in answer.facets}
    assert counts["tag", "policy"].count == counts["tag", "policy/sea"].count == 8
    assert counts["color", "yellow"].count == 5
    assert counts["entity", "person/kaja kallas"].count == counts["kind", "person"].count == 8
    assert counts["document", str(named.info.id)].count == 10, "nine annotations and the document itself"
    for one in answer.facets:
        if one.field != "group":
            narrowed = library.ask(one.clause + " ").totals
            texts = narrowed[Group.TEXT] if one.field == "document" else 0
            assert narrowed[Group.HIGHLIGHT] + narrowed[Group.NOTE] + texts == one.count, one


def test_the_trash_is_searched_only_where_that_is_asked_for(named: Desk, library: Library) -> None:
    made = named.mark("Kaja Kallas", tags=["gone"])
    assert totals(library, "tag:gone") == [1, 0, 0, 0]
    named.act(annotations.remove, [made.id])
    assert totals(library, "tag:gone") == [0, 0, 0, 0]
    (found,) = library.ask("tag:gone is:trashed").results
    assert found.annotation == made
    named.act(documents.remove, [named.info.id])
    assert totals(library, "kallas ") == [0, 0, 0, 0]
    library.undo()
    assert totals(library, "kallas ") == [0, 0, 1, 2]


def test_a_slip_is_put_right(named: Desk, library: Library) -> None:
    assert library.ask("maritme securty ").suggestion == "maritime security "
    assert library.ask("maritime ").suggestion == ""


def test_what_may_follow_is_offered(named: Desk, library: Library) -> None:
    named.mark("India", tags=["policy/sea"])
    assert [one.text for one in library.completions("tag:po", 6)] == ["tag:policy/sea "]
    assert [one.text for one in library.completions("x person:kal", 12)] == ['person:"Kaja Kallas" ']
    assert library.completions("x person:kal", 12)[0].start == 2
    assert "tag:" in [one.text for one in library.completions("ta", 2)]


def test_a_rebuild_goes_on_where_it_was_interrupted(folder: Path, cache: Path) -> None:
    class Halt(Exception):
        pass

    def halt(_done: int, _total: int) -> None:
        raise Halt

    with Library.open(folder, cache=cache) as library:
        made = sit_down(library).mark(note="whaling")
        assert totals(library, "whaling") == [0, 1, 0, 0]
        with pytest.raises(Halt):
            library.rebuild_index(halt)
        assert totals(library, "whaling") == [0, 1, 0, 0]
    with Library.open(folder, cache=cache) as library:
        assert totals(library, "whaling") == [0, 1, 0, 0]
        library.heal_index()
        assert not list(cache.rglob("*.new"))
        assert library.search("whaling").hits[0].annotation == made
        texts = next(cache.rglob("texts"))
    shutil.rmtree(texts)
    with Library.open(folder, cache=cache) as library:
        assert totals(library, "partnership ") == [0, 0, 0, 1]


def test_a_rebuild_that_ended_between_two_indexes_makes_neither_again(
    named: Desk, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named.mark(note="whaling")
    shelf, made = Shelf(tmp_path / "other", library.read, RLock()), []
    shelf.heal(None, Event())
    replace = Book.replace

    def cut(book: Book, other: Book) -> None:
        if book is not shelf.annotations:
            raise Stopped
        replace(book, other)

    monkeypatch.setattr(Book, "replace", cut)
    with pytest.raises(Stopped):
        shelf.rebuild(None, Event())
    monkeypatch.undo()
    shelf.close()
    shelf = Shelf(tmp_path / "other", library.read, RLock())
    shelf.heal(lambda done, total: made.append((done, total)), Event())
    assert not made
    assert not [path for path in (tmp_path / "other").iterdir() if path.suffix == ".new"]
    assert [len(book.index.revisions()) > 0 for book in (shelf.annotations, shelf.entities, shelf.texts)] == [True] * 3
    shelf.close()


QUERIES = ["*", "????", "((((" * 900, "a " * 5000, '"' * 999, "NEAR/5 " * 500, "x~ " * 200, "?*" * 500, "\0\ud800 𝔘"]


def test_any_query_is_answered(named: Desk, library: Library) -> None:
    for query in QUERIES:
        answer = library.ask(query)
        assert sum(answer.totals.values()) >= len(answer.results)


def test_making_the_indexes_is_called_off_and_goes_on_later(desk: Desk, library: Library, tmp_path: Path) -> None:
    desk.mark(note="walrus")
    shelf, stop = Shelf(tmp_path / "other", library.read, RLock()), Event()
    stop.set()
    with pytest.raises(Stopped):
        shelf.heal(None, stop)
    stop.clear()
    assert shelf.heal(None, stop) == 1
    shelf.close()
