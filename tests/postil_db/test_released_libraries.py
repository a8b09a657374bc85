"""Libraries that released versions made, kept as they were: each comes whole into this version, or stays as it is."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from tests import factories

from postil_db import migrations
from postil_db.files import Files
from postil_db.library import Library
from postil_db.records import Color, EntityKind, TrashKind
from postil_db.store import annotations, documents, entities, tags, trash

MADE = Path(__file__).parent / "libraries"
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from postil_db.library import Library

said = []

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    said.append(statement)
    if "CREATE TABLE entity_note" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

Library.open(Path(sys.argv[1]), cache=Path(sys.argv[2]))
"""


@pytest.fixture
def old(folder: Path) -> Path:
    """A library of the first version, with an act that was taken back and a document in the trash."""
    shutil.copytree(MADE / "v1", folder)
    return folder


def version(folder: Path) -> int:
    with closing(sqlite3.connect(f"{Files(folder).database.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def holds_all(library: Library) -> None:
    """What its maker put in is there, sealed and in the index."""
    one, two = sorted(library.read(annotations.every), key=lambda annotation: annotation.id)
    assert (one.note, one.tags, one.color) == (
        "first *note*, with ümläuts",
        ("policy/defence", "Sea"),
        Color.BLUE,
    )
    assert (two.note, two.tags, two.selector.quote) == ("where it was signed", ("Sea",), "New Delhi")
    (info,) = library.read(documents.every)
    assert (info.title, info.position) == (factories.ARTICLE[0], 57)
    assert {(tag.name, tag.color, tag.count) for tag in library.read(tags.every)} >= {("Sea", Color.GREEN, 2)}
    assert {(one.kind, one.name) for one in library.read(entities.every)} == {
        (EntityKind.PERSON, "Kaja Kallas"),
        (EntityKind.PLACE, "New Delhi"),
    }
    assert [entry.kind for entry in library.read(trash.every)] == [TrashKind.DOCUMENT]
    assert set(library.search_ids("ümläuts")) == {one.id}
    assert library.check() == []


def test_the_first_version_comes_whole_into_this_one(old: Path, cache: Path) -> None:
    with Library.open(old, cache=cache) as library:
        holds_all(library)
        assert [backup.reason for backup in library.backups()] == [f"before-version-{migrations.SCHEMA}"]
        assert (library.undo_label(), library.redo_label()) == ("Remove document", "Rename document")
    assert version(old) == migrations.SCHEMA
    with closing(sqlite3.connect(library.backups()[0].path)) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)


def test_its_acts_can_be_taken_back_and_done_again(old: Path, cache: Path) -> None:
    with Library.open(old, cache=cache) as library:
        assert library.redo()
        assert [info.title for info in library.read(documents.every)] == ["A title that was taken back"]
        undone = 0
        while library.undo():
            undone += 1
            assert library.check() == []
        assert undone == 9
        assert library.read(documents.every) == []
        while library.redo():
            assert library.check() == []
        library.undo()
        holds_all(library)


@pytest.mark.parametrize("after", [1, 12, 22])
def test_a_fault_in_the_middle_leaves_the_old_one(old: Path, cache: Path, after: int) -> None:
    count = 0

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal count
        count += statement.strip().startswith(("CREATE", "ALTER", "UPDATE", "INSERT", "DROP"))
        if count == after:
            raise RuntimeError("here")

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(RuntimeError, match="here"):
            Library.open(old, cache=cache)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert version(old) == 1
    with Library.open(old, cache=cache) as library:
        holds_all(library)


def test_a_process_that_is_killed_in_the_middle_leaves_the_old_one(old: Path, cache: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, old, cache], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Library.open(old, cache=cache) as library:
        holds_all(library)
