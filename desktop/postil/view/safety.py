"""Safety: backups made by themselves, the alarm when annotations were lost, and the dialogs of trash and backups."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from postil.settings import TRASH_AFTER
from postil.view import acts_safety
from postil.view.appearance import Appearance
from postil.view.safety_aside import Aside
from postil.view.safety_checking import Checking
from postil.view.window import Window
from postil.work.run import Work
from postil_db.changes import Changes
from postil_db.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postil.view.dialogs.check import CheckDialog
    from postil.view.dialogs.restore import BackupsDialog
    from postil.view.dialogs.trash import TrashDialog
    from postil_db.changes import Changes as Done
    from postil_db.checks import Finding
    from postil_db.library import Loss, Preview

HOUR_MS = 60 * 60 * 1000
SETTLED_MS = 4_000
"""After that a start is over, and nobody waits for the library while it is copied."""
LAST_ROOM = (
    "The disk is full. This was still saved, in the room that Postil keeps for that; free some space before you go on."
)


class Safety(QObject):
    """Takes care of the library behind the reader's back, and shows what there is to see of it."""

    def __init__(self, window: Window, work: Work, look: Appearance) -> None:
        super().__init__(window)
        self._window, self._work, self._look = window, work, look
        self._trash: TrashDialog | None = None
        self._backups: BackupsDialog | None = None
        self._check: CheckDialog | None = None
        self._loss: Loss | None = None
        self._told_last_room = False
        self._told_fault = ""
        self.aside, self._checking = Aside(work, self), Checking(work, self)
        self._checking.progress.connect(self._show_progress)
        self._checking.ended.connect(self._show_findings)
        self._hourly = QTimer(self, interval=HOUR_MS)
        self._hourly.timeout.connect(self.take_care)

    def start(self) -> None:
        """Begin to take care, a moment after the library was opened, and again every hour."""
        if not self._hourly.isActive():
            self._hourly.start()
            QTimer.singleShot(SETTLED_MS, self, self.take_care)

    def close(self) -> None:
        """End what is going on; call it before the library is closed."""
        self._hourly.stop()
        self.aside.close()
        self._checking.close()

    def take_care(self) -> None:
        """Back up if that is due, look for a loss, and empty the trash of what has lain there for long enough."""
        if self._hourly.isActive():
            term = self._look.chosen(TRASH_AFTER)
            care = acts_safety.take_care(days=int(term) if term.isdigit() else 0)
            self.aside.run(care, self._take_care_done, self._tell_once)

    def back_up_before(self, reason: str, rows: int, then: Callable[[], object]) -> None:
        """Make a backup if so many rows are many, and go on; also if it fails, which is told."""

        def failed(error: LibraryError) -> None:
            self._tell_once(error)
            then()

        self.aside.run(acts_safety.back_up_before(reason=reason, rows=rows), lambda _made: then(), failed)

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Show in the open dialogs what has changed."""
        if self._is_open(self._trash):
            self._load_trash()
        if changes.everything and self._is_open(self._backups):
            self._load_backups()

    def take_done(self, _act: object) -> None:
        """Look whether a save needed the room that is kept for the last one."""
        if not self._told_last_room and self._work.library().reserve_used:
            self._told_last_room = True
            self._window.messages.show_fault(LAST_ROOM)

    # dialogs

    def show_trash(self) -> None:
        """Show what was deleted."""
        from postil.view.dialogs.trash import TrashDialog  # here and below: no start waits for a dialog

        dialog = self._trash = TrashDialog(self._look.theme, self._look.chosen(TRASH_AFTER), self._window)
        dialog.restore_asked.connect(lambda items: self._work.act(acts_safety.bring_back(items=items)))
        dialog.delete_asked.connect(lambda items: self._work.act(acts_safety.delete_for_good(items=items)))
        dialog.term_changed.connect(lambda term: self._look.set_option(TRASH_AFTER, term))
        self._look.theme_changed.connect(dialog.set_theme)
        self._load_trash()
        self._open(dialog)

    def show_backups(self) -> None:
        """Show the backups; after a loss, the last one before it."""
        from postil.view.dialogs.restore import BackupsDialog

        dialog = self._backups = BackupsDialog(self._look.theme, self._window)
        dialog.preview_asked.connect(self._preview)
        dialog.restore_asked.connect(self._go_back)
        dialog.backup_asked.connect(self._back_up_now)
        self._look.theme_changed.connect(dialog.set_theme)
        self._load_backups(self._loss.good if self._loss else None)
        self._open(dialog)

    def show_check(self) -> None:
        """Check the library, and show what is found."""
        from postil.view.dialogs.check import CheckDialog

        dialog = self._check = CheckDialog(self._window)
        dialog.stopped.connect(self._checking.stop)
        dialog.rejected.connect(self._checking.stop)
        dialog.mend_asked.connect(lambda: self._begin_check(repair=True))
        self._begin_check(repair=False)
        self._open(dialog)

    def accept_loss(self) -> None:
        """Hear that the annotations were meant to go."""
        self._loss = None
        self._work.act(acts_safety.accept_loss())

    def _take_care_done(self, care: acts_safety.Care) -> None:
        self._loss = care.loss
        if care.loss is not None:
            self._window.safety_bar.show_loss(care.loss.before, care.loss.after)
        if care.emptied:
            what = "One thing that" if care.emptied == 1 else f"{care.emptied:,} things that"
            self._window.messages.show_news(f"{what} had lain in the trash for long enough left it for good.")

    def _load_trash(self) -> None:
        def show(trash: "Sequence[object]") -> None:
            if (dialog := self._trash) is not None and isValid(dialog):
                dialog.show_trash(trash)  # type: ignore[arg-type]

        self._work.query(acts_safety.look_into_trash(), show)

    def _load_backups(self, wanted: Path | None = None) -> None:
        def show(backups: list[object]) -> None:
            if (dialog := self._backups) is not None and isValid(dialog):
                dialog.show_backups(backups, wanted)  # type: ignore[arg-type]

        self._work.query(acts_safety.list_backups(), show)

    def _preview(self, path: Path) -> None:
        def show(found: "tuple[Path, Preview]") -> None:
            if (dialog := self._backups) is not None and isValid(dialog):
                dialog.show_preview(*found)

        self._work.query(acts_safety.preview(path=path), show, self._tell_backups)

    def _tell_backups(self, error: LibraryError) -> None:
        if (dialog := self._backups) is not None and isValid(dialog):
            dialog.show_fault(str(error))

    def _back_up_now(self) -> None:
        if (dialog := self._backups) is not None:
            dialog.show_busy()
        self.aside.run(acts_safety.back_up(reason="asked for"), self._load_backups, self._tell_backups)

    def _tell_once(self, error: LibraryError) -> None:
        """Say why there is no backup, or none without a fault; not every hour again."""
        if str(error) != self._told_fault:
            self._told_fault = str(error)
            self._window.messages.show_fault(f"No backup could be made. {error}")

    def _go_back(self, path: Path) -> None:
        def done(_changes: "Done") -> None:
            self._window.safety_bar.hide()
            if (dialog := self._backups) is not None and isValid(dialog):
                dialog.accept()
            self._window.messages.show_news(
                "The library is as it was then. To come back, choose the backup “before going back”."
            )

        self._window.notes_panel.save()
        if self._loss is not None:
            self.accept_loss()
        self._work.act(acts_safety.go_back(path=path), done)

    def _begin_check(self, *, repair: bool) -> None:
        if (dialog := self._check) is not None:
            dialog.begin("Mending the library" if repair else "Checking the library")
        self._checking.start(repair=repair)

    def _show_progress(self, done: int, total: int) -> None:
        if (dialog := self._check) is not None and isValid(dialog):
            dialog.show_progress(done, total)

    def _show_findings(self, findings: "list[Finding] | None", fault: str, repaired: bool) -> None:
        if (dialog := self._check) is None or not isValid(dialog):
            return
        if findings is None:
            dialog.show_fault(fault)
        else:
            dialog.show_findings([str(one) for one in findings], mended=repaired)

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @staticmethod
    def _is_open(dialog: QDialog | None) -> bool:
        return dialog is not None and isValid(dialog) and dialog.isVisible()
