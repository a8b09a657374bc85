"""Pages: which entity's page is open, the way back from it, and the dialogs about names."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from postil.view import acts_entities as acts
from postil.view.entities.target import Target
from postil.view.searching import tag_query
from postil_db.changes import Changes
from postil_db.records import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postil.view.parts import Parts
    from postil_db.records.entity_page import EntityPage, Met

_DEEPEST = 50


class Pages(QObject):
    """Opens pages of names in the panel; see the module's text."""

    def __init__(self, parts: "Parts", parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._panel = parts.window.names_panel
        self._view = self._panel.page
        self._behind: list[int] = []
        self._shown: int | None = None
        self._writing = self._quietly = False

    def hear(self) -> None:
        """Hear what the reader does on a page."""
        view, work = self._view, self._parts.work
        view.back_asked.connect(self.back)
        view.entity_asked.connect(self.open)
        self._parts.halves.hear(lambda half: half.page.mention_clicked, self.turn_to)
        view.place_asked.connect(self._go_to)
        view.document_asked.connect(self._open_document)
        view.note_asked.connect(self._go_to_note)
        view.more_asked.connect(self._load_more)
        view.note_changed.connect(
            lambda number, note: work.act(acts.write_entity_note(entity_id=number, note=note), initiator=view)
        )
        view.tag_added.connect(
            lambda number, name: work.act(acts.tag_entity(entity_id=number, name=name), initiator=view)
        )
        view.tag_removed.connect(
            lambda number, name: work.act(acts.untag_entity(entity_id=number, name=name), initiator=view)
        )
        view.tag_clicked.connect(lambda name: self._parts.window.search_bar.set_text(tag_query(name)))
        view.link_clicked.connect(self.follow)

    def turn_to(self, entity_id: int, *_: object) -> None:
        """Show the page of a name that was clicked in the text, where a page is open already."""
        if self._panel.paged and entity_id >= 0:
            self.open(entity_id, quietly=True)

    def open(self, entity_id: int, *, writing: bool = False, quietly: bool = False) -> None:
        """Open the page of an entity; `writing`: with its note ready to be written; `quietly`: the keyboard stays."""
        if entity_id < 0:
            self._say("This name has its page as soon as the names of the whole document are found.")
            return
        if self._shown is not None and self._shown != entity_id and self._panel.paged:
            self._behind.append(self._shown)
            del self._behind[:-_DEEPEST]
        elif not self._panel.paged:
            self._behind.clear()
        self._writing, self._quietly = writing, quietly
        self._load(entity_id, self._show)

    def open_named(self, name: str) -> None:
        """Open the page of the entity that a link in a note names."""

        def found(entity: Entity | None) -> None:
            if entity is None:
                self._say(f"No text names “{name}” yet.")
            else:
                self.open(entity.id)

        self._parts.work.query(acts.find_named(name=name), found)

    def follow(self, address: str) -> None:
        """Follow a link of a note: to a page of a name, or out of Postil."""
        from postil.view.wiring_half import follow

        follow(self._parts, address)

    def back(self) -> None:
        """Lead back to the page before, or to the list."""
        if self._behind:
            self._load(self._behind.pop(), self._show)
        else:
            self._shown = None
            self._panel.show_list()

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Load the open page anew when something on it may have changed."""
        touched = (changes.mentions, changes.annotations, changes.documents, changes.entity_notes, changes.tags)
        if self._shown is not None and self._panel.paged and (any(touched) or changes.everything):
            self._load(self._shown, self._renew)

    # dialogs

    def decisions(self) -> None:
        """List the decisions that stand."""
        from postil.view.entities.decision_work import DecisionWork
        from postil.view.entities.decisions import DecisionsDialog

        dialog = DecisionsDialog(self._parts.appearance.theme, self._parts.window)
        DecisionWork(dialog, self._parts)
        self._open(dialog)

    def find(self) -> None:
        """List every name of the library, to open the page of one."""
        parts = self._parts

        def show(names: "Sequence[tuple[str, EntityKind, int]]") -> None:
            from postil.view.entities.picker import EntityPicker

            if not names:
                self._say("The library knows no names yet: they are found in the documents that you open.")
                return
            text = "Every name in the library, the most often named ones first:"
            dialog = EntityPicker(parts.appearance.theme, text, names, None, "Open its page", parts.window)

            def take() -> None:
                if (chosen := dialog.chosen()) is not None:
                    parts.work.query(acts.find_named(name=chosen[0], kind=chosen[1]), found)

            dialog.accepted.connect(take)
            self._open(dialog)

        def found(entity: Entity | None) -> None:
            if entity is not None:
                self.open(entity.id)

        parts.work.query(acts.load_entity_names(), show)

    def tag_all(self, target: Target) -> None:
        """List every place of a name, or of a phrase, to be tagged."""
        parts = self._parts
        entity = target.entity
        if entity is not None and entity.id < 0:
            self._say("Its mentions can be tagged as soon as the names of the whole document are found.")
            return

        def show(found: "Sequence[Met]") -> None:
            from postil.view.entities.tag_all import TagAllDialog, connect

            if not any(met.passages for met in found):
                self._say(f"“{target.name}” stands in no text.")
                return
            dialog = TagAllDialog(
                parts.appearance.theme, target.name, found, list(parts.stock.tag_colors), parts.window
            )
            connect(dialog, parts)
            self._open(dialog)

        query = acts.load_places(entity_id=entity.id) if entity is not None else acts.load_places(phrase=target.text)
        parts.work.query(query, show)

    # inside

    def _load(self, entity_id: int, show: object) -> None:
        first = self._parts.desk.document_id
        self._parts.work.query(acts.load_page(entity_id=entity_id, first=first), show, self._lose)  # type: ignore[arg-type]

    def _show(self, page: "EntityPage") -> None:
        window = self._parts.window
        self._shown = page.entity.id
        self._view.show_page(page)
        self._panel.show_page()
        window.show_panel(self._panel)
        if self._writing:
            self._view.edit_note()
        elif not self._quietly:
            self._view.focus()
        self._writing = self._quietly = False

    def _renew(self, page: "EntityPage") -> None:
        if self._panel.paged:
            self._shown = page.entity.id
            self._view.show_page(page)

    def _lose(self, error: Exception) -> None:
        self._say(str(error))
        self.back()

    def _go_to(self, document_id: int, start: int, end: int) -> None:
        self._parts.journey.leave()
        self._parts.desk.open(document_id, start, end)

    def _open_document(self, document_id: int) -> None:
        self._parts.journey.leave()
        self._parts.desk.open(document_id)

    def _go_to_note(self, document_id: int, annotation_id: int) -> None:
        page = self._view.page
        found = [one.annotation for one in (*page.quoting, *page.linking)] if page is not None else []
        place = next((one.selector for one in found if one.id == annotation_id), None)
        if place is not None:
            self._parts.journey.leave()
            self._parts.desk.open(document_id, place.start, place.end, annotation_id)

    def _load_more(self, entity_id: int, document_id: int) -> None:
        self._parts.work.query(
            acts.load_more(entity_id=entity_id, document_id=document_id, after=self._view.last_of(document_id)),
            lambda found: self._view.show_more(entity_id, document_id, found),
        )

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say(self, sentence: str) -> None:
        if isValid(self._parts.window):
            self._parts.window.messages.show_news(sentence)
