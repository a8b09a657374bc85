"""Searching in the window: the sheet under the box, results beside the page, many at once, smart views."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests import factories
from tests.postil.view.at_the_window import Reader

from postil.view import acts_search
from postil.view.dialogs.export import ExportDialog
from postil.view.dialogs.export_scope import ScopeKind
from postil.view.dialogs.line import LineDialog
from postil.view.search.form import SearchForm
from postil.view.searching import FIRST
from postil.work.writing import Act
from postil_db.changes import Changes
from postil_db.library import Library, Session
from postil_db.records import Color, Group
from postil_db.store import annotations, views

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise")


@pytest.fixture
def marked(start: Callable[..., Reader], library_with_article: int, tmp_path: Path) -> Reader:
    """The window with three yellow highlights in the article."""
    content = factories.make_content()
    places = [
        factories.make_selector(content, words)
        for words in ("Security and Defence Partnership", "New Delhi", "maritime security")
    ]
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        for place in places:
            library.write("Mark", partial(annotations.add, document_id=library_with_article, selector=place))
    return start()


def search(reader: Reader, words: str) -> list[str]:
    """The quotes found, in the order shown."""
    reader.window.search_bar.set_text(words)
    reader.wait(lambda: reader.window.search_results.query() == words)
    return quotes(reader)


def quotes(reader: Reader) -> list[str]:
    found = reader.window.search_results._model.records()
    return [row.annotation.selector.quote for row in found if row.annotation is not None]


def in_order(reader: Reader, sort: str) -> list[str]:
    order = reader.window.search_results.order
    order.setCurrentIndex(order.findData(sort))
    order.activated.emit(order.currentIndex())
    reader.settle()
    return quotes(reader)


def test_the_sheet_hangs_right_under_the_box_and_goes_with_the_keyboard(marked: Reader) -> None:
    window = marked.window
    drop, box, results = window.search_drop, window.search_bar, window.search_results
    marked.qtbot.waitActive(window)
    window.to_search()
    assert drop.examples.isVisible()
    search(marked, "security")
    assert results.isVisible()
    assert drop.examples.isHidden()
    parent = drop.parentWidget()
    assert parent
    assert drop.y() == box.mapTo(parent, box.rect().bottomLeft()).y() + 2
    QTest.keyClick(box.line, Qt.Key.Key_Down)
    assert results.list.hasFocus()
    QTest.keyClick(results.list, Qt.Key.Key_Escape)
    assert box.line.hasFocus()
    assert drop.isVisible()
    window.page.setFocus()
    marked.wait(drop.isHidden)
    window.to_search()
    assert results.isVisible(), "what was found is there again"
    QTest.keyClick(box.line, Qt.Key.Key_Escape)
    assert drop.examples.isVisible()
    QTest.keyClick(box.line, Qt.Key.Key_Escape)
    assert drop.isHidden()
    assert window.page.text.hasFocus()


def test_results_beside_the_page_stay_while_one_goes_through_them(marked: Reader) -> None:
    window, results = marked.window, marked.window.search_results
    marked.qtbot.waitActive(window)
    search(marked, "security")
    window.commands["next_result"].trigger()
    assert window.search_drop.isHidden(), "it would lie over the place"
    results.list.been_opened = False
    window.commands["pin_results"].trigger()
    assert [window.dock.held] == [results]
    assert window.search_drop.isHidden()
    marked.wait(results.list.hasFocus)
    groups = {row.result.group for row in results._model.records()}
    assert groups >= {Group.HIGHLIGHT, Group.TEXT}
    seen = []
    for _ in results._model.records():
        window.commands["next_result"].trigger()
        marked.settle()
        current = results.current()
        assert current
        first, last = window.page.visible_range()
        assert first <= current.start <= last
        seen.append((current.group, current.start))
    assert len(set(seen)) == len(seen) > 2
    assert results.isVisible()
    assert results.list.hasFocus()
    QTest.keyClick(results.list, Qt.Key.Key_Home)
    QTest.keyClick(results.list, Qt.Key.Key_Return)
    marked.settle()
    assert results.list.hasFocus(), "Enter shows the place and leaves the list where it is"
    best = results.current()
    assert best
    assert best.annotation
    number = best.annotation.id
    marked.wait(lambda: marked.parts.marking.current == number)
    for expected in (window.search_bar.line, window.page.text):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
        assert window.focusWidget() is expected
    assert window.search_bar.text() == "security", "Escape leads back to the page and leaves what was found"
    results.focus_results()
    QTest.keyClick(results.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    marked.wait(lambda: marked.parts.halves.split)
    results.head.close_button.click()
    assert window.dock.held is None
    assert not results.isVisible()
    assert not window.commands["pin_results"].isChecked()


def test_many_results_are_tagged_recoloured_and_trashed_each_as_one_act(marked: Reader) -> None:
    window, results = marked.window, marked.window.search_results
    search(marked, "color:yellow")
    results.list.selectAll()
    results.chosen_bar.tag_button.click()
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, LineDialog)]
    dialog.line.setText("sea")
    dialog.accept()
    marked.settle()
    assert {one.tags for one in marked.stored()} == {("sea",)}
    assert window.messages.text == "3 annotations tagged “sea”."
    assert "tag 3 annotations" in window.commands["undo"].text()
    results.list.selectAll()
    results.chosen_bar.color_chosen.emit(Color.PINK)
    marked.settle()
    assert {one.color for one in marked.stored()} == {Color.PINK}
    for _ in range(2):
        window.commands["undo"].trigger()
        marked.settle()
    assert {(one.tags, one.color) for one in marked.stored()} == {((), Color.YELLOW)}
    marked.wait(lambda: len(quotes(marked)) == 3)
    results.list.selectAll()
    results.chosen_bar.remove_button.click()
    marked.settle()
    assert marked.stored() == []
    marked.wait(lambda: quotes(marked) == [])
    window.commands["undo"].trigger()
    marked.settle()
    marked.wait(lambda: len(quotes(marked)) == 3)


def put_in_order(marked: Reader) -> None:
    """Have results in another order."""
    found = search(marked, "security in:highlight")
    assert sorted(found) == ["Security and Defence Partnership", "maritime security"]
    for sort, expected in (("newest", "maritime security"), ("document", "Security and Defence Partnership")):
        assert in_order(marked, sort)[0] == expected
        current = marked.window.search_results.current()
        assert current
        assert current.annotation
        assert current.annotation.selector.quote == expected, "the first one is the current one again"


def test_results_can_be_put_in_order_and_exported(marked: Reader) -> None:
    put_in_order(marked)
    search(marked, "security in:highlight")
    results = marked.window.search_results
    for start, kind, count in (
        (results.chosen_bar.export_requested.emit, ScopeKind.CHOSEN, "1 annotation"),
        (results.head.export_button.click, ScopeKind.SEARCH, "2 annotations"),
        (marked.window.commands["export"].trigger, ScopeKind.SEARCH, "2 annotations"),
    ):
        start()
        (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible()]
        marked.wait(dialog.export_button.isEnabled)
        assert (dialog.scope().kind, dialog.count.text()) == (kind, count)
        dialog.close()


def test_more_is_fetched_as_one_scrolls_until_all_is_there_once(marked: Reader) -> None:
    content = factories.make_content()
    place = factories.make_selector(content, "New Delhi")
    many = [annotations.NewAnnotation(place, note=f"harbour {number}") for number in range(300)]
    marked.parts.work.act(Act("Mark", lambda library: library.write("", partial(add_many, many))), lambda _done: None)
    marked.settle()
    search(marked, "harbour in:note")
    results = marked.window.search_results
    assert len(quotes(marked)) == FIRST
    while len(quotes(marked)) < 300:
        before = len(quotes(marked))
        results.list.go_to_row(before - 1)
        marked.wait(lambda before=before: len(quotes(marked)) > before)  # type: ignore[misc]
    keys = results._model.keys()
    assert len(keys) == len(set(keys)) == 300, "each of them once"
    marked.parts.searching.take_changes(Changes(annotations=frozenset({1})))
    with marked.qtbot.waitSignal(marked.parts.searching.found):
        pass
    assert results._model.keys() == keys, "asked again, all of it is there in the same order"


def add_many(many: list[annotations.NewAnnotation], session: Session) -> None:
    annotations.add_all(session, 1, many)


def test_pinned_results_are_there_again_at_the_next_start(marked: Reader, start: Callable[..., Reader]) -> None:
    search(marked, "security")
    marked.window.commands["pin_results"].trigger()
    marked.window.close()
    marked.running.close()
    again = start()
    again.wait(lambda: again.window.search_results.query() == "security")
    assert again.window.dock.held is again.window.search_results
    assert again.window.commands["pin_results"].isChecked()
    assert "maritime security" in quotes(again)
    assert again.window.search_drop.isHidden()
    again.window.commands["pin_results"].trigger()
    again.window.close()
    again.running.close()
    last = start()
    last.opened()
    assert last.window.dock.held is None
    assert last.window.search_bar.text() == ""


def narrow_and_widen(marked: Reader) -> None:
    """A facet narrows, and a chip widens again."""
    window, results = marked.window, marked.window.search_results
    search(marked, "security")
    results.query_changed.emit("security color:yellow ")
    marked.wait(lambda: results.query() == "security color:yellow")
    assert window.search_bar.text().strip() == "security color:yellow"
    (chip,) = results.chips.chips
    chip.turned.emit()
    marked.wait(lambda: results.query() == "security -color:yellow")
    (chip,) = results.chips.chips
    chip.removed.emit()
    marked.wait(lambda: results.query() == "security")


def test_facets_chips_and_form_are_in_step_with_the_box(marked: Reader) -> None:
    narrow_and_widen(marked)
    window = marked.window
    search(marked, "security")
    window.commands["search_form"].trigger()
    form = window.findChild(SearchForm)
    assert form is not None
    assert form.lines["words"].text() == "security"
    form.checks["in"]["highlight"].setChecked(True)
    assert window.search_bar.text().strip() == "security in:highlight"
    marked.wait(lambda: len(quotes(marked)) == 2)
    window.search_bar.set_text("-trade")
    assert (form.lines["words"].text(), form.lines["without"].text()) == ("", "trade")
    form.close()
    marked.settle()


def test_a_search_is_kept_as_a_smart_view_and_its_count_is_current(marked: Reader) -> None:
    window, panel = marked.window, marked.window.views_panel
    window.commands["save_search"].trigger()
    assert "Search for something first" in window.messages.text
    search(marked, "color:yellow")
    window.commands["save_search"].trigger()
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, LineDialog)]
    dialog.line.setText("Gold")
    dialog.accept()
    marked.settle()
    marked.wait(lambda: list(panel.model.counts.values()) == [3])
    (view,) = panel.model.views
    assert panel.isVisible()
    assert (view.name, view.query) == ("Gold", "color:yellow")
    number = marked.stored()[0].id
    window.notes_panel.color_changed.emit([number], Color.BLUE)
    marked.wait(lambda: panel.model.counts[view.id] == 2)
    window.search_bar.set_text("")
    panel.activated.emit(view)
    marked.wait(lambda: len(quotes(marked)) == 2)
    panel.renamed.emit(view.id, "Silver")
    marked.wait(lambda: panel.model.views[0].name == "Silver")
    panel.deleted.emit(panel.model.views[0])
    marked.wait(panel.isHidden)
    for _ in range(2):
        window.commands["undo"].trigger()
        marked.settle()
    marked.wait(lambda: [one.name for one in panel.model.views] == ["Gold"])
    work = marked.parts.work
    work.act(acts_search.save_view(name="b", query="tag:x"))
    work.act(acts_search.save_view(name="c", query="tag:x"))
    marked.wait(lambda: len(panel.model.views) == 3)
    panel.list.setCurrentIndex(panel.model.index(2))
    panel.list.move_pressed.emit(-1)
    marked.wait(lambda: [one.name for one in panel.model.views] == ["Gold", "c", "b"])
    assert [one.name for one in work.library().read(views.every)] == ["Gold", "c", "b"]
    assert panel.list.currentIndex().row() == 1
    window.commands["undo"].trigger()
    marked.wait(lambda: [one.name for one in panel.model.views] == ["Gold", "b", "c"])
