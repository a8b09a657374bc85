"""Whether a library is whole: SQLite's own checks, our seals, the texts, the originals; told in sentences.

Mending never deletes or rewrites what a reader made, unless the change log holds the very row that was sealed.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.files import Files
from postil_db.history import put_rows
from postil_db.keeping import COLUMNS, KEPT
from postil_db.originals import digest_of
from postil_db.records import AnchorState, Annotation, DocumentInfo
from postil_db.store import annotations, documents
from postil_db.tables import ChangeRow
from postil_db.tables.base import Image, seal

NOUNS = {
    "document": "document",
    "annotation": "annotation",
    "tag": "tag",
    "annotation_tag": "tag on an annotation",
    "former_quote": "former quote of the annotation",
    "version": "newer copy of the document",
    "decision": "decision on names",
    "entity_note": "note on a name",
    "entity_tag": "tag on a name",
    "smart_view": "smart view",
    "trashed_tag": "tag in the trash",
}

TEXT_KEPT = "Its text is kept; add the file again to have the original back."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. `mended`: it is now."""

    sentence: str
    mended: bool = False

    def __str__(self) -> str:
        return f"{self.sentence} It was mended." if self.mended else self.sentence


def in_file(session: Session) -> list[Finding]:
    """What SQLite finds wrong with the file; if anything, its rows are not to be read."""
    return [Finding(f"SQLite says of the library's file: {told}.") for told in _pragma(session, "integrity_check(20)")]


def in_rows(session: Session, *, repair: bool) -> list[Finding]:
    """Rows that are not what was saved."""
    with _any_text(session):
        found = [Finding(f"A row refers to nothing: {told}.") for told in _pragma(session, "foreign_key_check")]
        broken = [*_broken_rows(session)]
        found += [_told(session, table, image, repair=repair) for table, image in broken]
        session.expire_all()
    return found


@contextmanager
def _any_text(session: Session) -> Iterator[None]:
    """Read texts even where a flipped bit made them invalid."""
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the only driver there is
    before, driver.text_factory = driver.text_factory, lambda stored: stored.decode(errors="replace")
    try:
        yield
    finally:
        driver.text_factory = before


def _pragma(session: Session, name: str) -> list[str]:
    rows = [tuple(row) for row in session.connection().exec_driver_sql(f"PRAGMA {name}")]
    return [", ".join(map(str, row)) for row in rows if row != ("ok",)]


def _broken_rows(session: Session) -> Iterator[tuple[str, Image]]:
    """The rows whose seal does not fit, as they are stored."""
    for table, row in KEPT.items():
        names = [column.name for column in COLUMNS[row]]
        quoted = ", ".join(f'"{name}"' for name in names)
        for values in session.connection().exec_driver_sql(f'SELECT {quoted} FROM "{table}"'):  # noqa: S608
            image: Image = {name: values[at] for at, name in enumerate(names)}
            if seal(image) != image["checksum"]:
                yield table, image


def _told(session: Session, table: str, image: Image, *, repair: bool) -> Finding:
    keys = [str(column.name) for column in KEPT[table].__table__.primary_key.columns]  # type: ignore[attr-defined]
    key = [image[name] for name in keys]
    sentence = (
        f"The {NOUNS[table]} {'/'.join(map(str, key))} is not what was saved: its checksum does not fit, so the disk "
        "or another program changed it."
    )
    whole = _remembered(session, table, key, image["rev"]) if repair else None
    if whole is None:
        return Finding(sentence)
    put_rows(session, table, [whole])
    return Finding(sentence, mended=True)


def _remembered(session: Session, table: str, key: list[Any], revision: object) -> Image | None:
    """A row as the change log knows it, if that is the one that was sealed last."""
    logged = select(ChangeRow).where(ChangeRow.table == table, ChangeRow.key == json.dumps(key))
    for change in session.scalars(logged.order_by(ChangeRow.act_id.desc())):
        for packed in filter(None, (change.after, change.before)):
            image: Image = json.loads(packed)
            if image["rev"] == revision and seal(image) == image["checksum"]:
                return image
    return None


def in_text(session: Session, info: DocumentInfo) -> list[Finding]:
    """A text that is not what was read, and annotations in it that do not say what stands at their place."""
    with _any_text(session):
        text = documents.content(session, info.id).text
        if hashlib.sha256(text.encode(errors="replace")).hexdigest() != info.text_hash:
            return [
                Finding(
                    f"The text of “{info.title}” is not what was read from the file. Go back to a backup: “Backups” "
                    "in the File menu, or postil restore."
                )
            ]
        return [
            Finding(f"Annotation {one.id} in “{info.title}” does not stand at the words that it quotes.")
            for one in annotations.of_document(session, info.id)
            if _is_off(one, text, info.text_hash)
        ]


def in_original(info: DocumentInfo, files: Files) -> list[Finding]:
    """An original that is missing or was changed."""
    path = files.originals / info.sha256
    if not path.is_file():
        return [Finding(f"The original of “{info.title}” is missing from {files.originals}. {TEXT_KEPT}")]
    if digest_of(path) != info.sha256:
        return [Finding(f"The original of “{info.title}”, {path}, was changed. {TEXT_KEPT}")]
    return []


def _is_off(one: Annotation, text: str, text_hash: str) -> bool:
    """Whether it stands at other words than it quotes; a lost one stands nowhere."""
    place = one.selector
    stands = one.anchor_state is not AnchorState.ORPHAN and place.text_hash == text_hash
    return stands and text[place.start : place.end] != place.quote
