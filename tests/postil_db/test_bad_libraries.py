"""A library that cannot be opened is left byte for byte as it is, and the message says what to do."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from tests.postil_db.desk import Desk, sit_down

from postil_db import migrations
from postil_db.connection import connect
from postil_db.errors import (
    Damaged,
    InUse,
    LibraryError,
    NoSpace,
    NotALibrary,
    TooNew,
    Unreachable,
)
from postil_db.library import Library
from postil_db.restoring import put_in_place
from postil_db.store import annotations, documents


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, by the hash of its bytes."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "library.lock"]
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in paths}


def refused(folder: Path, cache: Path, kind: type[LibraryError], *says: str) -> None:
    """Opening fails in this way, says these things, and changes nothing."""
    before = bytes_of(folder)
    with pytest.raises(kind) as caught:
        Library.open(folder, cache=cache)
    for words in (str(folder), *says):
        assert words in str(caught.value)
    assert bytes_of(folder) == before


@pytest.fixture
def whole(folder: Path, cache: Path) -> Path:
    """A library's database, closed, with one annotation and one backup."""
    with Library.open(folder, cache=cache) as library:
        sit_down(library).mark(note="kept")
        library.backup("before trouble")
    return folder / "library.sqlite3"


def test_a_newer_library_is_refused_untouched(whole: Path, folder: Path, cache: Path) -> None:
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    refused(folder, cache, TooNew, "newer Postil", "Nothing was changed")
    left = {path.name for path in folder.iterdir()} - {"library.reserve"}
    assert left == {"library.sqlite3", "library.lock", "originals", "backups"}


def test_a_newer_library_is_refused_though_only_its_log_says_so(whole: Path, folder: Path, cache: Path) -> None:
    code = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA locking_mode=EXCLUSIVE')\n"
        f"c.execute('PRAGMA user_version = {migrations.SCHEMA + 1}')\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, whole], check=True)
    assert (folder / "library.sqlite3-wal").stat().st_size > 0
    refused(folder, cache, TooNew, "newer Postil")


def test_an_empty_file_is_not_taken_for_a_new_library(whole: Path, folder: Path, cache: Path) -> None:
    whole.write_bytes(b"")
    (backup,) = (folder / "backups").iterdir()
    refused(folder, cache, Damaged, "0 bytes", "left as it is", str(backup))


def test_garbage_where_a_library_was(whole: Path, folder: Path, cache: Path) -> None:
    whole.write_bytes(os.urandom(20_000))
    (backup,) = (folder / "backups").iterdir()
    refused(folder, cache, Damaged, "left as it is", str(backup))


def test_garbage_where_no_library_was(folder: Path, cache: Path) -> None:
    folder.mkdir()
    (folder / "library.sqlite3").write_text("Dear diary, " * 2000)
    refused(folder, cache, NotALibrary, "not a Postil library", "another folder")


def test_the_database_of_another_program(folder: Path, cache: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER)")
    refused(folder, cache, NotALibrary, "another program")


@pytest.mark.parametrize("at", [1, 3, 9])
def test_a_page_of_rubbish_is_found_at_once(whole: Path, folder: Path, cache: Path, at: int) -> None:
    with whole.open("r+b") as file:
        file.seek(at * 4096)
        file.write(os.urandom(4096))
    (backup,) = (folder / "backups").iterdir()
    refused(folder, cache, Damaged, "damaged", "left as it is", str(backup))


