"""Copies of the database: made by SQLite on the connection that owns it, verified before they count.

A copy is made a few pages at a time, and between them whoever waits for the connection has it: what is written
meanwhile by that same connection is carried over. Verifying needs the copy alone.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from postil_db.connection import address
from postil_db.errors import Damaged
from postil_db.files import Files, finish
from postil_db.tables.base import now
from postil_db.thinning import backups, superfluous

PAGES = 256
"""So many pages are copied before others have their turn: one MB, a few thousandths of a second."""
BREATH_S = 0.0005
"""So long the turn is left to others: the one who gives a lock back and takes it again is always the first."""
NAME = "library-{number:09d}-{time:%Y%m%dT%H%M%SZ}-{reason}.sqlite3"


@dataclass(frozen=True, slots=True)
class Holds:
    """How much a database holds that a reader made or added, the trash not counted. `rev`: how far it was written."""

    documents: int
    annotations: int
    tags: int
    rev: int


class Turns:
    """A lock that is given back for a moment again and again. `go_on`: raises where the work is to be broken off."""

    def __init__(self, lock: RLock, go_on: Callable[[], None]) -> None:
        self._lock, self._go_on = lock, go_on

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def pass_on(self, _status: int, _left: int, _total: int) -> None:
        """Let others have their turn."""
        self._lock.release()
        time.sleep(BREATH_S)
        self._lock.acquire()
        self._go_on()


def make(driver: sqlite3.Connection, files: Files, reason: str, turns: Turns) -> Path:
    """Copy the database into `backups/` and return the copy's path. `turns`: the lock that `driver` is used under.

    The name begins with a number that only rises: newest and oldest depend neither on the clock nor on the library's
    own counter, which goes back when the library is put back to a backup.
    """
    made = backups(files.backups)
    number = 1 + (made[0].number if made else 0)
    plain = re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-")[:40] or "backup"
    path = files.backups / NAME.format(number=number, time=now(), reason=plain)

    def fill(unfinished: Path) -> None:
        with closing(sqlite3.connect(unfinished)) as copy:
            for pragma in ("journal_mode=OFF", "synchronous=OFF"):  # it is new, and synced as a whole afterwards
                copy.execute(f"PRAGMA {pragma}")
            with turns:
                driver.backup(copy, pages=PAGES, progress=turns.pass_on, sleep=BREATH_S)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file that stands alone
        verify(unfinished)

    finish(path, fill)
    return path


def thin(files: Files) -> None:
    """Delete the backups that are no longer needed."""
    for one in superfluous(backups(files.backups)):
        one.path.unlink(missing_ok=True)


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
    made = backups(files.backups)
    return made[0].path if made else None


def holds(path: Path) -> Holds:
    """What a backup holds; raises `Damaged` if it cannot be read."""
    try:
        with closing(sqlite3.connect(address(path, "mode=ro", "immutable=1"), uri=True)) as copy:
            return holdings(lambda query: int(copy.execute(query).fetchone()[0]))
    except sqlite3.DatabaseError as error:
        raise Damaged(f"The backup {path} is not whole ({error}). Choose another one.") from error


def holdings(count: Callable[[str], int]) -> Holds:
    """What a database holds; `count` runs a query for one number."""
    live = "document.removed_at IS NULL"
    return Holds(
        documents=count(f"SELECT count(*) FROM document WHERE {live}"),  # noqa: S608 - nothing comes from outside
        annotations=count(
            "SELECT count(*) FROM annotation JOIN document ON document.id = annotation.document_id "  # noqa: S608
            f"WHERE annotation.removed_at IS NULL AND {live}"
        ),
        tags=count("SELECT count(*) FROM tag"),
        rev=count("SELECT CAST(value AS INTEGER) FROM fact WHERE key = 'rev'"),
    )
