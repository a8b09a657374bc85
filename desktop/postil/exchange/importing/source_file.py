"""The file itself: its bytes, within limits, and the text that they are."""

from pathlib import Path
from typing import TYPE_CHECKING

from postil.exchange.importing.incoming import NoAnnotations

if TYPE_CHECKING:
    from typing import BinaryIO

LARGEST = 100_000_000
"""In bytes: far more than a life of reading, and what fits into memory several times over."""

MOST = 200_000
"""Annotations in one file."""

PEEK = 1 << 16
_BINARY = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"SQLite format 3\x00",
    b"\x1f\x8b",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
)


def read(path: Path) -> str:
    """All of a file as text. Raises NoAnnotations for what is too large or no text, OSError for what cannot be read."""
    if path.is_dir():
        raise NoAnnotations(f"“{path.name}” is a folder. Choose a file of annotations.")
    if path.exists() and not path.is_file():
        raise NoAnnotations(f"“{path.name}” is no file that can be read to its end. Choose a file of annotations.")
    with path.open("rb") as file:
        return decoded(_bytes(file, path.name), path.name)


def peek(path: Path) -> str:
    """The beginning of a file as text, "" for what is none: enough to tell what it is."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return decoded(file.read(PEEK), path.name, whole=False)
    except (OSError, NoAnnotations):
        return ""


def decoded(data: bytes, name: str, *, whole: bool = True) -> str:
    """Bytes as text without its byte order mark. `whole`: False where they may end in the middle of a letter."""
    from postil.documents.encodings import decode

    if data.startswith(_BINARY):
        raise no_annotations(name)
    try:
        text = data.decode("utf-8", errors="strict" if whole else "ignore")
    except UnicodeDecodeError:
        text = decode(data).text
    if "\0" in text[:PEEK]:
        text = decode(data).text
    return text.removeprefix("\ufeff")


def no_annotations(name: str) -> NoAnnotations:
    """Say that a file is none of those that can be read here."""
    return NoAnnotations(
        f"“{name}” holds no annotations that Postil can read. It reads its own CSV, Web Annotations and Hypothesis "
        "(JSON), calibre's annotation collections, Kindle's clippings, and the CSV of Readwise and Kindle."
    )


def too_many(name: str) -> NoAnnotations:
    """Say that a file holds more than is taken at once."""
    return NoAnnotations(f"“{name}” holds more than {MOST:,} annotations. Split it into smaller files.")


def _bytes(file: "BinaryIO", name: str) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NoAnnotations(f"“{name}” is larger than {LARGEST // 1_000_000} MB. Split it into smaller files.")
    if not data.strip():
        raise NoAnnotations(f"“{name}” is empty: there are no annotations in it.")
    return data
