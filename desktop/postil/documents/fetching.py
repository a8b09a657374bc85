"""One file from the web, by an address that the reader gave: fetched once, within limits, with every fault a sentence.

Sends no cookie and no word of where we come from. The machine that the reader named may be any, in the house too; but
where that one sends us on, and where a page's pictures lie, must be on the open net: what a stranger wrote must not
make this computer ask the printer, the router or a server of its own.
"""

import ssl
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from postil import __version__
from postil.documents.addresses import host_of, is_number, is_public, web_address
from postil.documents.faults import TooLarge, Unreachable

LARGEST_FETCHED_MB = 100
REDIRECTS = 5
_CONNECT_S, _READ_S = 10.0, 20.0
WHOLE_S = 120.0
"""For one file, from the first question to its last byte."""

_PIECE = 64 * 1024
_AGENT = f"Mozilla/5.0 (compatible; Postil/{__version__}; fetched once, for one reader)"
_PAGES = "text/html,application/xhtml+xml,application/pdf,application/epub+zip,text/markdown,text/plain;q=0.9,*/*;q=0.5"
_MOVED = (301, 302, 303, 307, 308)
_SAVE = "Open it in your browser, save it there, and add the saved file."

type Say = Callable[[int, int], object]
"""Hears how many bytes have come, and of how many (0 where nobody said)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: its bytes, where it was in the end, and what it was said to be ("" where nothing was said)."""

    data: bytes
    address: str
    media_type: str = ""
    charset: str = ""


class _NotPublic(Exception):
    """A machine that a stranger's page may not make us ask."""


