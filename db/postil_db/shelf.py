"""The three indexes of a library (annotations, entities, texts), and what keeps them in step with the database."""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Event, RLock
from time import sleep
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from postil_db.book import Book
from postil_db.changes import Changes
from postil_db.index.entry import Entry
from postil_db.records import Entity
from postil_db.store import entries, entries_entities, entries_texts
from postil_db.touched import batches

if TYPE_CHECKING:
    from postil_db.index.annotation_index import AnnotationIndex
    from postil_db.index.facets import Labels
    from postil_db.index.places import Places

type Named = tuple[Entity, tuple[int, int, int]]
"""An entity, and where it is named first: document, start, end."""

type Progress = Callable[[int, int], None]
"""How many entries are done, of how many."""

ROUNDS = 5  # comparisons, in case saves come in between
BREATH_S = 0.001
PARAGRAPHS = 6_000  # that are put at once: bounds the memory that it takes
_NAMED = 5_000  # entities that are remembered
LARGE = 500  # entries that are put at once on disk

log = logging.getLogger(__name__)


class Reading(Protocol):
    """`Library.read`."""

    def __call__[T](self, op: Callable[[Session], T]) -> T:
        """Run an operation that changes nothing."""


class Stopped(Exception):
    """The library is being closed; what is not indexed yet is indexed the next time."""


