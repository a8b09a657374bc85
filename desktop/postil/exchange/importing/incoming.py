"""What a file of annotations says, before it is known where in the library it belongs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from postil_db.records import Color

type Step = Callable[[int, int], None]
"""Hears how far one has come, of how much; raises what is to end it."""


class NoAnnotations(Exception):
    """A file holds no annotations that can be read. `str(error)` is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says of the document that was annotated; "" where it says nothing.

    `address`: of the web, or a path. `sha256`: of the document's bytes. `number`: its id in the library that wrote the
    file, 0 if that was none of Postil's.
    """

    title: str = ""
    author: str = ""
    address: str = ""
    sha256: str = ""
    number: int = 0

    @property
    def name(self) -> str:
        """What to call it to the reader."""
        return self.title or self.address or "a document without a name"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One annotation of a file. What is None the file does not say, so that nothing follows from it.

    `number`: its id in the library that wrote the file, else 0. `start`, `end`: code points into some text of the
    document, not always ours. `quote`: "" for a note on the document as a whole. `state`: as Postil wrote it, else "".
    """

    source: Source
    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    section: str = ""
    note: str | None = None
    tags: tuple[str, ...] | None = None
    color: Color | None = None
    number: int = 0
    state: str = ""
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """All annotations of a file, in its order. `exact`: its positions count in the text that Postil reads.

    `notes`: what of the file was left out or changed, a sentence each.
    """

    format: str
    annotations: tuple[Incoming, ...]
    exact: bool = False
    notes: tuple[str, ...] = ()
