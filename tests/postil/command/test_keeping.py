import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil


def test_a_backup_is_a_whole_library(stocked: Postil, tmp_path: Path) -> None:
    made = Path(stocked("backup", "--json").json["file"])
    assert made.parent == tmp_path / "library" / "backups"
    with closing(sqlite3.connect(made)) as database:
        assert database.execute("SELECT count(*) FROM annotation").fetchone() == (2,)
    assert Path(stocked("backup").out.strip()).is_file()


def test_backups_are_listed_newest_first(stocked: Postil) -> None:
    assert stocked("backups").status == 1
    made = [stocked("backup", "--json").json["file"] for _ in range(2)]
    assert [one["file"] for one in stocked("backups", "--json").json] == made[::-1]
    assert [line.split()[0] for line in stocked("backups").out.splitlines()] == ["number", "2", "1"]


def test_going_back_is_shown_first_and_can_be_taken_back(stocked: Postil) -> None:
    stocked("backup")
    stocked("remove", "1")
    told = stocked("restore", "1", "--dry-run").out.splitlines()
    assert told[1:] == ["Annotations: 1 now, 2 in the backup.", "  1 annotation would come back."]
    assert len(stocked("annotations", "--json").json) == 1
    assert stocked("restore", "1", "--json").json["back"] == 1
    assert len(stocked("annotations", "--json").json) == 2
    assert stocked("restore", "2").status == 0
    assert len(stocked("annotations", "--json").json) == 1
    assert stocked("check").status == 0


@pytest.mark.parametrize("given", ["77", "nothing.sqlite3"])
def test_a_backup_that_is_not_there(stocked: Postil, given: str) -> None:
    result = stocked("restore", given)
    assert (result.status, result.out) == (1, "")
    assert "There is no backup" in result.err


def spoil_annotations(folder: Path) -> None:
    """Overwrite the page that leads to every annotation."""
    path = folder / "library" / "library.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        root = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'annotation'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    path.write_bytes(data)


def test_a_damaged_library_goes_back_to_its_backup(stocked: Postil, tmp_path: Path) -> None:
    stocked("backup")
    (tmp_path / "library" / "library.sqlite3").write_bytes(b"spoilt" * 10_000)
    assert "postil check --repair" in stocked("check").err
    assert "postil backups" in stocked("check", "--repair").err
    assert stocked("restore", "1", "--dry-run").status == 1
    put_right = stocked("restore", "1", "--json")
    assert len(stocked("annotations", "--json").json) == 2
    (aside,) = (tmp_path / "library").glob("damaged-*")
    assert (put_right.status, put_right.json["damaged"]) == (0, str(aside))
    assert (aside / "library.sqlite3").read_bytes() == b"spoilt" * 10_000


def test_a_damaged_library_is_saved_row_by_row(stocked: Postil, tmp_path: Path) -> None:
    spoil_annotations(tmp_path)
    assert "is damaged" in stocked("list").err
    result = stocked("check", "--repair")
    assert result.out.startswith("Saved into a new library: 1 document, 2 annotations")
    assert "2 came back from the log of changes" in result.out
    assert stocked("check").status == 0
