"""Web addresses: what a reader may type, and which machines a page may make us ask."""

import ipaddress
import re
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

from postil.documents.canonical import one_line

SCHEMES = ("http", "https")
_NAME = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.?", re.IGNORECASE)
_LONGEST = 4000
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


def web_address(text: str) -> str:
    """The address in what a reader typed or pasted, with its scheme; "" where there is none.

    `www.example.org/a` and `example.org/a` mean https. A name without a dot needs its scheme: it may be any word.
    """
    text = text.strip().strip("<>").strip()
    if not text or len(text) > _LONGEST or len(text.split()) != 1 or not text.isprintable():
        return ""
    named = re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE)
    if named is None and not re.match(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?([/?#]|$)", text):
        return ""
    try:
        parts = urlsplit(text if named else f"https://{text}")
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or not host or parts.username is not None:
        return ""
    shown = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe=_SAFE)
    return urlunsplit((parts.scheme.lower(), shown + port, path, quote(parts.query, safe=_SAFE), ""))


def in_full(base: str, address: str) -> str:
    """An address that stands on the page at `base`, in full, without its fragment; "" for what is none of the web."""
    try:
        return web_address(urldefrag(urljoin(base, address.strip().replace(" ", "%20")))[0])
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The machine that an address names, as a message may show it."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_public(machine: str) -> bool:
    """Whether a number of a machine (IPv4 or IPv6) is one of the open net, not of this house or this computer."""
    try:
        number = ipaddress.ip_address(machine.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return number.is_global and not number.is_multicast and (inner is None or bool(inner.is_global))


def is_number(host: str) -> bool:
    """Whether a host is the number of a machine and no name."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def file_name(address: str, media_type: str = "") -> str:
    """What to call the file behind an address: its last part, with the ending that its media type asks for."""
    path = urlsplit(address).path.rstrip("/")
    name = one_line(unquote(path.rpartition("/")[2])).replace("/", " ").replace("\\", " ").lstrip(". ")[-120:]
    name = re.sub(r"[\x00-\x1f<>:\"|?*]", "", name) or host_of(address).replace(":", ".") or "page"
    ending = _ENDINGS.get(media_type, "")
    known = name.lower().endswith(tuple(_ENDINGS.values()))
    return name if known or not ending else name + ending


_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
}


def _host(host: str) -> str:
    """A host in the letters that the net knows; raises ValueError for what is none."""
    if is_number(host):
        return host
    known = host.rstrip(".").encode("idna").decode("ascii")
    if not _NAME.fullmatch(known):
        raise ValueError(host)
    return known
