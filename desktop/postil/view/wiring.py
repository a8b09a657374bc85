"""Who hears whom: every connection between the window's parts. Only the modules of wiring know both ends.

wiring_half.py connects what belongs to one page, wiring_panels.py the panels, wiring_search.py the search, and
commanding.py the commands. Panels and commands belong to the active half: they hear it through `halves.follow` (how
things stand) and `halves.hear` (what happens), and act on it through `halves.to`, or ask `parts` for its page and desk
each time they do something.
"""

from functools import partial

from postil.settings import ANIMATIONS, PACE
from postil.view.adding import connect_files
from postil.view.commanding import connect_commands
from postil.view.commanding_places import leap
from postil.view.look import motion
from postil.view.pace import in_words
from postil.view.parts import Parts
from postil.view.wiring_half import connect_half, follow
from postil.view.wiring_panels import connect_panels
from postil.view.wiring_safety import connect_safety
from postil.view.wiring_search import connect_search
from postil_db.records import Document


def connect(parts: Parts) -> None:
    """Connect everything."""
    for area in (
        _appearance, _changes, _halves, _document, _reading, connect_panels, connect_safety, connect_search,
        connect_files, _recognition, _closing, connect_commands,
    ):  # fmt: skip
        area(parts)
    parts.halves.made.connect(partial(connect_half, parts))
    connect_half(parts, parts.halves.active)


def _appearance(parts: Parts) -> None:
    window, look = parts.window, parts.appearance
    names = window.names_panel

    def tick() -> None:
        window.commands[f"theme_{look.name}"].setChecked(True)

    # the reader's choices reach every part
    look.theme_changed.connect(window.set_theme)
    look.marking_changed.connect(lambda strength, _kinds: names.set_strength(strength))
    look.marking_changed.connect(lambda _strength, kinds: names.set_kinds(kinds))
    look.marking_changed.connect(lambda strength, _kinds: window.commands[f"strength_{strength}"].setChecked(True))
    look.theme_changed.connect(lambda _theme: tick())
    look.option_changed.connect(lambda _option: motion.choose(parts.app, look.chosen(ANIMATIONS)))
    motion.choose(parts.app, look.chosen(ANIMATIONS))
    # and come from these
    names.kinds_changed.connect(look.set_kinds)
    names.strength_changed.connect(look.set_strength)
    look.marking_changed.emit(look.strength, look.kinds)
    tick()


def _changes(parts: Parts) -> None:
    work, messages = parts.work, parts.window.messages
    # one broadcast refreshes everything
    work.changed.connect(parts.stock.take_changes)
    work.act_done.connect(parts.stock.take_done)
    work.changed.connect(parts.searching.take_changes)
    # what could not be done
    work.act_failed.connect(messages.show_failed)
    work.act_done.connect(messages.take_done)
    work.refused.connect(messages.show_news)
    work.query_failed.connect(messages.show_fault)
    messages.again.connect(work.again)
    messages.undo.connect(work.undo)


def _halves(parts: Parts) -> None:
    window, halves = parts.window, parts.halves
    spread = window.spread

    def close(page: object) -> None:
        for half in halves.shown:
            if half.page is page:
                half.desk.close_document()

    halves.arranged.connect(lambda _split: spread.show_pages([half.page for half in halves.shown], parts.page))
    halves.leaving.connect(window.notes_panel.save)
    halves.switched.connect(lambda: spread.set_active(parts.page))
    spread.turned_to.connect(halves.activate_page)
    spread.close_asked.connect(close)


def _document(parts: Parts) -> None:
    window, halves = parts.window, parts.halves

    def show(document: Document, _position: int) -> None:
        window.contents_panel.show_contents(document.content)
        describe()

    def describe(*_: object) -> None:
        if (document := parts.desk.document) is not None:
            window.show_title(document.info.title)
            window.status.show_document(document.info, len(document.text), parts.appearance.chosen(PACE))
            window.library_panel.set_current(document.id)

    def clear() -> None:
        window.contents_panel.show_contents(None)
        window.notes_panel.show_annotations([], {})
        window.names_panel.show_entities([])
        window.names_panel.set_progress(0, 0)
        window.library_panel.set_current(None)
        window.show_title("")
        window.status.show_document(None)

    def settle(*_: object) -> None:
        if parts.stock.shelf is not None and not parts.files.running:
            hint.set_silent(False)  # nothing has opened by itself, and nothing will

    hint = parts.page.hint
    hint.set_silent(parts.stock.shelf is None)
    parts.work.idle.connect(settle)
    parts.files.finished.connect(settle)
    halves.follow(lambda half: half.desk.document_opened, show)
    halves.hear(lambda half: half.desk.document_closed, clear)
    halves.hear(lambda half: half.desk.info_changed, describe)
    parts.appearance.option_changed.connect(describe)


def _reading(parts: Parts) -> None:
    window, halves = parts.window, parts.halves

    def show_place(*_: object) -> None:
        first, last = parts.page.visible_range()
        left = parts.pace.left(parts.desk.document_id, first)
        window.status.show_place(last, in_words(left, parts.appearance.chosen(PACE)) if left else "")

    # how far one has come; only the active half's place is stored: the other may show the same document
    halves.hear(lambda half: half.page.position_changed, halves.to(lambda half: half.desk.set_position))
    halves.follow(lambda half: half.page.position_changed, window.contents_panel.set_position)
    halves.hear(lambda half: half.page.scrolled, show_place)
    halves.switched.connect(show_place)
    halves.hear(lambda half: half.page.painted, show_place)
    halves.hear(lambda half: half.page.painted, lambda: parts.pace.count(parts.desk.document))
    parts.pace.counted.connect(show_place)
    parts.appearance.option_changed.connect(show_place)
    window.contents_panel.activated.connect(partial(leap, parts))
    window.notes_panel.link_clicked.connect(partial(follow, parts))


def _recognition(parts: Parts) -> None:
    window, recognition = parts.window, parts.recognition
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

    recognition.progress.connect(show)
    parts.halves.switched.connect(lambda: panel.set_progress(0, 0))  # the next progress is shown if it is for this one
    recognition.running.connect(end)
    status.cancelled.connect(recognition.cancel)
    panel.cancel_requested.connect(recognition.cancel)


def _closing(parts: Parts) -> None:
    window, closing = parts.window, parts.closing
    window.leaving.connect(parts.focus.leave)
    window.leaving.connect(parts.beside.keep)
    faults = parts.faults
    faults.told.connect(lambda report: parts.asking.show_report(report, faults.doing, faults.log))
    parts.work.act_done.connect(lambda act: faults.note(act.label))
    for listed in window.commands.listed.values():
        title = listed.command.title
        window.commands[listed.command.name].triggered.connect(lambda _on=False, title=title: faults.note(title))
    parts.appearance.changed.connect(closing.save_soon)
    window.leaving.connect(closing.leave)
    parts.work.idle.connect(closing.go_on)
    parts.work.act_failed.connect(lambda _failed: closing.go_on())
    parts.first_run.hint_wanted.connect(window.hint.show)
    window.hint.dismissed.connect(parts.first_run.forget_hint)
    parts.first_run.offered.connect(lambda info: parts.desk.open(info.id))
    # the open document is where the next start begins
    parts.app.commitDataRequest.connect(lambda _session: window.notes_panel.save())
