"""Who hears whom within one half of the window: its page, its desk, and what goes between them.

Called once for each half that is made; whatever the halves share (panels, commands, the status bar) is connected in the
other modules, through `Halves`.
"""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from postil.view.facsimile import Facsimile
from postil.view.halves import Half
from postil.view.panels.entity_links import named
from postil.view.parts import Parts
from postil_db.records import Document, DocumentInfo


def connect_half(parts: Parts, half: Half) -> None:
    """Connect everything in one half."""
    for area in (_look, _changes, _document, _reading, _marks, _names, _printed):
        area(parts, half)


def _look(parts: Parts, half: Half) -> None:
    look, page, naming = parts.appearance, half.page, half.naming
    look.typography_changed.connect(page.set_typography)
    look.marking_changed.connect(page.set_marking)
    look.marking_changed.connect(lambda _strength, kinds: naming.set_kinds(kinds))
    page.zoom_changed.connect(look.set_zoom)
    page.set_bindings(parts.window.commands.bindings)
    page.command_requested.connect(lambda name: parts.window.commands[name].trigger())
    page.set_typography(look.typography)
    page.set_marking(look.strength, look.kinds)
    naming.set_kinds(look.kinds)


def _changes(parts: Parts, half: Half) -> None:
    parts.work.changed.connect(half.desk.take_changes)
    for adviser in (half.marking, half.naming):
        adviser.advice.connect(parts.window.messages.show_news)


def _document(parts: Parts, half: Half) -> None:
    page, desk, spread = half.page, half.desk, parts.window.spread

    def forget() -> None:
        half.marking.forget()
        half.naming.forget()

    def show(document: Document, position: int) -> None:
        if half is parts.halves.active:
            parts.window.notes_panel.save()  # what is typed belongs to the document before
        forget()
        page.set_pictures(desk.pictures)
        page.show_document(document, position)
        describe(document.info)
        if half is parts.halves.active and parts.window.idle_focus:
            page.setFocus()

    def describe(info: DocumentInfo) -> None:
        spread.set_title(page, info.title)

    def clear() -> None:
        forget()
        page.show_document(None)

    desk.document_opened.connect(show)
    desk.document_closed.connect(clear)
    desk.info_changed.connect(describe)


def _reading(parts: Parts, half: Half) -> None:
    page, desk, journey = half.page, half.desk, half.journey
    for hear in (half.marking.set_position, half.naming.set_position, journey.set_position):
        page.position_changed.connect(hear)
    page.let_go_requested.connect(half.naming.let_go)
    page.let_go_requested.connect(lambda: half.marking.set_current(None))
    page.let_go_requested.connect(parts.window.messages.dismiss)
    page.let_go_requested.connect(parts.focus.leave)
    desk.passage_wanted.connect(page.go_to)
    desk.place_wanted.connect(page.return_to)
    journey.went.connect(desk.open)
    page.link_clicked.connect(lambda address: follow(parts, address))
    page.place_requested.connect(journey.leave)
    page.place_requested.connect(page.go_to)
    page.files_dropped.connect(lambda _paths: parts.halves.activate(half))
    page.files_dropped.connect(parts.files.add)


def _marks(_parts: Parts, half: Half) -> None:
    page, desk, marking = half.page, half.desk, half.marking
    # what there is
    desk.annotations_changed.connect(page.set_annotations)
    desk.annotations_changed.connect(marking.take_annotations)
    desk.annotation_wanted.connect(marking.set_current)
    # what the reader does on the page
    page.selection_changed.connect(marking.set_selection)
    page.mark_requested.connect(marking.mark)
    page.tag_requested.connect(marking.tag)
    page.note_requested.connect(marking.note)
    page.remove_requested.connect(marking.remove)
    page.step_requested.connect(marking.step)
    page.annotation_clicked.connect(marking.set_current)
    marking.marked.connect(lambda *marked: page.clear_selection() if page.selection() == marked else None)
    marking.current_changed.connect(page.set_current_annotation)
    marking.step_made.connect(page.go_to)


def _names(parts: Parts, half: Half) -> None:
    page, naming, recognition = half.page, half.naming, parts.recognition
    half.desk.names_changed.connect(naming.take_names)
    naming.mentions_shown.connect(page.set_mentions)
    naming.mentions_added.connect(page.add_mentions)
    naming.known_shown.connect(lambda _news, written: page.set_names_written(written))
    naming.step_made.connect(page.go_to)
    naming.current_changed.connect(lambda entity, _index, _total: page.set_current_entity(entity))
    page.mention_clicked.connect(naming.choose)
    page.entity_step_requested.connect(naming.step)
    naming.recognition_wanted.connect(recognition.show)
    recognition.found.connect(naming.take_batch)
    recognition.finished.connect(naming.take_end)


def _printed(parts: Parts, half: Half) -> None:
    facsimile = Facsimile(parts.work, half.desk, half.page, parts.appearance, half.page)
    parts.window.closed.connect(facsimile.close)


def follow(parts: Parts, address: str) -> None:
    """Follow a link: to the page of a name, or out of Postil, but only at the reader's wish."""
    if name := named(address):
        parts.window.names_panel.name_requested.emit(name)
        return
    if parts.asking.may_follow(address):
        QDesktopServices.openUrl(QUrl(address))
