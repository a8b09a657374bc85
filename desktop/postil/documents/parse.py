"""Bytes to a document: decode, tell the kind, parse, and make it whole. Runs in the child process."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import PurePath

from postil.documents.archive import unpacked
from postil.documents.beside import Beside
from postil.documents.canonical import contents, one_line
from postil.documents.crossing import Crossing
from postil.documents.encodings import decode
from postil.documents.faults import Empty, NotText, TooLarge
from postil.documents.kinds import LARGEST_MB, LARGEST_TEXT_MB, Kind, binary_kind, kind_of, refuse_noise
from postil.documents.language import language_of
from postil.documents.parsed import Parsed
from postil.documents.text import parse_text
from postil_db.records import Comment, NewDocument

_LONGEST_TITLE = 300


def parse_bytes(data: bytes, path: str, title: str = "", *, whole_page: bool = False, source: str = "") -> Crossing:
    """Read a file's bytes.

    `path` gives the name, and the source where the file names none. `whole_page`: of a web page all of its text is
    wanted, not its article alone. `source`: where it came from, if that is known. Raises a DocumentError.
    """
    digest, name, inner = sha256(data).hexdigest(), one_line(PurePath(path).name), PurePath(path)
    if data.startswith(b"\x1f\x8b"):
        data = unpacked(data, name, LARGEST_MB * 1_000_000)
        inner = inner.with_suffix("") if inner.suffix.lower() == ".gz" else inner
    if not data.strip(b"\x00 \t\r\n"):
        raise Empty(f"“{name}” is empty: there is nothing to read in it.")
    kind = binary_kind(data, name)
    if kind is not None:
        parsed = _reader(kind, name, whole_page=whole_page)(data, name)
    else:
        parsed = _parse_text(data, path, inner.suffix, whole_page=whole_page)
    parsed.source = source or parsed.source
    return _document(parsed, title or parsed.title or one_line(inner.stem), digest, path)


def _reader(kind: Kind, name: str, *, whole_page: bool) -> Callable[[bytes, str], Parsed]:
    """The reader of a kind that is no text; each loads its library when it is first needed."""
    match kind:
        case Kind.EPUB:
            from postil.documents.epub import parse_epub

            return parse_epub
        case Kind.MHTML:
            from postil.documents.mhtml import parse_mhtml

            return partial(parse_mhtml, whole_page=whole_page)
        case Kind.PDF:
            from postil.documents.pdf import parse_pdf

            return parse_pdf
        case Kind.DOCX:
            from postil.documents.docx import parse_docx

            return parse_docx
        case Kind.ODT:
            from postil.documents.odt import parse_odt

            return parse_odt
        case Kind.RTF:
            from postil.documents.rtf import parse_rtf

            return parse_rtf
        case _:
            raise NotText(f"“{name}” is of a kind that this version does not read ({kind}).")


def _parse_text(data: bytes, path: str, suffix: str, *, whole_page: bool) -> Parsed:
    name = one_line(PurePath(path).name)
    if len(data) > LARGEST_TEXT_MB * 1_000_000:
        raise TooLarge(f"“{name}” holds more than {LARGEST_TEXT_MB} MB of text. Split it first.")
    decoded = decode(data)
    refuse_noise(decoded.text, name)
    parsed = _parse(decoded.text, kind_of(decoded.text, suffix), path, whole_page=whole_page)
    if decoded.unread:
        what = "1 character" if decoded.unread == 1 else f"{decoded.unread} characters"
        parsed.notes.append(f"Not readable as {decoded.encoding}, and shown as “\ufffd”: {what}.")
    return parsed


def parse_pasted(text: str, html: str, title: str = "") -> Crossing:
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


def _parse(text: str, kind: Kind, path: str = "", *, whole_page: bool = False) -> Parsed:
    if kind is Kind.HTML:
        from postil.documents.html import parse_html

        # A page that a browser saved whole has its pictures in a folder beside it.
        return parse_html(text, whole_page=whole_page, find=Beside(path).find if path else None)
    if kind is Kind.MARKDOWN:
        from postil.documents.markdown import parse_markdown

        return parse_markdown(text, path)
    return parse_text(text)


def _document(parsed: Parsed, title: str, digest: str, path: str) -> Crossing:
    if not parsed.pages and not any(block.text.strip() or block.image for block in parsed.blocks):
        raise Empty("There is no text in it: nothing that could be read.")
    title = one_line(title)[:_LONGEST_TITLE].rstrip() or "Untitled"
    places = contents(title, parsed.blocks, parsed.sections)
    document = NewDocument(
        title=title,
        content=places.content,
        media_type=parsed.media_type,
        sha256=digest,
        authors=tuple(name for name in parsed.authors if name),
        language=language_of(parsed.blocks, parsed.language),
        published=parsed.published,
        source=parsed.source or path,
        pages=parsed.pages(places) if parsed.pages else (),
        comments=tuple(
            Comment(places.offset(one.block, one.start), places.offset(one.last_block, one.end), one.text)
            for one in parsed.comments
        ),
    )
    shown = {block.image for block in parsed.blocks}
    images = {digest: data for digest, data in parsed.images.items() if digest in shown}
    return Crossing(document, tuple(parsed.notes), images)
