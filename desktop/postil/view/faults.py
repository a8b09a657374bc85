"""Unforeseen errors: told once in a dialog, and kept in a local log that holds no word of any document."""

import logging
import platform
import sys
import threading
import traceback
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, override

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal, qVersion

from postil import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOG_NAME = "errors.log"
LOG_LIMIT = 512 * 1024
TRAIL = 12
"""So many of the last things done are told in a report: names of commands and acts, which quote nobody."""


class Faults(QObject):
    """Catches what nobody caught, on any thread, and hands the report over on the UI thread.

    While `watching`, `told` is emitted with the report once for every place that an error comes from.
    """

    told = Signal(str)
    _caught = Signal(str, str)  # place, report

    def __init__(self, log: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log or platformdirs.user_log_path("postil", appauthor=False) / LOG_NAME
        self._seen: set[str] = set()
        self._trail: deque[str] = deque(maxlen=TRAIL)
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        self._records = _Records(self._write)
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def doing(self) -> str:
        """What was done last, "" for nothing yet."""
        return self._trail[-1] if self._trail else ""

    def note(self, deed: str) -> None:
        """Hear what is being done: the name of a command or an act; what it is done to, in quotes, is left out."""
        self._trail.append(deed.partition("“")[0].strip())

    def watch(self) -> None:
        """Take over the hooks for uncaught errors, and what the libraries log of errors that were caught."""
        logging.getLogger().addHandler(self._records)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._catch
        threading.excepthook = lambda args: self._catch(args.exc_type, args.exc_value, args.exc_traceback)

    def stop(self) -> None:
        """Give the hooks back."""
        logging.getLogger().removeHandler(self._records)
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None

    def _catch(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, /) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        report = describe(kind, error, trace, tuple(self._trail))
        frames = traceback.extract_tb(trace)
        self._write(report)
        if sys.stderr is not None:
            print(report, file=sys.stderr)  # noqa: T201 - for whoever started it in a terminal
        self._caught.emit(f"{kind}{frames[-1] if frames else ''}", report)

    def _tell(self, place: str, report: str) -> None:
        if place not in self._seen:
            self._seen.add(place)
            self.told.emit(report)

    def _write(self, report: str) -> None:
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
                self.log.replace(self.log.with_suffix(".old.log"))
            self.log.touch(0o600)
            with self.log.open("a", encoding="utf-8") as file:
                file.write(report + "\n")
        except OSError:
            return  # a full disk; the dialog and stderr still have it


class _Records(logging.Handler):
    """Writes what is logged as an error into the log, without the words that were filled in, and nowhere else."""

    def __init__(self, write: "Callable[[str], None]") -> None:
        super().__init__(logging.ERROR)
        self._write_report = write

    @override
    def emit(self, record: logging.LogRecord) -> None:
        kind, error, trace = record.exc_info or (None, None, None)
        where = f"{record.name}: {record.msg if isinstance(record.msg, str) else ''}\n"
        self._write_report(where + describe(kind, error, trace) if kind else where)


def describe(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, trail: "Sequence[str]" = ()
) -> str:
    """Tell where and what kind of error it was. Its message is left out: it may quote what somebody reads.

    `trail`: what was done before, the last thing last.
    """
    program = f"Postil {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {program}"]
    lines += [f"done before: {', '.join(trail)}"] if trail else []
    head = len(lines)
    while error is not None:
        lines += [
            f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in traceback.extract_tb(error.__traceback__)
        ]
        what = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
        lines.append(f"{type(error).__name__}{what}")
        error = error.__cause__
        if error is not None:
            lines.append("caused by")
    if len(lines) == head:
        lines += [f"  {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)] + [kind.__name__]
    return "\n".join(lines) + "\n"
