"""Warming: what the first search needs is loaded while the reader reads, on a thread of its own.

The search's libraries take half a second to load and the index has to be compared with the database; neither should
happen under the reader's first letter, nor hold up the thread that saves.
"""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from postil.work.run import Work

PAUSE_MS = 1_500


class Warming(QObject):
    """Gets the search ready once, a moment after `start`."""

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = ThreadPoolExecutor(1, "warming")
        self._started = self._closed = False

    def start(self) -> None:
        """Begin when the first page has stood for a moment; again does nothing."""
        if not self._started:
            self._started = True
            QTimer.singleShot(PAUSE_MS, self, self._begin)

    def close(self) -> None:
        """Wait for what is going on; call it before the library is closed."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _begin(self) -> None:
        if not self._closed:
            self._pool.submit(self._run)

    def _run(self) -> None:
        import_module("postil_db.index.annotation_index")  # without the library's lock, so that saving goes on
        if not self._closed:
            self._work.library().heal_index()  # what fails here, fails and is mended at the first search
