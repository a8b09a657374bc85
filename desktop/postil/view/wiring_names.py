"""Who hears whom among names: rulings, pages of names, their notes and tags, links to them in notes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from postil.view import acts_entities as acts
from postil.view.entities.menu import fill
from postil.view.entities.pages import Pages
from postil.view.entities.ruling import Rulings
from postil.view.entities.target import Target, tidy
from postil.view.panels.note_editor import NoteEditor
from postil.view.parts import Parts
from postil_db.records import Entity, EntityKind, Mention

if TYPE_CHECKING:
    from postil.view.wiring_names_list import NamesList


class Names(QObject):
    """What the reader does to names in one window, by key, menu or click."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self.rulings = Rulings(parts)
        self.pages = Pages(parts, self)
        self._list: NamesList | None = None

    # what is meant

    def target(self) -> Target | None:
        """The name that keys and commands mean: the row's or page's where the keyboard is there, else the text's."""
        panel, naming = self._parts.window.names_panel, self._parts.naming
        focus = self._parts.window.focusWidget()
        if focus is not None and panel.isAncestorOf(focus):
            entity = panel.chosen()
            return self._about(entity, None) if entity is not None else None
        mention = naming.current
        if mention is not None and (entity := self._entity(mention.entity_id)) is not None:
            return self._about(entity, mention)
        return None

    def selected(self) -> Target | None:
        """What is selected on the page."""
        text = tidy(self._parts.page.selected_text())
        return Target(document_id=self._parts.desk.document_id, text=text) if text else None

    def _about(self, entity: Entity, mention: Mention | None) -> Target:
        text = mention.text if mention is not None else entity.name
        return Target(entity, mention, self._parts.desk.document_id, text)

    def _entity(self, entity_id: int) -> Entity | None:
        names = self._parts.desk.names
        return next((one for one in names.entities if one.id == entity_id), None) if names is not None else None

    # commands

    def commands(self) -> dict[str, Callable[[], object]]:
        """What each command of the menu Names does."""
        rulings, pages = self.rulings, self.pages
        on = self._on_name
        return {
            "names": self.list_all,
            "name_page": on(lambda target: pages.open(_id(target))),
            "name_find": pages.find,
            "name_note": on(lambda target: pages.open(_id(target), writing=True)),
            "name_tag_all": self._tag_all,
            "name_not_here": on(rulings.not_here),
            "name_not": on(rulings.nowhere),
            "name_kind": on(lambda target: rulings.ask_kind(self._place(target), target)),
            "name_rename": on(rulings.rename),
            "name_merge": on(rulings.merge),
            "name_split": on(rulings.split),
            "name_always": self._always,
            "name_ignore": self._ignore,
            "decisions": pages.decisions,
        }

    def list_all(self) -> None:
        """Show all names as a table."""
        from postil.view.wiring_names_list import NamesList  # no start waits for it

        self._list = self._list or NamesList(self._parts, self.pages)
        self._list.show()

    def fill_menu(self, menu: QMenu, mentions: list[Mention]) -> None:
        """Add to the page's menu what can be done with the name under the pointer, or with the selection."""
        entity = self._entity(mentions[0].entity_id) if mentions and isinstance(mentions[0], Mention) else None
        if entity is not None:
            fill(menu, self._about(entity, mentions[0]), self, self._parts)
        elif (target := self.selected()) is not None:
            fill(menu, target, self, self._parts)

    def open_menu(self, at: QPoint) -> None:
        """Open the menu of a row or page of the panel."""
        entity = self._parts.window.names_panel.chosen()
        if entity is None:
            return
        menu = QMenu(self._parts.window)
        fill(menu, self._about(entity, None), self, self._parts)
        menu.popup(at)

    def tag_all(self, target: Target) -> None:
        """List all places, to be tagged."""
        self.pages.tag_all(target)

    def _on_name(self, do: Callable[[Target], object]) -> Callable[[], None]:
        def run() -> None:
            target = self.target()
            if target is None:
                self._advise("Go to a name first: press E, or click one.")
            else:
                do(target)

        return run

    def _tag_all(self) -> None:
        target = self.selected() or self.target()
        if target is None:
            self._advise("Go to a name first (E), or select a phrase.")
        else:
            self.tag_all(target)

    def _always(self) -> None:
        target = self.selected()
        if target is None:
            self._advise("Select the words of one paragraph that are always to be marked as a name.")
        else:
            self.rulings.ask_kind(self._place(target), target, always=True)

    def _ignore(self) -> None:
        target = self.selected() or self.target()
        if target is None:
            self._advise("Go to a name first (E), or select the words that are never to be marked.")
        else:
            self.rulings.ignore(target)

    def _place(self, target: Target) -> QPoint:
        """Where on the screen to ask about a target."""
        page, panel = self._parts.page, self._parts.window.names_panel
        focus = self._parts.window.focusWidget()
        if focus is not None and panel.isAncestorOf(focus):
            return panel.place_of_chosen()
        start, end = (target.mention.start, target.mention.end) if target.mention else page.selection()
        face = page.faces.now
        box = face.bounds(start, end)
        return face.viewport().mapToGlobal(box.bottomLeft()) if not box.isEmpty() else QCursor.pos()

    def _advise(self, sentence: str) -> None:
        self._parts.window.messages.show_news(sentence)


