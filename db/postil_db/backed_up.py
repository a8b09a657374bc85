"""The part of a library that looks after its backups: makes them, thins them, goes back to one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import RLock

from sqlalchemy import Engine

from postil_db import backup, opening, restoring, safekeeping, thinning
from postil_db.changes import Changes
from postil_db.errors import Unreachable
from postil_db.faults import told
from postil_db.files import Files
from postil_db.restoring import Preview
from postil_db.safekeeping import Loss
from postil_db.searching import Reading, Searching
from postil_db.thinning import Backup

__all__ = ["BackedUp", "Backup", "Listener", "Loss", "Preview"]

type Listener = Callable[[Changes], None]


class BackedUp:
    """A library's backups; the rest of the library is `Library`, which has what is declared here."""

    folder: Path
    read: Reading
    _files: Files
    _engine: Engine
    _lock: RLock
    _copying: RLock  # taken before `_lock`, never after it
    _leaving: bool
    _searching: Searching
    _listeners: list[Listener]
    _identity: tuple[int, int] | None

    def backup(self, reason: str) -> Path:
        """Make a verified copy of the database in `backups/`; its path.

        Others may read and write meanwhile; what they write may be in it. A second backup waits for the first.
        """
        self._require_writable()
        with self._copying, told(self.folder):
            with self._lock:
                self._require_open()
                driver = opening.driver(self._engine)
            return backup.make(driver, self._files, reason, backup.Turns(self._lock, self._require_staying))

    def backups(self) -> list[Backup]:
        """The backups in the library's folder, the newest first."""
        with told(self.folder):
            return thinning.backups(self._files.backups)

    def back_up_if_due(self) -> Path | None:
        """Make an automatic backup if one is due and thin out the older ones; its path. See `loss` afterwards."""
        return self._automatic("automatic", safekeeping.APART)

    def back_up_before(self, reason: str, rows: int) -> Path | None:
        """Make a backup before `rows` rows are written at once ("before an import"); its path.

        None, and nothing to tell anybody, where they are few (`safekeeping.MANY`), where the newest backup holds what
        the library holds, or where it was made a moment ago.
        """
        return self._automatic(reason, safekeeping.JUST_NOW) if rows >= safekeeping.MANY else None

    def _automatic(self, reason: str, apart: timedelta) -> Path | None:
        self._require_writable()
        with self._copying, told(self.folder):
            alarmed = bool(self.recall(safekeeping.ALARM))
            holding = self.read(lambda session: safekeeping.held(session.connection()))
            if not safekeeping.due(holding, self._files, apart):
                return None
            made, loss = safekeeping.make(holding, self._files, lambda: self.backup(reason), alarmed=alarmed)
            if loss is not None and not alarmed:
                number = next(one.number for one in thinning.backups(self._files.backups) if one.path == loss.good)
                self.remember(safekeeping.ALARM, str(number))
        return made

    def loss(self) -> Loss | None:
        """A sudden loss of annotations that the reader has not seen to; no backup is deleted until they have."""
        return self.read(lambda session: safekeeping.alarm(session, self._files))

    def accept_loss(self) -> None:
        """Hear from the reader that the annotations were meant to go."""
        self.remember(safekeeping.ALARM, "")

    def preview_restore(self, path: Path) -> Preview:
        """What going back to a backup would change. Raises `NotALibrary`, `TooNew`, `Damaged`."""
        with self._lock, told(self.folder):
            self._require_open()
            with self._engine.connect() as connection:
                return restoring.preview(opening.driver(self._engine), path, safekeeping.held(connection))

    def restore(self, path: Path) -> Changes:
        """Go back to a backup, after one more of how it is now. Raises what `preview_restore` raises."""
        self._require_writable()
        with self._searching.put_aside(), self._copying, self._lock, told(self.folder):
            self._require_open()
            restoring.require_backup(path)
            self.backup("before going back")
            opening.checkpoint(self._engine)
            self._engine.dispose()
            try:
                restoring.exchange(self._files, path)
            finally:
                self._engine = opening.open_engine(self._files, None, opening.look(self._files))
                self._identity = self._files.identity()
            self.backup("after going back")
        changes = Changes(label="Go back to a backup", everything=True)
        for listener in self._listeners:
            listener(changes)
        return changes

    def leave(self) -> None:
        """Give up the backup that is being made, and make none any more: the library is about to be closed."""
        self._leaving = True

    def _require_staying(self) -> None:
        """Whoever closes the library does not wait for a backup."""
        if self._leaving:
            raise Unreachable(f"The backup was given up, because the library in {self.folder} is being closed.")

    def recall(self, key: str) -> str:
        """See `Library`."""
        raise NotImplementedError

    def remember(self, key: str, value: str) -> None:
        """See `Library`."""
        raise NotImplementedError

    def _require_open(self) -> None:
        raise NotImplementedError

    def _require_writable(self) -> None:
        raise NotImplementedError
