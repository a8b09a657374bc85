"""Reading a segment of flat arrays: mapped files, seen through numpy, shared by all threads without a lock."""

import json
import mmap
import os
import secrets
import sys
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from postil_db.index.codec_writer import HEADER, MAGIC, POSTING_FILES, TERMS_FILE, FlatFieldWriter
from postil_db.index.flat import NONE, Array, Postings, Table, encode
from postil_db.index.schema import NUMBERS, STARTS
from postil_db.index.storage import IndexDamaged
from postil_db.index.whoosh_parts import Untyped, W3Codec, W3Segment

UNTRACKED: dict[str, Any] = {"trackfd": False} if os.name == "posix" and sys.version_info >= (3, 13) else {}
"""A map needs no open file, of which a segment would take fourteen; before 3.13 Python keeps it all the same."""

AFTER_ALL = b"\xf8"  # greater than any byte of UTF-8


def map_file(path: Path) -> memoryview:
    """A file's bytes, mapped. The map lives as long as something looks through it."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ, **UNTRACKED))


def numbers(view: memoryview, kind: str) -> Array:
    """Bytes as an array, not copied."""
    return np.frombuffer(view, kind) if len(view) else np.zeros(0, kind)


class TermList:
    """The terms of a segment and its postings."""

    def __init__(self, storage: Untyped, segment: Untyped) -> None:
        folder = Path(storage.folder)
        view = map_file(folder / segment.make_filename(TERMS_FILE))
        if len(view) < HEADER.size:
            raise IndexDamaged("no list of terms")
        magic, names, count, size = HEADER.unpack_from(view)
        if magic != MAGIC or len(view) != HEADER.size + names + 24 * (count + 1) + size:
            raise IndexDamaged("no list of terms")
        at = HEADER.size + names
        self.fields: dict[str, list[int]] = json.loads(bytes(view[HEADER.size : at]))
        width = 8 * (count + 1)
        self.starts, self.places, self._ends = (
            numbers(view[at + width * n : at + width * (n + 1)], "i8") for n in range(3)
        )
        self._blob = view[at + 3 * width :]
        ids, counts, weights, positions = (map_file(folder / segment.make_filename(ext)) for ext in POSTING_FILES)
        self.postings = Postings(
            numbers(ids, "u4"), numbers(counts, "u4"), numbers(weights, "u1"), numbers(positions, "u4")
        )
        if len(self.postings.ids) != self.starts[-1] or len(self.postings.positions) != self.places[-1]:
            raise IndexDamaged("the postings do not fit the terms")

    def term(self, at: int) -> bytes:
        """The term with this number."""
        return bytes(self._blob[self._ends[at] : self._ends[at + 1]])

    def name(self, at: int) -> str:
        """The same as text."""
        return self.term(at).decode("utf-8", "surrogatepass")

    def names(self, first: int, last: int) -> list[str]:
        """The terms from `first` up to `last`, as text."""
        ends = self._ends[first : last + 1].tolist()
        if len(ends) < 2:
            return []
        base = ends[0]
        run = bytes(self._blob[base : ends[-1]])
        if run.isascii():
            text = run.decode("ascii")
            return [text[low - base : high - base] for low, high in pairwise(ends)]
        return [run[low - base : high - base].decode("utf-8", "surrogatepass") for low, high in pairwise(ends)]

    def at(self, field: str, key: bytes) -> int:
        """The number of a field's first term that is not below `key`."""
        low, high = self.fields.get(field, (0, 0))
        while low < high:
            middle = (low + high) >> 1
            if self.term(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, field: str, key: bytes) -> int | None:
        """The number of a field's term, or None."""
        at = self.at(field, key)
        return at if at < self.fields.get(field, (0, 0))[1] and self.term(at) == key else None

    def between(self, first: int, last: int) -> Postings:
        """The postings of the terms from `first` up to `last`: neighbours on disk, so one slice."""
        low, high = self.starts[first], self.starts[last]
        every = self.postings
        places = every.positions[self.places[first] : self.places[last]]
        return Postings(every.ids[low:high], every.counts[low:high], every.weights[low:high], places)

    def table(self, field: str) -> Table:
        """All of one field, for merging."""
        first, last = self.fields[field]
        return Table(
            [self.term(at) for at in range(first, last)],
            self.starts[first : last + 1] - self.starts[first],
            self.places[first : last + 1] - self.places[first],
            self.between(first, last),
        )


