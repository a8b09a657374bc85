"""Files: what a reader opens, drops, pastes or fetches, read one after the other off the UI thread into the library.

A folder stands for all that can be read in it. A file that cannot be read does not stop the others; at the end a
Report says which ones, and why.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from postil.work.folders import Found, files_in
from postil.work.run import Work
from postil.work.writing import Act
from postil_db.errors import LibraryError
from postil_db.records import DocumentInfo

if TYPE_CHECKING:
    from postil.documents.reader import DocumentReader, Reading
    from postil_db.library import Library


MANY = 50
"""From so many files on there is a backup before them."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read: how to call it to the reader, and how to read it (called off the UI thread).

    A folder gives what was found in it. `quiet`: nobody asked for it just now, so that nothing is opened.
    """

    name: str
    read: "Callable[[DocumentReader], Reading | Found]"
    quiet: bool = False


@dataclass(slots=True)
class Report:
    """What became of a row of files. `refused`: (name, why); `left_out`: (name, what of it could not be read).

    `opened`: those that were asked for, in their order, new or known.
    """

    added: list[DocumentInfo] = field(default_factory=list)
    known: list[DocumentInfo] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    opened: list[DocumentInfo] = field(default_factory=list)
    left: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it holds more than its sentences say."""
        return len(self.refused) > 3 or len(self.left_out) > 3

    def __str__(self) -> str:
        """Tell it in sentences, the first few refusals in full."""
        lines = []
        if len(self.added) > 1:
            lines.append(f"{len(self.added):,} documents added.")
        elif not (self.added or self.known or self.refused or self.left_out or self.left):
            lines.append("There is nothing to read in this folder.")
        if self.known and not self.added and not self.refused:
            lines.append("Already in the library." if len(self.known) == 1 else "All are already in the library.")
        lines += [reason for _name, reason in self.refused[:3]]
        if len(self.refused) > 3:
            lines.append(f"{len(self.refused) - 3} more could not be read.")
        lines += [note for _name, note in self.left_out[:3]]
        if len(self.left_out) > 3:
            lines.append(f"{len(self.left_out) - 3} more notes on what was left out.")
        if self.left:
            lines.append(f"{self.left} not read, as you asked." if self.left > 1 else "One not read, as you asked.")
        return "\n".join(lines)


class Files(QObject):
    """The row of files that wait to be read."""

    progress = Signal(int, int, str)  # done, total, name of the one being read
    added = Signal(object, bool)  # DocumentInfo, whether it is new
    finished = Signal(object)  # Report
    many = Signal(int)  # so many files are to be read: what comes of them is kept when `go_on` is called
    _read = Signal(object, object, object)  # Source, Reading or Found or None, error or None
    _came = Signal(object, int, int)  # Source, bytes, of how many

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = ThreadPoolExecutor(1, "files")
        self._row: deque[Source] = deque()
        self._report = Report()
        self._total = 0
        self._current: Source | None = None
        self._reader: DocumentReader | None = None
        self._held: list[tuple[Source, Reading | Found | None, Exception | None]] | None = None
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._tell_coming, Qt.ConnectionType.QueuedConnection)

    def add(self, paths: Sequence[Path], *, quiet: bool = False) -> None:
        """Read these files and all in these folders, after what already waits."""
        self._put([_file(path, quiet=quiet) for path in paths])

    def fetch(self, address: str) -> None:
        """Fetch an address from the web, and read what is there."""

        def read(reader: "DocumentReader") -> "Reading":
            return reader.read_address(address, say=lambda done, total: self._came.emit(source, done, total))

        source = Source(address, read)
        self._put([source])

    def take(self, name: str, read: "Callable[[DocumentReader], Reading]") -> None:
        """Read something in another way."""
        self._put([Source(name, read)])

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

    def go_on(self) -> None:
        """Keep what was read meanwhile: there is a backup, or none is needed."""
        held, self._held = self._held, None
        for read in held or ():
            self._keep(*read)

    def _put(self, sources: Sequence[Source]) -> None:
        self._row.extend(sources)
        self._grow(len(sources))
        if self._current is None:
            self._next()

    def _grow(self, more: int) -> None:
        """Count what was put into the row; from `MANY` on, what is read waits until `go_on` is called."""
        before, self._total = self._total, self._total + more
        if before < MANY <= self._total:
            self._held = []
            self.many.emit(self._total)

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

    def _tell_coming(self, source: Source, done: int, total: int) -> None:
        if source is self._current:
            size = f"{done / 1_000_000:.1f} of {total / 1_000_000:.1f} MB" if total else f"{done / 1_000_000:.1f} MB"
            self.progress.emit(self._total - len(self._row) - 1, self._total, f"{source.name}, {size}")

    def _unfold(self, source: Source, found: Found) -> None:
        """Put what a folder holds into the row, in its place."""
        self._report.left_out += [(source.name, note) for note in found.notes]
        self._row.extendleft(_file(path, quiet=source.quiet) for path in reversed(found.files))
        self._grow(len(found.files) - 1)
        self._next()

    def _keep(self, source: Source, reading: "Reading | Found | None", error: Exception | None) -> None:
        from postil.documents.reader import DocumentError

        if source is not self._current:
            return  # cancelled meanwhile
        if self._held is not None:
            self._held.append((source, reading, error))
            return
        if isinstance(reading, Found):
            self._unfold(source, reading)
            return
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
            if not source.quiet:
                self._report.opened.append(info)
            self._report.left_out += [(info.title, note) for note in reading.notes]
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


def _file(path: Path, *, quiet: bool) -> Source:
    return Source(path.name or str(path), partial(_read_file, path), quiet)


def _read_file(path: Path, reader: "DocumentReader") -> "Reading | Found":
    return files_in(path) if path.is_dir() else reader.read_file(path)


def _read_text(text: str, html: str, title: str, reader: "DocumentReader") -> "Reading":
    return reader.read_text(text, title=title, html=html)
