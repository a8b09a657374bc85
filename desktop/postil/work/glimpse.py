"""The glimpse: the page as it was left, so that a window shows it before the library is open.

Kept in the cache folder, for its owner alone, while Postil is closed: whoever takes it deletes it. It counts only while
the library's file is exactly as it was left, so that what it shows is what the library would say. What cannot be read
or written is no fault: the window then shows its first page when the library does.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from postil import __version__
from postil_db.places import cache_folder
from postil_db.records import (
    AnchorState,
    Annotation,
    Block,
    BlockKind,
    Color,
    Content,
    Document,
    DocumentInfo,
    EntityKind,
    Mention,
    Origin,
    Selector,
    Style,
    StyleKind,
)

VERSION = f"{__version__}/1"
AROUND = 15_000
"""So many characters are kept on each side of the place, in whole blocks."""
LONGEST = 20_000
"""A block may have so many at most."""
_NEVER = datetime.fromtimestamp(0, UTC)
_INFO = ("id", "title", "authors", "language", "published", "source", "media_type", "words", "position")


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A part of a document with what is marked in it; offsets count from the start of that part.

    `before`: how many characters of the document come before it. `length`: of the whole document.
    """

    document: Document
    position: int
    before: int
    length: int
    annotations: tuple[Annotation, ...]
    mentions: tuple[Mention, ...]

    @property
    def whole(self) -> bool:
        """Whether it is all of the document."""
        return len(self.document.text) == self.length


def cut(
    document: Document, position: int, annotations: Iterable[Annotation], mentions: Iterable[Mention]
) -> Glimpse | None:
    """Cut the part around a place out of a document; None if that part cannot stand alone (pictures,
    half a table)."""
    content = document.content
    first = content.block_at(max(0, position - AROUND))
    end = content.block_at(min(len(content.text), position + AROUND)) + 1
    blocks = content.blocks[first:end]
    torn = any(block.kind is BlockKind.TABLE_ROW for block in (*blocks[:1], *blocks[-1:]))
    if not blocks or torn or any(block.kind is BlockKind.IMAGE or len(block.text) > LONGEST for block in blocks):
        return None
    before = content.starts[first]
    part = Content(blocks)
    last = before + len(part.text)
    marked = (
        replace(
            one,
            selector=Selector(one.selector.start - before, one.selector.end - before, "", "", "", "", ""),
            note=one.note and "…",
            tags=(),
        )
        for one in annotations
        if before <= one.selector.start and one.selector.end <= last
    )
    named = (
        replace(one, start=one.start - before, end=one.end - before, text="", value="")
        for one in mentions
        if before <= one.start and one.end <= last
    )
    return Glimpse(
        Document(document.info, part), position - before, before, len(content.text), tuple(marked), tuple(named)
    )


def keep(folder: Path, glimpse: Glimpse | None) -> None:
    """Write the glimpse of a library that has just been closed; with None, only make sure that there is none."""
    place = _place(folder)
    try:
        place.unlink(missing_ok=True)
        _sweep(place.parent)
        stamp = _stamp(folder)
        if glimpse is None or stamp is None:
            return
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        packed = json.dumps({"version": VERSION, "folder": str(folder), "stamp": stamp, **_packed(glimpse)})
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(packed)
    except OSError:
        with suppress(OSError):
            place.unlink(missing_ok=True)


def take(folder: Path) -> Glimpse | None:
    """Give the glimpse of a library that is still as it was left, and delete it."""
    place = _place(folder)
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        place.unlink()
        if (kept["version"], kept["folder"], kept["stamp"]) == (VERSION, str(folder), _stamp(folder)):
            return _unpacked(kept)
    except (OSError, ValueError, TypeError, LookupError):
        pass
    return None


def _place(folder: Path) -> Path:
    name = os.fsencode(os.path.realpath(folder))
    return cache_folder() / "glimpses" / f"{crc32(name):08x}.json"


def _stamp(folder: Path) -> list[int] | None:
    """What tells whether anything was written to a closed library; None while it is open or was not closed well."""
    database = folder / "library.sqlite3"
    if os.path.lexists(f"{database}-wal"):
        return None
    status = database.stat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _sweep(glimpses: Path) -> None:
    """Delete what was kept of libraries that are no more where they were."""
    for file in glimpses.glob("*.json"):
        try:
            if not Path(json.loads(file.read_text(encoding="utf-8"))["folder"], "library.sqlite3").exists():
                file.unlink()
        except (ValueError, TypeError, LookupError):
            file.unlink(missing_ok=True)


def _packed(glimpse: Glimpse) -> dict[str, object]:
    info = glimpse.document.info
    return {
        "info": {name: getattr(info, name) for name in _INFO},
        "blocks": [
            (
                block.kind,
                block.text,
                block.level,
                block.marker,
                [(s.start, s.end, s.kind, s.href) for s in block.styles],
            )
            for block in glimpse.document.content.blocks
        ],
        "place": (glimpse.position, glimpse.before, glimpse.length),
        "annotations": [
            (one.id, one.selector.start, one.selector.end, one.color, one.note, one.anchor_state)
            for one in glimpse.annotations
        ],
        "mentions": [(one.entity_id, one.start, one.end, one.kind) for one in glimpse.mentions],
    }


def _unpacked(kept: Mapping[str, Any]) -> Glimpse:
    given = kept["info"]
    info = DocumentInfo(
        **{**given, "authors": tuple(given["authors"])},
        sha256="", text_hash="", annotations=0, added_at=_NEVER, opened_at=None,
    )  # fmt: skip
    blocks = tuple(
        Block(BlockKind(kind), text, level, marker, tuple(_style(style) for style in styles))
        for kind, text, level, marker, styles in kept["blocks"]
    )
    position, before, length = kept["place"]
    return Glimpse(
        Document(info, Content(blocks)),
        position,
        before,
        length,
        tuple(_annotation(info.id, row) for row in kept["annotations"]),
        tuple(
            Mention(entity, info.id, start, end, "", EntityKind(kind), Origin.MODEL)
            for entity, start, end, kind in kept["mentions"]
        ),
    )


def _style(row: Sequence[Any]) -> Style:
    start, end, kind, href = row
    return Style(start, end, StyleKind(kind), href)


def _annotation(document_id: int, row: Sequence[Any]) -> Annotation:
    number, start, end, color, note, state = row
    place = Selector(start, end, "", "", "", "", "")
    return Annotation(number, document_id, place, Color(color), note, (), AnchorState(state), _NEVER, _NEVER)
