"""Who hears whom about searching: their side of wiring.py."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from postil.settings import SEARCH_PINNED
from postil.view import acts_search as acts
from postil.view.acts_search import Chosen, Question
from postil.view.commanding_places import beside
from postil.view.panels.words import plural
from postil.view.parts import Parts
from postil_db.records import Answer, Color, Result, SmartView

SHOWN_MS = 5_000


def connect_search(parts: Parts) -> None:
    """Connect the box, the results, and the smart views."""
    for area in (_asking, _box, _going, _pinning, _many, _views):
        area(parts)


def _asking(parts: Parts) -> None:
    window, searching = parts.window, parts.searching
    bar, results, drop = window.search_bar, window.search_results, window.search_drop

    def show(answer: Answer, question: Question) -> None:
        fresh = answer.query != results.query()  # one that was closed stays so when only its answer is a newer one
        results.show_answer(answer, question)
        if drop.holds_results and ((drop.isHidden() and fresh) or drop.examples.isVisible()) and bar.text().strip():
            drop.open()
        elif not drop.isHidden() and drop.examples.isHidden():
            drop.open()  # as high as these results need
        if bar.wants_results:
            bar.wants_results = False
            results.focus_results()

    def clear() -> None:
        results.show_answer(Answer(""), Question("", sort=results.sort()))
        if bar.line.hasFocus():
            drop.open_examples()
        else:
            drop.put_away()

    def change(query: str) -> None:
        if not query.strip():
            bar.setFocus(Qt.FocusReason.OtherFocusReason)
        bar.set_text(query)

    searching.found.connect(show)
    searching.cleared.connect(clear)
    searching.completed.connect(bar.line.show_completions)
    bar.searched.connect(searching.search)
    window.closed.connect(searching.stop)
    bar.line.completion_wanted.connect(searching.complete)
    results.query_changed.connect(change)
    results.head.sort_changed.connect(searching.set_sort)
    results.more_wanted.connect(searching.fetch_more)
    parts.stock.shelf_changed.connect(lambda _shelf: results.set_tag_colors(parts.stock.tag_colors))


def _box(parts: Parts) -> None:
    window, searching = parts.window, parts.searching
    bar, results, drop = window.search_bar, window.search_results, window.search_drop

    def come() -> None:
        if not bar.text().strip():
            drop.open_examples()
        elif searching.query:
            drop.open()

    def submit() -> None:
        if not bar.text().strip():
            drop.open_examples()
            drop.examples.enter()
        elif searching.waiting:
            bar.wants_results = True
        else:
            drop.open()
            results.focus_results()

    def try_example(query: str) -> None:
        bar.setFocus(Qt.FocusReason.OtherFocusReason)
        bar.set_text(query)

    def back_to_box() -> None:
        bar.setFocus(Qt.FocusReason.OtherFocusReason)

    bar.line.came.connect(come)
    bar.submitted.connect(submit)
    bar.examples_requested.connect(drop.open_examples)
    bar.left.connect(drop.close_drop)
    bar.left.connect(parts.halves.to(lambda half: half.page.setFocus))
    drop.examples.chosen.connect(try_example)
    drop.examples.left.connect(back_to_box)
    drop.examples.form_requested.connect(lambda: open_form(parts))
    results.head.form_requested.connect(lambda: open_form(parts))
    results.left.connect(back_to_box)
    results.head.export_requested.connect(lambda: parts.asking.export(results.query()))
    drop.closed.connect(parts.halves.to(lambda half: half.page.setFocus))


def _going(parts: Parts) -> None:
    window = parts.window
    results, drop, dock = window.search_results, window.search_drop, window.dock

    def go(result: Result) -> None:
        open_it = parts.halves.open_beside if beside() else parts.desk.open
        annotation = result.annotation.id if result.annotation is not None else None
        open_it(result.document_id, result.start, result.end, annotation)

    def open_result(result: Result) -> None:
        parts.journey.leave()
        go(result)
        if dock.held is None:
            drop.put_away()
            parts.page.setFocus()

    def step(result: Result) -> None:
        if result.document_id != parts.desk.document_id:
            parts.journey.leave()
        go(result)
        if dock.held is None and not drop.isHidden():
            drop.put_away()  # it would lie over the place
            parts.page.setFocus()

    results.opened.connect(open_result)
    results.stepped.connect(step)


def _pinning(parts: Parts) -> None:
    """Results that stay beside the page, also over a restart."""
    window = parts.window
    results, drop, dock = window.search_results, window.search_drop, window.dock

    def pin(on: bool) -> None:
        had_keys = results.isAncestorOf(window.focusWidget() or window)
        if on:
            dock.hold(results)
            drop.put_away()
            results.focus_results()
        else:
            dock.release()
            drop.take_back()
            if had_keys:
                parts.page.setFocus()
        pin_shown(on=on)

    def pin_shown(*, on: bool) -> None:
        results.set_pinned(on)
        window.search_bar.keeps = on
        window.commands["pin_results"].setChecked(on)

    def pin_again(_shelf: object) -> None:
        """Have beside the page what was there when the window closed."""
        if query := parts.appearance.chosen(SEARCH_PINNED):
            dock.hold(results)
            pin_shown(on=True)
            window.search_bar.set_text(query)

    parts.stock.shelf_changed.connect(pin_again, Qt.ConnectionType.SingleShotConnection)
    results.head.pin_requested.connect(pin)
    results.head.close_requested.connect(lambda: pin(on=False))
    window.commands["pin_results"].triggered.connect(pin)


def _many(parts: Parts) -> None:
    """What is done with many results at once."""
    window, work = parts.window, parts.work
    results, messages = window.search_results, window.messages

    def told(words: str, count: int) -> None:
        messages.show_news(f"{plural(count, 'annotation')} {words}", undoable=True)

    def any_of(then: Callable[..., None]) -> Callable[..., None]:
        def run(chosen: Chosen, *more: object) -> None:
            if chosen.count:
                then(chosen, *more)
            else:
                messages.show_news("Only highlights and notes can be changed. Choose some of them first.")

        return run

    def tag(chosen: Chosen) -> None:
        def attach(name: str) -> None:
            work.act(acts.tag_chosen(chosen=chosen, name=name), partial(told, f"tagged “{name}”."), initiator=results)

        parts.asking.line(
            f"Tag {plural(chosen.count, 'annotation')}",
            "The tag to add:",
            "Tag",
            lambda name: "" if name else "A tag needs a name.",
            attach,
            names=list(parts.stock.tag_colors),
        )

    def recolor(chosen: Chosen, color: Color) -> None:
        work.act(acts.recolor_chosen(chosen=chosen, color=color), partial(told, f"made {color}."), initiator=results)

    def remove(chosen: Chosen) -> None:
        work.act(acts.remove_chosen(chosen=chosen), partial(told, "moved to the trash."), initiator=results)

    def export(chosen: Chosen) -> None:
        if chosen.query:
            parts.asking.export(chosen.query)
        else:
            parts.asking.export(results.query(), chosen.ids)

    results.tag_requested.connect(any_of(tag))
    results.recolor_requested.connect(any_of(recolor))
    results.remove_requested.connect(any_of(remove))
    results.export_chosen.connect(any_of(export))


def _views(parts: Parts) -> None:
    window, work, views = parts.window, parts.work, parts.smart_views
    panel, bar, messages = window.views_panel, window.search_bar, window.messages

    def run(view: SmartView) -> None:
        window.to_search()
        if bar.text().strip() == view.query:
            parts.searching.search(view.query)  # the box tells only what is new to it
        else:
            bar.set_text(view.query)
        bar.wants_results = True

    def delete(view: SmartView) -> None:
        done = partial(messages.show_news, f"Smart view “{view.name}” deleted.", undoable=True)
        work.act(acts.delete_view(view_id=view.id), lambda _none: done(), initiator=panel)

    def take_query(view: SmartView) -> None:
        query = parts.searching.query
        if not query:
            messages.show_news("Search for something first; then a smart view can take it.")
            return
        done = partial(messages.show_news, f"“{view.name}” searches for {query} now.", undoable=True)
        work.act(acts.save_view(name=view.name, query=query), lambda _view: done(), initiator=panel)

    def rename(number: int, name: str) -> None:
        work.act(acts.rename_view(view_id=number, name=name), failed=lambda _error: show(), initiator=panel)

    def show() -> None:
        panel.show_views(views.views, views.counts)

    views.changed.connect(show)
    parts.stock.shelf_changed.connect(lambda _shelf: views.load_once())
    work.changed.connect(views.take_changes)
    window.closed.connect(views.stop)
    panel.activated.connect(run)
    panel.renamed.connect(rename)
    panel.moved.connect(lambda ids: work.act(acts.reorder_views(ids=ids), initiator=panel))
    panel.deleted.connect(delete)
    panel.query_taken.connect(take_query)
    window.search_results.head.save_requested.connect(lambda: save_search(parts))


def search_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """Give what each command of searching does, by name."""

    def step(direction: int) -> None:
        text = parts.page
        if text.find_bar.isVisible():
            text.find_bar.step_requested.emit(direction)
            return
        parts.window.status.showMessage(parts.window.search_results.step(direction), SHOWN_MS)

    return {
        "search_form": lambda: open_form(parts),
        "save_search": lambda: save_search(parts),
        "next_result": partial(step, 1),
        "previous_result": partial(step, -1),
    }


def save_search(parts: Parts) -> None:
    """Ask for a name, and keep what is searched for under it."""
    query, views = parts.searching.query, parts.smart_views
    if not query:
        parts.window.messages.show_news("Search for something first; then it can be saved as a smart view.")
        return

    def fault(name: str) -> str:
        if not name:
            return "A smart view needs a name."
        return "There is a smart view of that name. Choose another one." if views.named(name) else ""

    def save(name: str) -> None:
        done = partial(parts.window.messages.show_news, f"“{name}” is in the library sidebar now.", undoable=True)
        parts.work.act(acts.save_view(name=name, query=query), lambda _view: done())
        parts.window.show_panel(parts.window.library_panel)

    words = f"Find this again under a name: {query if len(query) < 80 else query[:79] + '…'}"
    parts.asking.line("Save as smart view", words, "Save", fault, save, line=query[:60].replace('"', ""))


def open_form(parts: Parts) -> None:
    """Open the search as a form beside the box; both show the same."""
    from postil.view.search.form import SearchForm

    window, bar = parts.window, parts.window.search_bar
    form = window.findChild(SearchForm)
    if form is None:
        form = SearchForm(parts.appearance.theme, window)
        form.query_changed.connect(bar.set_text)
        bar.changed.connect(form.show_query)
        parts.appearance.theme_changed.connect(form.set_theme)
    shelf = parts.stock.shelf
    form.set_names(
        [tag.name for tag in shelf.tags] if shelf else [], [one.title for one in shelf.documents] if shelf else []
    )
    form.show_query(bar.text())
    window.search_drop.put_away()
    form.show()
    form.raise_()
    form.activateWindow()
