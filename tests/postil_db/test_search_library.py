"""The index under the library's roof: what is saved is found, and what befalls the index heals."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.postil_db.desk import Desk, sit_down

from postil_db.index.annotation_index import AnnotationIndex
from postil_db.library import Library
from postil_db.records import Color, EntityKind
from postil_db.store import annotations, documents, entities, tags


def found(library: Library, query: str) -> set[int]:
    return {hit.annotation.id for hit in library.search(query).hits}


@pytest.fixture
def searched(desk: Desk) -> Desk:
    """A desk at which somebody has searched already, so that the index is open."""
    assert desk.library.search("anything").total == 0
    return desk


def test_a_note_is_found_as_soon_as_it_is_saved(searched: Desk, library: Library) -> None:
    made = searched.mark(note="Compare the whaling report", tags=["policy/sea"], color=Color.BLUE)
    other = searched.mark("Kaja Kallas")
    for query in ("whaling", "mari*", '"whaling report"', "tag:policy/sea", "color:blue", "whaling -nothing"):
        assert found(library, query) == {made.id}, query
    assert found(library, "Kaja") == {other.id}
    assert found(library, "Delhi") == {made.id, other.id}  # the title
    searched.act(annotations.set_note, made.id, "Compare the fishing report")
    assert found(library, "whaling") == set()
    assert found(library, "fishing") == {made.id}


def test_a_hit_says_where_and_why(searched: Desk, library: Library) -> None:
    made = searched.mark(note="We should compare the whaling report")
    (hit,) = library.search("whaling").hits
    assert hit.annotation == made
    assert hit.title == "Partners sign in New Delhi"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["whaling"]
    assert hit.score > 0


def test_sorted_limited_and_in_one_document(searched: Desk, library: Library) -> None:
    first, second, third = (searched.mark(words) for words in ("comes first", "Kaja", "India"))
    assert [hit.annotation.id for hit in library.search("", sort="newest").hits] == [third.id, second.id, first.id]
    page = library.search("", limit=2)
    assert (len(page.hits), page.total) == (2, 3)
    assert library.search("", document=searched.info.id).total == 3
    assert library.search("", document=searched.info.id + 1).total == 0


def test_what_happens_elsewhere_is_found_at_once(searched: Desk, library: Library) -> None:
    made = searched.mark("Kallas said", tags=["old"])
    searched.act(tags.rename, "old", "fresh")
    assert (found(library, "tag:old"), found(library, "tag:fresh")) == (set(), {made.id})
    searched.act(tags.merge, *(searched.act(tags.attach, [made.id], "into"), "fresh")[1:], "into")
    assert (found(library, "tag:fresh"), found(library, "tag:into")) == (set(), {made.id})
    searched.act(tags.delete, "into")
    assert found(library, "tag:into") == set()
    searched.act(documents.set_title, searched.info.id, "Leviathan")
    assert found(library, "leviathan") == {made.id}
    mention = factories.make_found(searched.new.content, "Kallas", EntityKind.PERSON, "Kaja Kallas", nth=2)
    library.write("", lambda s: entities.replace(s, searched.info.id, "v", [mention]), undoable=False)
    assert found(library, "entity:kaja") == {made.id}


def test_what_is_removed_is_not_found_until_undo(searched: Desk, library: Library) -> None:
    made = searched.mark(note="whaling")
    for remove in (
        lambda session: annotations.remove(session, [made.id]),
        lambda session: documents.remove(session, [searched.info.id]),
    ):
        library.write("Remove", remove)
        assert library.search("whaling").total == 0
        library.undo()
        assert found(library, "whaling") == {made.id}
        library.redo()
        assert library.search("whaling").total == 0
        library.undo()


def test_undo_of_a_rename_is_found_at_once(searched: Desk, library: Library) -> None:
    made = searched.mark(tags=["old"])
    searched.act(tags.rename, "old", "fresh")
    library.undo()
    assert (found(library, "tag:old"), found(library, "tag:fresh")) == ({made.id}, set())
    library.redo()
    assert (found(library, "tag:old"), found(library, "tag:fresh")) == (set(), {made.id})


def reopened(folder: Path, cache: Path, spoil: Callable[[Path], object]) -> None:
    """Save, search, close; let something befall the index; open again: everything is found."""
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
        assert library.search("x").total == 0
        first, second = desk.mark(note="whaling"), desk.mark(note="fishing")
        index = next(cache.glob(f"{library.id}-*/index"))
    spoil(index)
    with Library.open(folder, cache=cache) as library:
        assert found(library, "whaling") == {first.id}
        assert found(library, "whaling OR fishing") == {first.id, second.id}
        assert library.heal_index() == 0


def test_a_deleted_index_is_made_anew(folder: Path, cache: Path) -> None:
    reopened(folder, cache, shutil.rmtree)


def test_an_emptied_index_is_made_anew(folder: Path, cache: Path) -> None:
    def empty(index: Path) -> None:
        for path in index.rglob("*"):
            if path.is_file():
                path.unlink()

    reopened(folder, cache, empty)


def test_a_garbled_index_is_made_anew(folder: Path, cache: Path) -> None:
    reopened(
        folder,
        cache,
        lambda index: [
            path.write_bytes(os.urandom(path.stat().st_size)) for path in index.rglob("*") if path.is_file()
        ],
    )


def test_an_index_that_is_kept_needs_no_healing(folder: Path, cache: Path) -> None:
    reopened(folder, cache, lambda _: None)


def test_an_index_from_before_a_restored_backup_heals(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
        kept = desk.mark(note="old words")
        backup = library.backup("test")
        desk.act(annotations.set_note, kept.id, "fresh words")
        desk.mark(note="lost words")
        assert found(library, "fresh") == {kept.id}
    backup.replace(folder / "library.sqlite3")
    with Library.open(folder, cache=cache) as library:
        sit_down(library).act(annotations.set_note, kept.id, "old words again")
        assert found(library, "words") == found(library, "old") == {kept.id}
        assert found(library, "fresh OR lost") == set()


def test_the_ids_of_all_that_is_found(searched: Desk, library: Library) -> None:
    made = [searched.mark(note=f"whaling {number}").id for number in range(60)]
    assert set(library.search_ids("whaling")) == set(made)
    assert library.search_ids("whaling", document=searched.info.id + 1) == ()


def test_healing_counts_and_tells_how_far_it_is(desk: Desk, library: Library) -> None:
    made = [desk.mark(note=f"n{number}") for number in range(3)]
    steps: list[tuple[int, int]] = []
    assert library.heal_index(lambda done, total: steps.append((done, total))) == 3
    assert (3, 3) in steps
    assert library.heal_index() == 0
    assert library.rebuild_index() == 3
    assert found(library, "n1") == {made[1].id}


def test_saving_goes_on_while_the_index_is_made(desk: Desk, library: Library) -> None:
    made = [desk.mark(note=f"whaling {number}").id for number in range(50)]
    saved: list[int] = []

    def save_meanwhile(_done: int, _total: int) -> None:
        saved.append(desk.mark(note="whaling meanwhile").id)
        desk.act(annotations.set_note, made[0], "nothing of the kind")

    library.rebuild_index(save_meanwhile)
    assert saved
    hits = library.search("whaling", limit=1000).hits
    assert {hit.annotation.id for hit in hits} == {*made[1:], *saved}


def test_a_failing_index_fails_no_write_and_heals(
    searched: Desk, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk of the cache is full")

    with monkeypatch.context() as broken:
        broken.setattr(AnnotationIndex, "put", fail)
        made = searched.mark(note="whaling")
    assert searched.see(annotations.get, made.id) == made
    assert found(library, "whaling") == {made.id}


def test_without_any_index_the_database_is_searched(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with Library.open(folder, cache=tmp_path / "cache") as library:
        desk = sit_down(library)
        made, other = desk.mark(note="Whaling here"), desk.mark(note="whaling", tags=["sea"])
        assert found(library, "HERE whaling") == {made.id}
        assert found(library, "sea") == {other.id}
        page = library.search("whaling", limit=1)
        assert (len(page.hits), page.total) == (1, 2)


HOSTILE = [
    "*",
    "((((" * 500,
    '"',
    "'; DROP TABLE annotation;--",
    "a:b:c",
    "\x00",
    "\ud800",
    "*:*",
    "[a TO z]",
    "-",
    "AND",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_any_text_is_a_query(searched: Desk, library: Library, query: str) -> None:
    searched.mark()
    hits = library.search(query)
    assert hits.total >= len(hits.hits)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_other_text_too(searched: Desk, query: str) -> None:
    hits = searched.library.search(query)
    assert hits.total >= len(hits.hits)
