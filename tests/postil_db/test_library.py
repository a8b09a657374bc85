import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import factories
from tests.postil_db.desk import Desk, sit_down

from postil_db import files
from postil_db.changes import Changes
from postil_db.errors import NotFound, Refused, Unreachable
from postil_db.library import Library, Session
from postil_db.store import annotations, documents

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_new_library_is_empty_and_private(library: Library) -> None:
    assert library.read(documents.every) == []
    assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
    for path in library.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_files_stay_private_as_they_come(desk: Desk, library: Library) -> None:
    desk.mark()
    library.backup("test")
    for path in library.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_library_keeps_its_id(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as first:
        known = first.id
    with Library.open(folder, cache=cache) as second:
        assert second.id == known
        assert len(known) == 32


def test_closing_leaves_no_log_and_can_be_done_twice(folder: Path, cache: Path) -> None:
    library = Library.open(folder, cache=cache)
    library.remember("a", "b")
    library.close()
    library.close()
    assert not (folder / "library.sqlite3-wal").exists()
    assert not (folder / "library.sqlite3-shm").exists()


def test_nothing_happens_after_closing(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
    late: tuple[Callable[[], object], ...] = (
        desk.mark,
        library.undo,
        library.check,
        lambda: library.read(documents.every),
        lambda: library.search("x"),
        lambda: library.backup("late"),
    )
    for act in late:
        with pytest.raises(Unreachable, match="was closed"):
            act()
    with Library.open(folder, cache=cache) as again:
        assert again.undo_label() == "Add document"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps open files in place")
def test_a_database_that_was_swapped_under_us_takes_no_saves(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
        copy = library.backup("test")
        copy.replace(folder / "library.sqlite3")
        with pytest.raises(Unreachable, match="replaced by another program"):
            desk.mark()
        assert library.read(annotations.every) == []
        (folder / "library.sqlite3").unlink()
        with pytest.raises(Unreachable, match="Nothing was saved"):
            desk.mark()


def test_settings_that_promise_durability(library: Library) -> None:
    def ask(name: str) -> object:
        return library.read(lambda session: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar())

    assert [ask(name) for name in ("journal_mode", "synchronous", "foreign_keys", "locking_mode")] == [
        "wal",
        2,
        1,
        "exclusive",
    ]


def test_what_was_written_is_there_again(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        made = sit_down(library).mark(note="a *note*", tags=["one", "two"])
    with Library.open(folder, cache=cache) as library:
        assert library.read(annotations.every) == [made]


def test_a_write_that_fails_late_takes_all_of_it_back(desk: Desk, library: Library) -> None:
    made = desk.mark(note="first")

    def op(session: Session) -> None:
        annotations.set_note(session, made.id, "second")
        session.flush()
        documents.set_title(session, desk.info.id, "")

    with pytest.raises(Refused):
        library.write("Half", op)
    assert desk.see(annotations.get, made.id).note == "first"
    assert library.undo_label() == "Mark"


def test_writes_do_not_nest(library: Library) -> None:
    with pytest.raises(RuntimeError, match="inside"):
        library.write("Outer", lambda _: library.write("Inner", lambda _: None))
    assert library.write("Next", lambda _: 1).result == 1


def test_a_read_may_not_write(desk: Desk, library: Library) -> None:
    with pytest.raises(RuntimeError, match="read that writes"):
        library.read(lambda session: documents.opened(session, desk.info.id))
    assert desk.see(documents.info, desk.info.id).opened_at is None


def test_listeners_hear_of_each_change_and_of_nothing_else(desk: Desk, library: Library) -> None:
    heard: list[Changes] = []
    library.subscribe(heard.append)
    made = desk.mark(tags=["x"])
    desk.act(annotations.set_note, made.id, made.note)
    library.undo()
    assert [(changes.label, changes.annotations) for changes in heard] == [
        ("Mark", frozenset({made.id})),
        ("Mark", frozenset({made.id})),
    ]


def test_the_reading_position_is_a_change_of_its_own_kind(desk: Desk, library: Library) -> None:
    changes = library.write("", lambda session: documents.set_position(session, desk.info.id, 7)).changes
    assert changes == Changes(positions=frozenset({desk.info.id}))
    assert library.undo_label() == "Add document"


def test_many_threads_take_turns(desk: Desk, library: Library) -> None:
    def work(number: int) -> None:
        for turn in range(5):
            desk.mark(note=f"{number}.{turn}")
            library.read(annotations.every)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    notes = {one.note for one in library.read(annotations.every)}
    assert notes == {f"{number}.{turn}" for number in range(4) for turn in range(5)}


def test_originals_are_kept_by_their_hash_and_never_overwritten(library: Library) -> None:
    new = factories.make_document()
    original = new.content.text.encode()
    library.add(new, original)
    path = library.original(new.sha256)
    assert path.read_bytes() == original
    before = path.stat()
    again = library.add(new, original)
    assert not again.result.new
    assert not again.changes
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_spoiled_original_is_replaced_when_the_document_comes_again(library: Library) -> None:
    new = factories.make_document()
    original = new.content.text.encode()
    library.add(new, original)
    library.original(new.sha256).write_bytes(original[:-1])
    assert library.check()
    library.add(new, original)
    assert library.original(new.sha256).read_bytes() == original
    assert library.check() == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_what_others_could_read_is_private_again_once_opened(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        sit_down(library)
        library.backup("test")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with Library.open(folder, cache=cache) as library:
        sit_down(library).mark()
        for path in (folder / "originals", folder / "backups", *folder.glob("library.*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_bytes_that_do_not_fit_their_hash_are_refused(library: Library) -> None:
    with pytest.raises(Refused, match="changed while"):
        library.add(factories.make_document(), b"something else")
    assert library.read(documents.every) == []


def test_a_missing_original_is_said(library: Library) -> None:
    for odd in ("0" * 64, "../library.sqlite3", ""):
        with pytest.raises(NotFound, match="original"):
            library.original(odd)


def test_half_written_files_of_a_dead_process_are_cleared(folder: Path, cache: Path) -> None:
    Library.open(folder, cache=cache).close()
    left = [folder / ".unfinished-a", folder / "originals" / ".unfinished-b"]
    left[1].parent.mkdir(exist_ok=True)
    for path in left:
        path.write_bytes(b"half")
    Library.open(folder, cache=cache).close()
    assert not any(path.exists() for path in left)


def test_small_facts_are_remembered_but_not_undone(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        assert library.recall("sample_offered") == ""
        library.remember("sample_offered", "yes")
        library.remember("sample_offered", "no")
        assert library.undo() is None
    with Library.open(folder, cache=cache) as library:
        assert library.recall("sample_offered") == "no"
        assert library.recall("id") == ""


def test_odd_folder_names(tmp_path: Path, cache: Path) -> None:
    for name in ("with blank", "50% #1?&x", "ünïcode"):
        with Library.open(tmp_path / name, cache=cache) as library:
            library.remember("a", name)
        with Library.open(tmp_path / name, cache=cache) as library:
            assert library.recall("a") == name


def test_the_cache_is_no_part_of_the_library(desk: Desk, library: Library, cache: Path) -> None:
    desk.mark()
    library.search("maritime")
    assert len([*cache.glob(f"{library.id}-*/index")]) == 1
    assert {path.name for path in library.folder.iterdir()} == {
        "library.sqlite3",
        "library.sqlite3-wal",
        "library.lock",
        "library.reserve",
        "originals",
        "backups",
    }
    assert next(cache.glob(f"{library.id}-*")).stat().st_mode & 0o77 == 0


def test_a_new_folder_is_on_the_disk_before_what_is_put_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut could otherwise take the folder, with originals that were acknowledged."""
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync", synced.append)
    files.finish(tmp_path / "new" / "originals" / "one", lambda path: None)
    assert synced[:2] == [tmp_path, tmp_path / "new"]
    assert synced[-1] == tmp_path / "new" / "originals"
