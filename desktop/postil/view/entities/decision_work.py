"""What the list of decisions asks of the library: it is kept as the library is, and does what is asked in it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from postil.exchange.decision_words import counted
from postil.view import acts_entities as acts
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.entities.decisions import DecisionsDialog
from postil.view.panels.words import plural
from postil_db.changes import Changes
from postil_db.errors import LibraryError
from postil_db.records import Effect

if TYPE_CHECKING:
    from postil.exchange.decision_file import Plan
    from postil.view.parts import Parts

_FILES = "Decisions (*.json);;All files (*)"


class DecisionWork(QObject):
    """Belongs to one dialog, and goes with it: answers that come too late are dropped."""

    def __init__(self, dialog: DecisionsDialog, parts: "Parts") -> None:
        super().__init__(dialog)
        self._dialog, self._work, self._messages = dialog, parts.work, parts.window.messages
        dialog.withdraw_asked.connect(self._ask_withdrawal)
        dialog.export_asked.connect(self._export)
        dialog.import_asked.connect(self._import)
        parts.work.changed.connect(self.take_changes)
        self._unweighed: list[int] = []
        self._withdrawn: list[int] = []
        self._target = Path()
        self._load()

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Load anew what was decided, also by others."""
        if changes.decisions or changes.everything:
            self._dialog.model.effects.clear()
            self._load()

    def _load(self) -> None:
        self._work.query(acts.load_decisions(), self._show)

    def _show(self, ruled: acts.Ruled) -> None:
        self._dialog.show_decisions(ruled)
        self._unweighed = [one.id for one in reversed(ruled.decisions) if one.id not in self._dialog.model.effects]
        self._weigh()

    def _weigh(self) -> None:
        """Find out one after the other what each changes, so that nothing else has to wait for all of them."""
        if self._unweighed:
            self._work.query(acts.weigh(decision_id=self._unweighed.pop(0)), self._take_effect, self._skip)

    def _take_effect(self, told: tuple[int, Effect]) -> None:
        self._dialog.show_effect(*told)
        self._weigh()

    def _skip(self, _error: LibraryError) -> None:
        self._weigh()

    def _ask_withdrawal(self, ids: list[int]) -> None:
        self._withdrawn = ids
        self._work.query(acts.preview(what=(), without=ids), self._withdraw, self._tell)

    def _withdraw(self, effect: Effect) -> None:
        ids = self._withdrawn
        what = "this decision" if len(ids) == 1 else plural(len(ids), "decision")
        run = partial(self._work.act, acts.withdraw(decision_ids=ids), initiator=self._dialog)
        if effect.documents > 1 or len(ids) > 1:
            text = f"This changes {counted(effect)}. It can be undone."
            self._confirm(f"Withdraw {what}?", text, "Withdraw", run)
        else:
            run()

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._dialog, "Export decisions", "decisions.json", _FILES)
        if name:
            self._target = Path(name)
            self._work.query(acts.dump_decisions(), self._write, self._tell)

    def _write(self, text: str) -> None:
        from postil.exchange.errors import CannotWrite
        from postil.exchange.safe_file import written_whole

        try:
            with written_whole(self._target) as file:
                file.write(text.encode())
        except CannotWrite as error:
            self._messages.show_fault(str(error))
        else:
            self._messages.show_news(f"Decisions exported to {self._target}.")

    def _import(self) -> None:
        from postil.exchange.decision_file import NoDecisions, load

        name, _ = QFileDialog.getOpenFileName(self._dialog, "Import decisions", "", _FILES)
        if not name:
            return
        try:
            wanted = load(Path(name).read_text(encoding="utf-8"))
        except NoDecisions as error:
            self._messages.show_fault(str(error))
        except UnicodeDecodeError:
            self._messages.show_fault(f"“{Path(name).name}” is no text, so there are no decisions in it.")
        except OSError as error:
            self._messages.show_fault(f"“{name}” could not be read: {(error.strerror or str(error)).lower()}.")
        else:
            self._work.query(acts.plan_import(wanted=wanted), self._ask_import, self._tell)

    def _ask_import(self, plan: "Plan") -> None:
        if not plan.new:
            self._messages.show_news(
                "Nothing in this file is new: its decisions stand already, or are about documents you do not have."
            )
            return
        left = f" Left out: {plan.homeless:,} about documents you do not have." if plan.homeless else ""
        text = f"This changes {counted(plan.effect)}.{left} It can be undone."
        run = partial(self._work.act, acts.import_decisions(plan=plan), initiator=self._dialog)
        self._confirm(f"Import {plural(len(plan.new), 'decision')}?", text, "Import", run)

    def _confirm(self, title: str, text: str, act: str, then: Callable[[], object]) -> None:
        dialog = ConfirmDialog(title, text, act, self._dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(then)
        dialog.open()

    def _tell(self, error: LibraryError) -> None:
        self._messages.show_fault(str(error))
