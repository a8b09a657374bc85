"""Short words for what a reader does to a library."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests import factories

from postil_db.library import Library
from postil_db.records import Annotation, DocumentInfo, NewDocument
from postil_db.store import annotations


@dataclass
class Desk:
    """A reader at an open library, with one document before them."""

    library: Library
    new: NewDocument
    info: DocumentInfo

    def mark(self, quote: str = "maritime security", **more: Any) -> Annotation:
        selector = factories.make_selector(self.new.content, quote)
        made = self.library.write("Mark", lambda session: annotations.add(session, self.info.id, selector, **more))
        return made.result

    def act(self, function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        return self.library.write(function.__name__, lambda session: function(session, *given, **more)).result

    def see(self, function: Callable[..., Any], *given: Any) -> Any:
        return self.library.read(lambda session: function(session, *given))


def sit_down(library: Library) -> Desk:
    new = factories.make_document()
    return Desk(library, new, library.add(new, new.content.text.encode()).result.info)
