"""Who hears whom: every connection between the window's parts; wiring_panels.py and commanding.py are part of it.

Only these know both ends.
"""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from postil.view.commanding import connect_commands
from postil.view.parts import Parts
from postil.view.wiring_panels import connect_panels
from postil.work.files import Report
from postil_db.records import Document, DocumentInfo, Hit, Hits


def connect(parts: Parts) -> None:
    """Connect everything."""
    for area in (
        _appearance, _changes, _document, _reading, connect_panels, _search, _files, _recognition, _closing,
        connect_commands,
    ):  # fmt: skip
        area(parts)


def _appearance(parts: Parts) -> None:
    window, look = parts.window, parts.appearance
    page, names = window.page, window.names_panel
    # the reader's choices reach every part
    look.theme_changed.connect(window.set_theme)
    look.typography_changed.connect(page.set_typography)
    look.marking_changed.connect(page.set_marking)
    look.marking_changed.connect(lambda strength, _kinds: names.set_strength(strength))
    look.marking_changed.connect(lambda _strength, kinds: names.set_kinds(kinds))
    look.marking_changed.connect(lambda _strength, kinds: parts.naming.set_kinds(kinds))
    look.marking_changed.connect(lambda strength, _kinds: window.commands[f"strength_{strength}"].setChecked(True))
    look.theme_changed.connect(lambda _theme: window.commands[f"theme_{look.name}"].setChecked(True))
    # and come from these
    page.zoom_changed.connect(look.set_zoom)
    names.kinds_changed.connect(look.set_kinds)
    names.strength_changed.connect(look.set_strength)
    page.set_typography(look.typography)
    look.marking_changed.emit(look.strength, look.kinds)
    window.commands[f"theme_{look.name}"].setChecked(True)


def _changes(parts: Parts) -> None:
    work, desk, messages = parts.work, parts.desk, parts.window.messages
    # one broadcast refreshes everything
    work.changed.connect(desk.take_changes)
    work.changed.connect(parts.searching.take_changes)
    # what could not be done
    work.act_failed.connect(messages.show_failed)
    work.act_done.connect(messages.take_done)
    work.refused.connect(messages.show_news)
    work.query_failed.connect(messages.show_fault)
    messages.again.connect(work.again)
    messages.undo.connect(work.undo)
    for adviser in (parts.marking, parts.naming):
        adviser.advice.connect(messages.show_news)


def _document(parts: Parts) -> None:
    window, desk = parts.window, parts.desk
    page = window.page

    def show(document: Document, position: int) -> None:
        window.notes_panel.save()  # what is typed belongs to the document before
        parts.marking.forget()
        parts.naming.forget()
        page.show_document(document, position)
        window.contents_panel.show_contents(document.content)
        describe(document.info)

    def describe(info: DocumentInfo) -> None:
        window.show_title(info.title)
        window.status.show_document(info, len(desk.document.text) if desk.document else 0)
        window.library_panel.set_current(info.id)

    def clear() -> None:
        parts.marking.forget()
        parts.naming.forget()
        page.show_document(None)
        window.contents_panel.show_contents(None)
        window.notes_panel.show_annotations([], {})
        window.names_panel.show_entities([])
        window.names_panel.set_progress(0, 0)
        window.library_panel.set_current(None)
        window.show_title("")
        window.status.show_document(None)

    desk.document_opened.connect(show)
    desk.document_closed.connect(clear)
    desk.info_changed.connect(describe)


def _reading(parts: Parts) -> None:
    window, desk, journey = parts.window, parts.desk, parts.journey
    page = window.page
    # how far one has come
    for hear in (
        desk.set_position,
        parts.marking.set_position,
        parts.naming.set_position,
        journey.set_position,
        window.contents_panel.set_position,
        lambda _offset: window.status.show_place(*page.visible_range()),
    ):
        page.position_changed.connect(hear)
    page.painted.connect(lambda: window.status.show_place(*page.visible_range()))
    page.let_go_requested.connect(parts.naming.let_go)
    page.let_go_requested.connect(lambda: parts.marking.set_current(None))
    page.let_go_requested.connect(window.messages.dismiss)
    # leaps
    window.contents_panel.activated.connect(journey.leave)
    window.contents_panel.activated.connect(page.go_to)
    window.contents_panel.activated.connect(lambda _offset: page.setFocus())
    desk.passage_wanted.connect(page.go_to)
    journey.went.connect(lambda document, offset: desk.open(document, offset, offset))
    # links lead out of Postil only at the reader's wish
    for source in (page, window.notes_panel):
        source.link_clicked.connect(lambda address: _follow(parts, address))


