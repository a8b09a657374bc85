"""Importing annotations from the window: chosen in the menu or dropped, looked at in a sheet, then written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from postil.view import acts_importing
from postil.view.parts import Parts
from postil_db.errors import LibraryError

if TYPE_CHECKING:
    from postil.exchange.importing.carrying import Imported
    from postil.exchange.importing.plan import Plan
    from postil.view.dialogs.import_sheet import ImportSheet

SUFFIXES = (".csv", ".tsv", ".json", ".jsonld", ".annotation", ".calibre_annotation_collection", ".txt")
"""As in exchange.importing.formats, named here so that no start loads it."""

_FILES = f"Annotations ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"


def import_annotations(parts: Parts) -> None:
    """Ask for a file of annotations, and show what it would bring."""
    name, _ = QFileDialog.getOpenFileName(parts.window, "Import annotations", parts.asking.last_folder, _FILES)
    if name:
        show_sheet(parts, Path(name))


def take_files(parts: Parts, paths: Sequence[Path]) -> None:
    """Add files to the library; those that hold annotations are shown for import instead."""
    doubtful = [path for path in paths if path.suffix.lower() in SUFFIXES and not _is_plain(path)]
    if not doubtful:
        parts.files.add(paths)
        return

    def sort(found: list[Path]) -> None:
        if others := [path for path in paths if path not in found]:
            parts.files.add(others)
        _show_in_turn(parts, found)

    parts.work.query(acts_importing.find_annotation_files(paths=doubtful), sort)


def _is_plain(path: Path) -> bool:
    """Whether it is a text like any other, by its name: Kindle writes one that is not."""
    return path.suffix.lower() == ".txt" and "clipping" not in path.stem.casefold()


def show_sheet(parts: Parts, path: Path) -> "ImportSheet":
    """Show what importing a file would do, and do it when the reader wants it."""
    from postil.view.dialogs.import_sheet import ImportSheet  # no start waits for a dialog

    importing, shelf = parts.importing, parts.stock.shelf
    sheet = ImportSheet(parts.appearance.theme, path, shelf.documents if shelf else (), parts.window)
    parts.appearance.theme_changed.connect(sheet.set_theme)
    importing.progress.connect(sheet.show_progress)
    importing.planned.connect(sheet.show_plan)
    importing.refused.connect(sheet.show_fault)
    sheet.named.connect(importing.choose)
    sheet.import_asked.connect(partial(_import, parts, sheet))
    sheet.left_out_asked.connect(partial(_save_left_out, parts))
    sheet.rejected.connect(importing.stop)
    importing.look(path)
    parts.asking.show(sheet)
    return sheet


def _show_in_turn(parts: Parts, paths: Sequence[Path]) -> None:
    if paths:
        sheet = show_sheet(parts, paths[0])
        sheet.finished.connect(lambda _result: _show_in_turn(parts, paths[1:]))


def _import(parts: Parts, sheet: "ImportSheet", plan: "Plan", update: bool) -> None:
    messages = parts.window.messages

    def done(imported: "Imported | None") -> None:
        from postil.exchange.importing import telling

        if isValid(sheet):
            sheet.accept()
        if imported is None:
            messages.show_news("Nothing was imported, as you asked.")
        else:
            messages.show_news(telling.done(imported, len(plan.left)), undoable=True)

    def failed(_error: LibraryError) -> None:
        if isValid(sheet):
            sheet.accept()  # why it failed stands in the window, with what it takes to try again

    sheet.show_saving()
    act = acts_importing.import_annotations(plan=plan, step=parts.importing.saving(), update=update)
    parts.work.act(act, done, failed)


def _save_left_out(parts: Parts, plan: "Plan", path: Path) -> None:
    def done(fault: str) -> None:
        if fault:
            parts.window.messages.show_fault(fault)
        else:
            parts.window.messages.show_news(f"Saved as {path}. Import it once the documents are in the library.")

    parts.work.query(acts_importing.save_left_out(plan=plan, path=path), done)
