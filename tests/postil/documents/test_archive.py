import gzip
import io
import zipfile
from pathlib import Path

import pytest
from tests.postil.documents.books import epub, zipped

from postil.documents import archive
from postil.documents.archive import Archive, unpacked
from postil.documents.faults import Broken, DocumentError, Empty, NotText, TooLarge
from postil.documents.kinds import Kind, binary_kind
from postil.documents.parse import parse_bytes
from postil.documents.reader import DocumentReader

WORDS = b"Some words that are worth keeping.\n"


def test_a_compressed_file_is_what_is_in_it() -> None:
    text = parse_bytes(gzip.compress(b"# Heading\n\n" + WORDS), "/a/notes.md.gz").document
    assert (text.media_type, text.title) == ("text/markdown", "Heading")
    twice = gzip.compress(WORDS) + gzip.compress(WORDS)
    assert parse_bytes(twice, "/a/log.txt.gz").document.content.text.count("worth") == 2
    assert parse_bytes(twice, "/a/log.txt.gz").document.title == "log"
    assert parse_bytes(gzip.compress(epub("<p>x</p>")), "/a/b.gz").document.title == "A Book"


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (gzip.compress(WORDS)[:-9], Broken, "not complete"),
        (gzip.compress(WORDS)[:10] + b"\xff" * 30, Broken, "cannot be unpacked"),
        (gzip.compress(gzip.compress(WORDS)), NotText, "compressed archive"),
        (gzip.compress(bytes(257) + b"ustar" + bytes(300)), NotText, "Unpack it"),
        (gzip.compress(b"  \n"), Empty, "empty"),
    ],
)
def test_compressed_files_that_are_none(data: bytes, kind: type[DocumentError], says: str) -> None:
    with pytest.raises(kind, match=says):
        parse_bytes(data, "/a/x.gz")


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    bomb = gzip.compress(bytes(30_000_000))
    with pytest.raises(TooLarge, match="1 MB"):
        unpacked(bomb, "x.gz", 1_000_000)


def test_what_an_archive_is_stands_in_it() -> None:
    files = {
        Kind.EPUB: {"META-INF/container.xml": "<a/>"},
        Kind.DOCX: {"[Content_Types].xml": "", "word/document2.xml": ""},
        Kind.ODT: {"mimetype": "application/vnd.oasis.opendocument.text"},
    }
    for kind, held in files.items():
        assert binary_kind(zipped(held), "a.zip") is kind
        assert binary_kind(zipped({**held, "more": bytes(1000)})[:-30], "a.zip") is kind, (
            "even where its end is missing"
        )
    for held, what in (
        ({"xl/workbook.xml": "", "word/x": ""}, "a spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "no text"),
        ({"a.txt": "words"}, "a ZIP archive"),
    ):
        with pytest.raises(NotText, match=what):
            binary_kind(zipped(held), "a.epub")


def test_an_entry_is_read_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a": WORDS, "../../out": WORDS, "zeros": bytes(12_000_000)})
    with Archive(data, "x.zip") as opened:
        assert opened.names == ["a", "../../out", "zeros"]
        assert opened.read("../../out") == WORDS
        with pytest.raises(TooLarge):
            opened.read("zeros")
        with pytest.raises(KeyError):
            opened.read("out")
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE_MB", 0.00005)
    with Archive(data, "x.zip") as opened:
        assert opened.read("a") == WORDS
        with pytest.raises(TooLarge):
            opened.read("../../out")


def test_spoilt_and_locked_entries_are_told() -> None:
    data = bytearray(zipped({"a": WORDS * 50}))
    data[45:60] = bytes(15)
    with Archive(bytes(data), "x.zip") as opened, pytest.raises(Broken, match="damaged"):
        opened.read("a")
    locked = bytearray(zipped({"a": WORDS}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + place] |= 1
    with Archive(bytes(locked), "x.zip") as opened, pytest.raises(Broken, match="password"):
        opened.read("a")


def test_the_first_of_two_entries_with_one_name_counts() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr("a", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a", "second")
    with Archive(whole.getvalue(), "x.zip") as opened:
        assert (opened.names, opened.read("a")) == (["a"], b"first")


def test_hostile_files_are_content_or_a_clear_refusal(corpora: Path) -> None:
    read, refusals = 0, []
    with DocumentReader() as reader:
        for path in sorted(each for each in (corpora / "hostile").rglob("*") if each.is_file()):
            try:
                read += bool(reader.read_file(path).document.content.text)
            except DocumentError as fault:
                refusals.append(str(fault))
    assert read > len(refusals)
    assert not [refusal for refusal in refusals if not refusal.endswith((".", "?")) or "Postil failed" in refusal]
