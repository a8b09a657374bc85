"""What a reader can do and look at: one function for each, which gives an Act or a Query for Work to run.

Reads like a list of verbs. Nothing here touches a widget; what is inside the functions runs on the worker. The store is
imported there, so that a window can be painted before it is loaded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from postil.view.mention_list import MentionList
from postil.work.reading import Query, reading
from postil.work.writing import Act, writing
from postil_db.records import (
    Annotation,
    Color,
    Document,
    DocumentInfo,
    Entity,
    EntityNote,
    Hits,
    Mention,
    PrintedPage,
    Tag,
)

if TYPE_CHECKING:
    from postil.view.page.pictures import Picture
    from postil_db.library import Library, Session


@dataclass(frozen=True, slots=True)
class Names:
    """The names found in one document.

    `recogniser`: the version that found them, "" if none did yet. `new`: the ids of entities that no earlier document
    named; `written`: notes and tags on entities, by id.
    """

    document_id: int
    mentions: Sequence[Mention]
    entities: Sequence[Entity]
    recogniser: str
    new: frozenset[int] = frozenset()
    written: Mapping[int, EntityNote] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with all that is shown beside it; `pictures`: those in it, by the names that its blocks give them."""

    document: Document
    annotations: Sequence[Annotation]
    names: Names
    pictures: "Mapping[str, Picture]"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the library holds, and what can be undone ("" = nothing)."""

    documents: Sequence[DocumentInfo]
    tags: Sequence[Tag]
    undo: str
    redo: str


# what there is to look at


def look_around() -> Query[Shelf]:
    """Ask for all documents, all tags, and the labels of undo and redo."""

    def run(library: "Library") -> Shelf:
        from postil_db.store import documents, tags

        shelf = library.read(lambda session: (documents.every(session), tags.every(session)))
        return Shelf(*shelf, library.undo_label(), library.redo_label())

    return Query(run, "shelf")


def open_document(*, document_id: int) -> Query[Opened]:
    """Ask for a document, its annotations and its names."""

    def op(session: "Session") -> Opened:
        from postil_db.store import annotations, documents

        document = documents.get(session, document_id)
        return Opened(document, annotations.of_document(session, document_id), _names(session, document_id), {})

    def run(library: "Library") -> Opened:
        from postil.view.page.pictures import measured

        opened = library.read(op)
        return replace(opened, pictures=measured(library.original, opened.document.content))

    return Query(run, "document")


def load_annotations(*, document_id: int) -> Query[tuple[int, Sequence[Annotation]]]:
    """Ask for a document's annotations in text order, with the document's id."""

    def op(session: "Session") -> tuple[int, Sequence[Annotation]]:
        from postil_db.store import annotations

        return document_id, annotations.of_document(session, document_id)

    return reading(op, "annotations")


def load_some(*, annotation_ids: Iterable[int]) -> Query[tuple[frozenset[int], Sequence[Annotation]]]:
    """Ask for those of some annotations that are still there, with the ids that were asked for."""
    wanted = frozenset(annotation_ids)

    def op(session: "Session") -> tuple[frozenset[int], Sequence[Annotation]]:
        from postil_db.store import annotations

        return wanted, annotations.many(session, sorted(wanted))

    return reading(op)


def load_names(*, document_id: int) -> Query[Names]:
    """Ask for the names found in a document."""
    return reading(lambda session: _names(session, document_id), "names")


def load_info(*, document_id: int) -> Query[DocumentInfo]:
    """Ask for what is known of a document besides its text; fails with NotFound for a removed one."""

    def op(session: "Session") -> DocumentInfo:
        from postil_db.store import documents

        return documents.info(session, document_id)

    return reading(op, "info")


def load_pages(*, document_id: int) -> Query[Sequence[PrintedPage]]:
    """Ask for a document's pages as printed, without what stands on them; none if it has no pages."""

    def op(session: "Session") -> Sequence[PrintedPage]:
        from postil_db.store import documents

        return documents.pages(session, document_id)

    return reading(op)


def search(*, query: str, sort: str = "relevance", limit: int = 100) -> Query[tuple[str, Hits]]:
    """Ask for the annotations that fit, in the order of `sort`; gives the query back with them."""
    return Query(lambda library: (query, library.search(query, limit=limit, sort=sort)), "search")


def _names(session: "Session", document_id: int) -> Names:
    from postil_db.store import entities, entity_notes

    named = entities.of_document(session, document_id)
    written = entity_notes.every(session)
    return Names(
        document_id,
        MentionList(entities.mentions(session, document_id)),  # here, off the UI thread
        named,
        entities.recogniser(session, document_id),
        frozenset(entities.new_in(session, document_id)),
        {one.id: written[one.kind, one.name] for one in named if (one.kind, one.name) in written},
    )


