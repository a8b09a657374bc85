"""MHTML, a web page saved with its pictures in one file: its page, read as any page, and the pictures beside it."""

import email
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from urllib.parse import urljoin

from postil.documents.addresses import in_full
from postil.documents.canonical import one_line
from postil.documents.encodings import decode
from postil.documents.faults import Broken, Empty, TooLarge
from postil.documents.html import parse_html
from postil.documents.kinds import LARGEST_TEXT_MB
from postil.documents.parsed import Parsed
from postil.documents.tree import safe_link

_MOST_PARTS = 20_000
_HEADER = compat32.clone(max_line_length=None)


def parse_mhtml(data: bytes, name: str, *, whole_page: bool = False) -> Parsed:
    """Read a saved page: its article, or all of it. Raises Broken, Empty and TooLarge."""
    try:
        message = email.message_from_bytes(data, policy=_HEADER)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (MessageError, RecursionError, ValueError, LookupError):
        raise Broken(f"“{name}” is damaged: its parts cannot be told apart. Save the page again.") from None
    if len(parts) > _MOST_PARTS:
        raise TooLarge(f"“{name}” holds more than {_MOST_PARTS:,} files, so it was not read.")
    page = _page(message, parts)
    if page is None:
        raise Empty(f"“{name}” holds no web page.")
    found = _bytes(page)
    if len(found) > LARGEST_TEXT_MB * 1_000_000:
        raise TooLarge(f"“{name}” holds more than {LARGEST_TEXT_MB} MB of text. Split it first.")
    base = _location(page) or str(message.get("Snapshot-Content-Location") or "").strip()
    beside = _Beside(parts, base)
    parsed = parse_html(_decoded(page, found), whole_page=whole_page, find=beside.find)
    parsed.media_type = "multipart/related"
    parsed.source = parsed.source or safe_link(base)
    parsed.title = parsed.title or _subject(message)
    return parsed


class _Beside:
    """The files beside a page, found by how the page names them."""

    def __init__(self, parts: list[Message], base: str) -> None:
        self._base = base
        self._parts: dict[str, Message] = {}
        for part in parts:
            if part.get_content_maintype() in ("image", "application"):
                for address in (_location(part), f"cid:{str(part.get('Content-ID') or '').strip().strip('<>')}"):
                    self._parts.setdefault(address, part)

    def find(self, address: str) -> bytes:
        """The bytes of a file, or none."""
        try:
            whole = urljoin(self._base, address)
        except ValueError:
            whole = address
        part = self._parts.get(address) or self._parts.get(whole) or self._parts.get(in_full(self._base, address))
        return _bytes(part) if part is not None and address else b""


def _page(message: Message, parts: list[Message]) -> Message | None:
    """The part that is the page: the one named as the start, else the first page."""
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(message.get_param("start") or "").strip("<>")
    named = (part for part in pages if start and str(part.get("Content-ID") or "").strip().strip("<>") == start)
    return next(named, pages[0] if pages else None)


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _decoded(page: Message, data: bytes) -> str:
    charset = page.get_content_charset() or ""
    try:
        return data.decode(charset) if charset else decode(data).text
    except (LookupError, UnicodeDecodeError):
        return decode(data).text


def _location(part: Message) -> str:
    return "".join(str(part.get("Content-Location") or "").split())


def _subject(message: Message) -> str:
    try:
        return one_line(str(make_header(decode_header(str(message.get("Subject") or "")))))
    except (LookupError, ValueError, MessageError):
        return ""
