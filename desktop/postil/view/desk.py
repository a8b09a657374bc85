"""The desk: the document that lies open, with its annotations and names.

Loads through Work and announces what it has by signals; it knows no widget. When something was written, by whomever,
it loads anew exactly what the Changes touch.
"""

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from postil.view import acts
from postil.view.acts_entities import load_written
from postil.work.reading import Query
from postil.work.run import Work
from postil_db.changes import Changes
from postil_db.errors import LibraryError, NotFound
from postil_db.records import Annotation, Document, DocumentInfo, EntityKind, EntityNote

if TYPE_CHECKING:
    from postil.view.page.pictures import Picture

POSITION_PAUSE_MS = 800
SOME = 200
"""So many annotations that changed are loaded by themselves; for more, all of the document's are."""


class Desk(QObject):
    """What is being read; see the module's text.

    `document`, `annotations`, `names`: what was last announced.
    """

    document_opened = Signal(object, int)  # Document, offset to show at the top
    document_closed = Signal()
    info_changed = Signal(object)  # DocumentInfo of the open document
    annotations_changed = Signal(object)  # annotations of the open document, in text order
    names_changed = Signal(object)  # Names of the open document
    passage_wanted = Signal(int, int)  # start, end: show it
    place_wanted = Signal(int)  # offset: show it at the top, as it was once
    annotation_wanted = Signal(int)  # make it the current one

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.document: Document | None = None
        self.annotations: Sequence[Annotation] = ()
        self.names: acts.Names | None = None
        self.pictures: Mapping[str, Picture] = {}
        self._then: tuple[int, int, int | None] | None = None  # start, end, annotation to show once it is open
        self._opening: int | None = None
        self._position = 0
        self._pause = QTimer(self, singleShot=True, interval=POSITION_PAUSE_MS)
        self._pause.timeout.connect(self.keep_position)

    @property
    def document_id(self) -> int | None:
        """The id of the open document."""
        return self.document.id if self.document else None

    def open(self, document_id: int, start: int = -1, end: int = -1, annotation: int | None = None) -> None:
        """Open a document where it was left; with `start` alone at a place, and with `end` at a passage."""
        then = (start, end, annotation) if start >= 0 else None
        if document_id == self.document_id and self._opening is None:
            self._then = then
            self._go_there()
            return
        self.keep_position()
        self._then = then
        self._opening = document_id
        self._ask(acts.open_document(document_id=document_id), self._take_document, self._refuse_document)

    def open_like(self, other: "Desk", offset: int) -> None:
        """Lay open what lies on another desk, at another place; the text is not read a second time."""
        if other.document is None:
            return
        self.keep_position()
        self._then = None
        self.pictures = other.pictures
        self._lay_open(other.document, other.annotations, other.names, offset)

    def close_document(self) -> None:
        """Put the document away."""
        self.keep_position()
        self._opening = None
        self.document, self.annotations, self.names = None, (), None
        self.document_closed.emit()

    def set_position(self, offset: int) -> None:
        """Hear how far the reader has come; it is stored when they pause."""
        if offset != self._position:
            self._position = offset
            self._pause.start()

    def keep_position(self) -> None:
        """Store how far the reader has come, if that is not done yet."""
        if self._pause.isActive() or self.sender() is self._pause:
            self._pause.stop()
            if self.document:
                self._work.act(acts.keep_position(document_id=self.document.id, offset=self._position))

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Load anew what was touched."""
        here = self.document_id
        if here is None:
            return
        if changes.everything:
            self._load_anew(here)
            return
        if here in changes.documents:
            self._ask(acts.load_info(document_id=here), self._take_info, self._lose_document)
        if 0 < len(changes.annotations) <= SOME and not changes.tags and here not in changes.documents:
            self._work.query(acts.load_some(annotation_ids=changes.annotations), self._take_some)
        elif changes.annotations or changes.tags or here in changes.documents:
            self._ask(acts.load_annotations(document_id=here), self._take_annotations)
        if here in changes.mentions or here in changes.documents:
            self._ask(acts.load_names(document_id=here), self._take_names)
        elif changes.entity_notes:
            self._ask(load_written(), self._take_written)

    def annotation(self, annotation_id: int | None) -> Annotation | None:
        """One of the open document's annotations."""
        return next((one for one in self.annotations if one.id == annotation_id), None)

    def _load_anew(self, here: int) -> None:
        """Show what the library holds now, where the reader is; it may be another text, or none."""
        self._pause.stop()
        self._then = (self._position, -1, None)
        self._opening = here
        self._ask(acts.open_document(document_id=here), self._take_document, self._lose_document)

    def _take_document(self, opened: acts.Opened) -> None:
        if opened.document.id != self._opening:
            return  # another one was asked for meanwhile, or it was closed
        self.pictures = opened.pictures
        self._lay_open(opened.document, opened.annotations, opened.names, opened.document.info.position)
        self._work.act(acts.note_opening(document_id=opened.document.id))
        self._go_there()

    def _lay_open(
        self, document: Document, annotations: Sequence[Annotation], names: acts.Names | None, position: int
    ) -> None:
        self._opening = None
        self.document, self.annotations, self.names = document, annotations, names
        self._position = position
        self.document_opened.emit(document, position)
        self.annotations_changed.emit(annotations)
        if names is not None:
            self.names_changed.emit(names)

    def _ask[T](
        self, query: Query[T], done: Callable[[T], object], failed: Callable[[LibraryError], object] | None = None
    ) -> None:
        """Read, in a row of its own: what another desk asks for must not make it stale."""
        self._work.query(replace(query, topic=f"{query.topic} for {id(self)}"), done, failed)

    def _refuse_document(self, error: LibraryError) -> None:
        self._opening = self._then = None
        self._work.query_failed.emit(str(error))

    def _take_info(self, info: DocumentInfo) -> None:
        if self.document is not None and info.id == self.document.id:
            self.document = Document(info, self.document.content)
            self.info_changed.emit(info)

    def _lose_document(self, error: LibraryError) -> None:
        if isinstance(error, NotFound):
            self._pause.stop()
            self.close_document()

    def _take_annotations(self, loaded: tuple[int, Sequence[Annotation]]) -> None:
        document_id, annotations = loaded
        if document_id == self.document_id:
            self.annotations = annotations
            self.annotations_changed.emit(annotations)

    def _take_some(self, loaded: tuple[frozenset[int], Sequence[Annotation]]) -> None:
        """Put a few annotations in the place of what was known of them."""
        wanted, found = loaded
        here = [one for one in found if one.document_id == self.document_id]
        annotations = [one for one in self.annotations if one.id not in wanted]
        if here or len(annotations) < len(self.annotations):
            for one in here:
                insort(annotations, one, key=_place)
            self.annotations = annotations
            self.annotations_changed.emit(annotations)

    def _take_names(self, names: acts.Names) -> None:
        if names.document_id == self.document_id:
            self.names = names
            self.names_changed.emit(names)

    def _take_written(self, written: Mapping[tuple[EntityKind, str], EntityNote]) -> None:
        """Put notes on names in the place of those known; which names there are has not changed."""
        if self.names is not None:
            named = ((one.id, written.get((one.kind, one.name))) for one in self.names.entities)
            self.names = replace(self.names, written={number: note for number, note in named if note is not None})
            self.names_changed.emit(self.names)

    def _go_there(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            start, end, annotation = then
            if end < start:
                self.place_wanted.emit(start)
            else:
                self.passage_wanted.emit(start, end)
            if annotation is not None:
                self.annotation_wanted.emit(annotation)


def _place(annotation: Annotation) -> tuple[int, int, int]:
    """Where an annotation stands among the others."""
    return annotation.selector.start, annotation.selector.end, annotation.id


def last_read(documents: Sequence[DocumentInfo]) -> DocumentInfo | None:
    """Give the document that was opened last; None if none ever was."""
    opened = [info for info in documents if info.opened_at is not None]
    return max(opened, key=lambda info: info.opened_at.timestamp() if info.opened_at else 0.0, default=None)