class FlatSegment(W3Segment):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh segment that knows the checksums of its files."""

    sums: dict[str, int]

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        """A name that no other segment has: Whoosh's come twice where somebody seeds the generator of random numbers,
        and to write over a file that is mapped ends the process."""
        return secrets.token_hex(size // 2)


class FlatCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's third codec with flat postings; its columns and tables of contents stay."""

    length_stats = False  # sizes are a column of ours

    def field_writer(self, storage: Untyped, segment: Untyped) -> FlatFieldWriter:
        """Open postings for writing."""
        return FlatFieldWriter(storage, segment)

    def terms_reader(self, storage: Untyped, segment: Untyped) -> Untyped:
        """Open postings for Whoosh's own search."""
        from postil_db.index.codec_matcher import FlatTermsReader  # only Whoosh's own search needs it

        return FlatTermsReader(TermList(storage, segment))

    def new_segment(self, storage: Untyped, indexname: str) -> FlatSegment:  # noqa: ARG002  # Whoosh's signature
        """Name a new segment."""
        return FlatSegment(self, indexname)


class DiskSegment:
    """A segment as the bulk search sees it. Never changes."""

    def __init__(self, storage: Untyped, segment: FlatSegment) -> None:
        storage.check_files(segment.sums)
        self.name: str = segment.segment_id()
        self.terms = TermList(storage, segment)
        self.count: int = segment.doc_count_all()
        folder = Path(storage.folder)
        self.columns = {
            name: numbers(map_file(folder / W3Codec.column_filename(segment, name)), "i8") for name in NUMBERS
        }
        if any(len(column) != self.count for column in self.columns.values()):
            raise IndexDamaged("a column does not fit its segment")

    @cached_property
    def weight(self) -> int:
        """The sizes of all entries together."""
        return int(self.columns["size"].sum())

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands."""
        at = self.terms.find(field, encode(term))
        return NONE if at is None else self.terms.between(at, at + 1)

    def prefixed(self, field: str, prefix: str) -> Postings:
        """Where terms stand that begin so; an entry may come several times, and entries are in no order."""
        key = encode(prefix)
        return self.terms.between(self.terms.at(field, key), self.terms.at(field, key + AFTER_ALL))

    def vocabulary(self, prefix: str) -> list[str]:
        """The words that begin so."""
        key = encode(prefix)
        first, last = self.terms.at("text", key), self.terms.at("text", key + AFTER_ALL)
        return [term for term in self.terms.names(first, last) if term != STARTS]

    def labels(self, field: str, prefix: str) -> list[str]:
        """The labels that begin so."""
        key = encode(prefix)
        return self.terms.names(self.terms.at(field, key), self.terms.at(field, key + AFTER_ALL))

    def carried(self, field: str) -> tuple[list[str], Array, Array]:
        """The labels; and each label of each entry: the entry, and which label it is."""
        first, last = self.terms.fields.get(field, (0, 0))
        starts = self.terms.starts[first : last + 1]
        if first == last:
            return [], NONE.ids, NONE.ids
        entries = self.terms.postings.ids[starts[0] : starts[-1]]
        return self.terms.names(first, last), entries, np.repeat(np.arange(last - first, dtype="u4"), np.diff(starts))

    def tables(self) -> dict[str, Table]:
        """All postings, for merging."""
        return {field: self.terms.table(field) for field in self.terms.fields}
