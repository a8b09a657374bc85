"""Who hears whom among the panels: their side of wiring.py."""

from collections.abc import Callable
from functools import partial

from postil.view import acts
from postil.view.acts import Shelf
from postil.view.adding import paste
from postil.view.commanding_places import ask_title, beside
from postil.view.library_order import connect_order
from postil.view.parts import Parts
from postil.view.searching import tag_query
from postil.view.telling import connect_telling
from postil.view.wiring_names import connect_names
from postil.work.writing import Act


def connect_panels(parts: Parts) -> None:
    """Connect every panel with the page and with what acts on the library."""
    for area in (_annotations, _names, connect_names, _tags, _library, connect_order, connect_telling):
        area(parts)


def _annotations(parts: Parts) -> None:
    window, halves, work = parts.window, parts.halves, parts.work
    panel = window.notes_panel

    def show(*_: object) -> None:
        panel.show_annotations(parts.desk.annotations, parts.stock.tag_colors)

    halves.follow(lambda half: half.desk.annotations_changed, show)
    parts.stock.recolored.connect(show)
    halves.follow(lambda half: half.marking.current_changed, panel.set_current, None)
    halves.hear(lambda half: half.marking.marked, lambda *_: window.hint.dismiss())
    halves.hear(lambda half: half.marking.note_wanted, lambda number: begin(panel.edit_note, number))
    halves.hear(lambda half: half.marking.tags_wanted, lambda number: begin(panel.edit_tags, number))
    halves.hear(lambda half: half.page.annotation_clicked, lambda _id: window.side.setCurrentWidget(panel))
    # the cards keep beside their passages
    panel.list.set_passages(halves.active.page)
    halves.switched.connect(lambda: panel.list.set_passages(halves.active.page))
    halves.hear(lambda half: half.page.scrolled, panel.list.follow)
    panel.list.wheeled.connect(halves.to(lambda half: half.page.take_wheel))
    panel.followed.connect(halves.to(lambda half: half.marking.go_to))
    # what the reader does in the panel
    panel.activated.connect(lambda _id: parts.journey.leave())
    panel.activated.connect(halves.to(lambda half: half.marking.go_to))
    panel.note_changed.connect(lambda number, note: act(acts.write_note(annotation_id=number, note=note)))
    panel.color_changed.connect(lambda numbers, color: act(acts.recolor(annotation_ids=numbers, color=color)))
    panel.tag_added.connect(lambda numbers, name: act(acts.add_tag(annotation_ids=numbers, name=name)))
    panel.tag_removed.connect(lambda number, name: act(acts.remove_tag(annotation_ids=[number], name=name)))
    panel.remove_requested.connect(lambda numbers: act(acts.remove_annotations(annotation_ids=numbers)))
    panel.tag_clicked.connect(partial(_search_tag, parts))

    def begin(edit: Callable[[int], None], number: int) -> None:
        window.show_panel(panel)
        edit(number)

    def act(wanted: Act[object] | Act[None]) -> None:
        work.act(wanted, initiator=panel)


def _names(parts: Parts) -> None:
    window, halves = parts.window, parts.halves
    panel = window.names_panel

    def show(*_: object) -> None:
        if not window.notes_panel.card.editing():
            window.side.setCurrentWidget(panel)

    def turn_beside() -> None:
        if beside() and (document := parts.desk.document_id) is not None:
            halves.open_beside(document)

    halves.follow(lambda half: half.naming.entities_shown, panel.show_entities)
    halves.follow(lambda half: half.naming.noted, panel.set_note)
    halves.follow(lambda half: half.naming.current_changed, panel.set_current, None, 0, 0)
    halves.hear(lambda half: half.page.mention_clicked, show)
    panel.entity_activated.connect(turn_beside)
    panel.entity_activated.connect(lambda _id: parts.journey.leave())
    panel.entity_activated.connect(halves.to(lambda half: half.naming.go_to_entity))
    panel.step_requested.connect(turn_beside)
    panel.step_requested.connect(halves.to(lambda half: half.naming.step_in_entity))


def _tags(parts: Parts) -> None:
    panel, work = parts.window.tags_panel, parts.work
    panel.activated.connect(partial(_search_tag, parts))
    panel.renamed.connect(lambda old, new: work.act(acts.rename_tag(old=old, new=new), initiator=panel))
    panel.merged.connect(
        lambda source, target: work.act(acts.merge_tags(source=source, target=target), initiator=panel)
    )
    panel.deleted.connect(lambda name: work.act(acts.delete_tag(name=name), initiator=panel))
    panel.color_changed.connect(lambda name, color: work.act(acts.color_tag(name=name, color=color), initiator=panel))


def _library(parts: Parts) -> None:
    window, stock, work = parts.window, parts.stock, parts.work
    panel = window.library_panel

    def show(shelf: Shelf) -> None:
        panel.show_documents(shelf.documents)
        panel.set_current(parts.desk.document_id)
        window.tags_panel.show_tags(shelf.tags)
        window.notes_panel.set_tag_names([tag.name for tag in shelf.tags])
        parts.halves.keep_only(frozenset(info.id for info in shelf.documents))
        for name, label in (("undo", shelf.undo), ("redo", shelf.redo)):
            window.commands[name].setEnabled(bool(label))
            window.commands.set_text(name, f"&{name.capitalize()} {label[:1].lower()}{label[1:]}".rstrip())

    def remove(numbers: list[int]) -> None:
        what = "Document" if len(numbers) == 1 else f"{len(numbers)} documents"
        done = partial(window.messages.show_news, f"{what} removed from the library.", undoable=True)
        work.act(acts.remove_documents(document_ids=numbers), lambda _none: done(), initiator=panel)

    def open_document(number: int) -> None:
        if beside():
            parts.halves.open_beside(number)
            return
        parts.journey.leave()
        parts.desk.open(number)
        parts.page.setFocus()

    stock.shelf_changed.connect(show)
    panel.opened.connect(open_document)
    panel.beside_requested.connect(parts.halves.open_beside)
    panel.rename_requested.connect(partial(ask_title, parts))
    panel.remove_requested.connect(remove)
    panel.add_requested.connect(parts.asking.open_files)
    panel.paste_requested.connect(partial(paste, parts))


def _search_tag(parts: Parts, name: str) -> None:
    bar = parts.window.search_bar
    if bar.text() == (query := tag_query(name)):
        parts.searching.search(query)  # the box tells only what is new to it
    else:
        bar.set_text(query)
