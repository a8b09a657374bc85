"""Ruling: what the reader decides about names: weighed before it touches more than they see, told afterwards."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from shiboken6 import isValid

from postil.exchange.decision_words import counted, said_of_all
from postil.view import acts_entities as acts
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.entities.target import Target
from postil.view.look.icons import icon
from postil.view.page.tips import kind_name
from postil_db.errors import LibraryError
from postil_db.records import Effect, EntityKind, NewDecision, Ruling

if TYPE_CHECKING:
    from postil.view.entities.ranking import Known
    from postil.view.message_bar import MessageBar
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
    """Carries out what is asked for a target, or for several at once: that is one decision each, and one act.

    `over`: the window that asks, if not the main one; `messages`: where it is told.
    """

    def __init__(self, parts: "Parts", over: QWidget | None = None, messages: "MessageBar | None" = None) -> None:
        super().__init__(over or parts.window)
        self._parts = parts
        self._over = over or parts.window
        self._messages = messages or parts.window.messages
        self._kind = EntityKind.PERSON  # what was last always to be marked as

    # each deed

    def not_here(self, *targets: Target) -> None:
        """It is no name here."""
        self._decide(*(one.not_here() for one in targets))

    def nowhere(self, *targets: Target) -> None:
        """It is no name anywhere."""
        self._decide(*(one.nowhere() for one in targets))

    def change_kind(self, kind: EntityKind, *targets: Target) -> None:
        """It is of another kind."""
        others = [one for one in targets if one.entity is None or one.entity.kind is not kind]
        if others:
            self._decide(*(one.of_kind(kind) for one in others))
        elif len(targets) == 1:
            self._say(f"“{targets[0].name}” is {_as(kind)} already.")
        else:
            self._say(f"Each of these names is {_as(kind)} already.")

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

    def merge(self, *targets: Target) -> None:
        """Ask which name it is the same as; of several, which of them or of the others they all are."""
        mine = [one.entity for one in targets if one.entity is not None]
        if not mine:
            return
        most = max(mine, key=lambda one: one.count)
        like = (most.name, most.kind, most.count)

        def ask(names: "Sequence[Known]") -> None:
            from postil.view.entities.picker import EntityPicker  # only when it is asked for

            if len(names) < 2:
                self._say("There is no other name to merge it with yet.")
                return
            several = [(one.name, one.kind, one.count) for one in mine] if len(mine) > 1 else []
            text = f"These {len(mine):,} names are all the same as:" if several else f"“{most.name}” is the same as:"
            theme = self._parts.appearance.theme
            dialog = EntityPicker(theme, text, names, like, among=several, parent=self._over)

            def take() -> None:
                if (chosen := dialog.chosen()) is not None:
                    others = [one for one in targets if one.entity and (one.entity.name, one.entity.kind) != chosen[:2]]
                    self._decide(*(one.merged(chosen[1], chosen[0]) for one in others))

            dialog.accepted.connect(take)
            self._open(dialog)

        self._parts.work.query(acts.load_names_like(like=like), ask)

    def split(self, target: Target, text: str = "") -> None:
        """What is written so is a name of its own."""
        text = text or target.alias
        if text:
            self._decide(target.split(text))
        else:
            self._say(f"“{target.name}” is written in full here: there is nothing to split off.")

    def always(self, kind: EntityKind, *targets: Target) -> None:
        """The text is a name wherever it stands."""
        self._kind = kind
        self._decide(*(one.always(kind) for one in targets))

    def ignore(self, *targets: Target) -> None:
        """The text is never marked."""
        self._decide(*(one.ignored() for one in targets))

    # menus

    def ask_kind(self, at: QPoint, *targets: Target, always: bool = False) -> QMenu:
        """Offer the kinds beside a place on the screen, each with a digit."""
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first = targets[0]
        who = f"“{_short(first.text if always else first.name)}”"
        is_ = f"{who} is" if len(targets) == 1 else f"{len(targets):,} names are each"
        title = QAction(f"{is_} {'always ' if always else ''}…", menu)
        title.setEnabled(False)
        menu.addAction(title)
        menu.addSeparator()
        self.fill_kinds(menu, *targets, always=always)
        chosen = next((one for one in menu.actions() if one.data() is self._kind), None) if always else None
        menu.popup(at)
        if chosen is not None:
            menu.setActiveAction(chosen)
        return menu

    def fill_kinds(self, menu: QMenu, *targets: Target, always: bool = False) -> None:
        """Put the kinds into a menu."""
        theme = self._parts.appearance.theme
        known = {one.entity.kind for one in targets if one.entity is not None} if not always else set()
        for number, kind in enumerate(EntityKind, 1):
            act = QAction(icon(kind, theme, theme.entity(kind)[1]), f"&{number}  {kind_name(kind)}", menu)
            act.setData(kind)
            if known == {kind}:
                act.setCheckable(True)
                act.setChecked(True)
            act.triggered.connect(partial(self._take_kind, kind, targets, always))
            menu.addAction(act)

    def _take_kind(self, kind: EntityKind, targets: "Sequence[Target]", always: bool, _checked: bool = False) -> None:
        (self.always if always else self.change_kind)(kind, *targets)

    # inside

    def _decide(self, *what: NewDecision) -> None:
        work = self._parts.work
        work.query(acts.preview(what=what), partial(self._weigh, what), lambda error: self._say(str(error)))

    def _weigh(self, what: "Sequence[NewDecision]", effect: Effect) -> None:
        if effect.documents > 1 or effect.mentions > FEW:
            later = "" if what[0].document_id is not None else " and holds for every document that comes later"
            text = f"This changes {counted(effect)}{later}. It can be undone and withdrawn."
            asked = said_of_all(what, self._title(what[0]))
            self._confirm(asked, text, _LABELS[what[0].ruling], lambda: self._act(what, effect))
        else:
            self._act(what, effect)

    def _act(self, what: "Sequence[NewDecision]", effect: Effect) -> None:
        sentence = f"{said_of_all(what, self._title(what[0]))}."
        if effect.mentions:
            sentence += f" {counted(effect)} changed."
        elif what[0].document_id is None:
            sentence += " No mention changed; documents that come later follow it."
        self._parts.work.act(
            acts.rule_all(label=_LABELS[what[0].ruling], what=what),
            lambda _made: self._say(sentence, undoable=True),
            self._tell_fault if self._over is not self._parts.window else None,
            initiator=self,
        )

    def _title(self, what: NewDecision) -> str:
        document = self._parts.desk.document
        return document.info.title if document is not None and document.id == what.document_id else ""

    def _confirm(self, title: str, text: str, act: str, then: Callable[[], None]) -> None:
        dialog = ConfirmDialog(f"{title}?", text, act, self._over)
        dialog.accepted.connect(then)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say(self, sentence: str, *, undoable: bool = False) -> None:
        if isValid(self._messages):
            self._messages.show_news(sentence, undoable=undoable)

    def _tell_fault(self, error: LibraryError) -> None:
        """The main window tells of it too, and offers to try again; but the reader looks here."""
        if isValid(self._messages):
            self._messages.show_fault(str(error))


def _as(kind: EntityKind) -> str:
    from postil.exchange.decision_words import KINDS

    return KINDS[kind]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
