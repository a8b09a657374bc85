"""Pages of the web, from a server on this machine: fetched once, with the pictures of the article and nothing else."""

import gzip
import socket
from collections.abc import Iterator

import pytest
from tests.postil.documents.a_server import Site, serving
from tests.postil.documents.books import PNG

from postil.documents.fetching import _checked, _NotPublic
from postil.documents.reader import DocumentError, DocumentReader, Empty, NotText, Stopped, TooLarge, Unreachable
from postil_db.records import BlockKind

STORY = "<p>" + "The ferry sails again on Tuesday, the harbour authority said to everybody. " * 6 + "</p>"
PICTURE = PNG + bytes(2000)
PAGE = f"""<!doctype html><html lang="en"><head><title>The ferry</title><link rel="stylesheet" href="/style.css">
<script src="/script.js"></script></head><body onload="fetch('/evil')"><nav><img src="/banner.png" alt="banner">
<a href="/">Home</a></nav><article><h1>The ferry</h1>{STORY}{STORY}
<figure><img src="pic%20one.png" alt="The ferry"></figure>
{STORY}<img src="/dot.gif" data-src="late.png" alt="Late">{STORY}<iframe src="/frame.html"></iframe>
<img src="https://10.11.12.13/inside.png" alt="x">{STORY}</article></body></html>"""


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    with DocumentReader() as reader:
        yield reader


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def refusal(reader: DocumentReader, address: str, kind: type[DocumentError] = Unreachable) -> str:
    with pytest.raises(kind) as refused:
        reader.read_address(address)
    return str(refused.value)


def test_a_page_comes_with_the_pictures_of_its_article(reader: DocumentReader, site: Site) -> None:
    site.put("/banner.png", PICTURE, "image/png")
    site.put("/news/pic%20one.png", PICTURE + b"1", "image/png")
    site.put("/news/late.png", PICTURE + b"2", "image/png")
    site.put("/dot.gif", b"GIF89a" + bytes(20), "image/gif")
    address = site.put("/news/ferry.html", PAGE.encode())
    moved = site.put("/old", b"", status=301, Location="/news/ferry.html#top")
    heard: list[tuple[int, int]] = []
    reading = reader.read_address(moved, say=lambda done, total: heard.append((done, total)))
    document = reading.document
    assert (document.title, document.source) == ("The ferry", address)
    assert "sails again" in document.content.text
    assert "Home" not in document.content.text
    assert set(reading.images.values()) == {PICTURE + b"1", PICTURE + b"2"}
    assert [block.text for block in document.content.blocks if block.image] == ["The ferry", "Late"]
    asked = [path for path, _headers in site.asked]
    assert asked == ["/old", "/news/ferry.html", "/news/pic%20one.png", "/dot.gif", "/news/late.png"]
    assert not any({"Cookie", "Referer", "Authorization"} & set(headers) for _path, headers in site.asked)
    assert heard
    assert heard[-1][1] in (0, len(PAGE.encode()))
    # the page as fetched is the original: read again, it gives the same without the network
    again = reader.read_bytes(reading.original, "ferry.mhtml", source=address)
    assert again.document == document
    assert len(site.asked) == 5
    assert reader.read_address(address).document.sha256 == document.sha256


def test_what_is_no_page_goes_to_its_own_reader(reader: DocumentReader, site: Site) -> None:
    text = reader.read_address(site.put("/a/words", "A line of text, née one.\n".encode(), "text/plain; charset=utf-8"))
    assert (text.document.title, text.document.media_type) == ("words", "text/plain")
    assert text.original == "A line of text, née one.\n".encode()
    markdown = reader.read_address(site.put("/b", b"# A head\n\n- one\n- two\n", "text/markdown"))
    assert [block.kind for block in markdown.document.content.blocks][:2] == [BlockKind.HEADING, BlockKind.LIST_ITEM]
    packed = site.put("/c", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    assert reader.read_address(packed).document.title == "The ferry"
    latin = site.put("/d", PAGE.replace("sails", "säilt").encode("latin-1"), "text/html; charset=iso-8859-1")
    assert "säilt" in reader.read_address(latin).document.content.text
    assert "spreadsheet" not in refusal(reader, site.put("/e", PNG, "text/html"), NotText)


def test_what_the_web_refuses_is_told(reader: DocumentReader, site: Site) -> None:
    assert "There is no page" in refusal(reader, site.at("/none"))
    assert "Open it in your browser" in refusal(reader, site.put("/no", b"", status=403))
    assert "Try again later" in refusal(reader, site.put("/down", b"", status=503))
    assert "empty" in refusal(reader, site.put("/empty", b" "), Empty)
    assert "larger than 100 MB" in refusal(reader, site.put("/big", b"x", Content_Length="900000000000"), TooLarge)
    assert "does not encrypt" in refusal(reader, site.at("/").replace("http:", "https:"))
    assert "no web address" in refusal(reader, "file:///etc/passwd")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "could not be reached" in refusal(reader, f"http://127.0.0.1:{closed.getsockname()[1]}/")
    broken = "http://127.0.0.1:1/\x00"
    assert "no web address" in refusal(reader, broken)


def test_where_a_stranger_sends_us_on(reader: DocumentReader, site: Site) -> None:
    assert "more than 5 times" in refusal(reader, site.put("/loop", b"", status=302, Location="/loop"))
    assert sum(path == "/loop" for path, _headers in site.asked) == 6
    for where in (
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://u:p@a.b/",
    ):
        assert "no web page" in refusal(reader, site.put("/away", b"", status=302, Location=where))
    inside = site.put("/in", b"", status=302, Location=site.at("/secret", "127.0.0.2"))
    assert "your own network" in refusal(reader, inside)
    assert "/secret" not in [path for path, _headers in site.asked]


def test_a_bomb_is_cut_off(reader: DocumentReader, site: Site) -> None:
    packed = gzip.compress(bytes(1_000_000), 9) * 130  # members in a row, of 130 MB together
    assert "larger than 100 MB" in refusal(reader, site.put("/bomb", packed, Content_Encoding="gzip"), TooLarge)


def test_fetching_is_called_off(site: Site) -> None:
    address = site.put("/slow", b"<p>", Content_Length="1000", X_Hang="1")
    with DocumentReader() as reader, pytest.raises(Stopped):
        reader.read_address(address, say=lambda _done, _total: reader.stop())


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "0.0.0.0"]
)
def test_a_connection_that_came_out_in_a_private_network_is_closed(address: str) -> None:
    connected = Connected(address)
    with pytest.raises(_NotPublic):
        _checked(connected)
    assert connected.closed
    assert not _checked(Connected("93.184.216.34")).closed


class Connected:
    """A connection as the check sees it: no test may make one to a public address."""

    def __init__(self, address: str) -> None:
        self.address, self.closed = address, False

    def getpeername(self) -> tuple[str, int]:
        return self.address, 443

    def close(self) -> None:
        self.closed = True