class Fetcher:
    """Fetches what belongs to one address. `address`: as the reader gave it."""

    def __init__(self, address: str) -> None:
        self._named = host_of(address)
        self._context = _context()

    def page(self, address: str, say: Say = lambda _done, _total: None) -> Fetched:
        """Fetch a file. Raises Unreachable and TooLarge."""
        return self._get(address, LARGEST_FETCHED_MB * 1_000_000, _PAGES, WHOLE_S, say)

    def picture(self, address: str, most_bytes: int, seconds: float) -> bytes:
        """Fetch a picture, or give none: a page can be read without it."""
        try:
            accept = "image/webp,image/png,image/jpeg,image/gif;q=0.9"
            return self._get(address, most_bytes, accept, seconds, lambda _done, _total: None).data
        except (Unreachable, TooLarge):
            return b""

    def _get(self, address: str, most_bytes: int, accept: str, seconds: float, say: Say) -> Fetched:
        until = time.monotonic() + seconds
        for _ in range(REDIRECTS + 1):
            try:
                with self._pool(address) as pool:
                    response = self._ask(pool, address, accept)
                    try:
                        if response.status not in _MOVED or not response.headers.get("Location"):
                            return _taken(response, address, most_bytes, until, say)
                        address = self._next(address, response.headers["Location"])
                    finally:
                        response.close()
            except (_NotPublic, OSError, ValueError, urllib3.exceptions.HTTPError) as fault:
                _tell(address, fault)
        raise Unreachable(f"“{host_of(address)}” sent us on more than {REDIRECTS} times, so nothing was fetched.")

    def _ask(self, pool: urllib3.PoolManager, address: str, accept: str) -> urllib3.BaseHTTPResponse:
        host = host_of(address)
        if is_number(host) and not is_public(host) and host != self._named:
            raise _NotPublic
        return pool.request(
            "GET",
            address,
            headers={"User-Agent": _AGENT, "Accept": accept, "Accept-Encoding": "gzip, deflate"},
            timeout=urllib3.Timeout(connect=_CONNECT_S, read=_READ_S),
            redirect=False,
            retries=False,
            preload_content=False,
        )

    def _next(self, address: str, where: str) -> str:
        """Where an answer sends us on to."""
        there = web_address(urljoin(address, where.encode("latin-1", "replace").decode("utf-8", "replace")))
        if not there:
            raise Unreachable(f"“{host_of(address)}” sent us on to what is no web page, so nothing was fetched.")
        if address.startswith("https:") and not there.startswith("https:"):
            raise Unreachable(
                f"“{host_of(address)}” sent us on to a page that is not encrypted, so nothing was fetched. "
                f"Its address is {there}"
            )
        return there

    def _pool(self, address: str) -> urllib3.PoolManager:
        scheme, host = address.partition(":")[0], host_of(address)
        proxy = "" if host == "localhost" or proxy_bypass(host) else getproxies().get(scheme, "")
        if proxy.startswith(("http://", "https://")):
            return urllib3.ProxyManager(proxy, ssl_context=self._context)
        manager = urllib3.PoolManager(ssl_context=self._context)
        # Asked of the connection itself: a name may lead elsewhere from one moment to the next.
        manager.pool_classes_by_scheme = _PUBLIC if host != self._named else manager.pool_classes_by_scheme
        return manager


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> Any:  # noqa: ANN401 - as urllib3 declares it
        return _checked(super()._new_conn())


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> Any:  # noqa: ANN401 - as urllib3 declares it
        return _checked(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


_PUBLIC = {"http": _PublicPool, "https": _PublicSecurePool}


def _checked(connected: Any) -> Any:  # noqa: ANN401 - a socket, or what stands for one
    if not is_public(connected.getpeername()[0]):
        connected.close()
        raise _NotPublic
    return connected


def _taken(response: urllib3.BaseHTTPResponse, address: str, most: int, until: float, say: Say) -> Fetched:
    if response.status != 200:
        raise Unreachable(_status(response.status, address))
    size = response.headers.get("Content-Length", "")
    total = int(size) if size.isdecimal() and "Content-Encoding" not in response.headers else 0
    data = bytearray()
    if total <= most:
        # What has come is taken at once: one who sends a byte now and then must not hold us up.
        while piece := response.read1(_PIECE, decode_content=True):
            data += piece
            say(len(data), total)
            if len(data) > most:
                break
            if time.monotonic() > until:
                raise Unreachable(f"“{host_of(address)}” is too slow: the page did not come in time. Try again later.")
    if max(total, len(data)) > most:
        raise TooLarge(f"What is at this address is larger than {most // 1_000_000} MB. {_SAVE}")
    if len(data) < total:
        raise Unreachable(f"“{host_of(address)}” broke off before the page was whole. Try again.")
    said = response.headers.get("Content-Type", "")
    media_type, _semicolon, rest = said.partition(";")
    _before, _charset, charset = rest.lower().partition("charset=")
    charset = charset.partition(";")[0].strip().strip("\"'")
    return Fetched(bytes(data), address, media_type.strip().lower()[:100], charset if charset.isascii() else "")


def _status(status: int, address: str) -> str:
    host = host_of(address)
    if status in (404, 410):
        return f"There is no page at this address of “{host}” (it says {status}). Check the address."
    if status in (401, 402, 403, 407, 451):
        return f"“{host}” does not give this page to Postil (it says {status}). {_SAVE}"
    if status == 429 or status >= 500:
        return f"“{host}” cannot give the page now (it says {status}). Try again later."
    return f"“{host}” did not give the page (it says {status}). {_SAVE}"


def _tell(address: str, fault: Exception) -> NoReturn:
    host = host_of(address)
    reason = getattr(fault, "reason", None)
    faults = (fault, reason) if isinstance(reason, Exception) else (fault,)
    errors = urllib3.exceptions

    def any_is(*kinds: type[Exception]) -> bool:
        return any(isinstance(one, kinds) for one in faults)

    if any_is(_NotPublic):
        sentence = f"The page leads to a machine of your own network (“{host}”), so it was not followed."
    elif any_is(errors.SSLError, ssl.SSLError):
        what = (
            "its certificate is not valid"
            if "CERTIFICATE" in str(fault).upper()
            else "it does not encrypt as it should"
        )
        sentence = f"The connection to “{host}” is not safe: {what}. Nothing was fetched."
    elif any_is(errors.NameResolutionError):
        sentence = f"“{host}” was not found. Check the address, and whether this computer is online."
    elif any_is(errors.NewConnectionError, errors.ProxyError):
        sentence = f"“{host}” could not be reached. Check the address, and whether this computer is online."
    elif any_is(errors.TimeoutError, TimeoutError):
        sentence = f"“{host}” did not answer in time. Try again later."
    elif any_is(errors.LocationParseError, ValueError):
        sentence = f"“{address[:200]}” is no web address that can be fetched."
    else:
        sentence = f"The connection to “{host}” broke off. Try again."
    raise Unreachable(sentence) from None


def _context() -> ssl.SSLContext:
    """Trust whom the system trusts; where it brings no list (a packaged Python), the one that comes with ours."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    there = any(path and Path(path).exists() for path in (paths.cafile, paths.capath))
    if sys.platform != "win32" and not there:
        from certifi import where

        context.load_verify_locations(where())
    return context
