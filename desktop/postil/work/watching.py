"""A watched folder: what is put into it is added by itself, once nothing writes to it any more.

What lay in it when it was chosen stays out; what has come while Postil was closed is added at the next start. A file
counts once, whatever becomes of the document made of it: one that the reader removed does not come back. But it counts
only when it was dealt with (`settle`): what Postil was closed over comes again.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from postil.work.folders import files_in
from postil.work.reading import Query
from postil.work.run import Work
from postil.work.writing import Act

if TYPE_CHECKING:
    from postil_db.library import Library

KEY = "watched_folder"
SOON_MS, LATER_MS = 1_500, 60_000
"""When a growing file is looked at again, and how often without any sign: some drives give none."""
_MOST_FOLDERS = 200

type Sign = tuple[int, int]
"""Size and time of the last change: a file of which both stay the same for a while is whole."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What is in the folder now, and the folders below it. `known`: what was remembered, where it was asked for."""

    folder: str
    files: dict[str, Sign]
    folders: tuple[str, ...]
    known: str = ""


class Watching(QObject):
    """Watches one folder, or none."""

    came = Signal(list)  # paths of new files

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._folder = self._kept = ""
        self._seen: set[str] | None = None
        self._coming: set[str] = set()
        self._pending: dict[str, Sign] = {}
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(lambda _path: self._soon())
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    def watch(self, folder: str) -> None:
        """Watch a folder from now on; "" watches none."""
        if folder == self._folder:
            return
        self._forget_folders()
        self._folder, self._seen, self._pending, self._coming = folder, None, {}, set()
        self._timer.stop()
        if folder:
            self.look()

    def look(self) -> None:
        """See what has come."""
        folder, first = self._folder, self._seen is None
        if folder:
            self._work.query(Query(lambda library: _scan(library, folder, first=first), "watched"), self._take)

    def settle(self) -> None:
        """Hear that all files that came were added, or could not be: they do not come again."""
        self._coming.clear()
        if self._seen is not None:
            self._keep()

    def _take(self, scan: Scan | None) -> None:
        if scan is None:  # the folder is away, on a drive perhaps that comes back
            self._timer.start(LATER_MS)
            return
        if scan.folder != self._folder:
            return
        if self._seen is None:
            self._kept, self._seen = scan.known, _known(scan)
        here = set(scan.files)
        whole = [name for name in scan.files if name not in self._seen and self._pending.get(name) == scan.files[name]]
        self._pending = {name: sign for name, sign in scan.files.items() if name not in self._seen | set(whole)}
        self._seen = (self._seen & here) | set(whole)
        self._coming = (self._coming & here) | set(whole)
        self._keep()
        self._follow(scan)
        if whole:
            self.came.emit([Path(name) for name in whole])
        self._timer.start(SOON_MS if self._pending else LATER_MS)

    def _keep(self) -> None:
        fact = json.dumps({"folder": self._folder, "seen": sorted((self._seen or set()) - self._coming)})
        if fact == self._kept:
            return
        self._kept = fact
        self._work.act(Act("Remember", lambda library: library.remember(KEY, fact), quiet=True), initiator=self)

    def _soon(self) -> None:
        self._timer.start(min(SOON_MS, max(0, self._timer.remainingTime())) if self._timer.isActive() else SOON_MS)

    def _follow(self, scan: Scan) -> None:
        wanted, watched = {scan.folder, *scan.folders}, set(self._system.directories())
        if gone := sorted(watched - wanted):
            self._system.removePaths(gone)
        if new := sorted(wanted - watched):
            self._system.addPaths(new)

    def _forget_folders(self) -> None:
        if watched := self._system.directories():
            self._system.removePaths(watched)


def _scan(library: "Library", folder: str, *, first: bool) -> Scan | None:
    root = Path(folder)
    if library.read_only or not root.is_dir():
        return None
    files: dict[str, Sign] = {}
    for path in files_in(root).files:
        try:
            status = path.stat()
        except OSError:  # gone again
            continue
        files[str(path)] = (status.st_size, status.st_mtime_ns)
    folders = sorted({str(path.parent) for path in map(Path, files)})[:_MOST_FOLDERS]
    return Scan(folder, files, tuple(folders), library.recall(KEY) if first else "")


def _known(scan: Scan) -> set[str]:
    """What was there before: as remembered of this folder, else all that is in it now."""
    try:
        fact = json.loads(scan.known or "{}")
        if fact.get("folder") == scan.folder:
            return {str(name) for name in fact["seen"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return set(scan.files)
