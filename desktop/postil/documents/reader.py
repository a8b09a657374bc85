"""A file or pasted text to a document, with every fault told as a sentence.

Parsing runs in a child process under limits: nothing that a file holds can hang, crash or fill up this one.
"""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, Self

from postil.documents.canonical import one_line
from postil.documents.crossing import Crossing, received
from postil.documents.faults import (
    KINDS,
    Broken,
    DocumentError,
    Empty,
    Missing,
    NotText,
    Stopped,
    TooLarge,
    TooMuch,
    Unreadable,
)
from postil.documents.kinds import LARGEST_MB, LARGEST_TEXT_MB
from postil.documents.limits import Child, ChildDied, ChildRefused, ChildSilent
from postil_db.records import NewDocument

__all__ = [
    "Broken",
    "DocumentError",
    "DocumentReader",
    "Empty",
    "Missing",
    "NotText",
    "Reading",
    "Stopped",
    "TooLarge",
    "TooMuch",
    "Unreadable",
    "read_file",
    "read_text",
]

_MEMORY_MB = 1536
_CPU_SECONDS = 120
"""For one file: a PDF of a thousand closely printed pages takes half of it."""

_SILENCE_S = 180.0
_TOO_MUCH = "takes more {what} to read than a document may. Split it, or save it as plain text, and open that."


@dataclass(frozen=True)
class Reading:
    """A document as read, its original bytes, and sentences about what could not be read as it was meant.

    `images`: the bytes of its pictures, by their SHA-256 in hex.
    """

    document: NewDocument
    original: bytes
    notes: tuple[str, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)


class DocumentReader:
    """Reads files, many with one child process: only the first one waits for it to start."""

    def __init__(self) -> None:
        self._child = Child("postil.documents.worker", memory_mb=_MEMORY_MB, cpu_seconds=_CPU_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def read_file(self, path: Path, *, title: str = "", whole_page: bool = False) -> Reading:
        """Read a file; of a web page its article alone, unless `whole_page`. Raises a DocumentError."""
        path = Path(os.path.abspath(path))  # noqa: PTH100 - a link's own name is kept, which resolve() would not do
        original = _bytes_of(path)
        read = self._parse({"path": str(path), "title": title, "whole_page": whole_page}, _named(path))
        if read.document.sha256 != sha256(original).hexdigest():
            raise Broken(f"{_named(path)} changed while it was read. Open it again when nothing writes to it any more.")
        return Reading(read.document, original, read.notes, read.images)

    def read_text(self, text: str, *, title: str = "", html: str = "") -> Reading:
        """Read what was pasted; `html` is preferred where both hold the same. Raises a DocumentError."""
        if not text.strip() and not html.strip():
            raise Empty("There is nothing to read: the text is empty.")
        if len(text) + len(html) > LARGEST_TEXT_MB * 1_000_000:
            raise TooLarge(f"The text is longer than {LARGEST_TEXT_MB} MB. Paste it in parts.")
        read = self._parse({"text": text, "html": html, "title": title}, "The text")
        for original in (html.encode(errors="replace"), text.encode(errors="replace")):
            if read.document.sha256 == sha256(original).hexdigest():
                return Reading(read.document, original, read.notes, read.images)
        raise Broken("The text could not be read.")

    def start(self) -> None:
        """Start the child process now, so that the first file need not wait for it."""
        self._child.start()

    def stop(self) -> None:
        """End the child process; from any thread. Whoever waits for a document gets `Stopped`."""
        self._child.stop()

    def _parse(self, request: Mapping[str, object], named: str) -> Crossing:
        try:
            return received(self._answers(request))
        except ChildRefused as refusal:
            raise KINDS.get(refusal.kind, Broken)(str(refusal)) from None
        except ChildSilent:
            raise TooMuch(f"{named} {_TOO_MUCH.format(what='time')}") from None
        except ChildDied as death:
            if death.reason == "stopped":
                raise Stopped(f"{named} was not read: it was called off.") from death
            if death.reason in ("memory", "time"):
                raise TooMuch(f"{named} {_TOO_MUCH.format(what=death.reason)}") from death
            raise Broken(
                f"{named} could not be read: Postil failed at it. Save it as plain text and open that."
            ) from death

    def _answers(self, request: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        return self._child.ask(request, silence_s=_SILENCE_S)


def read_file(path: Path, *, title: str = "", whole_page: bool = False) -> Reading:
    """Read one file, in a child process of its own. Raises a DocumentError."""
    with DocumentReader() as reader:
        return reader.read_file(path, title=title, whole_page=whole_page)


def read_text(text: str, *, title: str = "", html: str = "") -> Reading:
    """Read pasted text, in a child process of its own. Raises a DocumentError."""
    with DocumentReader() as reader:
        return reader.read_text(text, title=title, html=html)


def _named(path: Path) -> str:
    """The file's name as a message may show it."""
    return f"“{one_line(path.name)}”"


def _bytes_of(path: Path) -> bytes:
    """The file's bytes, if it is a file, ours to read, and not too large. Nothing else is even opened."""
    try:
        _check(path, path.stat())
        # Were it exchanged for a pipe in between, opening it would wait for ever without O_NONBLOCK.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            _check(path, os.fstat(descriptor))
            return file.read(LARGEST_MB * 1_000_000 + 1)
    except OSError as fault:
        _tell(path, fault)
    except ValueError:
        raise Missing(f"There is no file {_named(path)}: no file can have that name.") from None


def _check(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable(f"{_named(path)} is a folder. Open the files in it.")
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(f"{_named(path)} is no ordinary file (a device, pipe or socket), so it was not opened.")
    if found.st_size > LARGEST_MB * 1_000_000:
        size = found.st_size / 1_000_000
        raise TooLarge(f"{_named(path)} has {size:,.0f} MB; the most that is read is {LARGEST_MB} MB. Split it first.")
    if found.st_size == 0:
        raise Empty(f"{_named(path)} is empty: there is nothing to read in it.")


def _tell(path: Path, fault: OSError) -> NoReturn:
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        raise Missing(f"There is no file {_named(path)} in “{path.parent}”. Was it moved or renamed?") from None
    if isinstance(fault, PermissionError):
        raise Unreadable(f"You may not read {_named(path)}. Ask its owner for permission, or copy it.") from None
    if fault.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        raise Missing(f"There is no file {_named(path)}: its name is too long, or links to itself.") from None
    raise Unreadable(f"{_named(path)} could not be read: {fault.strerror}.") from fault
