"""Freshness: whether the file that a document came from is another one by now; looked at on a thread of its own.

A file on a network drive may keep whoever asks for it waiting: neither the window nor the library may be that one.
"""

from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from postil_db.records import DocumentInfo

LARGEST = 500_000_000
"""Bytes; what is larger is not read only to see whether it changed."""


class Freshness(QObject):
    """Looks at files, one after the other; tells only of those that changed."""

    changed = Signal(object, object)  # DocumentInfo, Path

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None

    def look(self, info: DocumentInfo) -> None:
        """Look at the file of a document, if it came from one."""
        path = Path(info.source)
        if not info.source or not path.is_absolute():
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "freshness")
        self._pool.submit(self._look, info, path)

    def close(self) -> None:
        """Look no more."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _look(self, info: DocumentInfo, path: Path) -> None:
        if is_changed(info, path):
            self.changed.emit(info, path)


def is_changed(info: DocumentInfo, path: Path) -> bool:
    """Whether a file was written since a document was made of it, and says other things now."""
    try:
        facts = path.stat()
        if facts.st_mtime <= info.added_at.timestamp() or not 0 < facts.st_size <= LARGEST or not path.is_file():
            return False
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() != info.sha256
    except OSError:  # gone, or not to be read: nothing to offer
        return False
