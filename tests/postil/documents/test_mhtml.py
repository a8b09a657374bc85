from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from quopri import encodestring

import pytest
from tests.postil.documents import books

from postil.documents.faults import Broken, DocumentError, Empty
from postil.documents.kinds import Kind, binary_kind
from postil.documents.parse import parse_bytes
from postil.documents.reader import DocumentReader
from postil_db.records import BlockKind, StyleKind

PNG = books.PNG + bytes(1500)
SHOWN = sha256(PNG).hexdigest()
STORY = "The harbour authority said on Tuesday that the ferry would sail again — with a new crew and a café. " * 4
PAGE = (
    "<html><head><title>Ferry sails again | The Tide</title></head><body><nav><a href='/news'>News</a> "
    "<a href='/x'>Sport</a></nav>"
    "<article><h1>Ferry sails again</h1><p>{story}</p><p><img src='{picture}' alt='The ferry at the quay'></p>"
    "<p>{story}</p><h2>Timetable</h2><p>{story}</p></article><footer><p>Subscribe to our newsletter</p>"
    "<img src='https://count.example/pixel.gif' width=1 height=1></footer><script>track()</script></body></html>"
)


def mhtml(
    page: str, *, location: str = "https://tide.example/news/ferry", picture: str, charset: str = "utf-8"
) -> bytes:
    """A page as browsers save it."""
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tide.example/news/ferry\r\n"
        b"Subject: =?utf-8?Q?Ferry=20sails=20again?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--1"\r\n\r\n\r\n'
        b"------Part--1\r\nContent-Type: text/html"
        + (f"; charset={charset}" if charset else "").encode()
        + b"\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: "
        + location.encode()
        + b"\r\n\r\n"
        + encodestring(page.encode(charset or "utf-8")).replace(b"\n", b"\r\n")
        + b"\r\n------Part--1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        + picture.encode()
        + b"\r\n\r\n"
        + b64encode(PNG)
        + b"\r\n------Part--1--\r\n"
    )


@pytest.mark.parametrize(
    ("source", "header", "charset"),
    [
        ("https://cdn.example/f.png", "Content-Location: https://cdn.example/f.png", "utf-8"),
        ("../img/f.png", "Content-Location: https://tide.example/img/f.png", "cp1252"),
        ("cid:p1@mhtml.blink", "Content-ID: <p1@mhtml.blink>", ""),
    ],
)
def test_a_saved_page_keeps_its_article_and_its_pictures(source: str, header: str, charset: str) -> None:
    page = PAGE.format(story=STORY, picture=source)
    read = parse_bytes(mhtml(page, picture=header, charset=charset), "/saved/ferry.mhtml")
    document = read.document
    assert (document.title, document.media_type) == ("Ferry sails again", "multipart/related")
    assert document.source == "https://tide.example/news/ferry"
    assert [(block.kind, block.image) for block in document.content.blocks] == [
        (BlockKind.HEADING, ""),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.IMAGE, SHOWN),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.HEADING, ""),
        (BlockKind.PARAGRAPH, ""),
    ]
    assert document.content.blocks[1].text == STORY.strip()
    assert document.content.blocks[2].text == "The ferry at the quay"
    assert (read.images, read.notes) == ({SHOWN: PNG}, ())


def test_the_whole_page_on_demand(tmp_path: Path) -> None:
    page = PAGE.format(story=STORY, picture="f.png") + "<p id='end'>End <a href='#end'>here</a></p>"
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "a.mhtml").write_bytes(mhtml(page, picture="Content-Location: https://tide.example/news/f.png"))
    with DocumentReader() as reader:
        for name in ("a.html", "a.mhtml"):
            assert "Subscribe" not in reader.read_file(tmp_path / name).document.content.text
            whole = reader.read_file(tmp_path / name, whole_page=True)
            content = whole.document.content
            assert "Subscribe to our newsletter" in content.text
            assert "track" not in content.text
            end = next(block for block in content.blocks if block.text == "End here")
            assert (end.anchor, end.styles[0].kind, end.styles[0].href) == ("end", StyleKind.LINK, "#end")
            assert set(whole.images) == ({SHOWN} if name == "a.mhtml" else set())


def test_a_page_that_embeds_its_pictures_keeps_them() -> None:
    embedded = f"data:image/png;base64,{b64encode(PNG).decode()}"
    icon = f"data:image/png;base64,{b64encode(books.PNG + bytes(99)).decode()}"
    script = f"data:text/html;base64,{b64encode(b'<script>x()</script>' * 20).decode()}"
    page = PAGE.format(story=STORY, picture=embedded).replace(
        "</article>", f"<img src='{script}'><img src='{icon}'></article>"
    )
    read = parse_bytes(page.encode(), "/saved/ferry.html")
    assert list(read.images.values()) == [PNG]
    assert [block.text for block in read.document.content.blocks if block.image] == ["The ferry at the quay"]
    assert read.notes == ()
    ours = f"<img src='{SHOWN}'><img src='https://postil.invalid/{SHOWN}.png'></article>"
    named = PAGE.format(story=STORY, picture="postil:0").replace("</article>", ours)
    for whole_page in (False, True):
        assert not any(
            block.image
            for block in parse_bytes(named.encode(), "a.html", whole_page=whole_page).document.content.blocks
        )


DEEP = b"MIME-Version: 1.0\r\n" + b"".join(
    b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(3000)
)


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (DEEP, DocumentError, "“a.mhtml”"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nno parts", Empty, "no web page"),
        (mhtml("<p>x</p>", picture="X: y").replace(b"text/html", b"text/css"), Empty, "no web page"),
    ],
)
def test_saved_pages_that_are_none(data: bytes, kind: type[DocumentError], says: str) -> None:
    with pytest.raises(kind) as caught:
        parse_bytes(data, "/x/a.mhtml")
    assert says in str(caught.value)


def test_other_files_with_headers_are_told_at_once() -> None:
    letter = b"Subject: ferries\r\n" * 300
    assert binary_kind(letter + b"\r\nContent-Type: multipart/related\r\n", "a.eml") is None
    assert binary_kind(letter + b"Content-Type: multipart/related\r\n\r\n", "a") is Kind.MHTML


def test_a_page_that_is_cut_short_is_read_as_far_as_it_goes() -> None:
    whole = mhtml(
        PAGE.format(story=STORY, picture="f.png"), picture="Content-Location: https://tide.example/news/f.png"
    )
    for end in range(500, len(whole), 97):
        try:
            parse_bytes(whole[:end], "a.mhtml")
        except (Broken, Empty) as fault:
            assert str(fault)  # noqa: PT017 - either is right


@pytest.mark.parametrize("whole_page", [False, True])
def test_names_and_signs_that_no_page_may_hold_are_passed_over(whole_page: bool) -> None:
    spoilt = (
        f"<htmlang='en'><p id='&#1;&#xFFFE;a' data-note='1'>{STORY}</p><bo<dy><p>{STORY}<img alt='&#1;b' src='{{}}'>"
    )
    embedded = f"data:image/png;base64,{b64encode(PNG).decode()}"
    document = parse_bytes(spoilt.format(embedded).encode(), "a.html", whole_page=whole_page).document
    assert document.content.text.count("The harbour authority") >= 4
    assert all(block.kind is not BlockKind.FOOTNOTE for block in document.content.blocks)