class Shelf:
    """The indexes. Who mends them holds a lock of its own (`Searching`): one at a time."""

    def __init__(self, folder: Path, read: Reading, lock: RLock) -> None:
        self._folder, self._read, self._lock = folder, read, lock
        self.annotations = Book(folder / "annotations", lock)
        self.entities = Book(folder / "entities", lock)
        self.texts = Book(folder / "texts", lock)
        self._books = (self.annotations, self.entities, self.texts)
        self._naming: set[int] = set()  # documents of which the mentions changed
        self._noted = False  # whether something was written about entities
        self._share = 1.0
        self._places: Places | None = None
        self._labels: Labels | None = None
        self._named: dict[int, Named] = {}

    @property
    def answers(self) -> bool:
        """Whether there is something to search while it is being mended."""
        return self.annotations.is_open

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return self.texts.healed and self.entities.healed and not self._naming and not self._noted

    @property
    def ready(self) -> float:
        """How much of the library is indexed, from 0 to 1."""
        return self._share if self.annotations.healed and self.complete else min(self._share, 0.99)

    def places(self) -> "Places":
        """Where spans of documents stand among their words, as the texts are at this moment."""
        from postil_db.index.places import Places

        texts = self.texts.index.views()
        if self._places is None or not self._places.holds_for(texts):
            self._places = Places(texts)
        return self._places

    def labels(self) -> "Labels":
        """What counts labels."""
        from postil_db.index.facets import Labels

        with self._lock:
            self._labels = self._labels or Labels()
            return self._labels

    def warm(self, stop: Event) -> None:
        """Work out what the first questions would have to wait for; a part at a time, for others ask meanwhile."""
        places, labels = self.places(), self.labels()
        for view in self.annotations.index.views():
            for field in ("tag", "entity", "kind", "color"):
                labels.carried(view.segment, field)
            _go_on(stop)
            sleep(BREATH_S)
            places.of_entries(view.segment)

    def note(self, changes: Changes) -> None:
        """Take note of what a write changed, for the indexes that follow later."""
        if changes.documents or changes.mentions or changes.decisions or changes.everything:
            self._named.clear()
        self._naming |= changes.mentions
        self._noted = self._noted or bool(changes.entity_notes or changes.decisions)
        if changes.documents or changes.everything:
            self.texts.healed = False
            self._naming |= changes.documents
        if changes.everything:
            self.annotations.healed = self.entities.healed = False

    def named(self, session: Session, entity_ids: Sequence[int]) -> dict[int, Named]:
        """Entities with the place of their first mention; to read it from thousands of mentions takes a while."""
        missing = [number for number in entity_ids if number not in self._named]
        if missing and len(self._named) > _NAMED:
            self._named.clear()
            missing = list(entity_ids)
        self._named.update(entries_entities.records(session, missing))
        return {number: self._named[number] for number in entity_ids if number in self._named}

    def heal(self, progress: Progress | None, stop: Event) -> int:
        """Mend all of them; the number of annotations mended."""
        if any(book.was_being_replaced for book in self._books):
            return self.rebuild(progress, stop)
        mended = self.heal_annotations(progress, stop)
        self.entities.healed = self.texts.healed = False
        self.heal_rest(progress, stop)
        return mended

    def rebuild(self, progress: Progress | None, stop: Event) -> int:
        """Make all of them anew, each beside the old one, which answers until then; begun before, it goes on."""
        annotations, entities, texts = fresh = [book.replacing() for book in self._books]
        # They are begun and replaced in this order: what is before the first one begun was replaced already.
        done = next((at for at, book in enumerate(self._books) if book.was_being_replaced), 0)
        try:
            if done == 0:
                self._heal_annotations(annotations, progress, stop)
            if done <= 1:
                self._heal_entities(entities, stop)
            self._heal_texts(texts, progress, stop)
        finally:  # all of each is on disk before the first one is replaced
            for book in fresh:
                book.close()
        for book, other in list(zip(self._books, fresh, strict=True))[done:]:
            book.replace(other)
        self.heal_annotations(None, stop)
        self.heal_rest(None, stop)
        return len(self.annotations.index.revisions())

    def heal_annotations(self, progress: Progress | None, stop: Event) -> int:
        """Mend that one; the number of annotations mended."""
        return self._heal_annotations(self.annotations, progress, stop)

    def heal_rest(self, progress: Progress | None, stop: Event) -> None:
        """Mend the others."""
        naming, self._naming = self._naming, set()
        noted, self._noted = self._noted, False
        try:
            if not self.entities.healed:
                self._heal_entities(self.entities, stop)
            elif naming or noted:
                self._follow_entities(naming, noted=noted)
            if not self.texts.healed:
                self._heal_texts(self.texts, progress, stop)
        except BaseException:
            self._naming |= naming
            self._noted = self._noted or noted
            raise

    def waiting(self, words: int) -> bool:
        """Whether more than so many words wait to be indexed."""
        if not self.entities.healed and len(self._read(entries_entities.ids)) > LARGE:
            return True
        if self.texts.healed:
            return False
        wanted, known = self._read(entries_texts.revisions), text_revisions(self.texts.index)
        sizes = self._read(entries_texts.sizes)
        return sum(sizes[one] for one, revision in wanted.items() if known.get(one) != revision) > words

    def _heal_annotations(self, book: Book, progress: Progress | None, stop: Event) -> int:
        mended = 0
        for _ in range(ROUNDS):
            with self._lock:
                index = book.index
                wanted, known = self._read(entries.revisions), index.revisions()
                gone = known.keys() - wanted.keys()
                stale = [one for one, revision in wanted.items() if known.get(one) != revision]
                index.drop(gone)
                mended += len(gone) + len(stale)
                if not stale:
                    book.healed = True
                    break
            self._put(index, self._slices(stale), len(stale), progress, stop)
        return mended

    def _slices(self, ids: Iterable[int]) -> Iterator[list[Entry]]:
        """The entries of these annotations, some hundreds at a time; whoever waits for the library comes in between."""
        for some in batches(ids):
            yield self._read(partial(_listed, entries.entries, some))
            sleep(BREATH_S)  # a thread that takes a lock again at once is faster than the one that waits for it

    def _put(
        self,
        index: "AnnotationIndex",
        slices: Iterable[Sequence[Entry]],
        total: int,
        progress: Progress | None,
        stop: Event,
    ) -> None:
        """Put entries, many at a time; what was put stays, should the rest never come."""
        held: list[Entry] = []
        done = 0
        for some in slices:
            _go_on(stop)
            held += some
            if len(held) >= PARAGRAPHS:
                index.put(held)
                held = []
            done += len(some)
            if progress and done < total:
                progress(done, total)
        index.put(held)
        if progress:
            progress(total, total)

    def _heal_entities(self, book: Book, stop: Event) -> None:
        index, stamp = book.index, self._read(entries_entities.stamp)
        if book.stamp == stamp and book.entries == len(index.revisions()):
            book.healed = True  # comparing them one by one takes seconds in a large library
            return
        wanted = self._read(entries_entities.ids)
        known, seen = index.revisions(), set()
        held: list[Entry] = []
        for some in batches(wanted):
            _go_on(stop)
            fresh = self._read(partial(_listed, entries_entities.entries, some))
            seen |= {entry.id for entry in fresh}
            held += [entry for entry in fresh if known.get(entry.id) != entry.rev]
            if len(held) >= PARAGRAPHS:
                index.put(held)
                held = []
            sleep(BREATH_S)
        index.put(held)
        index.drop(known.keys() - seen)
        index.flush()
        book.sign(stamp)
        book.healed = True

    def _follow_entities(self, documents: set[int], *, noted: bool) -> None:
        """Put anew the entities that these documents named or name, and those that something is written about."""
        index = self.entities.index
        touched = {number for one in documents for number in index.labelled("inside", str(one))}
        touched |= self._read(lambda session: entries_entities.of_documents(session, documents))
        if noted:
            touched |= set(index.labelled("is", "noted")) | self._read(entries_entities.noted)
        for some in batches(touched):
            fresh = self._read(partial(_listed, entries_entities.entries, some))
            index.drop(set(some) - {entry.id for entry in fresh})
            index.put(fresh)

    def _heal_texts(self, book: Book, progress: Progress | None, stop: Event) -> None:
        index = book.index
        wanted, known = self._read(entries_texts.revisions), text_revisions(index)
        stale = [one for one, revision in wanted.items() if known.get(one) != revision]
        index.drop(index.of_documents([*(known.keys() - wanted.keys()), *stale]))
        sizes = self._read(entries_texts.sizes)
        total, done = sum(sizes[one] for one in stale), 0
        held: list[Entry] = []
        for document_id in stale:
            self._share = 1 - (total - done) / max(1, sum(sizes.values()))
            for some in _cut(self._read(partial(_listed, entries_texts.paragraphs, document_id)), PARAGRAPHS):
                _go_on(stop)
                held += some
                if len(held) >= PARAGRAPHS:
                    index.put(held)
                    held = []
                    sleep(BREATH_S)
            done += sizes[document_id]
            if progress and done < total:
                progress(done, total)
        index.put(held)
        if progress and stale:
            progress(total, total)
        self._share, book.healed = 1.0, True

    def close(self) -> None:
        """Put what is only in memory on disk, and let go."""
        self._sign_entities()
        for book in self._books:
            book.close()

    def _sign_entities(self) -> None:
        """Note what the entities are made from, so that they need not be compared the next time."""
        book = self.entities
        if book.is_open and book.healed and not self._naming and not self._noted:
            try:
                book.index.flush()
                book.sign(self._read(entries_entities.stamp))
            except Exception:  # then they are compared
                log.exception("the entities were not signed")

    def discard(self) -> None:
        """Delete all of them."""
        for book in self._books:
            book.discard()
        shutil.rmtree(self._folder, ignore_errors=True)


def text_revisions(index: "AnnotationIndex") -> dict[int, int]:
    """The number of the text of each document that is there to its end."""
    ends = index.revisions(ending=entries_texts.END)
    return {key >> entries_texts.SHIFT: revision for key, revision in ends.items()}


def _listed[Key](make: Callable[[Session, Key], Iterable[Entry]], of: Key, session: Session) -> list[Entry]:
    return list(make(session, of))


def _cut(found: list[Entry], size: int) -> Iterator[list[Entry]]:
    return (found[at : at + size] for at in range(0, len(found), size))


def _go_on(stop: Event) -> None:
    if stop.is_set():
        raise Stopped
