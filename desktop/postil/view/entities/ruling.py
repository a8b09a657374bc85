"""Ruling: what the reader decides about names: weighed before it touches more than they see, told afterwards."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu
from shiboken6 import isValid

from postil.exchange.decision_words import counted, said
from postil.view import acts_entities as acts
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.entities.target import Target
from postil.view.look.icons import icon
from postil.view.page.tips import kind_name
from postil_db.records import Effect, EntityKind, NewDecision, Ruling

if TYPE_CHECKING:
    from postil.view.entities.picker import Known
    from postil.view.parts import Parts

FEW = 5
"""So many mentions of one document may change without asking."""
_LABELS = {
    Ruling.NOT_ENTITY: "Not a name",
    Ruling.KIND: "Change kind",
    Ruling.RENAME: "Rename name",
    Ruling.MERGE: "Merge names",
    Ruling.SPLIT: "Split off",
    Ruling.ALWAYS: "Always mark",
    Ruling.IGNORE: "Never mark",
}


class Rulings(QObject):
    """Carries out what is asked for a target."""

    page_wanted = Signal(int)  # open the page of this entity
    tagging_wanted = Signal(object)  # Target: tag its places

    def __init__(self, parts: "Parts") -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._kind = EntityKind.PERSON  # what was last always to be marked as

    # each deed

    def not_here(self, target: Target) -> None:
        """It is no name here."""
        self._decide(target.not_here())

    def nowhere(self, target: Target) -> None:
        """It is no name anywhere."""
        self._decide(target.nowhere())

    def change_kind(self, target: Target, kind: EntityKind) -> None:
        """It is of another kind."""
        if target.entity is not None and target.entity.kind is kind:
            self._say(f"“{target.name}” is {_as(kind)} already.")
        else:
            self._decide(target.of_kind(kind))

    def rename(self, target: Target) -> None:
        """Ask for another name."""

        def ask(names: "Sequence[Known]") -> None:
            self._parts.asking.line(
                "Rename name",
                f"What “{target.name}” is to be called, in every document:",
                "Rename",
                lambda typed: "" if typed else "A name needs at least one letter.",
                lambda typed: self._decide(target.renamed(typed)) if typed != target.name else None,
                line=target.name,
                names=[name for name, _kind, _count in names],
            )

        self._parts.work.query(acts.load_entity_names(), ask)

    def merge(self, target: Target) -> None:
        """Ask which name it is the same as."""
        entity = target.entity
        if entity is None:
            return
        like = (entity.name, entity.kind, entity.count)

        def ask(names: "Sequence[Known]") -> None:
            from postil.view.entities.picker import EntityPicker  # only when it is asked for

            if len(names) < 2:
                self._say("There is no other name to merge it with yet.")
                return
            text = f"“{entity.name}” is the same as:"
            dialog = EntityPicker(self._parts.appearance.theme, text, names, like, parent=self._parts.window)

            def take() -> None:
                if (chosen := dialog.chosen()) is not None:
                    self._decide(target.merged(chosen[1], chosen[0]))

            dialog.accepted.connect(take)
            self._open(dialog)

        self._parts.work.query(acts.load_entity_names(), ask)

    def split(self, target: Target, text: str = "") -> None:
        """What is written so is a name of its own."""
        text = text or target.alias
        if text:
            self._decide(target.split(text))
        else:
            self._say(f"“{target.name}” is written in full here: there is nothing to split off.")

    def always(self, target: Target, kind: EntityKind) -> None:
        """The text is a name wherever it stands."""
        self._kind = kind
        self._decide(target.always(kind))

    def ignore(self, target: Target) -> None:
        """The text is never marked."""
        self._decide(target.ignored())

    # menus

    def ask_kind(self, target: Target, at: QPoint, *, always: bool = False) -> QMenu:
        """Offer the kinds beside a place on the screen, each with a digit."""
        menu = QMenu(self._parts.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QAction(f"“{_short(target.text if always else target.name)}” is {'always ' if always else ''}…", menu)
        title.setEnabled(False)
        menu.addAction(title)
        menu.addSeparator()
        self.fill_kinds(menu, target, always=always)
        chosen = next((one for one in menu.actions() if one.data() is self._kind), None) if always else None
        menu.popup(at)
        if chosen is not None:
            menu.setActiveAction(chosen)
        return menu

    def fill_kinds(self, menu: QMenu, target: Target, *, always: bool = False) -> None:
        """Put the kinds into a menu."""
        theme = self._parts.appearance.theme
        for number, kind in enumerate(EntityKind, 1):
            act = QAction(icon(kind, theme, theme.entity(kind)[1]), f"&{number}  {kind_name(kind)}", menu)
            act.setData(kind)
            if not always and target.entity is not None and target.entity.kind is kind:
                act.setCheckable(True)
                act.setChecked(True)
            act.triggered.connect(partial(self._take_kind, target, kind, always))
            menu.addAction(act)

    def _take_kind(self, target: Target, kind: EntityKind, always: bool, _checked: bool = False) -> None:
        (self.always if always else self.change_kind)(target, kind)

    # inside

    def _decide(self, what: NewDecision) -> None:
        work = self._parts.work
        work.query(acts.preview(what=[what]), partial(self._weigh, what), lambda error: self._say(str(error)))

    def _weigh(self, what: NewDecision, effect: Effect) -> None:
        if effect.documents > 1 or effect.mentions > FEW:
            later = "" if what.document_id is not None else " and holds for every document that comes later"
            text = f"This changes {counted(effect)}{later}. It can be undone and withdrawn."
            self._confirm(said(what, self._title(what)), text, _LABELS[what.ruling], lambda: self._act(what, effect))
        else:
            self._act(what, effect)

    def _act(self, what: NewDecision, effect: Effect) -> None:
        sentence = f"{said(what, self._title(what))}."
        if effect.mentions:
            sentence += f" {counted(effect)} changed."
        elif what.document_id is None:
            sentence += " No mention changed; documents that come later follow it."
        self._parts.work.act(
            acts.rule(label=_LABELS[what.ruling], what=what),
            lambda _made: self._parts.window.messages.show_news(sentence, undoable=True),
            initiator=self,
        )

    def _title(self, what: NewDecision) -> str:
        document = self._parts.desk.document
        return document.info.title if document is not None and document.id == what.document_id else ""

    def _confirm(self, title: str, text: str, act: str, then: Callable[[], None]) -> None:
        dialog = ConfirmDialog(f"{title}?", text, act, self._parts.window)
        dialog.accepted.connect(then)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say(self, sentence: str) -> None:
        if isValid(self._parts.window):
            self._parts.window.messages.show_news(sentence)


def _as(kind: EntityKind) -> str:
    from postil.exchange.decision_words import KINDS

    return KINDS[kind]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
