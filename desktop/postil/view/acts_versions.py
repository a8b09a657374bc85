"""What a reader can do about newer versions of documents, and about annotations whose passage changed or is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postil.work.reading import Query, reading
from postil.work.writing import Act, writing
from postil_db.records import AnchorState, Annotation, Document, DocumentInfo

if TYPE_CHECKING:
    from postil.anchors.replacing import Sought
    from postil_db.library import Session
    from postil_db.store.likely import Likely


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be looked at in one document. `former`: what changed annotations marked before, by their ids.

    `earlier`: the copies whose place it took, the last one first; `newest`: the document that has its place now.
    """

    document_id: int
    former: Mapping[int, str]
    earlier: Sequence[DocumentInfo]
    newest: int


def look_for_older(*, document_id: int) -> "Act[Likely | None]":
    """Ask which document one is likely a newer copy of; what that takes is kept for the next time."""

    def op(session: "Session") -> "Likely | None":
        from postil_db.store import likely

        return likely.older_copy(session, document_id)

    return writing("Look for older copies", op, undoable=False, quiet=True)


def seek_passages(*, old_id: int, new_id: int) -> "Act[Sought]":
    """Look where the passages of a document are in a newer copy: for a thread that holds nobody up."""
    from postil.anchors.replacing import Sought

    return Act("Look for passages", lambda library: Sought.ahead(library, old_id, new_id), quiet=True)


def replace_document(*, old_id: int, new_id: int, sought: "Sought | None" = None) -> Act[Mapping[AnchorState, int]]:
    """Let a newer copy take a document's place; gives how many annotations ended in which state.

    `sought`: where the passages were found already.
    """
    from postil.anchors.replacing import LABEL, replace_in

    return Act(LABEL, lambda library: replace_in(library, old_id, new_id, sought))


def load_review(*, document_id: int) -> Query[Review]:
    """Ask what is to be looked at in a document."""

    def op(session: "Session") -> Review:
        from postil_db.store import versions

        return Review(
            document_id,
            versions.former(session, document_id),
            versions.earlier(session, document_id),
            versions.newest(session, document_id),
        )

    return reading(op, "review")


def accept_changes(*, annotation_ids: Sequence[int]) -> Act[None]:
    """Take annotations as they stand in the newer version."""

    def op(session: "Session") -> None:
        from postil_db.store import versions

        versions.accept(session, annotation_ids)

    return writing("Accept change" if len(annotation_ids) == 1 else "Accept changes", op)


def lose_passages(*, annotation_ids: Sequence[int]) -> Act[None]:
    """Say of annotations that the newer version has not what they marked; they are kept with what it was."""

    def op(session: "Session") -> None:
        from postil_db.store import versions

        versions.lose(session, annotation_ids)

    return writing("Keep as lost", op)


def pin_passage(*, annotation_id: int, document: Document, start: int, end: int) -> Act[Annotation]:
    """Put an annotation at a passage that the reader selected."""

    def op(session: "Session") -> Annotation:
        from postil.anchors.describe import describe
        from postil_db.errors import Refused
        from postil_db.store import annotations, versions

        try:
            selector = describe(document.content, start, end)
        except ValueError as error:
            raise Refused("There is no text in that passage; select some words.") from error
        versions.pin(session, annotation_id, selector)
        return annotations.get(session, annotation_id)

    return writing("Pin annotation elsewhere", op)
