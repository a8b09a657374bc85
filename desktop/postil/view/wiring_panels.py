"""Who hears whom among the panels: their side of wiring.py."""

from functools import partial

from postil.view import acts
from postil.view.acts import Shelf
from postil.view.commanding import paste
from postil.view.parts import Parts
from postil.view.searching import tag_query
from postil.work.writing import Act


def connect_panels(parts: Parts) -> None:
    """Connect every panel with the page and with what acts on the library."""
    for area in (_annotations, _names, _tags, _library):
        area(parts)


def _annotations(parts: Parts) -> None:
    window, desk, marking, work = parts.window, parts.desk, parts.marking, parts.work
    page, panel = window.page, window.notes_panel
    # what there is
    desk.annotations_changed.connect(page.set_annotations)
    desk.annotations_changed.connect(lambda annotations: panel.show_annotations(annotations, desk.tag_colors))
    desk.annotations_changed.connect(marking.take_annotations)
    # what the reader does on the page
    page.selection_changed.connect(marking.set_selection)
    page.mark_requested.connect(marking.mark)
    page.tag_requested.connect(marking.tag)
    page.note_requested.connect(marking.note)
    page.remove_requested.connect(marking.remove)
    page.step_requested.connect(marking.step)
    page.annotation_clicked.connect(marking.set_current)
    marking.marked.connect(lambda *marked: page.clear_selection() if page.selection() == marked else None)
    marking.marked.connect(lambda *_: window.hint.dismiss())
    marking.current_changed.connect(page.set_current_annotation)
    marking.current_changed.connect(panel.set_current)
    marking.step_made.connect(page.go_to)
    for wanted, edit in ((marking.note_wanted, panel.edit_note), (marking.tags_wanted, panel.edit_tags)):
        wanted.connect(lambda _id: window.show_panel(panel))
        wanted.connect(edit)
    page.annotation_clicked.connect(lambda _id: window.side.setCurrentWidget(panel))
    desk.annotation_wanted.connect(marking.set_current)
    # the cards keep beside their passages
    panel.list.set_passages(page)
    page.scrolled.connect(panel.list.follow)
    panel.list.wheeled.connect(page.take_wheel)
    panel.followed.connect(marking.go_to)
    # what the reader does in the panel
    panel.activated.connect(parts.journey.leave)
    panel.activated.connect(marking.go_to)
    panel.note_changed.connect(lambda number, note: act(acts.write_note(annotation_id=number, note=note)))
    panel.color_changed.connect(lambda numbers, color: act(acts.recolor(annotation_ids=numbers, color=color)))
    panel.tag_added.connect(lambda numbers, name: act(acts.add_tag(annotation_ids=numbers, name=name)))
    panel.tag_removed.connect(lambda number, name: act(acts.remove_tag(annotation_ids=[number], name=name)))
    panel.remove_requested.connect(lambda numbers: act(acts.remove_annotations(annotation_ids=numbers)))
    panel.tag_clicked.connect(partial(_search_tag, parts))

    def act(wanted: Act[object] | Act[None]) -> None:
        work.act(wanted, initiator=panel)


def _names(parts: Parts) -> None:
    window, desk, naming = parts.window, parts.desk, parts.naming
    page, panel = window.page, window.names_panel
    desk.names_changed.connect(naming.take_names)
    naming.mentions_shown.connect(page.set_mentions)
    naming.mentions_added.connect(page.add_mentions)
    naming.entities_shown.connect(panel.show_entities)
    naming.noted.connect(panel.set_note)
    naming.step_made.connect(page.go_to)
    naming.current_changed.connect(panel.set_current)
    naming.current_changed.connect(lambda entity, _index, _total: page.set_current_entity(entity))
    page.mention_clicked.connect(naming.choose)
    page.mention_clicked.connect(lambda *_: None if window.notes_panel.card.editing() else show())
    page.entity_step_requested.connect(naming.step)
    panel.entity_activated.connect(naming.go_to_entity)
    panel.step_requested.connect(naming.step_in_entity)

    def show() -> None:
        window.side.setCurrentWidget(panel)


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
    window, desk, work = parts.window, parts.desk, parts.work
    panel = window.library_panel

    def show(shelf: Shelf) -> None:
        panel.show_documents(shelf.documents)
        panel.set_current(desk.document_id)
        window.tags_panel.show_tags(shelf.tags)
        window.notes_panel.set_tag_names([tag.name for tag in shelf.tags])
        parts.journey.keep_only(frozenset(info.id for info in shelf.documents))
        for name, label in (("undo", shelf.undo), ("redo", shelf.redo)):
            action = window.commands[name]
            action.setEnabled(bool(label))
            action.setText(f"&{name.capitalize()} {label[:1].lower()}{label[1:]}".rstrip())

    def remove(numbers: list[int]) -> None:
        what = "Document" if len(numbers) == 1 else f"{len(numbers)} documents"
        done = partial(window.messages.show_news, f"{what} removed from the library.", undoable=True)
        work.act(acts.remove_documents(document_ids=numbers), lambda _none: done(), initiator=panel)

    desk.shelf_changed.connect(show)
    panel.opened.connect(parts.journey.leave)
    panel.opened.connect(desk.open)
    panel.opened.connect(lambda _id: window.page.setFocus())
    panel.remove_requested.connect(remove)
    panel.add_requested.connect(parts.asking.open_files)
    panel.paste_requested.connect(partial(paste, parts))


def _search_tag(parts: Parts, name: str) -> None:
    bar = parts.window.search_bar
    if bar.text() == (query := tag_query(name)):
        parts.searching.search(query)  # the box tells only what is new to it
    else:
        bar.set_text(query)
