"""Disks that are full, gone, or somebody else's: reading goes on, a save fails with a sentence, and works later."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.postil_db.desk import Desk, sit_down

from postil_db import errors, opening
from postil_db.errors import LibraryError, NoSpace, Unreachable
from postil_db.files import RESERVE, Files
from postil_db.library import Library
from postil_db.store import annotations
from postil_db.where import shared_by

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /mnt/team nfs4 rw 0 0
//nas/share /mnt/with\\040blank cifs rw 0 0
user@host: /mnt/over-ssh fuse.sshfs rw 0 0
/dev/sdb1 /mnt/stick fuse.fuseblk rw 0 0
tmpfs /mnt/team/local tmpfs rw 0 0
short
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mounts"
    path.write_text(MOUNTS)
    return path


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("/home/me/library", ""),
        ("/mnt/team/library", "a network disk (nfs4)"),
        ("/mnt/team/local/library", ""),
        ("/mnt/with blank/a/b", "a network disk (cifs)"),
        ("/mnt/over-ssh", "a network disk (fuse.sshfs)"),
        ("/mnt/stick/library", ""),
        ("/home/me/Dropbox/library", "Dropbox"),
        ("/home/me/OneDrive - Company/library", "OneDrive"),
        ("/home/me/Google Drive/library", "Google Drive"),
        ("/home/me/Library/Mobile Documents/library", "iCloud"),
        ("/home/me/dropboxes/library", ""),
    ],
)
def test_disks_that_are_not_this_machines_own_are_known(folder: str, said: str, mounts: Path) -> None:
    assert shared_by(Path(folder), mounts) == said


def test_where_the_system_does_not_say(tmp_path: Path) -> None:
    assert shared_by(tmp_path, tmp_path / "none") == ""


def test_a_shared_folder_is_opened_with_a_journal_and_told(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "Dropbox" / "library"
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
        made = desk.mark()
        assert "lies on Dropbox" in library.notice
        with library._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
        assert not Files(folder).log.exists()
        library.backup("here, too")
    shutil.move(folder, tmp_path / "library")
    with Library.open(tmp_path / "library", cache=cache) as library:  # it comes home
        assert library.notice == ""
        assert library.read(annotations.every) == [made]
        assert library.check() == []


def test_saves_in_a_log_come_along_to_a_shared_folder(tmp_path: Path, cache: Path) -> None:
    with Library.open(tmp_path / "library", cache=cache) as library:
        made = sit_down(library).mark()
        shutil.copytree(library.folder, tmp_path / "Dropbox" / "library")  # as if it had been killed
    assert Files(tmp_path / "Dropbox" / "library").left_in_log()
    with Library.open(tmp_path / "Dropbox" / "library", cache=cache) as library:
        assert library.read(annotations.every) == [made]
        assert library.check() == []


def test_a_half_written_save_on_a_shared_folder_is_taken_back(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "Dropbox" / "library"
    child = (
        "import os, sys; from pathlib import Path; from sqlalchemy import text; from postil_db.library import Library\n"
        "library = Library.open(Path(sys.argv[1]), cache=Path(sys.argv[2]))\n"
        "def op(session):\n"
        "    session.connection().exec_driver_sql('PRAGMA cache_size=1')\n"
        '    for n in range(200): session.execute(text("UPDATE annotation SET note = hex(randomblob(9000))"))\n'
        "    os._exit(9)\n"
        "library.write('Change all', op)\n"
    )
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
        made = [desk.mark(note=str(number)) for number in range(8)]
    died = subprocess.run([sys.executable, "-c", child, folder, cache], check=False)
    assert died.returncode == 9
    assert Files(folder).journal.exists()
    with Library.open(folder, cache=cache) as library:
        assert {one.note for one in library.read(annotations.every)} == {one.note for one in made}
        assert library.check() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    point = tmp_path / "disk"
    point.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", point], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield point
    subprocess.run(["umount", point], check=True)


def fill(disk: Path) -> Path:
    """Fill a disk to the last byte; gives the file that does."""
    path = disk / "filler"
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return path


def test_a_disk_that_is_full_has_room_for_a_last_save(small_disk: Path, cache: Path) -> None:
    with Library.open(small_disk / "library", cache=cache) as library:
        desk = sit_down(library)
        kept = desk.mark(note="kept")
        assert Files(library.folder).reserve.stat().st_size == RESERVE
        filler = fill(small_disk)
        desk.act(annotations.set_note, kept.id, "the last words " * 2000)
        assert library.reserve_used
        desk.act(annotations.remove, [kept.id])
        library.undo()
        fill(small_disk)
        with pytest.raises(NoSpace, match="is full; nothing was written"):
            desk.act(annotations.set_note, kept.id, "y" * 3_000_000)
        assert desk.see(annotations.get, kept.id).note.startswith("the last words")
        filler.unlink()
        desk.act(annotations.set_note, kept.id, "goes on")
        assert library.check() == []
    with Library.open(small_disk / "library", cache=cache) as library:
        assert Files(library.folder).reserve.exists()
        assert [one.note for one in library.read(annotations.every)] == ["goes on"]


def test_a_library_opens_and_is_read_on_a_full_disk(small_disk: Path, cache: Path) -> None:
    with Library.open(small_disk / "library", cache=cache) as library:
        made = sit_down(library).mark()
    fill(small_disk)
    Files(small_disk / "library").give_up_reserve()
    fill(small_disk)
    (small_disk / "filler-too").touch()
    with Library.open(small_disk / "library", cache=cache) as library:
        assert library.read(annotations.every) == [made]
        assert library.search("maritime").total == 1


def test_a_removed_disk_is_told_and_nothing_is_written_elsewhere(desk: Desk, library: Library, folder: Path) -> None:
    made = desk.mark()
    folder.rename(folder.with_name("unplugged"))
    with pytest.raises(Unreachable, match="Nothing was saved"):
        desk.mark()
    assert desk.see(annotations.get, made.id) == made
    assert not folder.exists()
    folder.with_name("unplugged").rename(folder)
    assert desk.mark().id == made.id + 1


def test_every_fault_of_the_world_has_a_test() -> None:
    kinds = {kind.__name__ for kind in LibraryError.__subclasses__() if kind.__module__ == errors.__name__}
    tests = "".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    raised = {
        kind for kind in kinds if f"pytest.raises({kind}" in tests or f", {kind}, " in tests or f"({kind}," in tests
    }
    assert kinds == raised
    assert opening.warning(Files(Path("/"))) == ""
