"""Making a whole of the rows that were saved from a damaged database."""

import json
import sqlite3
from hashlib import sha256
from typing import Any

from postil_db.keeping import COLUMNS, KEPT
from postil_db.tables import ActState
from postil_db.tables.base import Image, micros, now, seal

LOOSE: dict[str, dict[str, int | None]] = {
    "document": {"position": 0, "opened_at": None},
    "annotation": {"index_rev": 0},
}
"""The columns that the log of changes does not know, as they are in a new row."""

type Key = tuple[str, str]


def remember(target: sqlite3.Connection) -> int:
    """Bring back the kept rows that are missing but stand in the log of changes; how many."""
    found = 0
    for (table, key), image in _logged(target).items():
        if image is None or set(image) != {column.name for column in COLUMNS[KEPT[table]]}:
            continue
        if not _stands(target, table, json.loads(key)):
            found += _insert(target, table, {**image, **LOOSE.get(table, {})})
    return found


def stand_in(target: sqlite3.Connection) -> dict[str, bytes]:
    """Give annotations whose document is lost one that holds their quotes; the originals of these, by SHA-256."""
    lost = [
        row[0]
        for row in target.execute(
            "SELECT DISTINCT document_id FROM annotation WHERE document_id NOT IN (SELECT id FROM document)"
        )
    ]
    texts = [_make_stand_in(target, document_id).encode(errors="replace") for document_id in lost]
    return {sha256(text).hexdigest(): text for text in texts}


def drop_dangling(target: sqlite3.Connection) -> None:
    """Delete rows that refer to what could not be saved (the tags of a lost annotation, say)."""
    while dangling := target.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, _key in dangling:
            target.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608


def highest_revision(target: sqlite3.Connection) -> int:
    """The highest number that a saved row carries."""
    queries = (f'SELECT coalesce(max(rev), 0) FROM "{table}"' for table in KEPT)  # noqa: S608
    return max(int(target.execute(query).fetchone()[0]) for query in queries)


def _logged(target: sqlite3.Connection) -> dict[Key, Image | None]:
    """The kept rows as the log knows them last; None for those that were deleted."""
    rows = target.execute(
        'SELECT "table", key, before, after, state FROM change JOIN act ON act.id = change.act_id '
        "ORDER BY change.act_id, ordinal"
    )
    latest: dict[Key, Image | None] = {}
    for table, key, before, after, state in rows:
        if table not in KEPT:
            continue
        if state == ActState.DONE:
            latest[table, key] = _image(after)
        else:
            latest.setdefault((table, key), _image(before))
    return latest


def _image(packed: str) -> Image | None:
    """A row out of the log; None if there was none, or the log is spoilt itself."""
    try:
        image: Image = json.loads(packed)
    except ValueError:
        return None
    return image if isinstance(image, dict) and image.get("checksum") == seal(image) else None


def _stands(target: sqlite3.Connection, table: str, key: list[Any]) -> bool:
    names = [row[1] for row in sorted(target.execute(f'PRAGMA table_info("{table}")'), key=_in_key) if row[5]]
    here = " AND ".join(f'"{name}" = ?' for name in names)
    return target.execute(f'SELECT 1 FROM "{table}" WHERE {here}', key).fetchone() is not None  # noqa: S608


def _in_key(column: tuple[Any, ...]) -> int:
    return int(column[5])


def _insert(target: sqlite3.Connection, table: str, row: Image) -> int:
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    return target.execute(f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', [*row.values()]).rowcount  # noqa: S608


def _make_stand_in(target: sqlite3.Connection, document_id: int) -> str:
    title = f"Recovered document {document_id}"
    columns = [column.name for column in COLUMNS[KEPT["annotation"]]]
    listed = ", ".join(f'"{name}"' for name in columns)
    found = target.execute(
        f"SELECT {listed} FROM annotation WHERE document_id = ? ORDER BY start, id",  # noqa: S608
        (document_id,),
    )
    annotations: list[Image] = [dict(zip(columns, row, strict=True)) for row in found]
    text = "\n".join([title, *(str(one["quote"]) for one in annotations)])
    digest = sha256(text.encode()).hexdigest()
    document: Image = {
        "id": document_id,
        "title": title,
        "authors": "[]",
        "language": "",
        "published": "",
        "source": "",
        "media_type": "text/plain",
        "sha256": digest,
        "text_hash": digest,
        "words": len(text.split()),
        "added_at": micros(now()),
        "removed_at": None,
        "rev": 0,
    }
    _insert(target, "document", {**document, "checksum": seal(document), **LOOSE["document"]})
    target.execute("DELETE FROM block WHERE document_id = ?", (document_id,))
    for ordinal, line in enumerate(text.split("\n")):
        kind, level = ("heading", 1) if ordinal == 0 else ("paragraph", 0)
        block: Image = {"document_id": document_id, "ordinal": ordinal, "kind": kind, "level": level, "text": line}
        _insert(target, "block", {**block, "marker": "", "styles": "", "image": "", "anchor": ""})
    at = len(title) + 1
    for one in annotations:
        end = at + len(str(one["quote"]))
        place: Image = {"start": at, "end": end, "prefix": "", "suffix": "", "text_hash": digest, "section": title}
        moved = {**one, **place}
        target.execute(
            "UPDATE annotation SET start = ?, end = ?, prefix = ?, suffix = ?, text_hash = ?, section = ?, "
            "checksum = ? WHERE id = ?",
            [*place.values(), seal(moved), one["id"]],
        )
        at = end + 1
    return text
