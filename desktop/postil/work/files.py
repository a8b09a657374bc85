"""Files: what a reader opens, drops or pastes, read one after the other off the UI thread and put into the library.

A file that cannot be read does not stop the others; at the end a Report says which ones, and why.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from postil.work.run import Work
from postil.work.writing import Act
from postil_db.errors import LibraryError
from postil_db.records import DocumentInfo

if TYPE_CHECKING:
    from postil.documents.reader import DocumentReader, Reading
    from postil_db.library import Library


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read: how to call it to the reader, and how to read it (called off the UI thread)."""

    name: str
    read: "Callable[[DocumentReader], Reading]"


@dataclass(slots=True)
class Report:
    """What became of a row of files. `refused`: (name, why); `notes`: what could not be read as it was meant."""

    added: list[DocumentInfo] = field(default_factory=list)
    known: list[DocumentInfo] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: int = 0

    def __str__(self) -> str:
        """Tell it in sentences, the first few refusals in full."""
        lines = []
        if len(self.added) > 1:
            lines.append(f"{len(self.added)} documents added.")
        if self.known and not self.added and not self.refused:
            lines.append("Already in the library." if len(self.known) == 1 else "All are already in the library.")
        lines += [reason for _name, reason in self.refused[:3]]
        if len(self.refused) > 3:
            lines.append(f"{len(self.refused) - 3} more could not be read.")
        lines += self.notes[:3]
        if self.left:
            lines.append(f"{self.left} not read, as you asked." if self.left > 1 else "One not read, as you asked.")
        return "\n".join(lines)


class Files(QObject):
    """The row of files that wait to be read."""

    progress = Signal(int, int, str)  # done, total, name of the one being read
    added = Signal(object, bool)  # DocumentInfo, whether it is new
    finished = Signal(object)  # Report
    _read = Signal(object, object, object)  # Source, Reading or None, error or None

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = ThreadPoolExecutor(1, "files")
        self._row: deque[Source] = deque()
        self._report = Report()
        self._total = 0
        self._current: Source | None = None
        self._reader: DocumentReader | None = None
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def add(self, paths: Sequence[Path]) -> None:
        """Read these files, after those already waiting."""
        self._put([Source(path.name or str(path), partial(_read_file, path)) for path in paths])

    def paste(self, text: str, html: str = "", title: str = "") -> None:
        """Make a document out of pasted text."""
        self._put([Source(title or "Pasted text", partial(_read_text, text, html, title))])

    def cancel(self) -> None:
        """Leave out what still waits, and whatever the one being read would give."""
        self._report.left += len(self._row) + (self._current is not None)
        self._row.clear()
        if self._current is not None:
            self._current = None
            self._stop_reader()
            self._end()

    @property
    def running(self) -> bool:
        """Whether a file is being read or waits."""
        return self._current is not None

    def close(self) -> None:
        """Stop; nothing more is added."""
        self._row.clear()
        self._current = None
        self._stop_reader()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._stop_reader()  # a process that was just being started

    def _stop_reader(self) -> None:
        if self._reader is not None:
            self._reader.stop()

    def _put(self, sources: Sequence[Source]) -> None:
        self._row.extend(sources)
        self._total += len(sources)
        if self._current is None:
            self._next()

    def _next(self) -> None:
        if not self._row:
            self._current = None
            self._stop_reader()
            self._end()
            return
        source = self._current = self._row.popleft()
        self.progress.emit(self._total - len(self._row) - 1, self._total, source.name)
        self._pool.submit(self._run, source)

    def _run(self, source: Source) -> None:
        from postil.documents.reader import DocumentReader  # not needed to start

        reading, error = None, None
        if self._reader is None:
            self._reader = DocumentReader()
        try:
            reading = source.read(self._reader)
        except Exception as caught:  # noqa: BLE001 - the boundary: sorted out on the UI thread
            error = caught
        self._read.emit(source, reading, error)

    def _keep(self, source: Source, reading: "Reading | None", error: Exception | None) -> None:
        from postil.documents.reader import DocumentError

        if source is not self._current:
            return  # cancelled meanwhile
        if reading is not None:
            self._store(source, reading)
            return
        self._report.refused.append((source.name, str(error)))
        self._next()
        if error is not None and not isinstance(error, DocumentError):
            raise error

    def _store(self, source: Source, reading: "Reading") -> None:
        def add(library: "Library") -> tuple[DocumentInfo, bool]:
            result = library.add(reading.document, reading.original, reading.images).result
            return result.info, result.new

        def done(result: tuple[DocumentInfo, bool]) -> None:
            info, new = result
            (self._report.added if new else self._report.known).append(info)
            self._report.notes.extend(reading.notes)
            self.added.emit(info, new)
            if source is self._current:
                self._next()

        def failed(error: LibraryError) -> None:
            # The library's own fault meets every other file too: tell it once. The act can be tried again.
            self._report.refused.append((source.name, str(error)))
            self._report.left += len(self._row)
            self._row.clear()
            self._next()

        self._work.act(Act(f"Add “{reading.document.title}”", add), done, failed, initiator=self)

    def _end(self) -> None:
        report, self._report, self._total = self._report, Report(), 0
        self.finished.emit(report)


def _read_file(path: Path, reader: "DocumentReader") -> "Reading":
    return reader.read_file(path)


def _read_text(text: str, html: str, title: str, reader: "DocumentReader") -> "Reading":
    return reader.read_text(text, title=title, html=html)
