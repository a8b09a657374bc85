"""The index under the library's roof: opened when first needed, healed before it answers, never the truth."""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from threading import RLock
from time import sleep
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from postil_db.files import make_folder
from postil_db.index.entry import Entry, Found, Terms
from postil_db.records import Hit, Hits
from postil_db.store import annotations, documents, entries
from postil_db.touched import batches

if TYPE_CHECKING:
    from postil_db.index.annotation_index import AnnotationIndex

type Progress = Callable[[int, int], None]

ROUNDS = 5  # comparisons, in case saves come in between
BREATH_S = 0.001
ALL = 1 << 40  # more than any library holds

log = logging.getLogger(__name__)


class Reading(Protocol):
    """`Library.read`."""

    def __call__[T](self, op: Callable[[Session], T]) -> T:
        """Run an operation that changes nothing."""


class Searching:
    """What a library can find. The index is opened at the first search; a write before that leaves it to be healed."""

    def __init__(self, folder: Path, read: Reading, lock: RLock) -> None:
        self._folder, self._read, self._lock = folder, read, lock
        self._index: AnnotationIndex | None = None
        self._healing = RLock()  # taken before the library's lock, never after it
        self._healed = False

    def entries(self, session: Session, stale: Iterable[int]) -> list[Entry]:
        """What the index must be told after this transaction; nothing while the index is closed."""
        return list(entries.entries(session, stale)) if self._index is not None and stale else []

    def follow(self, stale: frozenset[int], fresh: list[Entry]) -> None:
        """Tell the index what a transaction changed. Should that fail, the next search mends it."""
        if self._index is None or not stale:
            return
        try:
            self._index.drop(stale - {entry.id for entry in fresh})
            self._index.put(fresh)
        except Exception:  # the write itself is safe on disk: nothing that befalls the index may undo that
            log.exception("the index missed a write")
            self._healed = False

    def search(self, query: str, *, limit: int, sort: str, document: int | None) -> Hits:
        """Ask the index, and read what it found from the database."""
        found = self._ask(query, limit, sort, document)
        return self._read(lambda session: _hits(session, found))

    def ids(self, query: str, *, document: int | None) -> tuple[int, ...]:
        """All that a query finds, best first."""
        return self._ask(query, ALL, "relevance", document).ids

    def heal(self, progress: Progress | None = None) -> int:
        """Compare the index with the database by revision, and mend what differs; the number of entries mended.

        Saving goes on meanwhile: what a save and the mending write in the wrong order, the next comparison finds.
        """
        mended = 0
        with self._healing:
            for _ in range(ROUNDS):
                with self._lock:
                    index = self._open()
                    wanted, known = self._read(entries.revisions), index.revisions()
                    gone = known.keys() - wanted.keys()
                    stale = [one for one, revision in wanted.items() if known.get(one) != revision]
                    index.drop(gone)
                    mended += len(gone) + len(stale)
                    if not stale:
                        self._healed = True
                        break
                if known:
                    _put(index, self._slices(stale), len(stale), progress)
                else:
                    index.build(chain.from_iterable(self._slices(stale)), progress)
        return mended

    def _slices(self, ids: Iterable[int]) -> Iterator[list[Entry]]:
        """The entries of these annotations, some hundreds at a time; whoever waits for the library comes in between."""
        for some in batches(ids):
            yield self._read(partial(_entries, ids=some))
            sleep(BREATH_S)  # a thread that takes a lock again at once is faster than the one that waits for it

    def rebuild(self, progress: Progress | None = None) -> int:
        """Delete the index and make it anew."""
        with self._healing:
            self._discard()
            return self.heal(progress)

    def close(self) -> None:
        """Put what is only in memory on disk, and let go."""
        with self._healing, self._lock:
            if self._index is None:
                return
            try:
                self._index.close()
            except Exception:  # what is lost here is mended at the next search
                log.exception("the index did not close")
            self._index = None

    @contextmanager
    def put_aside(self) -> Iterator[None]:
        """Have the index closed while the database is exchanged; the next search compares it with the new one."""
        with self._healing:
            self.close()
            self._healed = False
            yield

    def _ask(self, query: str, limit: int, sort: str, document: int | None) -> Found:
        """Ask; an index that fails is made anew and asked once more, and then done without."""
        try:
            return self._asked(query, limit, sort, document)
        except Exception:  # a damaged index fails in any way it likes: it is pickles and offsets
            log.exception("the index failed and is made anew")
        try:
            self._discard()
            return self._asked(query, limit, sort, document)
        except Exception:  # no place for an index (a full disk, a folder that is not ours): the database knows too
            log.exception("there is no index; the database is searched instead")
        return self._read(lambda session: _without_index(session, query, limit, document))

    def _asked(self, query: str, limit: int, sort: str, document: int | None) -> Found:
        if not self._healed:
            self.heal()
        with self._lock:
            index = self._open()
        return index.search(query, limit=limit, sort=sort, document=document)

    def _open(self) -> "AnnotationIndex":
        if self._index is None:
            # Whoosh is loaded at the first search, not at start.
            from postil_db.index.annotation_index import AnnotationIndex

            make_folder(self._folder.parent)
            self._index = AnnotationIndex.open(self._folder)
        return self._index

    def _discard(self) -> None:
        with self._healing, self._lock:
            self._healed = False
            index, self._index = self._index, None
            if index is not None:
                try:
                    index.close()
                except Exception:  # it is deleted next
                    log.exception("the index did not close")
            shutil.rmtree(self._folder, ignore_errors=True)


def _put(index: "AnnotationIndex", slices: Iterable[list[Entry]], total: int, progress: Progress | None) -> None:
    done = 0
    for fresh in slices:
        index.put(fresh)
        done += len(fresh)
        if progress:
            progress(done, total)


def _entries(session: Session, ids: Iterable[int]) -> list[Entry]:
    return list(entries.entries(session, ids))


def _without_index(session: Session, query: str, limit: int, document: int | None) -> Found:
    """What holds every word of the query somewhere, newest first: less than the index knows, but right."""
    words = query.casefold().replace('"', " ").split()
    newest_first = sorted(annotations.every(session), key=lambda one: one.created_at, reverse=True)
    ids = []
    for one in newest_first:
        text = "\n".join((one.selector.quote, one.note, *one.tags)).casefold()
        if document in (None, one.document_id) and all(word in text for word in words):
            ids.append(one.id)
    terms = Terms(words=frozenset(words))
    return Found(tuple(ids[:limit]), (0.0,) * len(ids[:limit]), len(ids), terms)


def _hits(session: Session, found: Found) -> Hits:
    from postil_db.index.snippet import snippet

    scores = dict(zip(found.ids, found.scores, strict=True))
    titles: dict[int, str] = {}
    hits = []
    for annotation in annotations.many(session, found.ids):
        document_id = annotation.document_id
        title = titles.get(document_id) or titles.setdefault(document_id, documents.title(session, document_id))
        parts = (annotation.note, annotation.selector.quote, "; ".join(annotation.tags), title)
        text, marks = snippet(found.terms, [part for part in parts if part])
        hits.append(Hit(annotation, title, scores[annotation.id], text, marks))
    return Hits(tuple(hits), found.total)
