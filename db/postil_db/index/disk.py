"""The tier on disk: a Whoosh index whose states follow each other, each made known by one rename."""

import contextlib
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from postil_db.index.bulk import View
from postil_db.index.codec_reader import DiskSegment, FlatCodec
from postil_db.index.codec_writer import FlatWriter
from postil_db.index.flat import Array
from postil_db.index.merging import Tiers
from postil_db.index.schema import INDEX_NAME, make_schema
from postil_db.index.storage import IndexStorage
from postil_db.index.whoosh_parts import TOC, FileIndex, Untyped, WhooshError

# What missing, damaged or foreign files raise while they are opened. Whoosh checks little; unpickling may raise most.
DAMAGE = (
    OSError,
    ValueError,
    EOFError,
    LookupError,
    AttributeError,
    ImportError,
    TypeError,
    pickle.UnpicklingError,
    WhooshError,
)


def without(disk: tuple[View, ...], ids: Iterable[int]) -> tuple[View, ...]:
    """The segments on disk with the entries of these ids hidden."""
    hidden = np.array(list(ids), "i8")
    return tuple(View(view.segment, _hide(view, hidden)) for view in disk) if len(hidden) else disk


def _hide(view: View, ids: Array) -> Array:
    column = view.segment.columns["id"]
    gone = column == ids[0] if len(ids) == 1 else np.isin(column, ids)
    return view.live & ~gone if gone.any() else view.live


class Disk:
    """The Whoosh index in a folder. Only one thread at a time may write."""

    def __init__(self, storage: IndexStorage) -> None:
        self._storage, self._schema = storage, make_schema()
        self._index = FileIndex(storage, schema=self._schema, indexname=INDEX_NAME)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open what is there. Raises one of `DAMAGE` where that is nothing that can be trusted."""
        storage = IndexStorage(str(folder))
        storage.check_contents(_contents_name(storage))
        return cls(storage)

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty index."""
        storage = IndexStorage(str(folder))
        FileIndex.create(storage, make_schema(), INDEX_NAME)
        storage.close_made()
        return cls(storage)

    def _contents(self) -> list[Untyped]:
        segments: list[Untyped] = TOC.read(self._storage, INDEX_NAME, schema=self._schema).segments
        return segments

    def sweep(self) -> None:
        """Delete files that belong to no segment: what a killed process or a full disk left behind."""
        files = {name for segment in self._contents() for name in segment.sums}
        self._storage.sweep({_contents_name(self._storage), *files})

    def open_segments(self, known: Iterable[View] = ()) -> tuple[View, ...]:
        """The segments of the present state. Those of `known` are not opened again."""
        opened = {view.segment.name: view.segment for view in known if isinstance(view.segment, DiskSegment)}
        views = []
        for contents in self._contents():
            segment = opened.get(contents.segment_id()) or DiskSegment(self._storage, contents)
            live = np.ones(segment.count, bool)
            live[list(contents.deleted_docs())] = False
            views.append(View(segment, live))
        return tuple(views)

    def commit(self, documents: Iterable[dict[str, Any]], before: Sequence[View]) -> tuple[View, ...]:
        """Write documents, and the hiding of entries in the segments of `before`, as one new state.

        Raises `OSError` where it cannot be written; then the state is the old one.
        """
        try:
            writer = FlatWriter(self._index, FlatCodec())
            self._hide(writer, before)
            for fields in documents:
                writer.add_document(**fields)
            writer.commit(mergetype=Tiers(before))
        except BaseException:
            self._storage.close_made()
            with contextlib.suppress(*DAMAGE):  # it is the first fault that counts; opening sweeps again
                self.sweep()
            raise
        self._storage.close_made()
        return self.open_segments(before)

    @staticmethod
    def _hide(writer: FlatWriter, before: Sequence[View]) -> None:
        views = {view.segment.name: view for view in before if isinstance(view.segment, DiskSegment)}
        base = 0
        for contents in writer.segments:
            # a segment that could be written but not opened afterwards is written once more, so it must go
            view = views.get(contents.segment_id())
            gone = range(contents.doc_count_all()) if view is None else np.flatnonzero(~view.live).tolist()
            for number in gone:
                if not contents.is_deleted(number):
                    writer.delete_document(base + number)
            base += contents.doc_count_all()


def _contents_name(storage: IndexStorage) -> str:
    """The file that says which segments the index has."""
    generation = TOC._latest_generation(storage, INDEX_NAME)  # noqa: SLF001  # Whoosh offers no other way
    return str(TOC._filename(INDEX_NAME, generation))  # noqa: SLF001
