"""The first run: an empty library is given a short article with three marked passages. Taking it away is final."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postil.view import acts
from postil.work.reading import Query
from postil.work.run import Work
from postil.work.writing import Act
from postil_db.records import DocumentInfo

if TYPE_CHECKING:
    from postil_db.library import Library, Session
    from postil_db.records import NewDocument

OFFERED = "sample_offered"
HINT_SEEN = "hint_seen"


class FirstRun(QObject):
    """Offers the sample article once in a library's life, and a hint until the first mark is made."""

    offered = Signal(object)  # DocumentInfo of the sample
    hint_wanted = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work

    def offer(self, *, again: bool = False) -> None:
        """Give the sample to a library that is empty and never had it, or `again` because the reader asks for it."""
        self._work.act(Act("Add the sample article", lambda library: _offer(library, again=again)), self._take)

    def look_for_hint(self) -> None:
        """Show the hint in a library whose reader has neither marked anything nor put it away."""
        self._work.query(
            Query(lambda library: bool(library.recall(OFFERED)) and not library.recall(HINT_SEEN)), self._hint
        )

    def forget_hint(self) -> None:
        """Never show the hint again."""
        self._work.act(acts.remember(key=HINT_SEEN, value="1"))

    def _take(self, info: DocumentInfo | None) -> None:
        if info is not None:
            self.offered.emit(info)
        self.look_for_hint()

    def _hint(self, wanted: bool) -> None:
        if wanted:
            self.hint_wanted.emit()


def _offer(library: "Library", *, again: bool) -> DocumentInfo | None:
    from postil.documents.sample import sample
    from postil_db.store import documents

    if not again and (library.read_only or library.recall(OFFERED) or library.read(documents.every)):
        return None
    reading = sample()
    added = library.add(reading.document, reading.original).result
    if added.new and not added.info.annotations:
        library.write("", lambda session: _furnish(session, added.info.id, reading.document), undoable=False)
    library.remember(OFFERED, "1")
    return added.info


def _furnish(session: "Session", document_id: int, document: "NewDocument") -> None:
    from postil.entities.sample_names import sample_names
    from postil_db.store import entities

    _mark(session, document_id, document)
    entities.replace(session, document_id, *sample_names())


def _mark(session: "Session", document_id: int, document: "NewDocument") -> None:
    from postil.anchors.describe import describe
    from postil.anchors.find import find_quote
    from postil.documents.sample import examples
    from postil_db.store import annotations

    for one in examples():
        place = find_quote(document.content.text, one.quote)
        if place is not None:
            selector = describe(document.content, *place)
            annotations.add(session, document_id, selector, color=one.color, note=one.note, tags=one.tags)
