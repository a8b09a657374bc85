"""Work: the one thread that talks to the library, and the way its answers come back to the window.

Tasks run one after the other, in the order they were given, on a thread of their own; what they return is handed back
on the UI thread through a queued signal. What a transaction touched is told to all by `changed` before the one who
asked hears of it. Receivers that died meanwhile are left out. Closing runs every act that was given, and no query.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import get_ident
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from postil.work.reading import Query
from postil.work.writing import REDO, UNDO, Act
from postil_db.changes import Changes
from postil_db.errors import LibraryError, Refused

if TYPE_CHECKING:
    from postil_db.library import Library

type Done = Callable[[Any], object]
type Failed = Callable[[LibraryError], object]


@dataclass(frozen=True, slots=True)
class FailedAct:
    """An act that could not be done, with all it takes to try again. `reason` is a sentence for the reader."""

    act: Act[Any]
    reason: str
    done: Done | None
    failed: Failed | None
    initiator: object


@dataclass(slots=True)
class _Task:
    run: Callable[["Library"], Any]
    done: Done | None
    failed: Failed | None
    query: Query[Any] | None = None
    act: Act[Any] | None = None
    initiator: object = None
    number: int = 0


class Work(QObject):
    """Runs queries and acts against one library; see the module's text."""

    opened = Signal()
    open_failed = Signal(object)  # the LibraryError
    changed = Signal(object, object)  # Changes, initiator (None: nobody of this window)
    act_failed = Signal(object)  # FailedAct
    act_done = Signal(object)  # the Act
    refused = Signal(str)  # a sentence: why an act makes no sense, however often it is tried
    query_failed = Signal(str)  # a sentence
    busy = Signal(bool)
    idle = Signal()
    _returned = Signal(object, object, object)  # _Task, result, error

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Future[Library] = Future()
        self._pool = ThreadPoolExecutor(1, "library")
        self._latest: dict[str, int] = {}
        self._count = 0
        self._waiting = 0
        self._acts = 0
        self._closing = False
        self._ours = True
        self._initiator: object = None
        self._worker = 0
        self._early: list[_Task] | None = []  # asked for before `open`; the one worker must open first
        self._returned.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def open(self, opener: Callable[[], "Library"], *, ours: bool = True) -> None:
        """Open the library on the worker; everything asked for before waits until that is done.

        `ours`: it is closed when this is.
        """
        self._ours = ours
        self._pool.submit(self._open, opener)
        early, self._early = self._early, None
        for task in early or ():
            self._pool.submit(self._run, task)

    def library(self) -> "Library":
        """Wait for the library, on any thread but the window's; raises what opening it raised."""
        return self._library.result()

    def query(self, query: Query[Any], done: Done, failed: Failed | None = None) -> None:
        """Read; `done` gets what was read, `failed` the library's fault (else it is told by `query_failed`)."""
        if self._closing:
            return
        task = _Task(query.run, done, failed, query=query)
        if query.topic:
            self._latest[query.topic] = self._count + 1
        self._submit(task)

    def act(
        self, act: Act[Any], done: Done | None = None, failed: Failed | None = None, initiator: object = None
    ) -> None:
        """Write; a fault goes to `failed` and to `act_failed`, with all it takes to try again."""
        self._acts += 1
        self._submit(_Task(act.run, done, failed, act=act, initiator=initiator))

    def again(self, failed: FailedAct) -> None:
        """Try an act again that failed."""
        self.act(failed.act, failed.done, failed.failed, failed.initiator)

    def undo(self) -> None:
        """Take back the last act."""
        self.act(UNDO)

    def redo(self) -> None:
        """Do again what was last taken back."""
        self.act(REDO)

    @property
    def writing(self) -> bool:
        """Whether an act was given whose end has not been told yet."""
        return self._acts > 0

    @property
    def waiting(self) -> bool:
        """Whether anything was asked for whose end has not been told yet."""
        return self._waiting > 0

    def close(self) -> None:
        """Run every act still waiting, close the library, end the thread. The answers of what ran are dropped."""
        if self._closing:
            return
        self._closing = True
        if self._early is not None:
            self._library.cancel()
        self._pool.submit(self._close)
        self._pool.shutdown(wait=True)

    # on the worker

    def _open(self, opener: Callable[[], "Library"]) -> None:
        self._worker = get_ident()
        try:
            library = opener()
        except LibraryError as error:
            self._library.set_exception(error)
            self.open_failed.emit(error)
        except Exception as error:  # noqa: BLE001 - the boundary: bugs are raised again on the UI thread
            self._library.set_exception(error)
            self._returned.emit(None, None, error)
        else:
            library.subscribe(self._tell)
            self._library.set_result(library)
            self.opened.emit()

    def _tell(self, changes: Changes) -> None:
        # Whichever thread wrote: the command line's acts come from another one and have no initiator here.
        if not (self._closing and not self._ours):  # a library that is not ours goes on after us
            self.changed.emit(changes, self._initiator if get_ident() == self._worker else None)

    def _run(self, task: _Task) -> None:
        result, error = None, None
        if task.query is not None and (self._closing or self._is_stale(task)):
            self._returned.emit(task, None, None)
            return
        self._initiator = task.initiator
        try:
            result = task.run(self._library.result())
        except Exception as caught:  # noqa: BLE001 - the boundary: bugs are raised again on the UI thread
            error = caught
        finally:
            self._initiator = None
        self._returned.emit(task, result, error)

    def _close(self) -> None:
        if self._ours and not self._library.cancelled() and not self._library.exception():
            self._library.result().close()

    # on the UI thread

    def _submit(self, task: _Task) -> None:
        self._count += 1
        task.number = self._count
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)
        if self._early is None:
            self._pool.submit(self._run, task)
        else:
            self._early.append(task)

    def _is_stale(self, task: _Task) -> bool:
        return bool(task.query and task.query.topic and self._latest.get(task.query.topic) != task.number)

    def _hand_back(self, task: _Task | None, result: object, error: Exception | None) -> None:
        if task is None:
            raise error or AssertionError
        self._waiting -= 1
        self._acts -= task.act is not None
        try:
            self._tell_end(task, result, error)
        finally:
            if not self._waiting:
                self.busy.emit(False)
                self.idle.emit()

    def _tell_end(self, task: _Task, result: object, error: Exception | None) -> None:
        if self._closing and (error is None or isinstance(error, LibraryError)):
            return  # whoever asked may be gone: functions are no objects whose life could be looked at
        if isinstance(error, LibraryError):
            if task.failed is not None and _alive(task.failed):
                task.failed(error)
            elif task.act is None:
                self.query_failed.emit(str(error))
            if task.act is None or task.act.quiet:
                return
            if isinstance(error, Refused) and not task.act.joins:
                self.refused.emit(str(error))
            else:
                self.act_failed.emit(FailedAct(task.act, str(error), task.done, task.failed, task.initiator))
        elif error is not None:
            raise error
        elif task.query is None or not self._is_stale(task):
            if task.act is not None and not task.act.quiet:
                self.act_done.emit(task.act)
            if task.done is not None and _alive(task.done):
                task.done(result)


def _alive(receiver: Callable[..., object]) -> bool:
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
