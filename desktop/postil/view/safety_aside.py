"""Beside everything else: what takes long and only looks after the library, on a thread of its own.

Reading and saving go on meanwhile, for the library is given back between any two steps.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from postil.work.run import Work
from postil.work.writing import Act
from postil_db.errors import LibraryError

if TYPE_CHECKING:
    from postil_db.library import Library


class Aside(QObject):
    """Runs acts one after the other; what came of each is handed back on the UI thread."""

    _ended = Signal(object, object)  # whom to tell, and what; None: it is an error to be raised

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = ThreadPoolExecutor(1, "safety")
        self._library: Library | None = None
        self._closed = False
        self._waiting = 0
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(
        self, act: Act[Any], done: Callable[[Any], object], failed: Callable[[LibraryError], object] = lambda _: None
    ) -> None:
        """Do something; `done` gets what came of it, `failed` the library's fault."""
        self._waiting += 1
        self._pool.submit(self._run, act, done, failed)

    @property
    def busy(self) -> bool:
        """Whether anything was asked for whose end has not been told yet."""
        return self._waiting > 0

    def close(self) -> None:
        """Give up what is going on, and wait until the library is let go."""
        self._closed = True
        if self._library is not None:
            self._library.leave()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, act: Act[Any], done: Callable[[Any], object], failed: Callable[[LibraryError], object]) -> None:
        try:
            self._library = self._work.library()
            self._ended.emit(done, act.run(self._library))
        except LibraryError as error:
            self._ended.emit(failed, error)
        except Exception as error:  # noqa: BLE001 - the boundary: raised again on the UI thread
            self._ended.emit(None, error)

    def _tell(self, whom: Callable[[Any], object] | None, what: object) -> None:
        self._waiting -= 1
        if whom is not None:
            if not self._closed:
                whom(what)
        elif isinstance(what, Exception):
            raise what
