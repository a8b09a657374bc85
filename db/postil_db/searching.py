"""The indexes under the library's roof: opened when first needed, healed before they answer, never the truth."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from postil_db.changes import Changes
from postil_db.index.entry import Entry
from postil_db.records import Answer, Completion, Hits
from postil_db.shelf import Progress, Reading, Shelf, Stopped
from postil_db.store import entries
from postil_db.without_index import answer_without, hits_without

if TYPE_CHECKING:
    from postil_db.answering import Asking
    from postil_db.index.catalogue import Catalogue

__all__ = ["Progress", "Reading", "Searching"]

ALL = 1 << 40  # more than any library holds
AT_ONCE = 20_000  # words of new texts that a search may wait for; the rest is indexed beside it

PATIENCE_S = 0.1

log = logging.getLogger(__name__)


class Searching:
    """What a library can find. Nothing is opened before the first search; a write before that is healed then."""

    def __init__(self, folder: Path, read: Reading, lock: RLock) -> None:
        self._folder, self._read, self._lock = folder, read, lock
        self._healing = RLock()  # taken before the library's lock, never after it
        self._shelf: Shelf | None = None
        self._stop = Event()
        self._behind: Thread | None = None
        self._catalogue: Catalogue | None = None
        self._stale_documents: set[int] = set()

    @property
    def _opened(self) -> bool:
        return self._shelf is not None and self._shelf.annotations.is_open

    def entries(self, session: Session, stale: Iterable[int]) -> list[Entry]:
        """What the index must be told after this transaction; nothing while the index is closed."""
        return list(entries.entries(session, stale)) if self._opened and stale else []

    def follow(self, stale: frozenset[int], fresh: list[Entry], changes: Changes) -> None:
        """Tell the index what a transaction changed. Should that fail, the next search mends it."""
        self._stale_documents |= changes.documents | changes.positions
        if self._shelf is None:
            return
        self._shelf.note(changes)
        index = self._shelf.annotations
        if not index.is_open or not stale:
            return
        try:
            index.index.drop(stale - {entry.id for entry in fresh})
            index.index.put(fresh)
        except Exception:  # the write itself is safe on disk: nothing that befalls the index may undo that
            log.exception("the index missed a write")
            index.healed = False

    def search(self, query: str, *, limit: int, sort: str, document: int | None) -> Hits:
        """The annotations that a query finds."""
        found = self._tried(lambda: self._hits(query, limit, sort, document))
        return found or self._read(lambda session: hits_without(session, query, limit, document))

    def ids(self, query: str, *, document: int | None) -> tuple[int, ...]:
        """All annotations that a query finds, best first."""
        found = self._tried(lambda: self._asking(query, document).annotations(ALL, "relevance"))
        if found is not None:
            return tuple(key for key, _ in found.rows)
        hits = self._read(lambda session: hits_without(session, query, ALL, document))
        return tuple(hit.annotation.id for hit in hits.hits)

    def ask(self, query: str, *, page: slice, sort: str, document: int | None, facets: bool) -> Answer:
        """What a query finds in everything, of it these of each group; see `Library.ask`."""

        def answer() -> Answer:
            asking = self._asking(query, document, everything=True)
            found = asking.find(page, sort)
            return self._read(lambda session: asking.answer(session, found, facets=facets))

        answered = self._tried(answer)
        if answered is not None:
            return answered
        return self._read(lambda session: answer_without(session, query, page, document))

    def _hits(self, query: str, limit: int, sort: str, document: int | None) -> Hits:
        asking = self._asking(query, document)
        ranked = asking.annotations(limit, sort)
        return self._read(lambda session: asking.hits(session, ranked))

    def _tried[T](self, question: Callable[[], T]) -> T | None:
        """Ask; an index that fails is made anew and asked once more, and then done without."""
        for _ in range(2):
            try:
                return question()
            except Exception:  # a damaged index fails in any way it likes: it is pickles and offsets
                log.exception("the index failed and is made anew")
            with suppress(OSError):  # no place for an index (a full disk, a folder that is not ours)
                self._discard()
        return None

    def count(self, query: str) -> int:
        """How many results a query has."""
        return sum(self.ask(query, page=slice(0, 0), sort="newest", document=None, facets=False).totals.values())

    def completions(self, query: str, at: int) -> tuple[Completion, ...]:
        """What may stand at the caret."""
        from postil_db.completing import completions

        return self._read(lambda session: completions(session, query, at))

    def heal(self, progress: Progress | None = None) -> int:
        """Compare the indexes with the database and mend what differs; the number of annotations mended.

        Saving and searching go on meanwhile: what a save and the mending write in the wrong order, the next comparison
        finds.
        """
        with self._healing, suppress(Stopped):
            shelf = self._open()
            mended = shelf.heal(progress, self._stop)
            shelf.warm(self._stop)
            return mended
        return 0

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the indexes anew; the number of annotations in them. Searches find what the old ones hold until then."""
        with self._healing, suppress(Stopped):
            return self._open().rebuild(progress, self._stop)
        return 0

    def close(self) -> None:
        """Put what is only in memory on disk, and let go."""
        self._stop.set()
        behind = self._behind
        if behind is not None:
            behind.join()
        with self._healing, self._lock:
            shelf, self._shelf, self._behind = self._shelf, None, None
            if shelf is not None:
                shelf.close()
        self._stop.clear()

    @contextmanager
    def put_aside(self) -> Iterator[None]:
        """Have the index closed while the database is exchanged; the next search compares it with the new one."""
        with self._healing:
            self.close()
            self._catalogue = None
            yield

    def _open(self) -> Shelf:
        with self._lock:
            if self._shelf is None:
                self._shelf = Shelf(self._folder, self._read, self._lock)
            return self._shelf

    def _asking(self, query: str, document: int | None, *, everything: bool = False) -> "Asking":
        """A question, and the indexes ready to answer it: as they are, if somebody is mending them just now."""
        from postil_db.answering import Asking

        shelf = self._open()
        if not shelf.annotations.healed and self._healing.acquire(blocking=not shelf.answers):
            try:
                shelf.heal_annotations(None, self._stop)
            finally:
                self._healing.release()
        if everything and not shelf.complete:
            self._catch_up(shelf)
        catalogue = self._read(self._documents)
        return Asking(query, shelf, catalogue, document, self._read)

    def _catch_up(self, shelf: Shelf) -> None:
        """Index what is new: at once if it is little, else behind the searcher's back."""
        if not self._healing.acquire(blocking=False):
            return
        try:
            if shelf.waiting(AT_ONCE):
                if self._behind is None or not self._behind.is_alive():
                    self._behind = Thread(target=self._mend_behind, name="index texts", daemon=True)
                    self._behind.start()
            else:
                shelf.heal_rest(None, self._stop)
        finally:
            self._healing.release()

    def _mend_behind(self) -> None:
        while not self._healing.acquire(timeout=PATIENCE_S):
            if self._stop.is_set():
                return
        try:
            if self._shelf is not None:
                self._shelf.heal_rest(None, self._stop)
        except Stopped:
            pass
        except Exception:  # the next search tries again
            log.exception("texts were not indexed")
        finally:
            self._healing.release()

    def _documents(self, session: Session) -> "Catalogue":
        """What is known of documents."""
        from postil_db.store import catalogue

        stale, self._stale_documents = self._stale_documents, set()
        if self._catalogue is None:
            self._catalogue = catalogue.every(session)
        elif stale:
            self._catalogue = self._catalogue.changed(catalogue.some(session, stale))
        return self._catalogue

    def _discard(self) -> None:
        with self._healing, self._lock:
            if self._shelf is not None:
                self._shelf.discard()
