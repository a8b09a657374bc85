"""Going back to a backup: what that would change, and the exchange of the files, whole or not at all."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from postil_db import migrations
from postil_db.backup import Holds, holds, verify
from postil_db.connection import APPLICATION_ID, address
from postil_db.errors import Damaged, NotALibrary, TooNew
from postil_db.faults import told
from postil_db.files import PRIVATE_FOLDER, Files, finish
from postil_db.locking import Lock
from postil_db.tables.base import now

SHOWN = 20
ASIDE = "damaged-{time:%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What going back to a backup would change.

    `now`, `then`: what the library holds and would hold. `lost`, `changed`, `back`: annotations that would go, have
    another text, colour or note, or come back. `documents_lost`, `documents_back`: titles, the first of them.
    """

    now: Holds
    then: Holds
    lost: int
    changed: int
    back: int
    documents_lost: tuple[str, ...]
    documents_back: tuple[str, ...]


def preview(current: sqlite3.Connection, backup: Path, holding: Holds) -> Preview:
    """Compare the library with a backup; `current`: the library's own connection, only read."""
    require_backup(backup)
    with closing(sqlite3.connect(address(backup, "mode=ro", "immutable=1"), uri=True)) as copy:
        mine, theirs = _annotations(current), _annotations(copy)
        here, there = _titles(current), _titles(copy)
    return Preview(
        now=holding,
        then=holds(backup),
        lost=len(mine.keys() - theirs.keys()),
        changed=sum(mine[one] != theirs[one] for one in mine.keys() & theirs.keys()),
        back=len(theirs.keys() - mine.keys()),
        documents_lost=tuple(sorted(here[one] for one in here.keys() - there.keys())[:SHOWN]),
        documents_back=tuple(sorted(there[one] for one in there.keys() - here.keys())[:SHOWN]),
    )


def require_backup(path: Path) -> None:
    """Raise unless a file is a whole library that this Postil can open."""
    if not path.is_file():
        raise NotALibrary(f"There is no backup {path}. Choose a file of the library's folder “backups”.")
    try:
        with closing(sqlite3.connect(address(path, "mode=ro", "immutable=1"), uri=True)) as copy:
            application = copy.execute("PRAGMA application_id").fetchone()[0]
            version = copy.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path} is no whole backup ({error}). Choose another one.") from error
    if application != APPLICATION_ID:
        raise NotALibrary(f"{path} is no backup of a Postil library. Choose a file of the library's folder “backups”.")
    if version > migrations.SCHEMA:
        raise TooNew(f"{path} was made by a newer Postil. Install that one to go back to it.")


def exchange(files: Files, backup: Path) -> None:
    """Put a copy of a backup in the place of the database. Nobody may have the database open.

    What is left of a write-ahead log goes first: beside another database it would be poison. Whoever calls this has
    moved the log into the database before, so nothing is in it.
    """

    def fill(unfinished: Path) -> None:
        shutil.copyfile(backup, unfinished)
        verify(unfinished)

    if files.left_in_log():
        raise Damaged(f"The library in {files.folder} was left as it is: its log {files.log} could not be emptied.")
    for path in (files.log, files.journal):
        path.unlink(missing_ok=True)
    finish(files.database, fill)


def put_in_place(folder: Path, backup: Path) -> Path:
    """Put a backup in the place of a database that cannot be opened; where that one is kept from now on."""
    files = Files(folder.expanduser().absolute())
    with told(files.folder):
        lock = Lock.take(files.folder)
        try:
            require_backup(backup)
            verify(backup)
            aside = put_aside(files)
            try:
                exchange(files, backup)
            except BaseException:  # a full disk, say: then what there is stays where it is
                for path in Files(aside).parts:
                    if path.exists():
                        path.rename(files.folder / path.name)
                aside.rmdir()
                raise
        finally:
            if lock:
                lock.release()
    return aside


def put_aside(files: Files) -> Path:
    """Move a damaged database and its log into a folder of their own, and return it."""
    aside = new_aside(files)
    for path in files.parts:
        if path.exists():
            path.rename(aside / path.name)
    return aside


def new_aside(files: Files) -> Path:
    """A new folder for a damaged database, in the library's."""
    wanted = files.folder / ASIDE.format(time=now())
    path = next(path for n in range(1000) if not (path := wanted.with_name(f"{wanted.name}{n or ''}")).exists())
    path.mkdir(mode=PRIVATE_FOLDER)
    return path


def _annotations(connection: sqlite3.Connection) -> dict[int, tuple[object, ...]]:
    rows = connection.execute(
        "SELECT annotation.id, start, end, quote, note, color FROM annotation "
        "JOIN document ON document.id = annotation.document_id "
        "WHERE annotation.removed_at IS NULL AND document.removed_at IS NULL"
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _titles(connection: sqlite3.Connection) -> dict[int, str]:
    return dict(connection.execute("SELECT id, title FROM document WHERE removed_at IS NULL").fetchall())
