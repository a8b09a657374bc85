"""Recognition: finds the names in documents, one document at a time, off the UI thread.

The document on the page comes first, from the block at its top; what was at work before goes back in the row. Batches
are announced as they come; the end is stored, and told to all by the library's own Changes.
"""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from postil.entities.client import VERSION, Batch, Finished, Recogniser
from postil.work.reading import reading
from postil.work.run import Work
from postil.work.writing import writing
from postil_db.errors import LibraryError

if TYPE_CHECKING:
    from postil_db.library import Session
    from postil_db.records import Document


@dataclass(slots=True)
class _Job:
    document: "Document"
    first_block: int
    stopped: bool = False


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
        self._closed = False
        self._batch.connect(self._tell_batch, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def warm(self) -> None:
        """Load the model, so that the first document need not wait for it."""
        if not self._closed:
            self._pool.submit(self._recogniser.warm)

    def show(self, document: "Document", first_block: int = 0) -> None:
        """Recognise this document before all others: it is the one on the page."""
        if self._closed:
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
        self.running.emit(True)
        self._pool.submit(self._run, job)

    def _run(self, job: _Job) -> None:
        finished, error = None, None
        content, language = job.document.content, job.document.info.language
        try:
            steps = self._recogniser.recognise(content, language=language, first_block=job.first_block)
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

    def _end(self, job: _Job, finished: Finished | None, error: Exception | None) -> None:
        self._job = None
        if finished is not None and not job.stopped:
            self._store(job.document, finished)
        else:
            self.stopped.emit(job.document.id)
        self._start_next()
        self.running.emit(self.at_work)
        if error is not None:
            raise error

    def _store(self, document: "Document", finished: Finished) -> None:
        def replace(session: "Session") -> None:
            from postil_db.store import entities

            entities.replace(session, document.id, finished.version, finished.mentions)

        def done(_result: object) -> None:
            self.finished.emit(document.id, finished.note)

        def failed(error: LibraryError) -> None:
            # Removed meanwhile, or the disk is full: found anew when the document is opened again.
            self.finished.emit(document.id, str(error))

        act = writing("Recognise names", replace, undoable=False, quiet=True)
        self._work.act(act, done, failed, initiator=self)


def _unread(session: "Session", document_id: int) -> "Document | None":
    from postil_db.store import documents, entities

    if entities.recogniser(session, document_id) == VERSION:
        return None
    return documents.get(session, document_id)
