"""The files of a library, and how to put one there for good."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from postil_db.errors import Unreachable

DATABASE = "library.sqlite3"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
UNFINISHED = ".unfinished-"
RESERVE = 1 << 20
"""Bytes of a full disk that are kept for a last save."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where a library keeps what."""

    folder: Path

    @property
    def database(self) -> Path:
        """The database. Nothing but SQLite opens it while a connection is open: that would drop SQLite's locks."""
        return self.folder / DATABASE

    @property
    def log(self) -> Path:
        """SQLite's write-ahead log; it holds acknowledged saves until they are moved into the database."""
        return self.folder / f"{DATABASE}-wal"

    @property
    def journal(self) -> Path:
        """SQLite's rollback journal, where there is no write-ahead log (see `where`)."""
        return self.folder / f"{DATABASE}-journal"

    @property
    def parts(self) -> tuple[Path, ...]:
        """The database with what belongs to it: beside another database a log or journal would be poison."""
        return self.database, self.log, self.journal

    @property
    def reserve(self) -> Path:
        """A file that holds nothing but room, to be given up for a last save on a full disk."""
        return self.folder / "library.reserve"

    @property
    def originals(self) -> Path:
        """The documents as they came, by the SHA-256 of their bytes."""
        return self.folder / "originals"

    @property
    def backups(self) -> Path:
        """Verified copies of the database."""
        return self.folder / "backups"

    def left_in_log(self) -> int:
        """Bytes in the write-ahead log: not 0 after an unclean end."""
        return self.log.stat().st_size if self.log.exists() else 0

    def identity(self) -> tuple[int, int] | None:
        """Which file the database is, by whatever name; None if there is none."""
        try:
            status = self.database.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def readable(self) -> bool:
        """Whether the folder and the database may be read."""
        return _may(self.folder, os.R_OK | os.X_OK) and all(_may(path, os.R_OK) for path in self._present())

    def writable(self) -> bool:
        """Whether the folder and the database may be written to."""
        return _may(self.folder, os.W_OK) and all(_may(path, os.W_OK) for path in self._present())

    def _present(self) -> list[Path]:
        return [path for path in self.parts if path.exists()]

    def keep_private(self) -> None:
        """Take from others the right to read what a copying program or the reader gave it to (a backup put back)."""
        for path in (self.originals, self.backups, *self.folder.glob("library.*")):
            wanted = PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE
            if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
                with suppress(PermissionError):  # somebody else's file, which we may write: theirs to say
                    path.chmod(wanted)

    def keep_reserve(self) -> None:
        """Take the room for the reserve, if there is room."""
        if not self.reserve.exists():
            with suppress(OSError):  # on a full disk: as it was without one
                finish(self.reserve, _fill_up)

    def give_up_reserve(self) -> bool:
        """Give the room of the reserve back to the disk; whether there was any."""
        try:
            self.reserve.unlink()
        except OSError:
            return False
        return True

    def tidy(self) -> None:
        """Delete what a process that died left half-written."""
        for folder in (self.folder, self.originals, self.backups):
            for path in folder.glob(f"{UNFINISHED}*"):
                path.unlink(missing_ok=True)


def _fill_up(path: Path) -> None:
    path.write_bytes(os.urandom(RESERVE))  # nothing that a disk could make smaller


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may open; one that is there stays as it is."""
    if path.exists() and not path.is_dir():
        raise Unreachable(f"{path} is a file, not a folder. Move it away, or choose another folder for the library.")
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=PRIVATE_FOLDER if folder == path else 0o777, exist_ok=True)
        with suppress(OSError):  # a folder above ours that we may not read
            sync(folder.parent)  # else what is in it may be on the disk, and yet not be found after a power cut


def finish(path: Path, fill: Callable[[Path], None]) -> None:
    """Make the file at `path` all at once: fill a private one beside it, sync it, move it into place."""
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)  # mode 0600
    os.close(descriptor)
    unfinished = Path(name)
    try:
        fill(unfinished)
        sync(unfinished)
        unfinished.replace(path)
    except BaseException:
        for left in path.parent.glob(f"{unfinished.name}*"):
            left.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder, before going on."""
    if path.is_dir() and os.name == "nt":
        return  # Windows syncs folders by itself, and cannot open them
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
