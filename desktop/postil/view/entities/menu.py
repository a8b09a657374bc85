"""The menu of a name: everything that can be done with it, with the keys for each."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from postil.view.entities.target import Target
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil_db.records import Entity

if TYPE_CHECKING:
    from postil.view.entities.ruling import Rulings
    from postil.view.parts import Parts

type Hint = Callable[[str], str]

_LONGEST = 32
_FORMS = 20


class Doing(Protocol):
    """Whatever can do something to a name."""

    @property
    def rulings(self) -> "Rulings":
        """Carries out decisions."""

    @property
    def pages(self) -> "Opening":
        """Opens pages and lists."""

    def tag_all(self, target: Target) -> None:
        """List all its places, to be tagged."""


class Opening(Protocol):
    """Whatever opens pages of names."""

    def open(self, entity_id: int, *, writing: bool = False) -> None:
        """Open the page of an entity; `writing`: with its note ready to be written."""

    def decisions(self) -> None:
        """List the decisions that stand."""


def fill(menu: QMenu, target: Target, names: Doing, parts: "Parts", hint: Hint | None = None) -> None:
    """Put what can be done with a name, or with selected words, at the end of a menu.

    `hint`: gives the key of a command where the menu is opened; usually that of the page.
    """
    hint = hint or parts.window.commands.bindings.hint
    if not menu.isEmpty():
        menu.addSeparator()
    menu.setToolTipsVisible(True)
    if target.entity is not None:
        _about_name(menu, target, target.entity, names, parts.appearance.theme, hint)
    else:
        _about_words(menu, target, names, hint)


def _about_name(menu: QMenu, target: Target, entity: Entity, names: Doing, theme: Theme, hint: Hint) -> None:
    rulings, pages = names.rulings, names.pages
    add = partial(_add, menu, hint)
    title = add(f"Page of “{_short(entity.name)}”", "name_page", lambda: pages.open(entity.id))
    title.setIcon(icon(entity.kind, theme, theme.entity(entity.kind)[1]))
    title.setToolTip("Open the page of this name")
    add("Note on this name…", "name_note", lambda: pages.open(entity.id, writing=True))
    add("Tag every mention…", "name_tag_all", lambda: names.tag_all(target))
    menu.addSeparator()
    here = "Not a name here" if target.mention is not None else "Not a name in this document"
    if target.document_id is not None:
        add(here, "name_not_here", lambda: rulings.not_here(target))
    add("Not a name anywhere", "name_not", lambda: rulings.nowhere(target))
    kinds = menu.addMenu(_titled("Change kind", "name_kind", hint))
    rulings.fill_kinds(kinds, target)
    add("Rename…", "name_rename", lambda: rulings.rename(target))
    add("Merge with…", "name_merge", lambda: rulings.merge(target))
    if target.alias:
        add(f"Split off “{_short(target.alias)}”", "name_split", lambda: rulings.split(target))
    elif target.mention is None and entity.aliases:
        forms = menu.addMenu("Split off")
        for text in entity.aliases[:_FORMS]:
            _add(forms, hint, f"“{_short(text)}”", "", partial(rulings.split, target, text))
    add(f"Never mark “{_short(target.text)}”", "name_ignore", lambda: rulings.ignore(target))
    menu.addSeparator()
    add("Decisions about names…", "decisions", pages.decisions)


def _about_words(menu: QMenu, target: Target, names: Doing, hint: Hint) -> None:
    kinds = menu.addMenu(_titled(f"Always mark “{_short(target.text)}” as", "name_always", hint))
    names.rulings.fill_kinds(kinds, target, always=True)
    _add(menu, hint, "Never mark it", "name_ignore", lambda: names.rulings.ignore(target))
    _add(menu, hint, "Tag every occurrence…", "name_tag_all", lambda: names.tag_all(target))


def _add(menu: QMenu, hint: Hint, text: str, command: str, do: Callable[[], object]) -> QAction:
    action = menu.addAction(_titled(text, command, hint))
    action.triggered.connect(lambda _checked=False: do())
    return action


def _titled(text: str, command: str, hint: Hint) -> str:
    key = hint(command) if command else ""
    text = text.replace("&", "&&")
    return f"{text}\t{key}" if key else text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
