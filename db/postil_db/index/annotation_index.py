"""The index over annotations: what was just written is in memory, the rest in a Whoosh index on disk.

Searches read one immutable snapshot of both and take no lock. What happens between two flushes is lost with the
process: `revisions` tells what is here, so that the library can put in again what is missing.
"""

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from postil_db.index.bulk import Order, Ranked, View, search
from postil_db.index.context import Context, Segment
from postil_db.index.disk import DAMAGE, Disk, without
from postil_db.index.entry import Entry, Found
from postil_db.index.flat import Array
from postil_db.index.query import Query, parse
from postil_db.index.ram import RamEntry, RamSegment
from postil_db.index.schema import analyse
from postil_db.index.storage import own_folder

FLUSH_AT = 500  # entries in memory: few enough to search them one by one
SEGMENT_ENTRIES = 50_000  # of a bulk build: bounds the memory that it takes

_NOTHING = RamSegment()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    disk: tuple[View, ...] = ()
    flushing: RamSegment = _NOTHING
    ram: RamSegment = _NOTHING

    def views(self) -> tuple[View, ...]:
        ram = (View(tier, np.ones(tier.count, bool)) for tier in (self.flushing, self.ram))
        return (*self.disk, *ram)


class AnnotationIndex:
    """The full-text index of one library. Every method may be called from any thread."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._state = threading.Lock()  # held for the moment in which a snapshot is replaced
        self._writing = threading.RLock()  # held by the one who writes to disk
        self._flusher: threading.Thread | None = None
        self._watches: list[set[int]] = []  # each takes the ids put or dropped while something is written to disk
        self._dirty = False  # whether memory holds what the disk does not know
        self._retry_at = FLUSH_AT
        self._snapshot = _Snapshot(disk=disk.open_segments())

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in `folder`, or make an empty one where there is none, or none that can be trusted.

        Raises `Unreachable` where the folder is not ours, `OSError` where it cannot be made.
        """
        own_folder(folder)
        with contextlib.suppress(*DAMAGE):
            opened = cls(Disk.open(folder))
            opened._disk.sweep()
            return opened
        shutil.rmtree(folder)
        own_folder(folder)
        return cls(Disk.create(folder))

    def revisions(self, *, ending: int = 0) -> dict[int, int]:
        """The revision of every entry that is here, by id. `ending`: only of ids of which all these bits are set."""
        held: dict[int, int] = {}
        for view in self._snapshot.views():
            columns = view.segment.columns
            wanted = view.live & (columns["id"] & ending == ending) if ending else view.live
            held.update(zip(columns["id"][wanted].tolist(), columns["rev"][wanted].tolist(), strict=True))
        return held

    def labelled(self, field: str, label: str) -> list[int]:
        """The ids of the entries that carry a label."""
        found = []
        for view in self._snapshot.views():
            ids = view.segment.postings(field, label).ids
            found += view.segment.columns["id"][ids[view.live[ids]]].tolist()
        return found

    def of_documents(self, documents: Iterable[int]) -> list[int]:
        """The ids of the entries that are in these documents."""
        wanted, found = np.array(list(documents), "i8"), []
        for view in self._snapshot.views() if len(wanted) else ():
            inside = view.live & np.isin(view.segment.columns["document"], wanted)
            found += view.segment.columns["id"][inside].tolist()
        return found

    def put(self, entries: Iterable[Entry]) -> None:
        """Add entries or replace those of the same id: the next search finds them."""
        entries = list(entries)
        # Where another writes to disk, memory is slower to search, but nobody waits.
        if len(entries) > FLUSH_AT and self._writing.acquire(blocking=False):
            try:
                self._write(entries)
            finally:
                self._writing.release()
            return
        self._change({entry.id: RamEntry(analyse(entry)) for entry in entries}, ())
        if self._snapshot.ram.count >= self._retry_at:
            self._flush_behind()

    def drop(self, ids: Iterable[int]) -> None:
        """Forget entries; ids that are not here do no harm."""
        self._change({}, tuple(ids))

    def _change(self, put: dict[int, RamEntry], drop: tuple[int, ...]) -> None:
        touched = {*put, *drop}
        if not touched:
            return
        with self._state:
            now = self._snapshot
            for watch in self._watches:
                watch.update(touched)
            self._dirty = True
            self._snapshot = _Snapshot(
                disk=without(now.disk, touched),
                flushing=now.flushing.changed({}, touched) if touched & now.flushing.entries.keys() else now.flushing,
                ram=now.ram.changed(put, drop),
            )

    @contextlib.contextmanager
    def _watching(self) -> Iterator[set[int]]:
        """The ids that are put or dropped from now on: what they are in memory is newer than what is being written."""
        watch: set[int] = set()
        with self._state:
            self._watches.append(watch)
        try:
            yield watch
        finally:
            with self._state:
                self._watches = [other for other in self._watches if other is not watch]

    def search(self, query: str, *, limit: int, sort: str = "relevance", document: int | None = None) -> Found:
        """Find entries. `sort`: relevance, newest or document. No query fails; an empty one finds everything."""
        parsed = parse(query)
        ranked = self.ranked(parsed, limit=limit, sort=sort, document=document)
        return Found(
            tuple(key for key, _ in ranked.rows), tuple(score for _, score in ranked.rows), ranked.total, parsed.terms
        )

    def ranked(
        self,
        parsed: Query,
        *,
        limit: int,
        sort: str = "relevance",
        document: int | None = None,
        context: Context | None = None,
        also: Callable[[Segment], Array] | None = None,
    ) -> Ranked:
        """The same for a query understood. `also`: what must hold besides."""
        order, context = Order(sort, parsed.words), context or Context()
        context.words = parsed.words
        views = self._snapshot.views()
        return search(views, parsed.tree, limit=limit, order=order, document=document, context=context, also=also)

    def views(self) -> tuple[View, ...]:
        """What is here at this moment."""
        return self._snapshot.views()

    def flush(self) -> int:
        """Move what is in memory to disk; the number of entries. Raises `OSError` (they stay in memory, and found)."""
        with self._writing, self._watching() as newer:
            with self._state:
                if not self._dirty:
                    return 0
                now = self._snapshot
                newer.clear()
                self._dirty = False
                self._snapshot = replace(now, flushing=now.ram, ram=_NOTHING)
            try:
                disk = self._disk.commit([entry.analysed.fields() for entry in now.ram.entries.values()], now.disk)
            except BaseException:
                self._take_back()
                raise
            self._publish(disk, newer)
            return now.ram.count

    def _take_back(self) -> None:
        with self._state:
            now = self._snapshot
            self._dirty = True
            self._snapshot = replace(now, flushing=_NOTHING, ram=now.flushing.changed(now.ram.entries))

    def _publish(self, disk: tuple[View, ...], newer: set[int]) -> None:
        with self._state:
            self._snapshot = _Snapshot(without(disk, newer), _NOTHING, self._snapshot.ram)

    def _write(self, entries: Iterable[Entry], progress: Callable[[int, int], None] | None = None) -> Set[int]:
        """Put many entries straight to disk, a segment at a time; their ids.

        They are read before anything is locked here: reading them may wait for whoever is about to put others.
        """
        with self._watching() as newer:
            last = {entry.id: entry for entry in entries}
            with self._writing:
                self._write_segments(last, newer, progress)
        return last.keys()

    def _write_segments(
        self, entries: dict[int, Entry], newer: set[int], progress: Callable[[int, int], None] | None
    ) -> None:
        waiting, done = iter(entries.values()), 0
        while batch := list(islice(waiting, SEGMENT_ENTRIES)):
            self.flush()
            with self._state:
                now = self._snapshot.disk
                batch = [entry for entry in batch if entry.id not in newer]
            hidden = without(now, [entry.id for entry in batch])
            counted = self._counted(batch, done, len(entries), progress)
            disk = self._disk.commit((analyse(entry).fields() for entry in counted), hidden)
            self._publish(disk, newer)
            done += len(batch)

    @staticmethod
    def _counted(
        batch: list[Entry], done: int, total: int, progress: Callable[[int, int], None] | None
    ) -> Iterator[Entry]:
        for number, entry in enumerate(batch, done + 1):
            yield entry
            if progress and (number % 200 == 0 or number == total):
                progress(number, total)

    def build(self, entries: Iterable[Entry], progress: Callable[[int, int], None] | None = None) -> None:
        """Replace everything by these entries; what is put meanwhile stays. `progress(done, total)`, now and then.

        Searches go on: until a new entry is there, its old one is found.
        """
        with self._watching() as newer:
            held = self.revisions().keys()
            wanted = self._write(entries, progress)
            with self._state:
                stale = held - wanted - newer
            self.drop(stale)
            self.flush()

    def _flush_behind(self) -> None:
        with self._state:
            if self._flusher and self._flusher.is_alive():
                return
            self._flusher = threading.Thread(target=self._flush_quietly, name="index flush")
            self._flusher.start()

    def _flush_quietly(self) -> None:
        try:
            self.flush()
            self._retry_at = FLUSH_AT
        except OSError:  # a full disk: searching goes on in memory, and it is tried again after as many entries
            self._retry_at = self._snapshot.ram.count + FLUSH_AT

    def close(self) -> None:
        """Write what is in memory and let go of the files. Raises `OSError` where it cannot be written."""
        if self._flusher:
            self._flusher.join()
        try:
            self.flush()
        finally:
            self._snapshot = _Snapshot()
