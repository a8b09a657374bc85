"""A file or pasted text to a document, with every fault told as a sentence.

Parsing runs in a child process under limits: nothing that a file holds can hang, crash or fill up this one.
"""

import codecs
import errno
import os
import stat
import tempfile
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, Self

from postil.documents.addresses import host_of, web_address
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
    Unreachable,
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
    "Unreachable",
    "Unreadable",
    "read_file",
    "read_text",
]

_MEMORY_MB = 1536
_CPU_SECONDS = 120
"""For one file: a PDF of a thousand closely printed pages takes half of it."""

_SILENCE_S = 180.0
_FETCHING_SILENCE_S = 45.0
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
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
        self._fetching = Child("postil.documents.fetching_worker", memory_mb=_MEMORY_MB, cpu_seconds=_CPU_SECONDS)

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

    def read_bytes(
        self, data: bytes, name: str, *, title: str = "", whole_page: bool = False, source: str = ""
    ) -> Reading:
        """Read what is no file of the reader's: an original, or what the web gave. Raises a DocumentError.

        `name`: what to call it, with the ending of its kind. `source`: where it came from.
        """
        with tempfile.TemporaryDirectory(prefix="postil-") as folder:
            path = Path(folder, name)
            path.write_bytes(data)
            request = {"path": str(path), "title": title, "whole_page": whole_page, "source": source or name}
            read = self._parse(request, _named(path))
        return Reading(read.document, data, read.notes, read.images)

    def read_whole_page(self, original: Path, *, title: str, source: str) -> Reading:
        """Read all of a saved page whose article alone was read before. Raises a DocumentError.

        Its original is marked at its end, where it changes nothing: the same bytes are always the same document.
        """
        data = _bytes_of(original)
        wide = next((name for bom, name in _WIDE.items() if data.startswith(bom)), "ascii")
        mark = "\n<!-- the whole page -->\n".encode(wide)
        if data.endswith(mark):
            raise Broken("This is the whole page already.")
        return self.read_bytes(data + mark, "page.html", title=f"{title} (whole page)", whole_page=True, source=source)

    def read_address(
        self,
        address: str,
        *,
        title: str = "",
        whole_page: bool = False,
        say: Callable[[int, int], object] = lambda _done, _total: None,
    ) -> Reading:
        """Fetch an address once, and read what is there; of a web page its article with its pictures.

        The page as fetched, with those pictures, is the original. `say` hears how many bytes have come, and of how
        many (0 where nobody knows). Raises a DocumentError.
        """
        whole = web_address(address)
        if not whole:
            raise Unreachable(
                f"“{one_line(address)[:200]}” is no web address. It should look like https://example.org/"
            )
        fetched, about = bytearray(), {"address": whole, "name": "page.html"}
        try:
            for answer in self._fetching.ask(
                {"address": whole, "whole_page": whole_page}, silence_s=_FETCHING_SILENCE_S
            ):
                if "bytes" in answer:
                    fetched += b64decode(answer["bytes"])
                elif "address" in answer:
                    about = answer
                elif "done" in answer:
                    say(answer["done"], answer["total"])
        except (ChildRefused, ChildSilent, ChildDied) as fault:
            self._tell_child(fault, f"“{host_of(whole)}”")
        return self.read_bytes(
            bytes(fetched), about["name"], title=title, whole_page=whole_page, source=about["address"]
        )

    def start(self) -> None:
        """Start the child process now, so that the first file need not wait for it."""
        self._child.start()

    def stop(self) -> None:
        """End the child processes; from any thread. Whoever waits for a document gets `Stopped`."""
        self._fetching.stop()
        self._child.stop()

    def _parse(self, request: Mapping[str, object], named: str) -> Crossing:
        try:
            return received(self._answers(request))
        except (ChildRefused, ChildSilent, ChildDied) as fault:
            self._tell_child(fault, named)

    @staticmethod
    def _tell_child(fault: ChildRefused | ChildSilent | ChildDied, named: str) -> NoReturn:
        if isinstance(fault, ChildRefused):
            raise KINDS.get(fault.kind, Broken)(str(fault)) from None
        if isinstance(fault, ChildSilent):
            raise TooMuch(f"{named} {_TOO_MUCH.format(what='time')}") from None
        if fault.reason == "stopped":
            raise Stopped(f"{named} was not read: it was called off.") from fault
        if fault.reason in ("memory", "time"):
            raise TooMuch(f"{named} {_TOO_MUCH.format(what=fault.reason)}") from fault
        raise Broken(f"{named} could not be read: Postil failed at it. Save it as plain text and open that.") from fault

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
