"""What the index is told about the texts of documents: one entry for each paragraph, and one that ends a document."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Integer, column, func, select
from sqlalchemy.orm import Session

from postil_db.index.entry import Entry
from postil_db.tables import BlockRow, DocumentRow
from postil_db.tables.base import micros

SHIFT = 24  # bits of an entry's id that number the paragraph in its document
END = (1 << SHIFT) - 1  # the number of the entry that is put last: with it, a document is there to its end
NOWHERE = -1  # where that entry stands in the text


def revisions(session: Session) -> dict[int, int]:
    """A number for the text of every document, those in the trash included."""
    rows = session.execute(select(DocumentRow.id, DocumentRow.text_hash))
    return {document_id: _number(text_hash) for document_id, text_hash in rows}


def sizes(session: Session) -> dict[int, int]:
    """How many words every document has."""
    rows = session.execute(select(DocumentRow.id, DocumentRow.words))
    return {document_id: count for document_id, count in rows}  # noqa: C416 - a Row is no pair to mypy


def _number(text_hash: str) -> int:
    return int.from_bytes(sha256(text_hash.encode()).digest()[:7])


def paragraphs(session: Session, document_id: int) -> Iterator[Entry]:
    """The entries of a document; none if it is gone."""
    from postil_db.index.schema import split  # loads Whoosh, which no start waits for

    row = session.get(DocumentRow, document_id)
    if row is None:
        return
    revision, created, at, word = _number(row.text_hash), micros(row.added_at), 0, 0
    blocks = session.execute(
        select(BlockRow.ordinal, BlockRow.text).where(BlockRow.document_id == document_id).order_by(BlockRow.ordinal)
    ).all()
    for ordinal, text in blocks[:END]:
        found, starts = split(text)
        count = len(found)
        if count:
            yield replace(_entry(document_id, ordinal, revision, created, text, at, word), split=(found, starts))
        at += len(text) + 1
        word += count
    yield _entry(document_id, END, revision, created, "", NOWHERE, word)


def _entry(document_id: int, ordinal: int, revision: int, created: int, text: str, start: int, word: int) -> Entry:
    return Entry(
        id=document_id << SHIFT | ordinal,
        rev=revision,
        document_id=document_id,
        title="",
        quote="",
        note="",
        tags=(),
        entities=(),
        color="",
        created=created,
        text=text,
        start=start,
        end=start + len(text),
        word=word,
    )


def block_texts(session: Session, ids: list[int]) -> dict[int, str]:
    """What paragraphs say, by the ids of their entries."""
    wanted = func.json_each(json.dumps(ids)).table_valued(column("value", Integer))
    place = wanted.c.value
    here = (BlockRow.document_id == place.op(">>")(SHIFT)) & (BlockRow.ordinal == place.op("&")(END))
    asked = select(BlockRow.document_id, BlockRow.ordinal, BlockRow.text).select_from(wanted).join(BlockRow, here)
    return {document_id << SHIFT | ordinal: text for document_id, ordinal, text in session.execute(asked)}
