"""Writing a Whoosh segment whose postings are flat arrays.

`.ids` entry numbers, `.cnt` counts, `.wgt` weights, `.pos` positions, all in the order of the terms; `.trm` the sorted
terms of all fields and where each one's postings begin, as whole arrays, so that opening parses nothing.
"""

import json
import struct
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from postil_db.index.flat import Array, Table, collect, merge
from postil_db.index.schema import NUMBERS, STARTS
from postil_db.index.storage import checksum
from postil_db.index.whoosh_parts import FieldWriter, PostingPool, SegmentWriter, Untyped

POSTING_FILES = (".ids", ".cnt", ".wgt", ".pos")
TERMS_FILE = ".trm"
MAGIC = b"PSTL"
HEADER = struct.Struct("<4sIQQ")  # magic, length of the fields' table, number of terms, bytes of all terms


class _Vocabulary(dict[str, int]):
    """Numbers words as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class FlatPool(PostingPool):  # type: ignore[misc]  # Whoosh has no types
    """Takes the words of entries and hands them over sorted, in place of one tuple for every posting."""

    def __init__(self, tempstore: Untyped, segment: Untyped) -> None:
        super().__init__(tempstore, segment)
        self._merged: list[tuple[dict[str, Table], Array]] = []
        self._empty()

    def _empty(self) -> None:
        self._vocabularies: dict[str, _Vocabulary] = {}
        self._tokens: dict[str, array[int]] = {}
        self._docs: dict[str, tuple[array[int], array[int]]] = {}  # entry number, how many tokens it has
        self._positions: dict[str, array[int]] = {}
        self._merged.clear()

    def take(
        self,
        field: str,
        words: Iterable[str],
        positions: "array[int] | None",
        doc: int,
        starts: "array[int] | None" = None,
    ) -> None:
        """Take an entry's words in one field. `starts`: where they begin in its text."""
        vocabulary = self._vocabularies.setdefault(field, _Vocabulary())
        tokens = self._tokens.setdefault(field, array("I"))
        docs, sizes = self._docs.setdefault(field, (array("I"), array("I")))
        before = len(tokens)
        tokens.fromlist(list(map(vocabulary.__getitem__, words)))
        if starts:
            tokens.extend(array("I", (vocabulary[STARTS],)) * len(starts))
        docs.append(doc)
        sizes.append(len(tokens) - before)
        if positions is not None:
            held = self._positions.setdefault(field, array("I"))
            held.extend(positions)
            if starts:
                held.extend(starts)

    def absorb(self, tables: dict[str, Table], numbers: Array) -> None:
        """Take all postings of another segment. `numbers`: its entries' numbers here; -1 for those that are gone."""
        self._merged.append((tables, numbers))

    def iter_postings(self) -> Iterator[tuple[str, Table]]:
        """Each field with its postings, by name."""
        for field in sorted({*self._vocabularies, *(name for tables, _ in self._merged for name in tables)}):
            sources = [(tables[field], numbers) for tables, numbers in self._merged if field in tables]
            if field in self._vocabularies:
                own = self._own(field)
                last = int(own.postings.ids.max(initial=0))
                sources.insert(0, (own, np.arange(last + 1)))  # they were numbered before any segment was merged in
            yield field, merge(sources) if self._merged else sources[0][0]

    def _own(self, field: str) -> Table:
        docs, sizes = self._docs[field]
        by_token = np.repeat(np.frombuffer(docs, "u4"), np.frombuffer(sizes, "u4"))
        positions = self._positions.get(field)
        return collect(
            self._vocabularies[field],
            np.frombuffer(self._tokens[field], "u4"),
            by_token,
            None if positions is None else np.frombuffer(positions, "u4"),
        )

    def cleanup(self) -> None:
        """Let go of everything."""
        self._empty()


class FlatFieldWriter(FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes what a `FlatPool` hands over."""

    def __init__(self, storage: Untyped, segment: Untyped) -> None:
        self._storage, self._segment = storage, segment
        self._files = [segment.create_file(storage, ext) for ext in POSTING_FILES]
        self._fields: dict[str, tuple[int, int]] = {}
        self._terms: list[bytes] = []
        self._starts, self._places = [np.zeros(1, "i8")], [np.zeros(1, "i8")]
        self._written = self._placed = 0
        self.is_closed = False

    def add_postings(self, schema: Untyped, lengths: Untyped, items: Iterable[tuple[str, Table]]) -> None:  # noqa: ARG002
        """Write all fields, one after another."""
        for field, table in items:
            postings = table.postings
            for file, numbers in zip(
                self._files, (postings.ids, postings.counts, postings.weights, postings.positions), strict=True
            ):
                file.write(np.ascontiguousarray(numbers).tobytes())
            self._fields[field] = (len(self._terms), len(self._terms) + len(table.terms))
            self._terms += table.terms
            self._starts.append(table.starts[1:] + self._written)
            self._places.append(table.places[1:] + self._placed)
            self._written += len(postings.ids)
            self._placed += len(postings.positions)

    def close(self) -> None:
        """Write the terms and close all files."""
        for file in self._files:
            file.close()
        blob, names = b"".join(self._terms), json.dumps(self._fields).encode()
        names = names.ljust(-len(names) % 8 + len(names))
        ends = np.cumsum([0, *map(len, self._terms)], dtype="i8")
        file = self._segment.create_file(self._storage, TERMS_FILE)
        file.write(HEADER.pack(MAGIC, len(names), len(self._terms), len(blob)) + names)
        for numbers in (np.concatenate(self._starts), np.concatenate(self._places), ends):
            file.write(numbers.tobytes())
        file.write(blob)
        file.close()
        self.is_closed = True


class FlatWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer with our pool: entries go in whole, merged segments as whole arrays."""

    def __init__(self, index: Untyped, codec: Untyped) -> None:
        super().__init__(index, codec=codec, compound=False)
        self.pool = FlatPool(self.temp_storage(), self.newsegment)

    def add_document(self, **fields: Untyped) -> None:
        """Add one entry, given as `Analysed.fields()`."""
        self._check_state()
        per_doc, doc = self.perdocwriter, self.docnum
        per_doc.start_doc(doc)
        for name, value in fields.items():
            if name in NUMBERS:
                per_doc.add_column_value(name, self.schema[name].column_type, value)
            elif name == "text":
                self.pool.take(name, value[0], value[1], doc, value[2])
            elif value:
                self.pool.take(name, value, None, doc)
        per_doc.finish_doc()
        self._added = True
        self.docnum += 1

    def absorb(self, tables: dict[str, Table], columns: dict[str, Array], live: Array) -> None:
        """Merge another segment's live entries into the one being written."""
        self._check_state()
        numbers = np.full(len(live), -1, "i8")
        kept = np.flatnonzero(live)
        numbers[kept] = np.arange(self.docnum, self.docnum + len(kept))
        per_doc = self.perdocwriter
        types = {name: self.schema[name].column_type for name in NUMBERS}
        for row in zip(*(columns[name][kept].tolist() for name in NUMBERS), strict=True):
            per_doc.start_doc(self.docnum)
            for name, value in zip(NUMBERS, row, strict=True):
                per_doc.add_column_value(name, types[name], value)
            per_doc.finish_doc()
            self.docnum += 1
        self.pool.absorb(tables, numbers)
        self._added = self._added or bool(len(kept))

    def _finalize_segment(self) -> Untyped:
        segment = super()._finalize_segment()
        folder = Path(self.storage.folder)
        segment.sums = {name: checksum(folder / name) for name in segment.list_files(self.storage)}
        return segment
