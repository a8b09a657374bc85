import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from postil.documents.kinds import Kind, kind_of
from postil.documents.reader import (
    Broken,
    DocumentError,
    DocumentReader,
    Empty,
    Missing,
    NotText,
    Stopped,
    TooLarge,
    Unreadable,
    read_file,
    read_text,
)
from postil_db.records import BlockKind

WORDS = "The partners met in New Delhi, and the sides signed a partnership there on Tuesday.\n"


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    with DocumentReader() as reader:
        yield reader


def test_a_file_becomes_a_document_with_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(f"Notes of the day\n\n{WORDS}")
    reading = read_file(path)
    document = reading.document
    assert (document.title, document.media_type, document.language) == ("Notes of the day", "text/plain", "en")
    assert document.source == str(path)
    assert reading.original == path.read_bytes()
    assert document.sha256 == sha256(reading.original).hexdigest()
    assert document.content.text == f"Notes of the day\n{WORDS.strip()}"
    assert reading.notes == ()


def test_a_given_title_wins_and_the_name_is_the_last_resort(reader: DocumentReader, tmp_path: Path) -> None:
    path = tmp_path / "a day.txt"
    path.write_text(WORDS)
    assert reader.read_file(path).document.content.text == f"a day\n{WORDS.strip()}"
    assert reader.read_file(path, title=" My\ntitle ").document.content.text == f"My title\n{WORDS.strip()}"


