"""The rescue of a library that is too damaged to open: what the reader chooses is done beside the window's thread."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from postil.view.dialogs.damaged import DamagedDialog
from postil.view.look.theme import Theme
from postil_db.errors import LibraryError
from postil_db.files import Files
from postil_db.thinning import backups

BROKE = "Postil met an error of its own. The damaged library was left as it is; choose something else."
REMEDY = " It was left as it is."


class Rescue(QObject):
    """Asks, does what was asked for, and tells what came of it. `folder`: the library to open afterwards."""

    _ended = Signal(str, object, str)  # heading, sentences, fault

    def __init__(self, theme: Theme, folder: Path, fault: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        sentence = fault.partition(REMEDY)[0]  # what to do about it is what the dialog offers
        self.dialog = DamagedDialog(theme, sentence, backups(Files(folder).backups), parent)
        self.dialog.restore_asked.connect(self._restore)
        self.dialog.salvage_asked.connect(self._salvage)
        self.dialog.folder_asked.connect(self._choose)
        self._pool = ThreadPoolExecutor(1, "rescue")
        self._ended.connect(self._show_end, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> Path | None:
        """Ask, and wait; the library to open, or None to quit."""
        try:
            return self.folder if self.dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            self._pool.shutdown(wait=True)
            self.dialog.deleteLater()

    def _restore(self, path: Path) -> None:
        def run() -> list[str]:
            from postil_db.restoring import put_in_place

            aside = put_in_place(self.folder, path)
            return [f"The library is as it was in {path.name}.", f"The damaged one is kept in {aside}."]

        self._begin("The backup is in place", run)

    def _salvage(self) -> None:
        def run() -> list[str]:
            from postil_db.salvage import salvage

            return salvage(self.folder).sentences()

        self._begin("What could be read is saved", run)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self.dialog, "Open a library in another folder", str(self.folder.parent)
        )
        if chosen:
            self.folder = Path(chosen)
            self.dialog.accept()

    def _begin(self, heading: str, run: Callable[[], list[str]]) -> None:
        def work() -> None:
            try:
                self._ended.emit(heading, run(), "")
            except LibraryError as error:
                self._ended.emit(heading, [], str(error))
            except Exception:  # noqa: BLE001 - the boundary: kept in the log, and said
                self._ended.emit(heading, [], BROKE)
                sys.excepthook(*sys.exc_info())

        self.dialog.show_busy()
        self._pool.submit(work)

    def _show_end(self, heading: str, sentences: list[str], fault: str) -> None:
        if fault:
            self.dialog.show_fault(fault)
        else:
            self.dialog.show_end(heading, sentences)
