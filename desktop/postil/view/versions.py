"""Versions: newer copies of documents are recognised when they come, and offered to take the older one's place."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postil.anchors.replacing import summary
from postil.view import acts_versions
from postil.view.message_bar import MessageBar
from postil.view.safety_aside import Aside
from postil.work.files import Files, Report
from postil.work.freshness import Freshness
from postil.work.run import Work
from postil_db.records import AnchorState, DocumentInfo

if TYPE_CHECKING:
    from postil.anchors.replacing import Sought
    from postil_db.store.likely import Likely

MOST = 20
"""Of so many documents that come at once each is compared with those that are there; of more, none."""


class Versions(QObject):
    """Offers, and lets newer copies take their place; see the module's text."""

    replaced = Signal(int, int)  # the older document's id, the newer one's
    review_wanted = Signal()

    def __init__(self, work: Work, files: Files, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._files, self._messages = work, files, messages
        self._wanted: dict[str, int] = {}  # files being read to take the place of these documents
        self._told: set[tuple[int, str]] = set()  # what was offered already: once is enough
        self._aside = Aside(work, self)
        self.freshness = Freshness(self)
        self.freshness.changed.connect(self._offer_file)

    def take_report(self, report: Report) -> None:
        """Look at what has come: take the place it was read for, or see whether it is a newer copy."""
        for info in (*report.added, *report.known):
            older = self._wanted.pop(info.source, None)
            if older is not None and older != info.id:
                self.replace(older, info)
            elif info in report.added and len(report.added) <= MOST:
                self._work.act(
                    acts_versions.look_for_older(document_id=info.id), partial(self._offer, info), initiator=self
                )
        if not self._files.running:
            self._wanted.clear()

    def look(self, info: DocumentInfo) -> None:
        """See whether the file of a document that was opened changed since."""
        self.freshness.look(info)

    def replace(self, older: int, newer: DocumentInfo) -> None:
        """Let a newer copy take a document's place."""

        def done(counts: Mapping[AnchorState, int]) -> None:
            self.replaced.emit(older, newer.id)
            self._tell(newer, counts)

        def put(sought: "Sought | None") -> None:
            act = acts_versions.replace_document(old_id=older, new_id=newer.id, sought=sought)
            self._work.act(act, done, initiator=self)

        # Where looking fails, the act meets the same fault, and tells it.
        self._aside.run(acts_versions.seek_passages(old_id=older, new_id=newer.id), put, lambda _fault: put(None))

    def close(self) -> None:
        """Look for nothing any more."""
        self.freshness.close()
        self._aside.close()

    def ask(self, info: DocumentInfo) -> None:
        """Look for an older copy of a document because the reader wishes it, and whether its file changed."""

        def done(found: "Likely | None") -> None:
            if found is None:
                self._messages.show_news("No other document looks like an older copy of this one.")
            self._offer(info, found)

        self._told.discard((info.id, info.sha256))
        self.look(info)
        self._work.act(acts_versions.look_for_older(document_id=info.id), done, initiator=self)

    def _offer(self, newer: DocumentInfo, found: "Likely | None") -> None:
        if found is None:
            return
        older = found.older
        named = "" if older.title == newer.title else f", “{older.title}”"
        marked = {0: "", 1: " Its annotation goes along."}.get(
            older.annotations, f" Its {older.annotations:,} annotations go along."
        )
        self._messages.show_offer(
            f"“{newer.title}” looks like a newer version of a document that you have{named}.{marked}",
            {"Replace it": partial(self.replace, older.id, newer), "Keep both": lambda: None},
        )

    def _offer_file(self, info: DocumentInfo, path: Path) -> None:
        if (info.id, info.sha256) in self._told:
            return
        self._told.add((info.id, info.sha256))
        self._messages.show_offer(
            f"“{path.name}” has changed on disk since you added it.",
            {"Read the new version": partial(self._read_again, info, path), "Not now": lambda: None},
        )

    def _read_again(self, info: DocumentInfo, path: Path) -> None:
        self._wanted[info.source] = info.id
        self._files.add([path])

    def _tell(self, newer: DocumentInfo, counts: Mapping[AnchorState, int]) -> None:
        choices: dict[str, Callable[[], object]] = {}
        if counts[AnchorState.CHANGED] or counts[AnchorState.ORPHAN]:
            choices["Review"] = self.review_wanted.emit
        sentence = f"“{newer.title}” took the place of its earlier version. {summary(counts)}".rstrip()
        self._messages.show_offer(sentence, choices, undoable=True)
