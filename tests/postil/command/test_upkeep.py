import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil

from postil.command import self_test
from postil.command.self_test import _Checks, _Failed, _run


def test_a_sound_library_passes_its_check(stocked: Postil) -> None:
    result = stocked("check")
    assert (result.status, result.out, result.err) == (0, "The library is whole.\n", "")
    assert stocked("check", "--json").json == []


def test_a_changed_row_is_found(stocked: Postil, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite3")) as database, database:
        database.execute("UPDATE annotation SET note = 'forged' WHERE id = 2")
    result = stocked("check")
    assert result.status == 1
    assert "annotation" in result.out.lower()
    assert stocked("check", "--json").json == result.out.splitlines()


def test_the_index_is_made_anew(stocked: Postil, tmp_path: Path) -> None:
    assert stocked("index", "--rebuild").out == "The index was made anew with 2 annotations.\n"
    assert stocked("index", "--json").json == {"rebuilt": False, "entries": 0}
    assert stocked("search", "danger").status == 0


@pytest.mark.model
def test_the_self_test_tells_what_it_checked_and_leaves_the_library_alone(postil: Postil, tmp_path: Path) -> None:
    result = postil("self-test", "--json")
    assert (result.status, result.err) == (0, "")
    assert [check["check"] for check in result.json] == [
        "open a library",
        "read a document",
        "recognise names",
        "mark a passage",
        "find it again",
        "export it",
        "undo it",
        "check the library",
    ]
    assert all(check["ok"] for check in result.json)
    assert not (tmp_path / "library").exists()


def test_a_failing_self_test_says_at_what(postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr("postil_db.library.Library.open", broken)
    result = postil("self-test")
    assert result.status == 1
    assert result.out.startswith("FAIL  open a library: PermissionError")
    assert "Traceback" not in result.err


def test_the_first_check_that_fails_ends_the_self_test(tmp_path: Path) -> None:
    said = list[str]()
    (tmp_path / "library").write_text("a file stands where the library is to be")
    with pytest.raises(_Failed):
        _run(tmp_path, checks := _Checks(said.append))
    assert [line.partition(":")[0] for line in said] == ["FAIL  open a library"]
    assert len(checks.done) == 1


def test_an_installation_that_does_not_work_is_told(postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "_QUOTE", "words that nobody wrote")
    monkeypatch.setattr(self_test, "_names", lambda *_: "none")
    result = postil("self-test")
    assert result.status == 1
    assert "FAIL  mark a passage: " in result.out
    assert "Install Postil anew" in result.err
