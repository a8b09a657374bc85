"""Bytes to a document: decode, tell the kind, parse, and make it whole. Runs in the child process."""

from hashlib import sha256
from pathlib import PurePath

from postil.documents.canonical import contents, one_line
from postil.documents.encodings import decode
from postil.documents.faults import Empty
from postil.documents.kinds import Kind, kind_of, refuse_binary, refuse_noise
from postil.documents.language import language_of
from postil.documents.parsed import Parsed
from postil.documents.text import parse_text
from postil_db.records import NewDocument

_LONGEST_TITLE = 300


def parse_bytes(data: bytes, path: str, title: str = "") -> tuple[NewDocument, tuple[str, ...]]:
    """Read a file's bytes; return the document and notes about what could not be read as it was meant.

    `path` gives the name, and the source where the file names none. Raises NotText and Empty.
    """
    name = PurePath(path).name
    if not data.strip(b"\x00 \t\r\n"):
        raise Empty(f"“{one_line(name)}” is empty: there is nothing to read in it.")
    refuse_binary(data, one_line(name))
    decoded = decode(data)
    refuse_noise(decoded.text, one_line(name))
    parsed = _parse(decoded.text, kind_of(decoded.text, PurePath(path).suffix))
    if decoded.unread:
        what = "1 character" if decoded.unread == 1 else f"{decoded.unread} characters"
        parsed.notes.append(f"Not readable as {decoded.encoding}, and shown as “\ufffd”: {what}.")
    return _document(parsed, title or parsed.title or one_line(PurePath(path).stem), sha256(data).hexdigest(), path)


def parse_pasted(text: str, html: str, title: str = "") -> tuple[NewDocument, tuple[str, ...]]:
    """Read what the clipboard holds: `html` if it holds any text, else `text`. Raises Empty."""
    parsed, original = Parsed([], "text/plain"), text
    if html:
        # Imported here, as below: lxml is of no use to plain text.
        from postil.documents.html import parse_fragment

        parsed, original = parse_fragment(html), html
    if not parsed.blocks:
        parsed, original = _parse(text, kind_of(text, "")), text
    fallback = " ".join(parsed.blocks[0].text.split()[:8]) if parsed.blocks else ""
    digest = sha256(original.encode(errors="replace")).hexdigest()
    return _document(parsed, title or parsed.title or fallback, digest, "")


def _parse(text: str, kind: Kind) -> Parsed:
    if kind is Kind.HTML:
        from postil.documents.html import parse_html

        return parse_html(text)
    if kind is Kind.MARKDOWN:
        from postil.documents.markdown import parse_markdown

        return parse_markdown(text)
    return parse_text(text)


def _document(parsed: Parsed, title: str, digest: str, path: str) -> tuple[NewDocument, tuple[str, ...]]:
    if not any(block.text.strip() for block in parsed.blocks):
        raise Empty("There is no text in it: nothing that could be read.")
    title = one_line(title)[:_LONGEST_TITLE].rstrip() or "Untitled"
    document = NewDocument(
        title=title,
        content=contents(title, parsed.blocks),
        media_type=parsed.media_type,
        sha256=digest,
        authors=tuple(name for name in parsed.authors if name),
        language=language_of(parsed.blocks, parsed.language),
        published=parsed.published,
        source=parsed.source or path,
    )
    return document, tuple(parsed.notes)
