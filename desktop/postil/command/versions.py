"""Newer versions of documents on the command line: `add --replace`, and what `add` says of copies that look newer."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postil.command.console import Call, NotDone
from postil.command.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postil.command.console import Json
    from postil_db.library import Added
    from postil_db.records import AnchorState, DocumentInfo
    from postil_db.store.likely import Likely


@dataclass(slots=True)
class Versions:
    """What `add` does about versions, document by document. `files`: how many are to be added."""

    call: Call
    files: int
    replaced: "dict[int, tuple[DocumentInfo, Mapping[AnchorState, int]]]" = field(default_factory=dict)
    likely: "dict[int, Likely]" = field(default_factory=dict)
    older: "DocumentInfo | None" = None

    def __post_init__(self) -> None:
        """See which document is meant before anything is read: the new one may be called the same."""
        from postil_db.store import documents

        if wanted := self.call.args.replace:
            if self.files > 1:
                raise NotDone("--replace is for a single document, and a folder may hold many.")
            self.older = self.call.library.read(lambda session: documents.find(session, wanted))

    def take(self, added: "Added") -> None:
        """Let what was just added take the place that was asked for, or look whether it is a newer version."""
        from postil.anchors.replacing import Sought, replace_in
        from postil_db.store import likely

        library, new, older = self.call.library, added.info.id, self.older
        if older is not None:
            if older.id == new:
                raise NotDone(f"“{older.title}” is this very file: there is nothing to replace.")
            counts = replace_in(library, older.id, new, Sought.ahead(library, older.id, new))
            self.replaced[new] = older, counts
        elif added.new:
            found = library.write("", lambda session: likely.older_copy(session, new), undoable=False).result
            if found is not None:
                self.likely[new] = found

    def shape(self, document: int) -> "dict[str, Json]":
        """What the JSON of a document says besides."""
        if document in self.replaced:
            older, counts = self.replaced[document]
            told: dict[str, Json] = {_NAMES.get(state.value, state.value): count for state, count in counts.items()}
            return {"replaced": {"document": older.id, "title": older.title, **told}}
        return {"newer_than": self.likely[document].older.id} if document in self.likely else {}

    def say(self) -> None:
        """Tell it in sentences."""
        from postil.anchors.replacing import summary

        console = self.call.console
        for older, counts in self.replaced.values():
            console.tell(
                f"It took the place of “{shortened(older.title, 60)}” ({older.id}). {summary(counts)}".rstrip()
            )
        for new, found in self.likely.items():
            older = found.older
            console.tell(
                f"{new} looks like a newer version of {older.id}, “{shortened(older.title, 60)}”. To let it take that "
                f"one's place, with its annotations: postil add FILE --replace {older.id}"
            )


_NAMES = {"orphan": "lost"}
