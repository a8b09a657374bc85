"""Flipped bits are found, in every kind of row; what the change log knows is mended, nothing is guessed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.postil_db.desk import Desk, sit_down

from postil_db.library import Library
from postil_db.store import annotations


def meddle(folder: Path, sql: str) -> None:
    """Change a closed library behind its back."""
    with closing(sqlite3.connect(folder / "library.sqlite3", isolation_level=None)) as connection:
        connection.execute(sql)


@pytest.fixture
def closed(folder: Path, cache: Path) -> Path:
    with Library.open(folder, cache=cache) as library:
        sit_down(library).mark(note="exactly this", tags=["tag"])
    return folder


def test_a_whole_library_has_no_findings(desk: Desk, library: Library) -> None:
    desk.mark(tags=["a"])
    assert library.check() == []


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE annotation SET note = 'exactly thit'", "annotation 1 is not what was saved"),
        ("UPDATE annotation SET quote = 'other'", "annotation 1 is not what was saved"),
        ("UPDATE annotation SET note = CAST(x'ff41' AS TEXT)", "annotation 1 is not what was saved"),
        ("UPDATE tag SET name = 'tog'", "tag 1 is not what was saved"),
        ("UPDATE annotation_tag SET ordinal = 7", "tag on an annotation 1/1 is not what was saved"),
        ("UPDATE document SET title = 'Other'", "document 1 is not what was saved"),
    ],
)
def test_a_changed_row_is_found_and_mended_from_the_log(closed: Path, cache: Path, sql: str, says: str) -> None:
    meddle(closed, sql)
    with Library.open(closed, cache=cache) as library:
        (finding,) = library.check()
        assert says in finding
        (finding,) = library.check(repair=True)
        assert finding.endswith("It was mended.")
        assert library.check() == []
        (one,) = library.read(annotations.every)
        assert (one.note, one.tags) == ("exactly this", ("tag",))
        assert [hit.annotation for hit in library.search("exactly").hits] == [one]


def test_a_changed_row_that_the_log_does_not_know_is_left_alone(closed: Path, cache: Path) -> None:
    meddle(closed, "DELETE FROM act")
    meddle(closed, "DELETE FROM change")
    meddle(closed, "UPDATE annotation SET note = 'exactly thit'")
    with Library.open(closed, cache=cache) as library:
        for repair in (True, False):
            (finding,) = library.check(repair=repair)
            assert "not what was saved" in finding
            assert "mended" not in finding
        assert [one.note for one in library.read(annotations.every)] == ["exactly thit"]


def test_a_changed_text_is_found(closed: Path, cache: Path) -> None:
    meddle(closed, "UPDATE block SET text = replace(text, 'maritime', 'airborne')")
    with Library.open(closed, cache=cache) as library:
        (finding,) = library.check()
    assert "The text of “Partners sign in New Delhi” is not what was read" in finding


def test_missing_and_changed_originals_are_found(desk: Desk, library: Library) -> None:
    path = library.original(desk.new.sha256)
    path.write_bytes(b"other")
    assert "was changed" in library.check()[0]
    path.unlink()
    assert "is missing" in library.check()[0]


def test_a_row_that_refers_to_nothing_is_found(closed: Path, cache: Path) -> None:
    meddle(closed, "INSERT INTO section VALUES (99, 0, 'Lost', 1, 0)")
    with Library.open(closed, cache=cache) as library:
        assert "refers to nothing" in library.check()[0]


def test_a_broken_page_is_said(desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        desk.mark(note=f"{number} " * 400)
    library.close()
    path = library.folder / "library.sqlite3"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 4096 * 8)
        file.write(b"\xff" * 4096)
    from postil_db.errors import Damaged

    with pytest.raises(Damaged, match="damaged"):
        Library.open(library.folder)