@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        ("page.txt", "<!DOCTYPE html><html><body><p>Some words on a page.</p></body></html>", "text/html"),
        ("page", "<p>Some words</p><p>on a page.</p>", "text/html"),
        ("text.html", WORDS, "text/plain"),
        ("notes.md", WORDS, "text/markdown"),
        ("notes", "# Heading\n\n" + WORDS + "\n## Another", "text/markdown"),
        ("notes.log", WORDS, "text/plain"),
        ("readme.md", '<p align="center"><b>Name</b></p>\n\n' + WORDS, "text/markdown"),
        ("maths.txt", "a < b and b > c\n", "text/plain"),
    ],
)
def test_content_decides_before_the_name(
    reader: DocumentReader, tmp_path: Path, name: str, text: str, media_type: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert reader.read_file(path).document.media_type == media_type


def refused(reader: DocumentReader, path: Path, kind: type[DocumentError], *says: str) -> None:
    with pytest.raises(kind) as caught:
        reader.read_file(path)
    sentence = str(caught.value)
    assert sentence.endswith((".", "?"))
    for word in says:
        assert word in sentence


def test_files_that_are_no_documents(reader: DocumentReader, tmp_path: Path) -> None:
    refused(reader, tmp_path / "gone.txt", Missing, "gone.txt", "moved")
    refused(reader, tmp_path / ("x" * 300), Missing, "too long")
    refused(reader, Path("nul\x00.txt"), Missing, "name")
    refused(reader, tmp_path, Unreadable, "folder")
    (tmp_path / "empty.txt").touch()
    refused(reader, tmp_path / "empty.txt", Empty, "empty")
    (tmp_path / "blank.txt").write_text(" \n\t\n")
    refused(reader, tmp_path / "blank.txt", Empty, "empty")
    (tmp_path / "markup.html").write_text("<html><script>x()</script><img src=x></html>")
    refused(reader, tmp_path / "markup.html", Empty, "no text")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"7z\xbc\xaf%\xe2\xe3", "compressed"),
        (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", "spreadsheet"),
        (b"PK\x03\x04" + b"\0" * 40, "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (bytes(range(256)) * 40, "no text"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "XML"),
    ],
)
def test_kinds_that_are_not_read(reader: DocumentReader, tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "named.txt"
    path.write_bytes(data)
    refused(reader, path, NotText, says)


def test_a_huge_file_is_not_even_opened(
    reader: DocumentReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.txt"
    path.touch()
    os.truncate(path, 1 << 30)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    refused(reader, path, TooLarge, "1,074 MB", "300 MB")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
def test_pipes_and_devices_are_never_opened(reader: DocumentReader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    refused(reader, tmp_path / "pipe.txt", Unreadable, "pipe.txt")
    refused(reader, Path("/dev/zero"), Unreadable, "zero")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    refused(reader, tmp_path / "loop.txt", Missing, "loop.txt")


def test_a_file_of_somebody_else(reader: DocumentReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(WORDS)

    def forbid(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    refused(reader, path, Unreadable, "secret.txt", "permission")


def test_a_name_that_turns_the_reading_direction_is_shown_plainly(reader: DocumentReader, tmp_path: Path) -> None:
    with pytest.raises(Missing) as caught:
        reader.read_file(tmp_path / "a\u202etxt.exe")
    assert "\u202e" not in str(caught.value)


def test_spoilt_bytes_are_told(reader: DocumentReader, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.txt"
    path.write_bytes(("Größe und Übermut. " * 20).encode() + b"\xff" + "Süden".encode())
    reading = reader.read_file(path)
    assert reading.document.content.text.endswith("\ufffdSüden")
    assert reading.notes == ("Not readable as utf-8, and shown as “\ufffd”: 1 character.",)


def test_nesting_without_end_is_content_still(reader: DocumentReader, tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text(f"<html><body>{'<div>' * 100_000}<p>deep down</p>{'</div>' * 100_000}<p>after</p></body></html>")
    assert reader.read_file(path).document.content.text == "deep\ndeep down\nafter"


def test_many_files_take_one_process(tmp_path: Path) -> None:
    with DocumentReader() as reader:
        for number in range(20):
            path = tmp_path / f"{number}.md"
            path.write_text(f"# Number {number}\n\n{WORDS}")
            assert reader.read_file(path).document.title == f"Number {number}"


def test_reading_can_be_called_off(tmp_path: Path) -> None:
    path = tmp_path / "slow.md"
    path.write_text("[" * 60_000 + "\n" + "*a **b " * 20_000)
    reader = DocumentReader()
    reader.start()
    timer = threading.Timer(0.3, reader.stop)
    timer.start()
    with pytest.raises(Stopped, match="called off"):
        reader.read_file(path)
    timer.join()
    path.write_text(WORDS)
    with reader:
        assert reader.read_file(path).document.title == "slow"


def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "moving.txt"
    path.write_text(WORDS)
    monkeypatch.setattr("postil.documents.reader._bytes_of", lambda _path: b"other bytes")
    with DocumentReader() as reader:
        refused(reader, path, Broken, "changed")


def test_pasted_text_and_pages(reader: DocumentReader) -> None:
    plain = reader.read_text(WORDS)
    assert plain.document.media_type == "text/plain"
    assert plain.document.source == ""
    assert plain.document.title == "The partners met in New Delhi, and the"
    assert plain.original == WORDS.encode()
    page = reader.read_text("Heading\nSome words", html="<h2>Heading</h2><p>Some <b>words</b></p>", title="Mine")
    assert page.document.media_type == "text/html"
    assert [block.kind for block in page.document.content.blocks] == [
        BlockKind.HEADING,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]
    assert reader.read_text("words after all", html="<img src=x>").document.media_type == "text/plain"
    assert read_text("# A\n\n## B\n\nwords").document.media_type == "text/markdown"
    with pytest.raises(Empty):
        reader.read_text(" \n")


def test_odd_pasted_text(reader: DocumentReader) -> None:
    reading = reader.read_text("A \ud800 lone \x00 surrogate\u2028and e\u0301", title="T")
    assert reading.document.content.text == "T\nA \ufffd lone surrogate\nand é"


def test_blanks_and_remarks_without_end_are_passed_over_at_once() -> None:
    assert kind_of("\n " * 5000 + "words", "") is Kind.TEXT
    assert kind_of("<!-- a -->\n" * 3000 + "words", "") is Kind.TEXT
    assert kind_of("\n" * 500 + "<!-- a --> <?xml version='1.0'?>\n<html>", ".txt") is Kind.HTML


@pytest.mark.parametrize("suffix", ["", ".txt", ".xyz"])
def test_a_text_is_no_markdown_for_one_star(suffix: str) -> None:
    assert kind_of("One *star* and # a hash\n\nand more", suffix) is Kind.TEXT


def test_the_window_loads_no_document_library() -> None:
    program = (
        "import sys, postil.documents.reader\n"
        "heavy = 'lxml trafilatura nh3 markdown_it numpy charset_normalizer py3langid PySide6'.split()\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "[]"
