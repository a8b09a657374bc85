"""Documents: rows to records and back."""

import json
import os
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, case, exists, func, insert, select
from sqlalchemy.orm import Session

from postil_db.errors import NotFound, Refused
from postil_db.records import (
    Block,
    Content,
    Document,
    DocumentInfo,
    NewDocument,
    PrintedPage,
    Section,
    Style,
    StyleKind,
)
from postil_db.store.text import clean, clean_name
from postil_db.tables import AnnotationRow, BlockRow, DocumentRow, PageRow, SectionRow, VersionRow
from postil_db.tables.base import now

STYLES = {kind.value: kind for kind in StyleKind}
MOST_NAMED = 5


def add(session: Session, document: NewDocument) -> tuple[int, bool]:
    """Add a document, or find the one made of the same bytes: its id, and whether it is new to the reader.

    A removed one comes back as it was, with its annotations: that is what somebody hopes who removed it by mistake.
    """
    row = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == document.sha256)).first()
    if row is not None:
        removed = row.removed_at is not None
        row.removed_at = None
        if (version := session.get(VersionRow, row.id)) is not None:  # an older copy: listed again beside the newer
            session.delete(version)
        return row.id, removed
    row = DocumentRow(
        title=clean_name(document.title[:200] or "Untitled", "A document"),
        authors=tuple(clean(author) for author in document.authors),
        language=document.language,
        published=document.published,
        source=clean(document.source),
        media_type=document.media_type,
        sha256=document.sha256,
        text_hash=sha256(document.content.text.encode()).hexdigest(),
        words=sum(len(block.text.split()) for block in document.content.blocks),
        position=0,
        added_at=now(),
    )
    session.add(row)
    session.flush()
    _add_content(session, row.id, document.content)
    _add_pages(session, row.id, document.pages)
    return row.id, True


def get(session: Session, document_id: int) -> Document:
    """A document with its text."""
    return Document(info(session, document_id), content(session, document_id))


def info(session: Session, document_id: int) -> DocumentInfo:
    """A document without its text; an older copy, whose place another one took, too."""
    row = session.execute(_infos().where(DocumentRow.id == document_id, there())).first()
    if row is None:
        raise NotFound(f"There is no document {document_id} in this library.")
    return _info(*row)


def title(session: Session, document_id: int) -> str:
    """A document's title."""
    return _row(session, document_id).title


def every(session: Session) -> list[DocumentInfo]:
    """All documents, the ones last opened or added first; no older copies."""
    seen = case(
        (DocumentRow.opened_at > DocumentRow.added_at, DocumentRow.opened_at),
        else_=DocumentRow.added_at,
    )
    return [
        _info(*row)
        for row in session.execute(
            _infos().where(DocumentRow.removed_at.is_(None)).order_by(seen.desc(), DocumentRow.id.desc())
        )
    ]


def find(session: Session, reference: str) -> DocumentInfo:
    """The document that somebody means by a number, a title, a part of one, or the path or address it came from."""
    wanted = reference.strip()
    known = every(session)
    folded = wanted.casefold()
    path = os.path.abspath(wanted)  # noqa: PTH100 - Path.resolve would follow links, which stored sources did not
    tests = (
        lambda one: str(one.id) == wanted.removeprefix("#"),
        lambda one: bool(one.source) and one.source in (wanted, path),
        lambda one: one.title.casefold() == folded,
        lambda one: folded in one.title.casefold(),
    )
    for fits in tests if wanted else ():
        found = [one for one in known if fits(one)]
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(f"{one.id} {one.title}" for one in found[:MOST_NAMED])
            more = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
            raise Refused(f"“{wanted}” fits several documents: {names}{more}. Give the number of one.")
    raise NotFound(f"No document fits “{wanted}”. Give its number, its title or a part of it.")


def remove(session: Session, ids: Iterable[int]) -> None:
    """Take documents out of the library, with their annotations, until undo brings them back."""
    for document_id in ids:
        _row(session, document_id).removed_at = now()


def set_title(session: Session, document_id: int, title: str) -> None:
    """Name a document anew."""
    _row(session, document_id).title = clean_name(title, "A document")


def opened(session: Session, document_id: int) -> None:
    """Note that a document was opened just now."""
    _row(session, document_id).opened_at = now()


def set_position(session: Session, document_id: int, offset: int) -> None:
    """Note the offset at the top of the page."""
    _row(session, document_id).position = max(0, offset)