def _id(target: Target) -> int:
    return target.entity.id if target.entity is not None else -1


def connect_names(parts: Parts) -> Names:
    """Connect everything that is done to names."""
    window, halves, names = parts.window, parts.halves, Names(parts)
    panel, pages = window.names_panel, names.pages
    for name, do in names.commands().items():
        window.commands[name].triggered.connect(lambda _checked=False, do=do: do())
    panel.set_bindings(window.commands.bindings)
    window.commands.keys_changed.connect(lambda: panel.set_bindings(window.commands.bindings))
    panel.command_requested.connect(lambda name: window.commands[name].trigger())
    panel.menu_requested.connect(names.open_menu)
    panel.page_requested.connect(pages.open)
    panel.name_requested.connect(pages.open_named)

    def complete(editor: NoteEditor) -> None:
        editor.names_wanted.connect(partial(_offer_names, parts, editor))

    panel.page.editor_made.connect(complete)
    complete(window.notes_panel.card.editor)
    halves.follow(lambda half: half.naming.known_shown, panel.show_known, frozenset(), {})
    halves.hear(lambda half: half.page.menu_filled, names.fill_menu)
    pages.hear()
    parts.work.changed.connect(pages.take_changes)
    parts.stock.shelf_changed.connect(lambda _shelf: panel.page.set_tag_colors(parts.stock.tag_colors))
    halves.leaving.connect(panel.page.save)
    window.leaving.connect(panel.page.save)
    parts.app.commitDataRequest.connect(lambda _session: panel.page.save())
    _enable(parts)
    return names


def _offer_names(parts: Parts, editor: NoteEditor) -> None:
    """Have an editor offer every name there is, the most often named ones first."""

    def offer(names: Sequence[tuple[str, EntityKind, int]]) -> None:
        editor.links.set_names([name for name, _kind, _count in names])

    parts.work.query(acts.load_entity_names(), offer)


def _enable(parts: Parts) -> None:
    """Commands on a name can be chosen as soon as names are known: which one is meant is seen when they are."""
    enable = partial(_switch, parts)
    parts.halves.follow(lambda half: half.naming.entities_shown, enable, ())
    parts.halves.hear(lambda half: half.desk.document_closed, lambda: enable(()))
    enable(())


def _switch(parts: Parts, entities: object) -> None:
    from postil.view.menus import Needs

    for name, one in parts.window.commands.listed.items():
        if one.command.needs is Needs.NAME:
            parts.window.commands[name].setEnabled(bool(entities))
