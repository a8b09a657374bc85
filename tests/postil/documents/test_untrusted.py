"""What a document may try, each through the real child: refused with a sentence, or cleaned; nothing runs or leaks."""

import os
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from tests.pdf_files import Page, pdf
from tests.postil.documents.books import PNG, epub, package, zipped

from postil.documents.reader import DocumentError, DocumentReader, Reading, TooLarge

WORDS = "Some words that stand on the page and are read, whatever else is there."
SECRET = '<!DOCTYPE d [<!ENTITY leak SYSTEM "{}">]>'
LAUGHS = "<!DOCTYPE d [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 50}'>" for before, name in zip("abcdef", "bcdefg", strict=True)
) + "]>"  # fmt: skip


@pytest.fixture(scope="module")
def child() -> Iterator[DocumentReader]:
    with DocumentReader() as reader:
        yield reader


@pytest.fixture(scope="module")
def hurried() -> Iterator[DocumentReader]:
    """A reader that may take few seconds of processor time for a file."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("postil.documents.reader._CPU_SECONDS", 5)
        with DocumentReader() as reader:
            yield reader


@pytest.fixture
def read(child: DocumentReader, tmp_path: Path) -> Callable[[bytes, str], Reading]:
    def read(data: bytes, name: str) -> Reading:
        (tmp_path / name).write_bytes(data)
        return child.read_file(tmp_path / name)

    return read


type Read = Callable[[bytes, str], Reading]


def said(read: Read, data: bytes, name: str) -> str:
    """What is read of it, or the sentence why not."""
    try:
        return read(data, name).document.content.text
    except DocumentError as refusal:
        sentence = str(refusal)
    assert "Postil failed" not in sentence
    assert sentence.endswith(".")
    return f"refused: {sentence}"


def test_archives_that_unpack_without_end(read: Read) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        with packed.open("META-INF/container.xml", "w", force_zip64=True) as entry:
            for _ in range(64):
                entry.write(bytes(1 << 20))
        packed.writestr("word/document.xml", bytes(1 << 20))
    assert said(read, bomb.getvalue(), "bomb.epub").startswith("refused")
    assert said(read, bomb.getvalue().replace(b"mimetype", b"mimetypo"), "bomb.docx").startswith("refused")


def test_names_that_lead_outside_write_and_read_nothing(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    names = ("../../secret.txt", "/etc/passwd", "..\\..\\secret.txt", f"{tmp_path}/secret.txt", "C:\\secret.txt")
    manifest = "".join(f'<item id="i{n}" href="{name}" media-type="text/plain"/>' for n, name in enumerate(names))
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(names)))
    before = sorted(tmp_path.iterdir())
    book = epub(f"<p>{WORDS}</p><img src='../../secret.txt'/>", files={**dict.fromkeys(names, "planted")})
    assert WORDS in said(read, book, "b.epub")
    climbing = epub(f"<p>{WORDS}</p>", files={"book.opf": package(manifest, spine)})
    assert "the secret" not in said(read, climbing, "c.epub")
    assert {path.name for path in tmp_path.iterdir()} - {path.name for path in before} == {"b.epub", "c.epub"}
    assert not (tmp_path.parent / "secret.txt").exists()


@pytest.mark.parametrize("declared", [SECRET, LAUGHS])
def test_entities_of_xml(read: Read, tmp_path: Path, declared: str) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    head, name = (
        declared.format(tmp_path / "secret.txt") if declared is SECRET else declared,
        "leak" if declared is SECRET else "g",
    )
    page = f'<?xml version="1.0"?>{head}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{WORDS}&{name};</p></body></html>'
    chapter = epub(files={"c1.xhtml": page}, spine='<itemref idref="c1.xhtml"/>')
    described = epub(f"<p>{WORDS}</p>", files={"book.opf": f'<?xml version="1.0"?>{head}<package>&{name};</package>'})
    word = zipped({"word/document.xml": f"{head}<document><body><p>{WORDS}&{name};</p></body></document>"})
    for data, name in ((page.encode(), "p.xhtml"), (chapter, "c.epub"), (described, "d.epub"), (word, "w.docx")):
        text = said(read, data, name)
        assert "the secret" not in text
        assert len(text) < 1000


def test_nothing_of_a_page_runs_or_leads_to_files(read: Read) -> None:
    page = f"""<html><head><title>T</title><script>document.title='ran'</script><base href="file:///etc/">
    <meta http-equiv="refresh" content="0;url=https://evil.example/"></head><body onload="ran()">
    <p onclick="ran()">{WORDS}
    <a href="javascript:ran()">one</a> <a href="file:///etc/passwd">two</a> <a href="data:text/html,ran">three</a>
    <a href=" &#1;java&#9;script:ran()">four</a></p><img src="https://track.er/dot.gif"><img src="file:///etc/passwd">
    <img src=x onerror=ran()><iframe src="file:///etc/passwd"></iframe><object data="x.swf"></object>
    <svg onload="ran()"><a xlink:href="javascript:ran()"><text>five</text></a></svg><style>@import "https://evil/"</style>
    <link rel="stylesheet" href="https://evil/"><form action="https://evil/"><input value="six"></form></body></html>"""
    markdown = f"{WORDS} [a](javascript:ran()) [b](file:///etc/passwd) ![c](https://track.er/c.png)\n\n<script>ran()</script>\n"
    for data, name in ((page, "p.html"), (markdown, "m.md")):
        reading = read(data.encode(), name)
        blocks = reading.document.content.blocks
        assert not reading.images
        assert not any(block.image for block in blocks)
        assert all(not style.href for block in blocks for style in block.styles)
        assert WORDS in reading.document.content.text
        assert "ran" not in reading.document.content.text


def test_bytes_that_are_no_letters_and_marks_that_turn_words_round(read: Read) -> None:
    spoilt = read(
        (WORDS + "Größe und Übermut. " * 20).encode() * 3 + b"\xff\xfe\xc3( \xed\xa0\x80 \xf8\x88\x80\x80\x80 end",
        "s.txt",
    )
    assert spoilt.document.content.text.count(WORDS) == 3
    assert "\ufffd" in spoilt.document.content.text
    assert any("Not readable" in note for note in spoilt.notes)
    turned = read(f"{WORDS} \u202eexe.txt\u202c \u202dabc".encode(), "t.txt").document
    assert not {"\u202d", "\u202e"} & set(turned.content.text)
    assert "exe.txt" in turned.content.text
    named = read(f"<title>\u202egpj.exe</title><p>{WORDS}</p>".encode(), "n.html").document
    assert named.title == "gpj.exe"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.html", b"<div>" * 100_000 + WORDS.encode() + b"</div>" * 100_000),
        ("tables.html", b"<table><tr><td>" * 100_000 + WORDS.encode()),
        ("quotes.md", b"> " * 100_000 + WORDS.encode()),
        ("groups.rtf", b"{\\rtf1 " + b"{" * 100_000 + WORDS.encode()),
        ("book.epub", epub("<div>" * 100_000 + f"<p>{WORDS}</p>" + "</div>" * 100_000)),
        ("word.docx", zipped({"word/document.xml": "<w:p>" * 100_000 + WORDS + "</w:p>" * 100_000})),
        (
            "parts.mhtml",
            b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9999)),
        ),
    ],
)
def test_nesting_of_a_hundred_thousand(read: Read, name: str, data: bytes) -> None:
    text = said(read, data, name)
    assert WORDS in text or text.startswith("refused")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("links.md", f"{WORDS}\n\n{'![' * 100_000}"),
        ("named.md", f"{WORDS}\n\n[a]: /{'u' * 100_000}\n\n{'[a]' * 100_000}"),
        ("cells.md", f"{WORDS}\n\n|{'a|' * 1000}\n|{'-|' * 1000}\n" + f"|{'a|' * 1000}\n" * 300),
        ("attributes.html", f"<p {' '.join(f'a{n}=b' for n in range(100_000))}>{WORDS}"),
        ("endless.html", f"<p>{WORDS}</p>{'<script a ' * 100_000}"),
        ("marks.txt", f"{WORDS}\n\na{'\u0301\u0316' * 100_000}"),
    ],
)
def test_what_takes_a_parser_minutes_is_read_at_once(
    hurried: DocumentReader, tmp_path: Path, name: str, data: str
) -> None:
    (tmp_path / name).write_bytes(data.encode())
    text = hurried.read_file(tmp_path / name).document.content.text
    assert WORDS in text
    assert len(text) < len(data) + 1_100_000


def test_ten_gigabytes_are_not_even_opened(child: DocumentReader, tmp_path: Path) -> None:
    for name in ("huge.txt", "huge.epub", "huge.pdf"):
        (tmp_path / name).touch()
        os.truncate(tmp_path / name, 10 << 30)
        with pytest.raises(TooLarge, match="10,737 MB"):
            child.read_file(tmp_path / name)


def test_files_that_are_cut_off(read: Read) -> None:
    whole = {
        "b.epub": epub(f"<p>{WORDS}</p><img src='k.png'/>", files={"k.png": PNG}),
        "p.pdf": pdf([Page([(72, 70, 10, "roman", WORDS)])]),
        "w.docx": zipped({"word/document.xml": f"<document><body><p>{WORDS}</p></body></document>"}),
        "r.rtf": b"{\\rtf1 " + WORDS.encode() + b"\\par}",
        "m.mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
        + f"<p>{WORDS}</p>".encode(),
        "h.html": f"<html><body><p>{WORDS}</p><p>{WORDS}".encode(),
    }
    for name, data in whole.items():
        for share in (0.02, 0.3, 0.6, 0.95):
            said(read, data[: int(len(data) * share)], name)
