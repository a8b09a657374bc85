"""What kind of file this is: by its content first, then by its name."""

import re
from enum import StrEnum

from postil.documents.faults import Broken, NotText


class Kind(StrEnum):
    """The kinds that are read, by their media types."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    MHTML = "multipart/related"
    EPUB = "application/epub+zip"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"


LARGEST_MB = 300
"""The largest file that is read: a book with its pictures may be that large."""

LARGEST_TEXT_MB = 100
"""The longest text."""

SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mkd": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".xht": Kind.HTML,
    ".mhtml": Kind.MHTML,
    ".mht": Kind.MHTML,
    ".epub": Kind.EPUB,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".docm": Kind.DOCX,
    ".odt": Kind.ODT,
    ".rtf": Kind.RTF,
}
"""What a file's name promises; a dialog for opening files may offer these."""

_CALLED = {
    Kind.MHTML: "a saved web page (MHTML)",
    Kind.EPUB: "an EPUB book",
    Kind.PDF: "a PDF",
    Kind.DOCX: "a Word document (DOCX)",
    Kind.ODT: "an OpenDocument text",
    Kind.RTF: "an RTF document",
}
_KNOWN = (
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"BZh", "a compressed archive"),
    (b"\xfd7zXZ", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
)
_SAID = {
    "application/epub+zip": Kind.EPUB,
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/vnd.oasis.opendocument.text-template": Kind.ODT,
}
_HELD = (("META-INF/container.xml", Kind.EPUB), ("word/", Kind.DOCX))
_HELD_UNREAD = (("xl/", "a spreadsheet"), ("ppt/", "a presentation"), ("AndroidManifest.xml", "a program"))
_HEADERS = re.compile(rb"(?:[\w-]+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+")
_MHTML = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_ADVICE = "Save or export it as HTML, Markdown or plain text and open that."

_LEADING = r"\A(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+"  # atomic: a run of blanks is tried in one way only
_PAGE = re.compile(_LEADING + r"<(?:!doctype\s+html|html|head|body|frameset)\b", re.IGNORECASE | re.DOTALL)
_PIECE = re.compile(
    _LEADING + r"<(?:title|meta|link|base|script|style|div|p|article|main|section|header|nav|table|h[1-6]|span|"
    r"ul|ol|center|font|a|b|i|em|strong|br|img|blockquote|pre)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?(?:p|div|br|a|h[1-6]|span|li|ul|b|i|em|strong|table|td|body|html)\b[^<>]*>", re.IGNORECASE)
_XML = re.compile(r"\A\s*<(?:\?xml|svg|rss|feed)\b", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|```|~~~|> \S|[-*+] \[[ xX]\] )|\[[^\]\n]+\]\((?:https?:|\.{0,2}/|#)[^)\s]+\)|\*\*\S[^*\n]*\*\*",
    re.MULTILINE,
)


def binary_kind(data: bytes, name: str) -> Kind | None:
    """Tell the kind of a file that is no text by its first bytes, or None for what may be text.

    Raises NotText, with the name of what it is, for kinds that are not read.
    """
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped_kind(data, name)
    headers = _HEADERS.match(data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n"))
    if headers and _MHTML.search(headers[0]):
        return Kind.MHTML
    for magic, what in _KNOWN:
        if data.startswith(magic):
            raise NotText(f"“{name}” is {what}, which this version does not read. {_ADVICE}")
    return None


def _zipped_kind(data: bytes, name: str) -> Kind:
    """What a ZIP archive says that it is, or else what its entries are called."""
    from postil.documents.archive import Archive  # not needed to know what there is to choose from

    try:
        with Archive(data, name) as archive:
            names = archive.names
            said = archive.read("mimetype")[:80].decode("ascii", "replace").strip() if "mimetype" in archive else ""
    except Broken:  # its reader will say so
        parts = data[:4096] + data[-65536:]
        names = [sign for sign, _what in (*_HELD, *_HELD_UNREAD) if sign.encode() in parts]
        said = next((kind for kind in _SAID if b"mimetype" + kind.encode() in parts), "")
    if said in _SAID:
        return _SAID[said]
    what = "an OpenDocument file that is no text" if said.startswith("application/vnd.oasis") else "a ZIP archive"
    for sign, other in _HELD_UNREAD:
        what = other if any(each.startswith(sign) for each in names) else what
    for sign, kind in _HELD if what == "a ZIP archive" else ():
        if any(each.startswith(sign) for each in names):
            return kind
    raise NotText(f"“{name}” is {what}, which this version does not read. {_ADVICE}")


def refuse_binary(data: bytes, name: str) -> None:
    """Raise NotText, with the name of what it is, unless the bytes look like text of some encoding."""
    kind = binary_kind(data, name)
    if kind is not None:
        raise NotText(f"“{name}” is {_CALLED[kind]}, which is read from a file only. Save it as one and open that.")


def refuse_noise(text: str, name: str) -> None:
    """Raise NotText if what was decoded is mostly no text: control characters or unreadable ones."""
    head = text[:65536]
    noise = sum(1 for sign in head if (sign < " " and sign not in "\t\n\x0b\x0c\r\x1b\x08\x1a") or sign == "\ufffd")
    if noise > max(8, len(head) // 20):
        raise NotText(f"“{name}” holds no text: it may be a program, a picture or a damaged file.")


def kind_of(text: str, suffix: str) -> Kind:
    """Tell the kind of a decoded text; `suffix` is that of its file's name, with the dot, or "".

    Raises NotText for XML that is no page.
    """
    head = text[:65536]
    named = SUFFIXES.get(suffix.lower())
    if _PAGE.match(head):
        return Kind.HTML
    if _XML.match(head):
        raise NotText(f"This is an XML file that is no web page, which this version does not read. {_ADVICE}")
    if named is Kind.HTML:
        return Kind.HTML if _TAG.search(head) else Kind.TEXT
    if named is Kind.MARKDOWN:
        return Kind.MARKDOWN
    if _PIECE.match(head) and len(_TAG.findall(head)) >= 2:
        return Kind.HTML
    if named is None and len(_MARKDOWN.findall(head)) >= 2:
        return Kind.MARKDOWN
    return Kind.TEXT