def _search(parts: Parts) -> None:
    window, searching = parts.window, parts.searching
    bar, results, drop = window.search_bar, window.search_results, window.search_drop

    def show(hits: Hits, query: str) -> None:
        results.show_hits(hits, query)
        drop.open()

    def open_hit(hit: Hit) -> None:
        parts.journey.leave()
        found = hit.annotation
        parts.desk.open(found.document_id, found.selector.start, found.selector.end, found.id)
        drop.close_drop()
        window.page.setFocus()

    bar.searched.connect(searching.search)
    searching.found.connect(show)
    searching.cleared.connect(drop.close_drop)
    bar.submitted.connect(lambda: drop.open() if searching.query else None)
    bar.submitted.connect(results.focus_results)
    bar.left.connect(drop.close_drop)
    bar.left.connect(window.page.setFocus)
    results.left.connect(bar.setFocus)
    parts.desk.shelf_changed.connect(lambda _shelf: results.set_tag_colors(parts.desk.tag_colors))
    results.opened.connect(open_hit)
    results.sort_changed.connect(searching.set_sort)
    results.export_requested.connect(parts.asking.export)
    drop.closed.connect(window.page.setFocus)


def _files(parts: Parts) -> None:
    window, files, desk = parts.window, parts.files, parts.desk
    progress = window.status.files

    def show(done: int, total: int, name: str) -> None:
        progress.show_progress(
            f"Reading {name}" if total == 1 else f"Reading {name} ({done + 1} of {total})", done, total
        )

    def finish(report: Report) -> None:
        progress.hide()
        if report.refused or report.notes:
            window.messages.show_fault(str(report))
        elif text := str(report):
            window.messages.show_news(text)
        opened = report.added or report.known
        if opened:
            parts.journey.leave()
            desk.open(opened[-1].id if len(opened) == 1 else opened[0].id)
            parts.recognition.later(info.id for info in report.added)

    window.files_dropped.connect(files.add)
    window.page.files_dropped.connect(files.add)
    parts.asking.files_chosen.connect(files.add)
    files.progress.connect(show)
    files.finished.connect(finish)
    progress.cancelled.connect(files.cancel)


def _recognition(parts: Parts) -> None:
    window, recognition, naming = parts.window, parts.recognition, parts.naming
    status, panel = window.status.names, window.names_panel

    def show(document_id: int, done: int, total: int) -> None:
        status.show_progress("Finding names", done, total)
        if document_id == parts.desk.document_id:
            panel.set_progress(done, total)

    def end(running: bool) -> None:
        if not running:
            status.hide()
            panel.set_progress(0, 0)
        elif status.isHidden():
            status.show_progress("Finding names")

    naming.recognition_wanted.connect(recognition.show)
    recognition.progress.connect(show)
    recognition.found.connect(naming.take_batch)
    recognition.finished.connect(naming.take_end)
    recognition.running.connect(end)
    status.cancelled.connect(recognition.cancel)
    panel.cancel_requested.connect(recognition.cancel)


def _closing(parts: Parts) -> None:
    window, closing = parts.window, parts.closing
    parts.faults.told.connect(parts.asking.show_report)
    parts.appearance.changed.connect(closing.save_soon)
    window.leaving.connect(closing.leave)
    parts.work.idle.connect(closing.go_on)
    parts.work.act_failed.connect(lambda _failed: closing.go_on())
    parts.first_run.hint_wanted.connect(window.hint.show)
    window.hint.dismissed.connect(parts.first_run.forget_hint)
    parts.first_run.offered.connect(lambda info: parts.desk.open(info.id))
    # the open document is where the next start begins
    parts.app.commitDataRequest.connect(lambda _session: window.notes_panel.save())


def _follow(parts: Parts, address: str) -> None:
    if parts.asking.may_follow(address):
        QDesktopServices.openUrl(QUrl(address))
