"""What the index holds of an entry, as Whoosh fields and columns.

One field `text` for all words, so that a search for two words finds them in different parts of one entry. A word's
position carries its part in the upper bits: phrases never cross from one part into the next, and a search may be kept
to one part, without a field of its own for each.
"""

import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from postil_db.index.entry import Entry, Part
from postil_db.index.fold import label, steps, words, words_with_starts
from postil_db.index.whoosh_parts import (
    COLUMN,
    Analyzer,
    Column,
    ColumnReader,
    ColumnWriter,
    Existence,
    FieldType,
    Positions,
    Schema,
    Token,
    Untyped,
)

VERSION = 3  # raise it when fields, folding or files change: older indexes are then made anew
INDEX_NAME = f"postil{VERSION}u{unicodedata.unidata_version.replace('.', 'x')}{sys.byteorder[0]}"

PART_SHIFT = 28
GAP = 50  # positions left out between two tags or two entities
WEIGHTS = (1, 2, 2, 2, *[1] * 12)  # by part: what a reader marked and wrote counts more than the title above it
NUMBERS = ("id", "rev", "document", "created", "size", "modified", "start", "end", "word")
LABELS = ("tag", "color", "is", "kind", "entity", "form", "inside")
MEANT = "=/"  # before the labels of what dates mean, which stand among those of names
STARTS = "\0"  # no word: its positions are where the words of a paragraph begin in its text


@dataclass(frozen=True, slots=True)
class Analysed:
    """An entry taken apart: its words with their positions, its labels by field, its numbers by column.

    `starts`: where the words of a paragraph begin in its text.
    """

    words: list[str]
    positions: "array[int]"
    labels: dict[str, tuple[str, ...]]
    numbers: dict[str, int]
    starts: "array[int]"

    def fields(self) -> dict[str, Any]:
        """The same as arguments of a Whoosh writer's `add_document`."""
        return {"text": (self.words, self.positions, self.starts), **self.labels, **self.numbers}


def place(parts: Iterable[tuple[int, Iterable[str]]]) -> "tuple[list[str], array[int], int]":
    """The words of an entry's parts, the position of each, and what they weigh together."""
    found: list[str] = []
    positions = array("I")
    size = 0
    for part, texts in parts:
        at = part << PART_SHIFT
        for text in texts:
            new = words(text)
            found += new
            positions.extend(range(at, at + len(new)))
            at += len(new) + GAP
            size += len(new) * WEIGHTS[part]
    return found, positions, size


def split(text: str) -> "tuple[list[str], array[int]]":
    """The words of a paragraph, each different one kept once, and where they begin in it."""
    found, starts = words_with_starts(text)
    return list(map(sys.intern, found)), array("I", starts)


def tag_labels(tags: Iterable[str]) -> tuple[str, ...]:
    """The names under which `tag:` finds an entry: its tags, and the tags above them (`policy/defence`, `policy`)."""
    names: dict[str, None] = {}
    for tag in tags:
        path = label(tag).split("/")
        for depth in range(1, len(path) + 1):
            names["/".join(path[:depth])] = None
    names.pop("", None)
    return tuple(names)


def name_label(kind: str, name: str) -> str:
    """The label of an entity: its kind and its whole name."""
    return f"{kind}/{label(name)}"


def _forms(entry: Entry) -> tuple[str, ...]:
    forms = {name_label(one.kind, form): None for one in entry.named for form in (one.name, *one.forms)}
    return (*forms, *dict.fromkeys(MEANT + value for one in entry.named for value in one.values))


def _parts(entry: Entry) -> Iterator[tuple[int, Iterable[str]]]:
    yield Part.TITLE, (entry.title,)
    yield Part.QUOTE, (entry.quote,)
    yield Part.NOTE, (entry.note,)
    yield Part.TAG, entry.tags
    yield Part.ENTITY, entry.entities
    by_kind: dict[Part, list[str]] = {}
    for named in entry.named:
        by_kind.setdefault(Part[named.kind.upper()], []).extend(dict.fromkeys((named.name, *named.forms)))
    yield from by_kind.items()


