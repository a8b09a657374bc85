"""What is done to the names that are chosen in the table: to one, or to many in one act."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from postil.view import acts_names
from postil.view.entities.menu import fill
from postil.view.entities.ruling import Rulings
from postil.view.entities.table_keys import REMOVE, hint
from postil.view.entities.table_model import TITLES
from postil.view.entities.table_rows import COLUMNS
from postil.view.entities.target import Target
from postil.view.panels.words import plural
from postil_db.records import Entity, Mention
from postil_db.records.entity_list import ListedEntity

if TYPE_CHECKING:
    from postil.view.entities.pages import Pages
    from postil.view.entities.table_window import NamesWindow
    from postil.view.parts import Parts


_FORMS = 20


class FarPages:
    """Pages of names stand in the main window: it comes forward when one is opened from here."""

    def __init__(self, pages: "Pages", parts: "Parts") -> None:
        self._pages, self._parts = pages, parts

    def open(self, entity_id: int, *, writing: bool = False) -> None:
        """Open the page of an entity."""
        self._parts.window.come_forward()
        self._pages.open(entity_id, writing=writing)

    def decisions(self) -> None:
        """List the decisions that stand."""
        self._parts.window.come_forward()
        self._pages.decisions()

    def tag_all(self, target: Target) -> None:
        """List every place of a name, to be tagged."""
        self._parts.window.come_forward()
        self._pages.tag_all(target)


class TableDeeds(QObject):
    """Does what the table, its menu and its buttons ask for."""

    def __init__(self, window: "NamesWindow", pages: "Pages", parts: "Parts") -> None:
        super().__init__(window)
        self._window, self._parts, self._table = window, parts, window.table
        self.rulings = Rulings(parts, window, window.messages)
        self.pages = FarPages(pages, parts)
        self._at: tuple[int, int, int] = (-1, 0, 0)  # entity, document and offset last walked to
        self._does: dict[str, Callable[[Sequence[Target]], object]] = {
            "name_kind": lambda all_: self.rulings.ask_kind(self._place(), *all_),
            "name_merge": lambda all_: self.rulings.merge(*all_),
            "name_not_here": self._not_here,
            "name_not": lambda all_: self.rulings.nowhere(*all_),
            REMOVE: lambda all_: (self.rulings.not_here if self._here else self.rulings.nowhere)(*all_),
            "name_ignore": lambda all_: self.rulings.ignore(*all_),
        }
        self._does_alone: dict[str, Callable[[Target], object]] = {
            "name_page": lambda one: self.pages.open(_id(one)),
            "name_note": lambda one: self.pages.open(_id(one), writing=True),
            "name_tag_all": self.tag_all,
            "name_rename": self.rulings.rename,
            "name_split": self._split,
        }

    def do(self, command: str) -> None:
        """Do to what is chosen what a command does to a name."""
        if command == "walk":
            self.walk(1, True)
            return
        targets = self.targets()
        if not targets:
            self._say("Choose a name first.")
        elif command in self._does:
            self._does[command](targets)
        elif command in self._does_alone and len(targets) > 1:
            self._say(f"{plural(len(targets), 'name')} are chosen. Choose one of them for this.")
        elif command in self._does_alone:
            self._does_alone[command](targets[0])
        else:  # what is always to be marked is words of the text
            self._say("Select the words on the page for this.")

    def targets(self) -> list[Target]:
        """What is chosen, or else the row that the keyboard is on."""
        current = self._table.current()
        chosen = self._table.chosen() or ([current] if current is not None else [])
        return [Target(entity_of(one), None, self._document, one.name) for one in chosen]

    def tag_all(self, target: Target) -> None:
        """List all places of a name, to be tagged."""
        self.pages.tag_all(target)

    def open(self) -> None:
        """Open the page of the current name."""
        if (one := self._table.current()) is not None:
            self.pages.open(one.id)

    def walk(self, way: int, for_good: bool) -> None:
        """Go to the next mention of the current name, or the one before; `for_good`: with the keyboard."""
        one = self._table.current()
        if one is None:
            return
        desk, at = self._parts.desk, self._parts.naming.current
        entity, document, offset = self._at
        if at is not None and at.entity_id == one.id:  # one has walked on there meanwhile
            entity, document, offset = one.id, at.document_id, at.start
        if entity != one.id:
            document, offset = desk.document_id or 0, -1
        query = acts_names.find_place(
            entity_id=one.id, after=(document, offset), back=way < 0, document_id=self._document
        )
        self._parts.work.query(query, partial(self._go, for_good))

    def copy(self) -> None:
        """Put the names that are chosen on the clipboard, one a line."""
        if chosen := self._table.chosen():
            QGuiApplication.clipboard().setText("\n".join(one.name for one in chosen))

    def open_menu(self, at: QPoint) -> None:
        """Open the menu of what is chosen."""
        targets = self.targets()
        if not targets:
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        key = partial(hint, self._parts.window.commands.bindings)
        if len(targets) == 1:
            fill(menu, targets[0], self, self._parts, key)
        else:
            self._fill_many(menu, targets, key)
        menu.addSeparator()
        menu.addAction("Copy names" if len(targets) > 1 else "Copy name", self.copy)
        sort = menu.addMenu("Sort by")
        for column in COLUMNS:
            sort.addAction(TITLES[column], partial(self._window.sort_by, column))
        menu.popup(at)

    # inside

    @property
    def _document(self) -> int | None:
        return self._table.names.sight.listing.document

    @property
    def _here(self) -> bool:
        return self._document is not None

    def _fill_many(self, menu: QMenu, targets: Sequence[Target], key: Callable[[str], str]) -> None:
        def add(words: str, command: str) -> None:
            keys = key(command)
            menu.addAction(f"{words}\t{keys}" if keys else words, partial(self.do, command))

        title = menu.addAction(f"{plural(len(targets), 'name')} chosen")
        title.setEnabled(False)
        menu.addSeparator()
        if self._here:
            add("Not names in this document", "name_not_here")
        add("Not names anywhere", "name_not")
        kinds = menu.addMenu("Change kind")
        self.rulings.fill_kinds(kinds, *targets)
        add("Merge…", "name_merge")
        add("Never mark these words", "name_ignore")

    def _not_here(self, targets: Sequence[Target]) -> None:
        if self._here:
            self.rulings.not_here(*targets)
        else:
            self._say("This is the whole library. Choose “this document” above to rule about one document alone.")

    def _split(self, target: Target) -> None:
        """Ask which form is a name of its own."""
        forms = target.entity.aliases if target.entity is not None else ()
        if not forms:
            self._say(f"“{target.name}” is written in one way only: there is nothing to split off.")
        elif len(forms) == 1:
            self.rulings.split(target, forms[0])
        else:
            menu = QMenu(self._window)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for form in forms[:_FORMS]:
                menu.addAction(f"“{form.replace('&', '&&')}”", partial(self.rulings.split, target, form))
            menu.popup(self._place())

    def _go(self, for_good: bool, place: Mention | None) -> None:
        if place is None:
            self._say("Nothing names it any more.")
            return
        parts = self._parts
        self._at = place.entity_id, place.document_id, place.start
        parts.journey.leave()
        parts.desk.open(place.document_id, place.start, place.end)
        parts.naming.choose(place.entity_id, place.start, place.end)
        if for_good:
            parts.window.come_forward()
            parts.page.setFocus()

    def _place(self) -> QPoint:
        return self._table.place_of_current()

    def _say(self, sentence: str) -> None:
        self._window.messages.show_news(sentence)


def entity_of(one: ListedEntity) -> Entity:
    """A row as what decisions are about."""
    return Entity(one.id, one.kind, one.name, one.aliases, one.mentions)


def _id(target: Target) -> int:
    return target.entity.id if target.entity is not None else -1