def content(session: Session, document_id: int) -> Content:
    """What a document says. Plain columns, no mapped rows: a long book has many blocks."""
    blocks = session.execute(
        select(
            BlockRow.kind,
            BlockRow.text,
            BlockRow.level,
            BlockRow.marker,
            BlockRow.styles,
            BlockRow.image,
            BlockRow.anchor,
        )
        .where(BlockRow.document_id == document_id)
        .order_by(BlockRow.ordinal)
    )
    sections = session.execute(
        select(SectionRow.title, SectionRow.level, SectionRow.block)
        .where(SectionRow.document_id == document_id)
        .order_by(SectionRow.ordinal)
    )
    return Content(
        tuple(
            Block(kind, text, level, marker, _styles(styles) if styles else (), image, anchor)
            for kind, text, level, marker, styles, image, anchor in blocks
        ),
        tuple(Section(title, level, block) for title, level, block in sections),
    )


def pages(session: Session, document_id: int) -> list[PrintedPage]:
    """The pages of a document as printed, without their glyphs, which are many; none if it has no pages."""
    rows = session.execute(
        select(PageRow.width, PageRow.height, PageRow.start, PageRow.end)
        .where(PageRow.document_id == document_id)
        .order_by(PageRow.ordinal)
    )
    return [PrintedPage(width, height, start, end, b"") for width, height, start, end in rows]


def glyphs(session: Session, document_id: int, ordinal: int) -> bytes:
    """Where the characters of one printed page stand. `ordinal`: counted from 0."""
    found = session.get(PageRow, (document_id, ordinal))
    if found is None:
        raise NotFound(f"Document {document_id} has no page {ordinal + 1}.")
    return found.glyphs


def there() -> ColumnElement[bool]:
    """Of a select on documents: those that can be opened, older copies with them."""
    return DocumentRow.removed_at.is_(None) | exists().where(VersionRow.document_id == DocumentRow.id)


def _row(session: Session, document_id: int) -> DocumentRow:
    row = session.get(DocumentRow, document_id)
    if row is None or (row.removed_at is not None and session.get(VersionRow, document_id) is None):
        raise NotFound(f"There is no document {document_id} in this library.")
    return row


def _infos() -> Select[DocumentRow, int]:
    count = (
        select(func.count(AnnotationRow.id))
        .where(AnnotationRow.document_id == DocumentRow.id, AnnotationRow.removed_at.is_(None))
        .scalar_subquery()
    )
    return select(DocumentRow, count)


def _info(row: DocumentRow, annotations: int) -> DocumentInfo:
    return DocumentInfo(
        id=row.id,
        title=row.title,
        authors=row.authors,
        language=row.language,
        published=row.published,
        source=row.source,
        media_type=row.media_type,
        sha256=row.sha256,
        text_hash=row.text_hash,
        words=row.words,
        position=row.position,
        annotations=annotations,
        added_at=row.added_at,
        opened_at=row.opened_at,
    )


def _add_content(session: Session, document_id: int, content: Content) -> None:
    blocks = [
        {
            "document_id": document_id,
            "ordinal": ordinal,
            "kind": block.kind,
            "level": block.level,
            "marker": block.marker,
            "text": block.text,
            "styles": _packed(block.styles) if block.styles else "",
            "image": block.image,
            "anchor": clean(block.anchor),
        }
        for ordinal, block in enumerate(content.blocks)
    ]
    sections = [
        {
            "document_id": document_id,
            "ordinal": n,
            "title": section.title,
            "level": section.level,
            "block": section.block,
        }
        for n, section in enumerate(content.sections)
    ]
    if blocks:
        session.execute(insert(BlockRow), blocks)
    if sections:
        session.execute(insert(SectionRow), sections)


def _add_pages(session: Session, document_id: int, pages: tuple[PrintedPage, ...]) -> None:
    rows = [
        {
            "document_id": document_id,
            "ordinal": ordinal,
            "width": page.width,
            "height": page.height,
            "start": page.start,
            "end": page.end,
            "glyphs": page.glyphs,
        }
        for ordinal, page in enumerate(pages)
    ]
    if rows:
        session.execute(insert(PageRow), rows)


def _packed(styles: tuple[Style, ...]) -> str:
    rows = [[style.start, style.end, style.kind.value, style.href] for style in styles]
    return clean(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))


def _styles(packed: str) -> tuple[Style, ...]:
    return tuple(Style(start, end, STYLES[kind], href) for start, end, kind, href in json.loads(packed))
