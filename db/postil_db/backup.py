"""Copies of the database: made by SQLite on the connection that owns it, verified before they count."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from postil_db.errors import Damaged
from postil_db.files import Files, finish
from postil_db.tables.base import now

KEPT_OF_A_KIND = 10
NAME = "library-{number:09d}-{time:%Y%m%dT%H%M%SZ}-{reason}.sqlite3"
NUMBER = re.compile(r"library-(\d{9})-.*\.sqlite3")


def make(connection: Connection, files: Files, reason: str) -> Path:
    """Copy the database into `backups/` and return the copy's path; older ones for the same reason are thinned.

    The name begins with a number that only rises: newest and oldest depend neither on the clock nor on the library's
    own counter, which goes back when the library is put back to a backup.
    """
    last = newest(files)
    number = 1 + (int(found[1]) if last and (found := NUMBER.fullmatch(last.name)) else 0)
    plain = re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-")[:40] or "backup"
    path = files.backups / NAME.format(number=number, time=now(), reason=plain)
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the only driver there is
    connection.rollback()  # SQLite copies what is committed; an open transaction would be in the way

    def fill(unfinished: Path) -> None:
        with closing(sqlite3.connect(unfinished)) as copy:
            driver.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file that stands alone
        verify(unfinished)

    finish(path, fill)
    _thin(files, plain)
    return path


def verify(path: Path) -> None:
    """Read a copy back from the disk, and raise `Damaged` unless SQLite finds it whole."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            finding = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        finding = str(error)
    if finding != "ok":
        raise Damaged(
            f"The backup was not kept, because the copy is not whole ({finding}). Earlier backups were left as they "
            "are. Run a check of the library."
        )


def newest(files: Files) -> Path | None:
    """The backup that was made last."""
    made = (path for path in files.backups.glob("library-*") if NUMBER.fullmatch(path.name))
    return max(made, default=None, key=lambda path: path.name)


def _thin(files: Files, reason: str) -> None:
    alike = sorted(files.backups.glob(f"library-*Z-{reason}.sqlite3"), key=lambda path: path.name)
    for path in alike[:-KEPT_OF_A_KIND]:
        path.unlink(missing_ok=True)
