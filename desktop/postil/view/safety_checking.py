"""Checking: the check of the whole library, on a thread of its own, so that reading and writing go on beside it."""

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal

from postil.work.run import Work
from postil_db.errors import LibraryError

BROKE = "Postil met an error of its own and broke off. What was not looked at yet may be whole or not."


class Stopped(Exception):
    """The reader wants no more of it."""


class Checking(QObject):
    """Checks, or checks and mends; can be stopped between any two documents."""

    progress = Signal(int, int)  # done, total
    ended = Signal(object, str, bool)  # the findings or None, why it ended early, whether it was to mend
    _step = Signal(int, int)
    _end = Signal(int, object, str, bool)  # number of the check, and as `ended`
    _broke = Signal(object)  # an error to be raised

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = ThreadPoolExecutor(1, "checking")
        self._number = 0
        self._step.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._end.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._broke.connect(self._raise, Qt.ConnectionType.QueuedConnection)

    def start(self, *, repair: bool) -> None:
        """Begin anew; what goes on is stopped."""
        self._number += 1
        self._pool.submit(self._run, self._number, repair)

    def stop(self) -> None:
        """Break off; `ended` says so."""
        if self._number:
            self._number += 1
            self.ended.emit(None, "You stopped it. What was not looked at yet may be whole or not.", False)

    def close(self) -> None:
        """Break off, and wait until the library is let go."""
        self._number += 1
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, number: int, repair: bool) -> None:
        def step(done: int, total: int) -> None:
            if number != self._number:
                raise Stopped
            self._step.emit(done, total)

        try:
            findings = self._work.library().findings(repair=repair, progress=step)
        except Stopped:
            return
        except LibraryError as error:
            self._end.emit(number, None, str(error), repair)
        except Exception as error:  # noqa: BLE001 - the boundary: raised again on the UI thread
            self._end.emit(number, None, BROKE, repair)
            self._broke.emit(error)
        else:
            self._end.emit(number, findings, "", repair)

    @staticmethod
    def _raise(error: Exception) -> None:
        raise error

    def _tell(self, number: int, findings: object, fault: str, repair: bool) -> None:
        if number == self._number:
            self._number += 1
            self.ended.emit(findings, fault, repair)
