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
from postil_db.records import AnchorState
from postil_db.store import annotations, documents
from postil_db.tables import ChangeRow, DocumentRow
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


def findings(session: Session, files: Files, *, repair: bool) -> list[Finding]:
    """All that is wrong with the database and the originals."""
    found = [Finding(f"SQLite says of the library's file: {told}.") for told in _pragma(session, "integrity_check(20)")]
    if found:
        return found  # what follows reads every row, which a broken file may not allow
    with _any_text(session):
        found += [Finding(f"A row refers to nothing: {told}.") for told in _pragma(session, "foreign_key_check")]
        broken = [*_broken_rows(session)]
        found += [_told(session, table, image, repair=repair) for table, image in broken]
        session.expire_all()
        if all(finding.mended for finding in found):
            found += _texts(session, files)
    return [*found, *_originals(session, files)]


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


def _texts(session: Session, files: Files) -> Iterator[Finding]:
    """Texts that are not what was read, and annotations that do not say what stands at their place."""
    for info in documents.every(session):
        text = documents.content(session, info.id).text
        if hashlib.sha256(text.encode(errors="replace")).hexdigest() != info.text_hash:
            yield Finding(
                f"The text of “{info.title}” is not what was read from the file. Go back to a backup: close Postil, "
                f"put a file of {files.backups} in the place of {files.database}, and remove {files.log} if there."
            )
            continue
        for one in annotations.of_document(session, info.id):
            place = one.selector
            exact = one.anchor_state is AnchorState.EXACT and place.text_hash == info.text_hash
            if exact and text[place.start : place.end] != place.quote:
                yield Finding(f"Annotation {one.id} in “{info.title}” does not stand at the words that it quotes.")


def _originals(session: Session, files: Files) -> Iterator[Finding]:
    known = session.execute(select(DocumentRow.title, DocumentRow.sha256).where(DocumentRow.removed_at.is_(None)))
    for title, digest in known:
        path = files.originals / digest
        if not path.is_file():
            yield Finding(f"The original of “{title}” is missing from {files.originals}. {TEXT_KEPT}")
        elif digest_of(path) != digest:
            yield Finding(f"The original of “{title}”, {path}, was changed. {TEXT_KEPT}")
