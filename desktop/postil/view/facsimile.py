"""The printed pages of what lies on a desk: loaded as far as they are looked at, and shown where they were before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postil.view import print_acts
from postil.view.appearance import Appearance
from postil.view.desk import Desk
from postil.view.page.page import Page
from postil.work.run import Work
from postil_db.errors import LibraryError
from postil_db.records import Document

if TYPE_CHECKING:
    from postil.documents.printed import Glyphs

PAGED = ("application/pdf",)
"""Kinds of files that have pages."""


class Facsimile(QObject):
    """Gives a page what it needs to show its document as it is printed."""

    def __init__(self, work: Work, desk: Desk, page: Page, look: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._desk, self._page = work, desk, page
        self._arriving = False
        desk.document_opened.connect(self._ask)
        page.faces.glyphs_wanted.connect(self._ask_glyphs)
        page.printed_changed.connect(self._remember)
        page.faces.manner_changed.connect(look.set_print_manner)
        look.print_manner_changed.connect(page.faces.set_manner)
        page.faces.set_manner(look.print_manner)

    def close(self) -> None:
        """Let go of the process that draws."""
        self._arriving = True
        self._page.faces.set_pages((), None)
        self._arriving = False

    def _ask(self, document: Document, _position: int) -> None:
        if document.info.media_type in PAGED:
            asked = print_acts.load_printed(document_id=document.id, sha256=document.info.sha256)
            self._work.query(asked, self._take, self._miss)

    def _take(self, printed: print_acts.Printed) -> None:
        if printed.document_id != self._desk.document_id or not printed.pages:
            return
        from postil.documents.printing import Printer

        self._page.faces.set_pages(printed.pages, Printer(printed.original))
        if printed.shown:
            self._arriving = True
            self._page.set_printed(True)
            self._arriving = False

    def _miss(self, _error: LibraryError) -> None:
        """A document whose file is gone has no pages to show; its text is there."""

    def _ask_glyphs(self, page: int) -> None:
        if (document_id := self._desk.document_id) is not None:
            self._work.query(print_acts.load_glyphs(document_id=document_id, page=page), self._take_glyphs)

    def _take_glyphs(self, found: "tuple[int, int, Glyphs]") -> None:
        document_id, page, glyphs = found
        if document_id == self._desk.document_id:
            self._page.faces.take_glyphs(page, glyphs)

    def _remember(self, printed: bool) -> None:
        document_id = self._desk.document_id
        if document_id is not None and not self._arriving and self._page.faces.pages:
            self._work.act(print_acts.remember_shown(document_id=document_id, shown=printed))