def test_a_cut_off_file_is_found_at_once(whole: Path, folder: Path, cache: Path) -> None:
    os.truncate(whole, whole.stat().st_size // 2 // 4096 * 4096)
    refused(folder, cache, Damaged, "damaged")


@pytest.mark.parametrize("table", ["fact", "block", "annotation"])
def test_a_table_that_is_gone_is_damage(whole: Path, folder: Path, cache: Path, table: str) -> None:
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute(f"DROP TABLE {table}")

    def use() -> None:
        with Library.open(folder, cache=cache) as library:
            library.read(lambda session: (documents.get(session, 1), annotations.every(session)))

    with pytest.raises(Damaged, match="damaged"):
        use()
    whole.unlink()  # nothing of ours holds it any more, on Windows either


def test_a_bug_is_no_fault_of_the_world(library: Library) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DatabaseError

    with pytest.raises(DatabaseError, match="syntax error"):
        library.read(lambda session: session.execute(text("SELEC 1")))
    with pytest.raises(DatabaseError, match="UNIQUE"):
        library.write("Bug", lambda session: session.execute(text("INSERT INTO fact VALUES ('id', 'x')")))
    assert library.recall("still") == ""


def test_the_newest_backup_can_take_its_place(whole: Path, folder: Path, cache: Path) -> None:
    whole.write_bytes(b"")
    (backup,) = (folder / "backups").iterdir()
    backup.replace(whole)
    with Library.open(folder, cache=cache) as library:
        assert [one.note for one in library.read(annotations.every)] == ["kept"]
        assert library.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_where_a_backup_finds_no_room_the_damaged_library_stays(whole: Path, folder: Path) -> None:
    whole.write_bytes(b"spoilt" * 1_000)
    before = bytes_of(folder)
    (backup,) = (folder / "backups").iterdir()
    with file_size_limit(50_000), pytest.raises((NoSpace, Unreachable)):
        put_in_place(folder, backup)
    assert bytes_of(folder) == before
    assert put_in_place(folder, backup).is_dir()


def test_what_the_sentence_says_brings_the_backup_back(whole: Path, folder: Path, cache: Path, tmp_path: Path) -> None:
    whole.write_bytes(b"")
    log = whole.with_name("library.sqlite3-wal")
    log.write_bytes(b"left by a killed process")
    (backup,) = (folder / "backups").iterdir()
    refused(
        folder, cache, Damaged, "close Postil, move library.sqlite3 and library.sqlite3-wal", f"{backup}", f"{whole}"
    )
    whole.rename(tmp_path / whole.name)
    log.rename(tmp_path / log.name)
    shutil.copy(backup, whole)
    with Library.open(folder, cache=cache) as library:
        assert [one.note for one in library.read(annotations.every)] == ["kept"]


def test_a_connection_that_cannot_be_set_up_is_closed(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole.write_bytes(b"rubbish" * 1000)
    made, real = list[sqlite3.Connection](), sqlite3.connect

    def connect_and_tell(*given: Any, **more: Any) -> sqlite3.Connection:
        made.append(real(*given, **more))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", connect_and_tell)
    with pytest.raises(DatabaseError):
        connect(whole).connect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


def test_a_missing_database_is_not_replaced_by_an_empty_one(whole: Path, folder: Path, cache: Path) -> None:
    whole.unlink()
    refused(folder, cache, Damaged, "missing", "backup")


def test_a_file_in_the_place_of_the_folder(folder: Path, cache: Path) -> None:
    folder.write_text("I was here first")
    with pytest.raises(Unreachable, match="is a file, not a folder"):
        Library.open(folder, cache=cache)
    assert folder.read_text() == "I was here first"


@pytest.mark.parametrize(("name", "says"), [("library.sqlite3", "is no file"), ("library.lock", "a folder stands")])
def test_a_folder_in_the_place_of_a_file(folder: Path, cache: Path, name: str, says: str) -> None:
    (folder / name).mkdir(parents=True)
    with pytest.raises(LibraryError, match=says):
        Library.open(folder, cache=cache)


def test_a_folder_that_cannot_be_made(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreachable):
        Library.open(tmp_path / "file" / "library", cache=cache)


def test_a_second_opening_is_refused(library: Library, folder: Path, cache: Path) -> None:
    with pytest.raises(InUse, match="already open in another Postil"):
        Library.open(folder, cache=cache)
    assert library.recall("still") == ""


def test_another_process_is_refused_until_the_first_dies(folder: Path, cache: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom postil_db.library import Library\n"
        "library = Library.open(Path(sys.argv[1]), cache=Path(sys.argv[2]))\n"
        "print('open', flush=True)\nsys.stdin.read()\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", code, folder, cache], stdin=-1, stdout=-1)
    assert owner.stdin
    assert owner.stdout
    with owner, owner.stdin, owner.stdout:
        assert owner.stdout.readline() == b"open\n"
        with pytest.raises(InUse):
            Library.open(folder, cache=cache)
        owner.kill()
        owner.wait()
    Library.open(folder, cache=cache).close()


def test_another_program_that_has_the_file_locked(
    whole: Path, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil_db.connection.PATIENCE_S", 0.1)
    code = (
        "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA locking_mode=EXCLUSIVE')\nc.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\nsys.stdin.read()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, whole], stdin=-1, stdout=-1)
    assert other.stdin
    assert other.stdout
    with other, other.stdin, other.stdout:
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(InUse, match="Another program"):
            Library.open(folder, cache=cache)
        other.kill()
    Library.open(folder, cache=cache).close()


def fill_up(library: Library) -> None:
    """Let the database grow no more, as on a full disk."""

    raw = library._engine.raw_connection()
    connection = raw.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    raw.close()


def test_a_full_disk_loses_nothing_and_says_so(desk: Desk, library: Library) -> None:
    kept = desk.mark(note="kept")
    fill_up(library)
    with pytest.raises(NoSpace, match=re.compile(r"full; nothing was written. Free some space")):
        desk.act(annotations.set_note, kept.id, "x" * 1_000_000)
    assert library.read(annotations.every) == [kept]
    assert library.undo_label() == "Mark"
    raw = library._engine.raw_connection()
    raw.cursor().execute("PRAGMA max_page_count = 1000000")
    raw.close()
    desk.act(annotations.set_note, kept.id, "x" * 1_000_000)
    assert len(desk.see(annotations.get, kept.id).note) == 1_000_000


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes, so that the system itself refuses to write."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_write_that_the_system_refuses_loses_nothing(desk: Desk, library: Library) -> None:
    kept = desk.mark(note="kept")
    with file_size_limit(600_000), pytest.raises((NoSpace, Unreachable)):
        desk.act(annotations.set_note, kept.id, "x" * 1_000_000)
    assert library.read(annotations.every) == [kept]
    desk.act(annotations.set_note, kept.id, "goes on")
    assert library.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_an_original_that_does_not_fit_leaves_nothing_behind(library: Library) -> None:
    from tests import factories

    new = factories.make_document("A long one", "word " * 30_000)
    with file_size_limit(100_000), pytest.raises(NoSpace):
        library.add(new, new.content.text.encode())
    assert library.read(documents.every) == []
    assert list((library.folder / "originals").iterdir()) == []
