"""Importing: a file of annotations is read and its passages are found on a thread of its own.

So reading and writing go on beside it, and it can be stopped at any time. Writing what was planned is an act like any
other (view/acts_importing.py); it is stopped from here, too.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from postil.work.run import Work
from postil_db.errors import LibraryError

if TYPE_CHECKING:
    from postil.exchange.importing.incoming import Source, Step
    from postil.exchange.importing.plan import Planner

READING, FINDING, SAVING = "Reading", "Finding the passages", "Saving"


class Stopped(Exception):
    """The reader wants no more of it."""


class Importing(QObject):
    """Looks at one file at a time; the last one that was asked for."""

    progress = Signal(str, int, int)  # what is being done, done, total
    planned = Signal(object)  # Plan
    refused = Signal(str)  # a sentence: why there is nothing to plan
    _told = Signal(int, object)  # number of the task, what to do about it on the UI thread
    _saved = Signal(str, int, int)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = ThreadPoolExecutor(1, "importing")
        self._number = self._saving = 0
        self._planner: Planner | None = None
        self._saved.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def look(self, path: Path) -> None:
        """Read a file and plan its import; what goes on is stopped."""
        self._planner = None
        self._submit(lambda step: self._read(path, step))

    def choose(self, chosen: "Mapping[Source, int]") -> None:
        """Plan the import of the same file anew, with the documents that the reader named."""
        if (planner := self._planner) is not None:
            self._submit(lambda step: planner.plan(step(FINDING), chosen))

    def stop(self) -> None:
        """Break off whatever goes on, also the saving: nothing is written then."""
        self._number += 1
        self._saving += 1

    def close(self) -> None:
        """Break off what is looked for, and wait until the library is let go; what is being saved is saved."""
        self._number += 1
        self._pool.shutdown(wait=True, cancel_futures=True)

    def saving(self) -> "Step":
        """What hears how far the saving is, and ends it when it was stopped."""
        self._saving += 1
        number = self._saving
        return _shares(lambda: number == self._saving, lambda done, total: self._saved.emit(SAVING, done, total))

    # on the thread

    def _read(self, path: Path, step: "Callable[[str], Step]") -> object:
        from postil.exchange.importing import formats, source_file
        from postil.exchange.importing.plan import Planner

        contents = formats.load(source_file.read(path), path.name, step(READING))
        planner = Planner(self._work.library(), contents)
        plan = planner.plan(step(FINDING))
        self._planner = planner
        return plan

    def _run(self, number: int, task: "Callable[[Callable[[str], Step]], object]") -> None:
        from postil.exchange.importing import telling
        from postil.exchange.importing.incoming import NoAnnotations
        from postil.exchange.importing.plan import Plan

        try:
            plan = task(lambda doing: self._step(number, doing))
        except Stopped:
            return
        except (NoAnnotations, LibraryError) as fault:
            self._tell(number, partial(self.refused.emit, str(fault)))
        except OSError as error:
            sentence = f"The file could not be read ({error.strerror or error}). Choose another one."
            self._tell(number, partial(self.refused.emit, sentence))
        except Exception as bug:  # noqa: BLE001 - the boundary: bugs are raised again on the UI thread
            self._tell(number, partial(_raise, bug))
        else:
            if isinstance(plan, Plan):
                telling.planned(plan)  # counts it here, once
            self._tell(number, partial(self.planned.emit, plan))

    def _step(self, number: int, doing: str) -> "Step":
        return _shares(
            lambda: number == self._number,
            lambda done, total: self._tell(number, partial(self.progress.emit, doing, done, total)),
        )

    def _tell(self, number: int, what: Callable[[], None]) -> None:
        self._told.emit(number, what)

    # on the UI thread

    def _submit(self, task: "Callable[[Callable[[str], Step]], object]") -> None:
        self._number += 1
        self._pool.submit(self._run, self._number, task)

    def _take(self, number: int, what: Callable[[], None]) -> None:
        if number == self._number:
            what()


def _shares(goes_on: Callable[[], bool], tell: Callable[[int, int], object]) -> "Step":
    """What tells each share once, and ends what does not go on."""
    shown = -1

    def step(done: int, total: int) -> None:
        nonlocal shown
        if not goes_on():
            raise Stopped
        share = 100 * done // max(1, total)
        if share != shown:
            shown = share
            tell(done, total)

    return step


def _raise(bug: Exception) -> None:
    raise bug