# passages


def mark_passage(
    *, document: Document, start: int, end: int, color: Color, note: str = "", tags: Sequence[str] = ()
) -> Act[Annotation]:
    """Mark a passage of a document with a colour, and perhaps a note and tags."""

    def op(session: "Session") -> Annotation:
        from postil.anchors.describe import describe
        from postil_db.errors import Refused
        from postil_db.store import annotations

        try:
            selector = describe(document.content, start, end)
        except ValueError as error:
            raise Refused("There is no text in that passage; select some words.") from error
        return annotations.add(session, document.id, selector, color=color, note=note, tags=tuple(tags))

    return writing("Mark passage", op)


def recolor(*, annotation_ids: Sequence[int], color: Color) -> Act[None]:
    """Give annotations another colour."""

    def op(session: "Session") -> None:
        from postil_db.store import annotations

        annotations.set_color(session, annotation_ids, color)

    return writing("Change colour", op)


def write_note(*, annotation_id: int, note: str) -> Act[None]:
    """Replace an annotation's note."""

    def op(session: "Session") -> None:
        from postil_db.store import annotations

        annotations.set_note(session, annotation_id, note)

    return writing("Edit note" if note else "Remove note", op, joins=f"note of {annotation_id}")


REMOVAL = "Remove annotation"


def remove_annotations(*, annotation_ids: Sequence[int]) -> Act[None]:
    """Take annotations away."""

    def op(session: "Session") -> None:
        from postil_db.store import annotations

        annotations.remove(session, annotation_ids)

    return writing(REMOVAL if len(annotation_ids) == 1 else f"{REMOVAL}s", op)


# tags


def add_tag(*, annotation_ids: Sequence[int], name: str) -> Act[object]:
    """Attach a tag; it comes into being if it is new."""
    return _tagging("Add tag", lambda tags, session: tags.attach(session, annotation_ids, name))


def remove_tag(*, annotation_ids: Sequence[int], name: str) -> Act[object]:
    """Take a tag off these annotations."""
    return _tagging("Remove tag", lambda tags, session: tags.detach(session, annotation_ids, name))


def rename_tag(*, old: str, new: str) -> Act[object]:
    """Call a tag something else, everywhere."""
    return _tagging("Rename tag", lambda tags, session: tags.rename(session, old, new))


def merge_tags(*, source: str, target: str) -> Act[object]:
    """Make one tag of two, everywhere."""
    return _tagging("Merge tags", lambda tags, session: tags.merge(session, source, target))


def delete_tag(*, name: str) -> Act[object]:
    """Take a tag off everything; the annotations stay."""
    return _tagging("Delete tag", lambda tags, session: tags.delete(session, name))


def color_tag(*, name: str, color: Color | None) -> Act[object]:
    """Give a tag a colour, or none."""
    return _tagging("Colour tag", lambda tags, session: tags.set_color(session, name, color))


def _tagging(label: str, run: "Callable[..., object]") -> Act[object]:
    def op(session: "Session") -> object:
        from postil_db.store import tags

        return run(tags, session)

    return writing(label, op)


# documents


def remove_documents(*, document_ids: Sequence[int]) -> Act[None]:
    """Take documents out of the library, with their annotations."""

    def op(session: "Session") -> None:
        from postil_db.store import documents

        documents.remove(session, document_ids)

    return writing("Remove document" if len(document_ids) == 1 else "Remove documents", op)


def rename_document(*, document_id: int, title: str) -> Act[None]:
    """Give a document another title."""

    def op(session: "Session") -> None:
        from postil_db.store import documents

        documents.set_title(session, document_id, title)

    return writing("Rename document", op)


def note_opening(*, document_id: int) -> Act[None]:
    """Remember that a document was opened now."""

    def op(session: "Session") -> None:
        from postil_db.store import documents

        documents.opened(session, document_id)

    return writing("Open document", op, undoable=False, quiet=True)


def keep_position(*, document_id: int, offset: int) -> Act[None]:
    """Remember how far a document was read."""

    def op(session: "Session") -> None:
        from postil_db.store import documents

        documents.set_position(session, document_id, offset)

    return writing("Keep position", op, undoable=False, quiet=True)


def remember(*, key: str, value: str) -> Act[None]:
    """Remember a small fact about the library."""
    return Act("Remember", lambda library: library.remember(key, value), quiet=True)
