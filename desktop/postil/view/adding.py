"""How documents come into the library from the window: files, folders, clipboard and web, and what is told of it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from postil.documents.addresses import SCHEMES, web_address
from postil.settings import WATCHED
from postil.view.importing import take_files
from postil.view.parts import Parts
from postil.work.files import Report
from postil.work.watching import Watching

if TYPE_CHECKING:
    from postil.documents.reader import DocumentReader, Reading

WEB_PAGES = ("text/html", "multipart/related")
_ASKED = "Postil fetches the page once, with the pictures of its article, and keeps both here."


def connect_files(parts: Parts) -> None:
    """Connect the row of files with all that fills it and all that shows it."""
    window, files = parts.window, parts.files
    progress = window.status.files
    told: list[Report] = []

    def show(done: int, total: int, name: str) -> None:
        doing = "Fetching" if name.startswith(tuple(f"{scheme}://" for scheme in SCHEMES)) else "Reading"
        progress.show_progress(
            f"{doing} {_shortened(name)}" if total == 1 else f"{doing} {_shortened(name)} ({done + 1:,} of {total:,})",
            done,
            total,
        )

    def finish(report: Report) -> None:
        progress.hide()
        told[:] = [report]
        if report.refused or report.left_out:
            window.messages.show_fault(str(report), details=report.is_long)
        elif text := str(report):
            window.messages.show_news(text)
        asked = {info.id for info in report.opened}
        opened = [info for info in report.added or report.known if info.id in asked]
        if opened:
            parts.journey.leave()
            parts.desk.open(opened[0].id)
        parts.recognition.later(info.id for info in report.added)

    window.files_dropped.connect(partial(take_files, parts))
    parts.asking.files_chosen.connect(partial(take_files, parts))
    files.progress.connect(show)
    files.finished.connect(finish)
    progress.cancelled.connect(files.cancel)
    window.messages.details.connect(lambda: show_report(parts, told[0]))
    _connect_watching(parts)


def _connect_watching(parts: Parts) -> None:
    look, watching = parts.appearance, Watching(parts.work, parts.window)

    def watch(*_: object) -> None:
        watching.watch(look.chosen(WATCHED))

    watching.came.connect(lambda paths: parts.files.add(paths, quiet=True))
    parts.files.finished.connect(watching.settle)
    parts.work.opened.connect(watch)
    look.option_changed.connect(watch)


def open_folder(parts: Parts) -> None:
    """Ask for a folder, and add all that can be read in it."""
    name = QFileDialog.getExistingDirectory(parts.window, "Open all documents in a folder", parts.asking.last_folder)
    if name:
        parts.files.add([Path(name)])


def open_address(parts: Parts) -> None:
    """Ask for a web address, and fetch what is there; one on the clipboard is offered."""
    copied = (QGuiApplication.clipboard().text() or "").strip()
    parts.asking.line(
        "Open a web address",
        _ASKED,
        "Fetch",
        _fault_of,
        lambda line: parts.files.fetch(web_address(line)),
        line=copied if copied.startswith("http") and web_address(copied) else "",
    )


def paste(parts: Parts) -> None:
    """Make a document out of the clipboard: the files or the web address that were copied, or else its text."""
    # Qt gives nothing at all for an empty clipboard, whatever its types say.
    data = QGuiApplication.clipboard().mimeData() or QMimeData()
    text = data.text().strip()
    if data.hasUrls() and any(url.isLocalFile() for url in data.urls()):
        parts.files.add([Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()])
    elif text.lower().startswith(("http://", "https://")) and web_address(text):
        parts.files.fetch(web_address(text))
    elif data.hasText() or data.hasHtml():
        parts.files.paste(data.text(), data.html())
    else:
        parts.window.messages.show_news("There is no text on the clipboard.")


def show_whole_page(parts: Parts) -> None:
    """Read the open web page again, all of it, as a document beside the one that holds its article."""
    info = parts.desk.document.info if parts.desk.document is not None else None
    if info is None or info.media_type not in WEB_PAGES:
        parts.window.messages.show_news("This document is no web page: all of it is shown already.")
        return
    library = parts.work.library()

    def read(reader: "DocumentReader") -> "Reading":
        return reader.read_whole_page(library.original(info.sha256), title=info.title, source=info.source)

    parts.files.take(info.title, read)


def show_report(parts: Parts, report: Report) -> None:
    """Show all of what could not be read, and why."""
    from postil.view.dialogs.report import ReportDialog  # no start waits for a dialog

    parts.asking.show(ReportDialog(report, parts.asking.last_folder, parts.window))


def _fault_of(line: str) -> str:
    if web_address(line):
        return ""
    return "This is no web address. It should look like https://example.org/article." if line else "Type an address."


def _shortened(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:28]}…{name[-28:]}"
