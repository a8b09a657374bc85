"""What SQLite and the system report, told as the world's faults. What is not in the tables is a bug and stays bare."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from postil_db.errors import Damaged, InUse, LibraryError, NoSpace, ReadOnly, Unreachable

type Fault = tuple[type[LibraryError], str]

FULL: Fault = (NoSpace, "The disk that holds {folder} is full; nothing was written. Free some space, then try again.")
FIXED: Fault = (
    ReadOnly,
    (
        "The library in {folder} cannot be written to; nothing was changed. Check the permissions of the folder and "
        "its files, and whether the disk is read-only."
    ),
)
AWAY: Fault = (
    Unreachable,
    (
        "The library in {folder} cannot be reached. Check that the folder exists, that its disk is connected and that "
        "you may open it."
    ),
)
IN_THE_WAY: Fault = (
    Unreachable,
    "In {folder} a folder stands where Postil keeps a file ({detail}). Move that folder away, then try again.",
)
FAILING: Fault = (
    Unreachable,
    (
        "The disk that holds {folder} reported an error ({detail}). Check the disk, then open the library again to see "
        "what was saved."
    ),
)
BROKEN: Fault = (
    Damaged,
    (
        "The library in {folder} is damaged ({detail}). It was left as it is. Close Postil and open it again to see "
        "which backup can take its place."
    ),
)

BY_SQLITE: dict[int, Fault] = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: (
        InUse,
        "Another program has the library in {folder} open. Close that program, then try again.",
    ),
    sqlite3.SQLITE_READONLY: FIXED,
    sqlite3.SQLITE_PERM: FIXED,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_IOERR: FAILING,
    sqlite3.SQLITE_CORRUPT: BROKEN,
    sqlite3.SQLITE_NOTADB: BROKEN,
}

CHANGED = ("Could not decode", "no such table", "no such column")
"""Errors without a code of their own that only a file changed by others can bring about."""

BY_SYSTEM: dict[int, Fault] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: FIXED,
    errno.EACCES: FIXED,
    errno.EPERM: FIXED,
    errno.ENOENT: AWAY,
    errno.ENOTDIR: AWAY,
    errno.EEXIST: AWAY,
    errno.EISDIR: IN_THE_WAY,
    errno.EIO: FAILING,
}


def translate(error: BaseException, folder: Path) -> LibraryError | None:
    """The world's fault that `error` stands for, or None where it is a bug."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        fault = BY_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        if str(cause).startswith(CHANGED):
            fault = BROKEN
    elif isinstance(cause, OSError):
        fault = BY_SYSTEM.get(cause.errno or 0)
    else:
        fault = None
    if fault is None:
        return None
    kind, sentence = fault
    return kind(sentence.format(folder=folder, detail=cause))


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Raise the world's faults of what happens inside as `LibraryError`s about the library in `folder`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        fault = translate(error, folder)
        if fault is None:
            raise
        raise fault from error
