"""What kind of file this is: by its content first, then by its name."""

import re
from enum import StrEnum

from postil.documents.faults import NotText


class Kind(StrEnum):
    """The kinds that are read, by their media types."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"


SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mkd": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
}
"""What a file's name promises; a dialog for opening files may offer these."""

_KNOWN = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
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
_ZIPPED = (
    (b"application/epub+zip", "an EPUB book"),
    (b"word/", "a Word document (DOCX)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"xl/", "a spreadsheet"),
    (b"ppt/", "a presentation"),
)
_ADVICE = "Save or export it as HTML, Markdown or plain text and open that."

_LEADING = r"\A(?:\s+|<!--.*?-->|<\?xml[^>]*>|<\?xml-stylesheet[^>]*>)*"
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


def refuse_binary(data: bytes, name: str) -> None:
    """Raise NotText, with the name of what it is, unless the bytes look like text of some encoding."""
    for magic, what in _KNOWN:
        if data.startswith(magic):
            raise NotText(f"“{name}” is {what}, which this version does not read. {_ADVICE}")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        listed = data[:4096] + data[-65536:]
        what = next((what for sign, what in _ZIPPED if sign in listed), "a ZIP archive")
        raise NotText(f"“{name}” is {what}, which this version does not read. {_ADVICE}")


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