def analyse(entry: Entry) -> Analysed:
    """Take an entry apart for the index."""
    starts = array("I")
    if entry.text:
        found, starts = entry.split or split(entry.text)
        size = len(found) * WEIGHTS[Part.TEXT]
        positions = array("I", range(Part.TEXT << PART_SHIFT, (Part.TEXT << PART_SHIFT) + len(found)))
    else:
        found, positions, size = place(_parts(entry))
    return Analysed(
        starts=starts,
        words=found,
        positions=positions,
        labels={
            "tag": tag_labels(entry.tags),
            "color": (label(entry.color),) if entry.color else (),
            "is": entry.marks,
            "entity": tuple(dict.fromkeys(name_label(one.kind, one.name) for one in entry.named)),
            "kind": tuple(dict.fromkeys(one.kind for one in entry.named)),
            "form": _forms(entry),
            "inside": tuple(map(str, entry.inside)),
        },
        numbers={
            "id": entry.id,
            "rev": entry.rev,
            "document": entry.document_id,
            "created": entry.created,
            "size": size,
            "modified": entry.modified,
            "start": entry.start,
            "end": entry.end,
            "word": entry.word,
        },
    )


class FoldAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """Our folding as a Whoosh analyser."""

    def __call__(
        self, value: str, positions: bool = False, start_pos: int = 0, mode: str = "", **more: Untyped
    ) -> Untyped:
        """Yield Whoosh tokens."""
        token = Token(positions, False, mode=mode, **more)
        for step in steps(value):
            token.text, token.boost, token.stopped = step.text, 1.0, False
            if positions:
                token.pos = start_pos + step.offset
            yield token


class PackedPositions(Positions):  # type: ignore[misc]  # Whoosh has no types
    """A word's positions in one entry as packed 32-bit numbers, in the machine's byte order."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Unpack positions."""
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """Count positions."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """Weigh by count."""
        return float(len(value) // 4)


class WordsField(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """The words of all parts, with positions."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), FoldAnalyzer(), scorable=True, stored=False)


class LabelField(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Names that are searched whole: tags, the colour."""

    def __init__(self) -> None:
        super().__init__(Existence(), FoldAnalyzer(), scorable=False, stored=False)


class Numbers(Column):  # type: ignore[misc]  # Whoosh has no types
    """One 64-bit number an entry, all in one flat array."""

    def writer(self, dbfile: Untyped) -> "NumbersWriter":
        """Open for writing."""
        return NumbersWriter(dbfile)

    def reader(self, dbfile: Untyped, basepos: int, length: int, doccount: int) -> "NumbersReader":
        """Open for reading."""
        return NumbersReader(dbfile, basepos, length, doccount)

    def default_value(self, reverse: bool = False) -> int:  # noqa: ARG002  # Whoosh's signature
        """Stand in for what is missing."""
        return 0


class NumbersWriter(ColumnWriter):  # type: ignore[misc]  # Whoosh has no types
    """Collects a column and writes it whole."""

    def __init__(self, dbfile: Untyped) -> None:
        self._dbfile, self._numbers = dbfile, array("q")

    def add(self, docnum: int, value: int) -> None:
        """Take the number of the next entry."""
        self._numbers.extend([0] * (docnum - len(self._numbers)))
        self._numbers.append(value)

    def finish(self, doccount: int) -> None:
        """Write."""
        self._numbers.extend([0] * (doccount - len(self._numbers)))
        self._dbfile.write(self._numbers.tobytes())


class NumbersReader(ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """A column as Whoosh's own search reads it."""

    def __init__(self, dbfile: Untyped, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._numbers: array[int] = array("q", dbfile.get(basepos, 8 * doccount))

    def __getitem__(self, docnum: int) -> int:
        return self._numbers[docnum]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def load(self) -> "array[int]":
        """All of it."""
        return self._numbers


def make_schema() -> Untyped:
    """The Whoosh schema."""
    return Schema(
        text=WordsField(), **{name: LabelField() for name in LABELS}, **{name: COLUMN(Numbers()) for name in NUMBERS}
    )
