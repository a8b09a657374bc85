"""Recognition: finds the names in documents, one document at a time, off the UI thread.

The document on the page comes first, from the block at its top; what was at work before goes back in the row. Batches
are announced as they come, and kept every few seconds, so that whatever ends Postil they are there at the next start;
the end takes their place, and is told to all by the library's own Changes.
"""

import gc
import time
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from postil.entities.client import Batch, Finished, Recogniser
from postil.entities.languages import version_for
from postil.work.reading import reading
from postil.work.run import Work
from postil.work.writing import writing
from postil_db.errors import LibraryError
from postil_db.records import FoundMention

if TYPE_CHECKING:
    from postil_db.library import Session
    from postil_db.records import Document


KEEP_AFTER_S = 3.0
"""How much may be lost of what was found: each time it is kept, the library is busy for a moment."""


PART = 2_000
"""So many mentions are stored at once."""
END = 1 << 40
"""Behind the end of every text."""


@dataclass(slots=True)
class _Job:
    document: "Document"
    first_block: int
    stopped: bool = False
    found: list[FoundMention] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    kept_at: float = field(default_factory=time.monotonic)


class Recognition(QObject):
    """Drives one Recogniser; see the module's text."""

    progress = Signal(int, int, int)  # document id, batches done, batches in all
    found = Signal(int, object)  # document id, tuple of FoundMention: one batch
    finished = Signal(int, str)  # document id, what the reader should know about it, or ""
    stopped = Signal(int)  # document id
    running = Signal(bool)
    _batch = Signal(object, object)  # _Job, Batch
    _ended = Signal(object, object, object)  # _Job, Finished or None, error or None

    def __init__(self, work: Work, recogniser: Recogniser | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._recogniser = recogniser or Recogniser()
        self._pool = ThreadPoolExecutor(1, "recognition")
        self._job: _Job | None = None
        self._next: _Job | None = None
        self._later: deque[int] = deque()
        self._asking = False
        self._storing: set[int] = set()
        self._closed = False
        self._batch.connect(self._tell_batch, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def warm(self) -> None:
        """Load the model, so that the first document need not wait for it."""
        if not self._closed:
            self._pool.submit(self._recogniser.warm)

    def show(self, document: "Document", first_block: int = 0) -> None:
        """Recognise this document before all others: it is the one on the page."""
        if self._closed or document.id in self._storing:
            return
        if self._job is not None and self._job.document.id == document.id and not self._job.stopped:
            self._next = None
            return
        self._next = _Job(document, first_block)
        if self._job is not None:
            if not self._job.stopped:
                self._later.appendleft(self._job.document.id)
            self._stop_job()
        else:
            self._start_next()

    def later(self, document_ids: Iterable[int]) -> None:
        """Recognise these when nothing else is to do."""
        known = set(self._later)
        self._later.extend(number for number in document_ids if number not in known)
        self._start_next()

    def cancel(self) -> None:
        """Stop, and forget what waits. A document left this way is recognised when it is opened again."""
        self._later.clear()
        self._next = None
        self._stop_job()

    @property
    def at_work(self) -> bool:
        """Whether a document is being read."""
        return self._job is not None

    def close(self) -> None:
        """Stop, end the child process and the thread."""
        self._closed = True
        self.cancel()
        self._recogniser.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._recogniser.stop()  # a child that was just being started

    def _stop_job(self) -> None:
        if self._job is not None and not self._job.stopped:
            self._job.stopped = True
            self._recogniser.stop()

    def _start_next(self) -> None:
        if self._closed or self._job is not None or self._asking:
            return
        if self._next is not None:
            job, self._next = self._next, None
            self._start(job)
        elif self._later:
            self._asking = True
            number = self._later.popleft()
            self._work.query(reading(lambda session: _unread(session, number)), self._start_later, self._skip)

    def _start_later(self, document: "Document | None") -> None:
        self._asking = False
        if document is not None and self._next is None and not self._closed:
            self._start(_Job(document, 0))
        else:
            if document is not None:
                self._later.appendleft(document.id)
            self._start_next()

    def _skip(self, _error: LibraryError) -> None:
        self._asking = False
        self._start_next()

    def _start(self, job: _Job) -> None:
        self._job = job
        gc.freeze()  # a book lies open: to search its blocks for garbage again and again would hold the window
        self.running.emit(True)
        self._pool.submit(self._run, job)

    def _run(self, job: _Job) -> None:
        finished, error = None, None
        content, info = job.document.content, job.document.info
        try:
            steps = self._recogniser.recognise(
                content, language=info.language, first_block=job.first_block, published=info.published
            )
            for step in () if job.stopped else steps:
                if job.stopped:
                    break
                if isinstance(step, Finished):
                    finished = step
                else:
                    self._batch.emit(job, step)
        except Exception as caught:  # noqa: BLE001 - the boundary: raised again on the UI thread
            error = caught
        self._ended.emit(job, finished, error)

    def _tell_batch(self, job: _Job, batch: Batch) -> None:
        if not job.stopped:
            self.progress.emit(job.document.id, batch.done, batch.total)
            self.found.emit(job.document.id, batch.mentions)
            job.found += batch.mentions
            job.places += batch.places
            if time.monotonic() - job.kept_at >= KEEP_AFTER_S and batch.done < batch.total:
                self._keep(job)

    def _end(self, job: _Job, finished: Finished | None, error: Exception | None) -> None:
        self._job = None
        gc.freeze()  # the names that were found stay as well
        if finished is not None and not job.stopped:
            self._store(job.document, finished)
        else:
            self._keep(job)
            self.stopped.emit(job.document.id)
        self._start_next()
        self.running.emit(self.at_work)
        if error is not None:
            raise error

    def _keep(self, job: _Job) -> None:
        """Store what was found since the last time, unless the library has a whole result, if an older one."""
        if not job.places or self._closed:
            return
        document_id, places, found = job.document.id, tuple(job.places), tuple(job.found)
        text = job.document.content.text
        job.places.clear()
        job.found.clear()
        job.kept_at = time.monotonic()

        def keep(session: "Session") -> None:
            from postil_db.store import entities

            if not entities.recogniser(session, document_id):
                entities.keep(session, document_id, places, found, text)

        # Removed meanwhile, or the disk is full: all is found anew when the document is opened again.
        self._work.act(
            writing("Recognise names", keep, undoable=False, quiet=True), failed=lambda _error: None, initiator=self
        )

    def _store(self, document: "Document", finished: Finished) -> None:
        """Store the result part by part: what the reader writes meanwhile is saved between two of them."""
        text, parts = document.content.text, parts_of(finished.mentions)
        self._storing.add(document.id)

        def store(session: "Session") -> None:
            from postil_db.store import entities

            place, found = parts[-1]
            entities.keep(session, document.id, [place], found, text)
            if len(parts) == 1:
                entities.finish(session, document.id, finished.version)

        def done(_result: object) -> None:
            parts.pop()
            if not parts:
                self._storing.discard(document.id)
                self.finished.emit(document.id, finished.note)
            elif not self._closed:  # else it is found anew when the document is opened again
                write()

        def failed(error: LibraryError) -> None:
            # Removed meanwhile, or the disk is full: found anew when the document is opened again.
            self._storing.discard(document.id)
            self.finished.emit(document.id, str(error))

        def write() -> None:
            self._work.act(writing("Recognise names", store, undoable=False, quiet=True), done, failed, initiator=self)

        write()


def parts_of(mentions: Sequence[FoundMention]) -> list[tuple[tuple[int, int], Sequence[FoundMention]]]:
    """A document's mentions in parts, the last one first, each with the stretch of the text that it is all of."""
    cuts = [0, *(mentions[at].start for at in range(PART, len(mentions), PART)), END]
    return [((start, end), mentions[at * PART : (at + 1) * PART]) for at, (start, end) in enumerate(pairwise(cuts))][
        ::-1
    ]


def _unread(session: "Session", document_id: int) -> "Document | None":
    from postil_db.store import documents, entities

    document = documents.get(session, document_id)
    known = entities.recogniser(session, document_id)
    return None if known == version_for(document.info.language) else document
