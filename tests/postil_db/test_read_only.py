"""A library that may not be written to is read all the same, and not one byte of it changes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.postil_db.desk import sit_down
from tests.postil_db.test_bad_libraries import file_size_limit

from postil_db.errors import InUse, NoSpace, ReadOnly, Unreachable
from postil_db.library import Library
from postil_db.store import annotations, documents

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file modes mean little there")
NOBODY = 65534


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another user may enter, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory(prefix="postil-test-") as name:
        Path(name).chmod(0o755)
        cache = Path(name) / "cache"
        cache.mkdir()
        cache.chmod(0o777)
        yield Path(name)


@contextmanager
def no_rights(folder: Path, *, read: bool = True) -> Iterator[None]:
    """Go on as one who may not write to `folder`. Root may do everything, so root goes on as somebody else."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in reversed(paths):  # what lies in a folder first: a closed folder lets nobody in
        path.chmod((0o555 if path.is_dir() else 0o444) if read else 0)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(NOBODY)
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_read_and_searched_but_not_written(place: Path) -> None:
    folder, cache = place / "library", place / "cache"
    with Library.open(folder, cache=place / "warm") as library:
        made = sit_down(library).mark(note="kept")
        library.search("kept")
    before = contents(folder)
    with no_rights(folder), Library.open(folder, cache=cache) as library:
        assert library.read_only
        assert "for reading only" in library.notice
        assert library.read(annotations.every) == [made]
        assert [hit.annotation for hit in library.search("kept").hits] == [made]
        for attempt in (
            lambda: library.write("Note", lambda session: annotations.set_note(session, made.id, "x")),
            library.undo,
            lambda: library.backup("x"),
            lambda: library.remember("a", "b"),
        ):
            with pytest.raises(ReadOnly, match=r"Nothing was changed.*for reading only"):
                attempt()
        assert library.check() == []
    assert contents(folder) == before
    with Library.open(folder, cache=cache) as library:
        assert not library.read_only
        assert library.notice == ""


def test_the_last_saves_of_a_killed_process_are_there(place: Path) -> None:
    folder = place / "library"
    with Library.open(folder, cache=place / "warm") as library:
        sit_down(library)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom postil_db.library import Library\n"
        "from postil_db.store import documents\n"
        "library = Library.open(Path(sys.argv[1]), cache=Path(sys.argv[2]))\n"
        "library.write('Title', lambda session: documents.set_title(session, 1, 'Saved at the last moment'))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, folder, place / "warm"], check=False)
    assert (folder / "library.sqlite3-wal").stat().st_size > 0
    before = contents(folder)
    with no_rights(folder), Library.open(folder, cache=place / "cache") as library:
        assert [info.title for info in library.read(documents.every)] == ["Saved at the last moment"]
    assert contents(folder) == before


def test_many_may_read_and_none_keeps_the_owner_from_writing(place: Path) -> None:
    folder = place / "library"
    with Library.open(folder, cache=place / "warm") as library:
        made = sit_down(library).mark(note="kept")
        library.search("kept")
    with no_rights(folder):
        first, second = (Library.open(folder, cache=place / "cache") for _ in range(2))
    with first, second, Library.open(folder, cache=place / "warm") as owner:
        owner.write("Note", lambda session: annotations.set_note(session, made.id, "changed"))
        for reader in (first, second):
            assert [hit.annotation for hit in reader.search("kept").hits] == [made]


def test_a_reader_waits_for_no_half_written_state(place: Path) -> None:
    folder = place / "library"
    with Library.open(folder, cache=place / "warm"), no_rights(folder), pytest.raises(InUse):
        Library.open(folder, cache=place / "cache")


def test_no_library_and_no_right_to_make_one(place: Path) -> None:
    folder = place / "library"
    folder.mkdir()
    with no_rights(folder), pytest.raises(ReadOnly, match="none can be made"):
        Library.open(folder, cache=place / "cache")
    with no_rights(place, read=True), pytest.raises(Unreachable, match="cannot be made"):
        Library.open(place / "other", cache=place / "cache")


def test_no_right_to_look(place: Path) -> None:
    folder = place / "library"
    Library.open(folder, cache=place / "cache").close()
    with no_rights(folder, read=False), pytest.raises(Unreachable, match="may not be read"):
        Library.open(folder, cache=place / "cache")


def test_the_private_copy_goes_when_the_library_is_closed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, private = place / "library", place / "private"
    private.mkdir()
    private.chmod(0o777)
    with Library.open(folder, cache=place / "warm") as library:
        sit_down(library)
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    with no_rights(folder), Library.open(folder, cache=place / "cache"):
        (copy,) = private.iterdir()
        assert copy.stat().st_mode & 0o77 == 0
    assert list(private.iterdir()) == []
    with file_size_limit(50_000), no_rights(folder), pytest.raises((NoSpace, Unreachable)):
        Library.open(folder, cache=place / "cache")
    assert list(private.iterdir()) == []
