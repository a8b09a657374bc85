"""From a folder to a connection: make, look before touching, check, back up, migrate."""

import os
import shutil
import sqlite3
import tempfile
import uuid
from contextlib import closing
from pathlib import Path
from threading import RLock

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from postil_db import backup, migrations
from postil_db.connection import APPLICATION_ID, address, connect
from postil_db.errors import Damaged, NotALibrary, ReadOnly, TooNew, Unreachable
from postil_db.files import Files, finish, make_folder
from postil_db.where import shared_by

PAGE_ONE = 65_536  # the largest page that SQLite knows
BROKEN_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def prepare_folder(files: Files) -> None:
    """Make the library's folder, or say why that cannot be."""
    try:
        make_folder(files.folder)
    except PermissionError as error:
        raise Unreachable(
            f"The folder {files.folder} cannot be made: {error.strerror}. Choose a folder that you may write to."
        ) from error
    if not files.readable():
        raise Unreachable(
            f"The library in {files.folder} may not be read. Ask its owner for permission, or choose another folder."
        )


def create(files: Files) -> None:
    """Make an empty library, all at once: a process that dies half-way leaves none."""
    if any(folder.is_dir() and any(folder.iterdir()) for folder in (files.originals, files.backups)):
        raise Damaged(f"The file {files.database} is missing, though a library was kept there.{_remedy(files)}")
    for folder in (files.originals, files.backups):
        make_folder(folder)
    finish(files.database, new_database)


def look(files: Files) -> int:
    """The version of a library, read without changing a byte; raises unless this Postil can open it."""
    if not files.database.is_file():
        raise NotALibrary(f"{files.database} is no file. It was left as it is. Choose another folder.")
    if files.database.stat().st_size == 0:
        raise Damaged(f"The library's file {files.database} is empty (0 bytes). It was left as it is.{_remedy(files)}")
    try:
        application, version = _header(files)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in BROKEN_CODES:
            raise
        if files.originals.is_dir() or files.backups.is_dir():
            raise damaged(files, str(error)) from error
        raise NotALibrary(
            f"{files.database} is not a Postil library, and was left as it is. Choose another folder."
        ) from error
    if application != APPLICATION_ID:
        raise NotALibrary(
            f"{files.database} is a database of another program, and was left as it is. Choose another folder."
        )
    if version > migrations.SCHEMA:
        raise TooNew(
            f"The library in {files.folder} was last used by a newer Postil (library version {version}; this one knows "
            f"{migrations.SCHEMA}). Nothing was changed. Install the newer Postil to open it."
        )
    return version


def open_engine(files: Files, copy: Files | None, version: int) -> Engine:
    """Connect, check that the file is whole, and bring its tables up to date after a backup.

    `copy`: what to connect to instead, where the library itself may not be written to.
    """
    check = "integrity_check" if files.left_in_log() or files.journal.exists() else "quick_check"
    engine = connect((copy or files).database, careful=bool(shared_by((copy or files).folder)))
    try:
        with engine.connect() as connection:
            finding = connection.exec_driver_sql(f"PRAGMA {check}(1)").scalar()
        if finding != "ok":
            raise damaged(files, str(finding))  # noqa: TRY301 - the connection is closed below
        if version < migrations.SCHEMA:
            _migrate(engine, copy or files)
    except DBAPIError as error:
        engine.dispose()
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in BROKEN_CODES:
            raise damaged(files, str(error.orig)) from error
        raise
    except BaseException:
        engine.dispose()
        raise
    return engine


def private_copy(files: Files) -> Path:
    """A copy of the database in a temporary folder, for reading where the library's own folder may not be written.

    With its write-ahead log, without which the last saves would be missing.
    """
    if not files.database.exists():
        raise ReadOnly(f"There is no library in {files.folder}, and none can be made: the folder is read-only.")
    folder = Path(tempfile.mkdtemp(prefix="postil-"))
    try:
        for path in files.parts:
            if path.exists():
                (folder / path.name).touch(0o600)
                shutil.copyfile(path, folder / path.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def warning(files: Files) -> str:
    """What there is to know about where a library lies, in a sentence; "" on a local disk."""
    if not (sharing := shared_by(files.folder)):
        return ""
    return (
        f"The library in {files.folder} lies on {sharing}. Postil saves there with more care, which takes longer. "
        "Open it on one computer at a time, or better move it to a disk of this one."
    )


def damaged(files: Files, finding: str) -> Damaged:
    """The fault of a library that SQLite finds broken."""
    return Damaged(f"The library in {files.folder} is damaged ({finding}). It was left as it is.{_remedy(files)}")


def _remedy(files: Files) -> str:
    newest = backup.newest(files)
    if newest is None:
        return " There is no backup in its folder; restore one of your own, or start a library in another folder."
    return (
        f" The newest backup is {newest}. To go back to it, close Postil, move {files.database.name} and "
        f"{files.log.name} (if it is there) to another place, and copy the backup to {files.database}."
    )


def new_database(path: Path) -> None:
    """Make an empty library's database of a file that is there and empty."""
    engine = connect(path)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.upgrade(connection)
            facts = (("id", uuid.uuid4().hex), ("rev", "0"))
            connection.exec_driver_sql("INSERT INTO fact (key, value) VALUES (?, ?), (?, ?)", (*facts[0], *facts[1]))
    finally:
        engine.dispose()


def _header(files: Files) -> tuple[int, int]:
    """Application and version out of the first page, from the write-ahead log if that has a newer one.

    SQLite cannot look into the log without writing beside the file, so then it looks at a copy: of the first page only,
    since both numbers stand there, in a file with a hole of the right size, since SQLite compares that.
    """
    if not files.left_in_log():
        return _numbers(files.database)
    with tempfile.TemporaryDirectory(prefix="postil-") as name:
        copy = Files(Path(name))
        with files.database.open("rb") as database:
            copy.database.write_bytes(database.read(PAGE_ONE))
        os.truncate(copy.database, files.database.stat().st_size)
        shutil.copyfile(files.log, copy.log)
        return _numbers(copy.database, "mode=rw")


def _numbers(path: Path, *options: str) -> tuple[int, int]:
    with closing(sqlite3.connect(address(path, *(options or ("mode=ro", "immutable=1"))), uri=True)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        return application, connection.execute("PRAGMA user_version").fetchone()[0]


def _migrate(engine: Engine, files: Files) -> None:
    alone = backup.Turns(RLock(), lambda: None)
    backup.make(driver(engine), files, f"before version {migrations.SCHEMA}", alone)
    with engine.begin() as connection:
        migrations.upgrade(connection)
    checkpoint(engine)  # into the file itself, where any Postil sees the new version


def driver(engine: Engine) -> sqlite3.Connection:
    """The one connection itself, of which SQLAlchemy knows only a part."""
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - the only driver there is
        return connection
    finally:
        raw.close()


def checkpoint(engine: Engine) -> None:
    """Move the write-ahead log into the database, and cut it to nothing."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
