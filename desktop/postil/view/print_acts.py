"""What is asked of the library, and remembered in it, for showing a document's pages as they are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postil.work.reading import Query
from postil.work.writing import Act
from postil_db.records import PrintedPage

if TYPE_CHECKING:
    from postil.documents.printed import Glyphs
    from postil_db.library import Library

_SHOWN = "printed pages of {}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A document's pages as printed. `original`: its file; `shown`: whether the reader last had them in view."""

    document_id: int
    pages: Sequence[PrintedPage]
    original: Path
    shown: bool


def load_printed(*, document_id: int, sha256: str) -> Query[Printed]:
    """Ask for the pages of a document, without what stands on them."""

    def run(library: "Library") -> Printed:
        from postil_db.store import documents, facts

        pages, shown = library.read(
            lambda session: (documents.pages(session, document_id), facts.recall(session, _SHOWN.format(document_id)))
        )
        return Printed(document_id, pages, library.original(sha256), shown == "yes")

    return Query(run)


def load_glyphs(*, document_id: int, page: int) -> "Query[tuple[int, int, Glyphs]]":
    """Ask for the characters of one page, with the document's id and the page's number."""

    def run(library: "Library") -> "tuple[int, int, Glyphs]":
        from postil.documents.printed import Glyphs
        from postil_db.store import documents

        packed = library.read(lambda session: documents.glyphs(session, document_id, page))
        return document_id, page, Glyphs.unpack(packed)

    return Query(run)


def remember_shown(*, document_id: int, shown: bool) -> Act[None]:
    """Remember whether a document is read as it is printed."""
    key = _SHOWN.format(document_id)
    return Act("Remember", lambda library: library.remember(key, "yes" if shown else ""), quiet=True)
