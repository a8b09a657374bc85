"""Which annotations leave the library."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil_db.library import Library
    from postil_db.records import Annotation


@dataclass(frozen=True, slots=True)
class Scope:
    """Some annotations (`ids`), the hits of a query, what carries a tag, one document, or, with nothing said, all."""

    query: str = ""
    tag: str = ""
    document: int | None = None
    ids: tuple[int, ...] = ()

    def annotations(self, library: "Library") -> "list[Annotation]":
        """The annotations meant: a query's best first, a document's in text order."""
        from postil_db.store import annotations  # the storage is loaded by whoever opened the library

        if self.ids:
            return library.read(lambda session: annotations.many(session, self.ids))
        if self.query:
            found = library.search_ids(self.query, document=self.document)
            return library.read(lambda session: annotations.many(session, found))
        if self.tag:
            return library.read(lambda session: annotations.with_tag(session, self.tag))
        if (document := self.document) is not None:
            return library.read(lambda session: annotations.of_document(session, document))
        return library.read(annotations.every)
