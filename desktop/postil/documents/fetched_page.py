"""A page as fetched, with the pictures of its article, as one file (MHTML) that is kept as the original."""

from base64 import encodebytes
from collections.abc import Callable
from hashlib import sha256

from postil.documents.addresses import in_full
from postil.documents.encodings import decode
from postil.documents.fetching import Fetched
from postil.documents.html import parse_html
from postil.documents.pictures import is_picture

MOST_PICTURES = 100
LARGEST_PICTURE_MB, TOGETHER_MB = 10, 60
_LEAST = 1500  # bytes; what is smaller counts readers or parts lines
_ROUNDS = 3

type Fetch = Callable[[str], bytes]
"""Gives a picture by its address; none where it cannot be had."""


def with_pictures(page: Fetched, fetch: Fetch, *, whole_page: bool = False) -> bytes:
    """Put a page and the pictures of its article into one file; the same page gives the same bytes.

    Only what the article shows is fetched: no banner and no counter of the site around it hears of us.
    """
    text = _text(page)
    known: dict[str, bytes] = {}
    # A picture that is loaded late has a stand-in as its first address: its others are tried in the next round.
    for _ in range(_ROUNDS):
        wanted = _wanted(text, page.address, known, whole_page=whole_page)
        if not wanted:
            break
        for address in wanted:
            many = sum(map(bool, known.values())) >= MOST_PICTURES
            large = sum(map(len, known.values())) > TOGETHER_MB * 1_000_000
            data = b"" if many or large else fetch(address)
            known[address] = data if len(data) >= _LEAST and is_picture(data) else b""
    return _bundle(page, {address: data for address, data in known.items() if data})


def _wanted(text: str, base: str, known: dict[str, bytes], *, whole_page: bool) -> list[str]:
    """The addresses of pictures that the article shows and that nobody has asked for yet, in their order."""
    stands_for: dict[str, str] = {}

    def find(address: str) -> bytes:
        whole = in_full(base, address)
        if not whole or whole in known:
            return known.get(whole, b"")
        stand_in = b"\x89PNG\r\n\x1a\n" + whole.encode(errors="replace") + bytes(_LEAST)
        stands_for[sha256(stand_in).hexdigest()] = whole
        return stand_in

    blocks = parse_html(text, whole_page=whole_page, find=find).blocks
    return list(dict.fromkeys(stands_for[block.image] for block in blocks if block.image in stands_for))


def _text(page: Fetched) -> str:
    try:
        return page.data.decode(page.charset) if page.charset else decode(page.data).text
    except (LookupError, UnicodeDecodeError):
        return decode(page.data).text


def _bundle(page: Fetched, pictures: dict[str, bytes]) -> bytes:
    mark = f"----postil-{sha256(page.data).hexdigest()[:32]}"
    media_type = "application/xhtml+xml" if page.media_type == "application/xhtml+xml" else "text/html"
    charset = f'; charset="{page.charset}"' if page.charset.replace("-", "").replace("_", "").isalnum() else ""
    head = (
        "From: <Fetched by Postil>\r\n"
        f"Snapshot-Content-Location: {page.address}\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="{media_type}"; boundary="{mark}"\r\n\r\n'
    )
    parts = [head.encode(), _part(mark, media_type + charset, page.address, page.data)]
    parts += [_part(mark, _picture_type(data), address, data) for address, data in pictures.items()]
    return b"".join(parts) + f"--{mark}--\r\n".encode()


def _part(mark: str, content_type: str, address: str, data: bytes) -> bytes:
    head = (
        f"--{mark}\r\nContent-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {address}\r\n\r\n"
    )
    return head.encode() + encodebytes(data).replace(b"\n", b"\r\n")


def _picture_type(data: bytes) -> str:
    kinds = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg", b"GI": "image/gif", b"BM": "image/bmp"}
    return kinds.get(data[:2], "image/webp")
