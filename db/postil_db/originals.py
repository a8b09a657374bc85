"""The documents as they came: one file each, named by the SHA-256 of its bytes, never written twice."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from postil_db.errors import NotFound, Refused
from postil_db.files import Files, finish


def keep(files: Files, digest: str, original: bytes) -> None:
    """Keep an original, durably. One that is there is left alone, unless the disk spoiled it."""
    if hashlib.sha256(original).hexdigest() != digest:
        raise Refused("The document changed while it was being read. Add it again.")
    path = files.originals / digest
    if not path.is_file() or digest_of(path) != digest:
        finish(path, lambda unfinished: _fill(unfinished, original))


def is_there(files: Files, digest: str) -> bool:
    """Whether an original is kept, whole or not."""
    return (files.originals / digest).is_file()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(files: Files, digest: str) -> Path:
    """Where an original is."""
    path = files.originals / digest
    if not digest.isalnum() or not path.is_file():
        raise NotFound(f"The original of this document is missing from {files.originals}. The text itself is kept.")
    return path


def discard(files: Files, digests: Iterable[str]) -> None:
    """Delete originals that no document needs any more."""
    for digest in digests:
        if digest.isalnum():
            (files.originals / digest).unlink(missing_ok=True)


def _fill(path: Path, original: bytes) -> None:
    path.write_bytes(original)
