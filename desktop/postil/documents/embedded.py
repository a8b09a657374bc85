"""Pictures that a saved page brings along: in its own addresses (data:), or beside it in its container."""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes, urljoin

from lxml import etree

from postil.documents.canonical import clean
from postil.documents.pictures import Pictures, is_picture

type Find = Callable[[str], bytes]
"""Gives the bytes that came with a page under an address; none where there are none."""

HOLD = "https://postil.invalid/{}.png"
"""What a kept picture is called while others, who think it is on the web, look for the article."""

_HELD = re.compile(r"https://postil\.invalid/([0-9a-f]{64})\.png$")
_DATA = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=%]{100,}")
_STAND_IN = re.compile(r"postil:(\d+)")
_SMALLEST, _LEAST = 16, 1500  # pixels, bytes; what is smaller is a sign, counts readers or parts lines


class PagePictures:
    """The pictures of one page. `find`: looks for those that came beside it."""

    def __init__(self, find: Find | None = None) -> None:
        self.kept = Pictures()
        self._find = find
        self._embedded: list[str] = []
        self._base = ""

    def without_data(self, text: str) -> str:
        """The page with stand-ins for what it embeds: parsers need not see megabytes of letters."""

        def stand_in(match: re.Match[str]) -> str:
            self._embedded.append(match[0])
            return f"postil:{len(self._embedded) - 1}"

        return _DATA.sub(stand_in, text)

    def hold(self, page: etree._Element) -> None:
        """Give every picture that came with the page an address of ours; nothing else on it has one."""
        self._base = next((base.get("href", "").strip() for base in page.iter("base") if base.get("href")), "")
        for picture in list(page.iter("img")):
            digest = "" if _is_tiny(picture) else next(filter(None, map(self._digest, _addresses(picture))), "")
            alt = clean(picture.get("alt") or "")
            if digest:
                picture.attrib.clear()
                picture.set("src", HOLD.format(digest))
                picture.set("alt", alt)
            elif held(picture.get("src") or "") or _STAND_IN.match(picture.get("src") or ""):
                picture.set("src", "")

    def _digest(self, address: str) -> str:
        data = self._bytes(address)
        return self.kept.add(data) if len(data) >= _LEAST and is_picture(data) else ""

    def _bytes(self, address: str) -> bytes:
        stand_in = _STAND_IN.fullmatch(address)
        if stand_in:
            number = int(stand_in[1])
            return embedded(self._embedded[number]) if number < len(self._embedded) else b""
        if address[:5].lower() == "data:":
            return embedded(address)
        return self._find(self._joined(address)) if self._find is not None else b""

    def _joined(self, address: str) -> str:
        """An address as the page's own base (`<base href>`) makes it."""
        try:
            return urljoin(self._base, address) if self._base and not address.startswith("cid:") else address
        except ValueError:
            return address


def held(address: str) -> str:
    """The digest of the picture that `PagePictures.hold` gave this address, or ""."""
    match = _HELD.match(address)
    return match[1] if match else ""


def embedded(address: str) -> bytes:
    """The bytes in a data: address; none where they are spoilt."""
    head, _comma, body = address.partition(",")
    try:
        return b64decode(unquote_to_bytes(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return b""


def _addresses(picture: etree._Element) -> Iterator[str]:
    """Where an element says that its picture is, the most likely first; pages load pictures late in many ways."""
    for name in ("src", "data-src", "data-original", "data-lazy-src"):
        if picture.get(name):
            yield picture.get(name, "").strip()
    for name in ("srcset", "data-srcset"):
        yield from (each.split()[0] for each in (picture.get(name) or "").split(",") if each.strip())


def _is_tiny(picture: etree._Element) -> bool:
    sizes = (picture.get("width") or "", picture.get("height") or "")
    return any(size.removesuffix("px").isdigit() and int(size.removesuffix("px")[:6]) < _SMALLEST for size in sizes)
