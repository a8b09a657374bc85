import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.postil_db.desk import Desk
from tests.postil_db.test_bad_libraries import file_size_limit

from postil_db import backup
from postil_db.errors import Damaged, NoSpace, Unreachable
from postil_db.files import Files
from postil_db.library import Library
from postil_db.store import annotations


def test_a_backup_is_the_library_whole_private_and_in_one_file(desk: Desk, library: Library) -> None:
    made = desk.mark(note="kept")
    path = library.backup("By hand, just now!")
    assert path.name.endswith("-by-hand-just-now.sqlite3")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT id, note FROM annotation").fetchall() == [(made.id, "kept")]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_saving_goes_on_beside_backups(desk: Desk, library: Library) -> None:
    paths: list[Path] = []
    thread = threading.Thread(target=lambda: paths.extend(library.backup(f"n{number}") for number in range(5)))
    thread.start()
    for number in range(20):
        desk.mark(note=str(number))
    thread.join()
    assert len(paths) == 5
    for path in paths:
        with closing(sqlite3.connect(path)) as copy:
            notes = [row[0] for row in copy.execute("SELECT note FROM annotation ORDER BY id")]
        assert notes == [str(number) for number in range(len(notes))]
    assert len(library.read(annotations.every)) == 20


def test_between_two_steps_the_library_is_given_back(
    desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved meanwhile takes no longer for it, and is carried over."""
    desk.mark(note="before")
    turns: list[int] = []

    def others(_seconds: float) -> None:
        if len(turns) < 3:
            saver = threading.Thread(target=lambda: turns.append(desk.mark(note="meanwhile").id))
            saver.start()
            saver.join(timeout=10)
            assert not saver.is_alive()

    monkeypatch.setattr(backup, "PAGES", 8)
    monkeypatch.setattr("postil_db.backup.time.sleep", others)
    path = library.backup("big")
    assert len(turns) == 3
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM annotation").fetchone() == (4,)


def test_whoever_closes_the_library_does_not_wait_for_a_backup(
    desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES", 1)
    monkeypatch.setattr("postil_db.backup.time.sleep", lambda _seconds: library.leave())
    with pytest.raises(Unreachable, match="given up"):
        library.backup("big")
    assert list((library.folder / "backups").iterdir()) == []
    desk.mark()


def test_the_newest_is_told_by_the_counter_not_the_clock(
    desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library.backup("one")
    desk.mark()
    monkeypatch.setattr("postil_db.backup.now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    second = library.backup("two")
    assert "-2001" in second.name
    assert backup.newest(Files(library.folder)) == second != first


def test_a_copy_that_is_not_whole_is_not_kept(desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    good = library.backup("good")
    real = backup.verify

    def spoilt(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(3 * 4096)
            file.write(b"\xff" * 4096)
        real(path)

    desk.mark()
    monkeypatch.setattr(backup, "verify", spoilt)
    with pytest.raises(Damaged, match="not kept"):
        library.backup("bad")
    assert list((library.folder / "backups").iterdir()) == [good]


def test_a_backup_for_which_there_is_no_room(desk: Desk, library: Library) -> None:
    with file_size_limit(50_000), pytest.raises((NoSpace, Unreachable)):
        library.backup("big")
    assert list((library.folder / "backups").iterdir()) == []
    desk.mark()
    assert library.check() == []
