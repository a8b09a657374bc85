"""OpenDocument text to blocks: odfdo makes Markdown of it, which is read as any Markdown."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

from lxml import etree

from postil.documents.archive import Archive
from postil.documents.canonical import one_line
from postil.documents.faults import Broken, TooMuch
from postil.documents.kinds import Kind
from postil.documents.markdown import parse_markdown
from postil.documents.odt_comments import lift_comments, mark_comments
from postil.documents.office import core_properties, xml
from postil.documents.parsed import Parsed
from postil_db.records import Block, BlockKind, Style, StyleKind

_REFERENCE = re.compile(r"\[(\d{1,4})\]")
_PARTS = ("mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml")
_PICTURES = ("Pictures/", "media/")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def parse_odt(data: bytes, name: str) -> Parsed:
    """Read an OpenDocument text. Raises Broken, TooLarge and TooMuch."""
    with Archive(data, name) as archive:
        if "content.xml" not in archive:
            raise Broken(f"“{name}” is damaged: the part with its text is missing. Save it anew and open that.")
        root = xml(archive.read("content.xml"), name)
        footnotes = sum(1 for _ in root.iter(f"{_TEXT}note"))
        about = core_properties(archive, name, "meta.xml")
        comments = mark_comments(root)
        plain = _repacked(archive, etree.tostring(root, encoding="utf-8"))

        def picture(address: str) -> bytes:
            part = unquote(address).removeprefix("./")
            return archive.read(part) if part.startswith(_PICTURES) and part in archive else b""

        # What has no description is called "image" by the converter: no word of the text.
        parsed = parse_markdown(_markdown(plain, name).replace("![image](", "![]("), find=picture)
    parsed.media_type, parsed.title = Kind.ODT, parsed.title or about.title
    shown = sum(bool(block.image) for block in parsed.blocks)
    parsed.authors, parsed.notes = about.authors, [*parsed.notes, *_left_out(root, shown)]
    parsed.blocks, parsed.comments = lift_comments(comments, parsed.blocks)
    parsed.blocks = _with_footnotes(parsed.blocks, footnotes)
    parsed.language = one_line(about.language).partition("-")[0] or parsed.language
    return parsed


def _with_footnotes(blocks: Sequence[Block], count: int) -> list[Block]:
    """The blocks with the list at their end as the notes that it holds, and links to them."""
    text, notes = blocks[: len(blocks) - count], blocks[len(blocks) - count :]
    if not count or any(note.kind is not BlockKind.LIST_ITEM for note in notes):
        return list(blocks)
    named = [
        replace(note, kind=BlockKind.FOOTNOTE, level=0, marker=str(number), anchor=f"note-{number}")
        for number, note in enumerate(notes, start=1)
    ]
    return [*(_with_references(block, count) for block in text), *named]


def _with_references(block: Block, count: int) -> Block:
    links = tuple(
        Style(match.start(), match.end(), kind, f"#note-{match[1]}" if kind is StyleKind.LINK else "")
        for match in _REFERENCE.finditer(block.text)
        if 1 <= int(match[1]) <= count
        for kind in (StyleKind.LINK, StyleKind.SUPER)
    )
    return replace(block, styles=(*block.styles, *links)) if links else block


def _left_out(root: etree._Element, shown: int) -> list[str]:
    told = (
        (sum(1 for _ in root.iter(f"{_OFFICE}annotation")), "comment", "comments"),
        (sum(1 for _ in root.iter(f"{_DRAW}image")) - shown, "picture", "pictures"),
    )
    return [f"Left out: {count} {one if count == 1 else many}." for count, one, many in told if count > 0]


def _repacked(archive: Archive, content: bytes) -> BytesIO:
    """The archive with what is read of it alone, every entry within limits. `content`: instead of its text."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for part in _PARTS:
            if part in archive:
                packed.writestr(part, content if part == "content.xml" else archive.read(part))
    target.seek(0)
    return target


def _markdown(plain: BytesIO, name: str) -> str:
    # Imported here: only these files need it.
    from odfdo import Document

    try:
        return str(Document(plain).to_markdown())
    except RecursionError:
        raise TooMuch(f"“{name}” is nested too deeply to be read. Save it as plain text, and open that.") from None
    except Exception as fault:  # the boundary: odfdo raises whatever a broken file leads it to
        raise Broken(f"“{name}” is damaged, so it could not be read. Save it anew and open that.") from fault
