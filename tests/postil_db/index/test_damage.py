"""An index that is not what was written is never used: it is made anew, empty, and says so."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postil_db.errors import Unreachable
from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry
from postil_db.index.schema import VERSION
from postil_db.index.storage import IndexDamaged, IndexStorage, checksum

SUFFIXES = [".toc", ".trm", ".ids", ".cnt", ".wgt", ".pos", ".id.col", ".rev.col", ".created.col", ".size.col"]


def entry(key: int, note: str = "walrus") -> Entry:
    return Entry(key, key, 1, "title", f"quote {key}", note, ("tag",), (), "yellow", key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cache" / "index"
    index = AnnotationIndex.open(folder)
    index.put(entry(key) for key in range(300))
    index.close()
    return folder


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle] ^= 0x55
    path.write_bytes(data)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0" * 8)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("damage", [truncate, empty, garble, grow, Path.unlink])
def test_a_damaged_file_makes_the_index_anew(folder: Path, suffix: str, damage: Callable[[Path], None]) -> None:
    damage(next(path for path in folder.iterdir() if path.name.endswith(suffix)))
    index = AnnotationIndex.open(folder)
    assert index.revisions() == {}
    index.put([entry(7)])
    index.close()
    index = AnnotationIndex.open(folder)
    assert index.search("walrus ", limit=5).ids == (7,)
    index.close()


def test_no_file_goes_unwatched(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        spare = folder.with_name("spare")
        shutil.copytree(folder, spare)
        garble(spare / path.name)
        index = AnnotationIndex.open(spare)
        assert index.revisions() == {}, path.name
        index.close()
        shutil.rmtree(spare)


def test_another_version_is_made_anew(folder: Path) -> None:
    for path in list(folder.iterdir()):
        path.rename(folder / path.name.replace(f"postil{VERSION}", "postil1"))
    index = AnnotationIndex.open(folder)
    assert index.revisions() == {}
    index.close()
    assert not [path for path in folder.iterdir() if "postil1" in path.name]


def test_left_over_files_are_swept_and_the_index_kept(folder: Path) -> None:
    segment = next(path for path in folder.iterdir() if path.suffix == ".trm")
    orphan = segment.with_name(segment.name.replace(segment.stem[-8:], "00000000"))
    orphan.write_bytes(b"half a segment")
    (folder / "postil.tmp").mkdir()
    (folder / "postil.tmp" / "run").write_bytes(b"x")
    (folder / "_other_3.toc.123").write_bytes(b"x")
    index = AnnotationIndex.open(folder)
    assert len(index.revisions()) == 300
    assert not orphan.exists()
    assert not [path for path in folder.iterdir() if path.is_dir() or path.name.startswith("_other")]
    index.close()


def test_the_folder_and_its_files_are_private(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_link_is_refused_and_what_it_points_to_kept(folder: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(Unreachable, match="is a link"):
        AnnotationIndex.open(link)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_another_users_folder_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(Unreachable, match="another user"):
        AnnotationIndex.open(folder)


def test_a_folder_that_others_could_write_to_is_not_trusted(folder: Path) -> None:
    folder.chmod(0o777)
    index = AnnotationIndex.open(folder)
    assert index.revisions() == {}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    index.close()


def test_a_file_in_place_of_the_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder")
    index = AnnotationIndex.open(tmp_path / "index")
    assert index.revisions() == {}
    index.close()


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry

def entry(key, note):
    return Entry(key, 1, 1, "t", "q", note, (), (), "blue", key)

index = AnnotationIndex.open(Path(sys.argv[1]))
index.put([entry(1, "kept")])
index.flush()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
index.put(entry(key, f"walrus w{key} " * 20) for key in range(2, 200))
for _ in range(2):
    try:
        index.flush()
    except OSError:
        few = len(list(Path(sys.argv[1]).iterdir())) < 20
        print(few, index.search("walrus ", limit=1).total, index.search("kept ", limit=1).total)
index.put(entry(key, "walrus") for key in range(200, 600))
index._flusher.join()
print(index.search("walrus ", limit=1).total)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(index.flush(), index.search("walrus ", limit=1).total)
index.close()
index = AnnotationIndex.open(Path(sys.argv[1]))
print(index.search("walrus ", limit=1).total, len(index.revisions()))
index.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are a POSIX thing")
def test_when_the_disk_is_full_entries_stay_found_and_are_written_later(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-W", "error", "-c", FULL_DISK, str(tmp_path / "index")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.stdout.split("\n") == ["True 198 1", "True 198 1", "598", "598 598", "598 599", ""], child.stderr
    assert child.stderr == ""


def test_a_file_that_is_not_what_was_written_is_told_by_its_name(folder: Path) -> None:
    storage = IndexStorage(str(folder))
    (contents,) = folder.glob("*.toc")
    sums = {path.name: checksum(path) for path in folder.iterdir()}
    storage.check_contents(contents.name)
    storage.check_files(sums)
    (terms,) = folder.glob("*.trm")
    terms.write_bytes(terms.read_bytes() + b"?")
    with pytest.raises(IndexDamaged, match=terms.name):
        storage.check_files(sums)
    contents.write_bytes(contents.read_bytes() + b"?")
    with pytest.raises(IndexDamaged, match=contents.name):
        storage.check_contents(contents.name)
