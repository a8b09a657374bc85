"""The one connection to a library's database, set so that what was acknowledged survives a power cut."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

APPLICATION_ID = 0x506F7374  # "Post"
PATIENCE_S = 2.0  # how long to wait for a foreign program that has the file locked

# EXCLUSIVE comes before WAL: then SQLite keeps the WAL's index in memory, needs no -shm file, can open on a full disk,
# and refuses every second connection. FULL, because NORMAL loses acknowledged saves when the power goes.
PRAGMAS = (
    "locking_mode=EXCLUSIVE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
)


# A log that two machines might see differently is worse than a slow save: the rollback journal is one that SQLite can
# trust where locks work at all, and EXTRA also waits until its removal is on the disk.
CAREFUL = {"journal_mode=WAL": "journal_mode=DELETE", "synchronous=FULL": "synchronous=EXTRA"}


def address(path: Path, *options: str) -> str:
    """The SQLite URI of a file, however odd its name."""
    return f"{path.absolute().as_uri()}?{'&'.join(options)}"


def connect(path: Path, *, careful: bool = False) -> Engine:
    """An engine over one connection to an existing database; any thread may use it, one at a time.

    Transactions begin when SQLAlchemy says so, not when the driver thinks so: only then are they IMMEDIATE, and only
    then does a half-run migration leave nothing behind. `careful`: for a disk that is not this machine's own.
    """

    def open_file() -> sqlite3.Connection:
        # "rw", never "rwc": a library that has gone must be an error, not a new and empty one.
        connection = sqlite3.connect(
            address(path, "mode=rw"), uri=True, check_same_thread=False, isolation_level=None, timeout=PATIENCE_S
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {CAREFUL.get(pragma, pragma) if careful else pragma}")
        except BaseException:
            connection.close()  # SQLAlchemy does not know of it yet
            raise
        return connection

    engine = create_engine("sqlite://", creator=open_file, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
