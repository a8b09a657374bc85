"""Asking: every dialog that the window opens, and what becomes of the answers. None of them stops the work behind."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QFileDialog
from shiboken6 import isValid

from postil.documents.kinds import SUFFIXES
from postil.settings import ANIMATIONS, KINDS, PACE, STRENGTH, THEME, TRASH_AFTER, TYPOGRAPHY, WATCHED
from postil.view.appearance import Appearance
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.halves import Halves
from postil.view.stock import Stock
from postil.view.window import Window
from postil.work.run import Work
from postil_db.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postil.view.dialogs.export_scope import ExportChoice, ExportScope
    from postil.view.exporting import Preview, Written

KINDS_OF_FILES = f"Documents ({' '.join(f'*{suffix}' for suffix in (*SUFFIXES, '.gz'))});;All files (*)"
WIDE = 560
SAFE_SCHEMES = ("http://", "https://", "mailto:")


class Asking(QObject):
    """Opens dialogs over one window."""

    files_chosen = Signal(list)

    def __init__(
        self, window: Window, work: Work, halves: Halves, stock: Stock, look: Appearance, folder: Path
    ) -> None:
        super().__init__(window)
        self._window, self._work, self._look, self._library = window, work, look, folder
        self._halves, self._stock = halves, stock
        self._last_folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def open_files(self) -> None:
        """Ask which files to add."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Open documents", self._last_folder, KINDS_OF_FILES)
        if names:
            self._last_folder = str(Path(names[0]).parent)
            self.files_chosen.emit([Path(name) for name in names])

    def export(self, query: str, chosen: "Sequence[int]" = ()) -> None:
        """Ask what to export, and where to; first of all what was chosen or searched for, if anything was."""
        from postil.view.dialogs.export import ExportDialog
        from postil.view.exporting import preview

        document = self._halves.active.desk.document
        dialog = ExportDialog(
            self._look.theme,
            Path(self._last_folder or Path.home()),
            document=(document.id, document.info.title) if document else None,
            query=query,
            tags=list(self._stock.tag_colors),
            chosen=chosen,
            parent=self._window,
        )

        def ask(scope: "ExportScope") -> None:
            self._work.query(preview(scope), show, lambda error: self._window.messages.show_fault(str(error)))

        def show(found: "Preview") -> None:
            if isValid(dialog) and found.scope == dialog.scope():  # it may have been closed meanwhile
                dialog.show_preview(found.header, found.rows, found.total)

        dialog.preview_requested.connect(ask)
        dialog.accepted.connect(lambda: self._write(dialog.choice()))
        self._open(dialog)

    def settings(self) -> None:
        """Let the reader change the settings; each takes effect at once."""
        from postil.view.dialogs.settings import SettingsDialog  # here and below: no start waits for a dialog
        from postil.view.dialogs.settings_rows import rows

        look = self._look
        look.find_themes()
        values = {
            THEME.name: look.name,
            STRENGTH.name: look.strength,
            KINDS.name: look.kinds,
            **{option.name: look.chosen(option) for option in (*TYPOGRAPHY, PACE, ANIMATIONS, TRASH_AFTER, WATCHED)},
        }
        dialog = SettingsDialog(look.theme, rows(look.themes.values(), _families()), values, self._window)
        takes: dict[str, Callable[[Any], None]] = {
            THEME.name: look.set_theme,
            STRENGTH.name: look.set_strength,
            KINDS.name: look.set_kinds,
            **{option.name: partial(look.set_typography, option) for option in TYPOGRAPHY},
            **{option.name: partial(look.set_option, option) for option in (PACE, ANIMATIONS, TRASH_AFTER, WATCHED)},
        }
        look.theme_changed.connect(dialog.set_theme)
        dialog.changed.connect(lambda name, value: takes[name](value))
        dialog.keys_asked.connect(dialog.accept)
        dialog.keys_asked.connect(self.keys)
        self._open(dialog)

    def keys(self) -> None:
        """Show every command with its keys, to be changed."""
        from postil.view.dialogs.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self._look.theme, self._window.commands, self._window)
        self._look.theme_changed.connect(dialog.set_theme)
        self._open(dialog)

    def about(self) -> None:
        """Show what Postil is and where the library lies."""
        from postil.view.dialogs.about import AboutDialog

        self._open(AboutDialog(self._look.theme, self._library, self._window))

    def line(
        self,
        title: str,
        text: str,
        act: str,
        check: "Callable[[str], str]",
        then: "Callable[[str], object]",
        *,
        line: str = "",
        names: "Sequence[str]" = (),
    ) -> None:
        """Ask for a line of text, and hand it to `then` once `check` has nothing against it ("")."""
        from postil.view.dialogs.line import LineDialog

        dialog = LineDialog(title, text, act, check, line=line, names=names, parent=self._window)
        dialog.accepted.connect(lambda: then(dialog.text()))
        self._open(dialog)

    def may_follow(self, address: str) -> bool:
        """Ask before a link leads out of Postil: whoever wrote it hears that it was followed."""
        if not address.lower().startswith(SAFE_SCHEMES):
            self._window.messages.show_news("This link leads to no web page, so it is not followed.")
            return False
        return ConfirmDialog.ask(self._window, "Open this link in your browser?", address, "Open")

    @property
    def last_folder(self) -> str:
        """Where files were last chosen."""
        return self._last_folder

    def show(self, dialog: QDialog) -> None:
        """Open a dialog that somebody else made."""
        self._open(dialog)

    def show_report(self, report: str, doing: str, log: Path) -> None:
        """Tell of an error of our own. `doing`: what was done last; `log`: where the report is kept."""
        from postil.view.dialogs.error import ErrorDialog

        sentence = (
            "Postil met an error of its own. What you have made is saved; this one thing may not have been done. "
            f"A report without any of your text is kept in {log}."
        )
        heading = f"Something went wrong after “{doing}”" if doing else "Something went wrong"
        self._open(ErrorDialog(self._look.theme, heading, sentence, report, self._window))

    def show_details(self, heading: str, sentence: str, details: str) -> None:
        """Tell something with details, which are open."""
        from postil.view.dialogs.error import ErrorDialog

        dialog = ErrorDialog(self._look.theme, heading, sentence, details, self._window)
        dialog.fold.click()
        dialog.resize(WIDE, dialog.sizeHint().height())
        self._open(dialog)

    def tell(self, title: str, sentence: str) -> None:
        """Say something that cannot be passed over, and wait until it is read."""
        from postil.view.dialogs.error import ErrorDialog

        ErrorDialog.tell(self._look.theme, title, sentence, parent=self._window)

    def _write(self, choice: "ExportChoice") -> None:
        from postil.view.exporting import export

        messages = self._window.messages

        def done(written: "Written") -> None:
            if written.fault:
                messages.show_fault(written.fault)
            else:
                self._last_folder = str(choice.path.parent)
                rows_ = "One annotation" if written.rows == 1 else f"{written.rows:,} annotations"
                messages.show_news(f"{rows_} exported to {choice.path}.")

        def failed(error: LibraryError) -> None:
            messages.show_fault(str(error))

        self._work.query(export(choice), done, failed)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _families() -> list[str]:
    return [
        family
        for family in QFontDatabase.families()
        if QFontDatabase.isSmoothlyScalable(family) and not QFontDatabase.isPrivateFamily(family)
    ]
