"""Folders: what there is to read in them, and nothing twice."""

import os
import sys
from pathlib import Path

import pytest

from postil.work import folders
from postil.work.folders import files_in, is_readable


def test_readable_files_of_all_folders_below(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "deep/er/c.epub",
        "deep/d.PDF",
        ".hidden/e.txt",
        ".f.txt",
        "g.png",
        "~$h.docx",
        "i.txt.gz",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = files_in(tmp_path)
    names = [str(path.relative_to(tmp_path)) for path in found.files]
    assert names == ["a.md", "b.txt", "i.txt.gz", "deep/d.PDF", "deep/er/c.epub"]
    assert found.notes == [f"“{tmp_path.name}”: 2 files are of a kind that is not read, and left out."]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_lead_into_no_loop_and_to_no_file_twice(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.txt").touch()
    (inner / "up").symlink_to(tmp_path)
    (inner / "self.txt").symlink_to(inner / "self.txt")
    (tmp_path / "beside").symlink_to(inner)
    (tmp_path / "b.txt").symlink_to(inner / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [path.name for path in files_in(tmp_path).files] == ["b.txt", "a.txt"]


def test_a_folder_that_holds_too_much_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    monkeypatch.setattr(folders, "MOST_DEPTH", 1)
    for number in range(5):
        (tmp_path / f"{number}.txt").touch()
    found = files_in(tmp_path)
    assert len(found.files) == 3
    assert "too many files: the first 3" in found.notes[0]
    deep = tmp_path / "x" / "y" / "z"
    deep.mkdir(parents=True)
    (deep / "a.txt").touch()
    assert files_in(tmp_path / "x").notes == ["The folder “z” may not be opened, and was left out."]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    found = files_in(tmp_path / "gone")
    assert (found.files, found.notes) == ([], ["The folder “gone” may not be opened, and was left out."])


def test_names_of_readable_files() -> None:
    assert all(map(is_readable, ("a.txt", "A.HTML", "b.mhtml", "c.rtf.gz", "d e.odt")))
    assert not any(map(is_readable, ("a", "a.exe", ".a.txt", "a.txt~", "~a.txt", "a.txt.part", "a.tar.gz")))
