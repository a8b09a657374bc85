"""Two pages beside one another: what one shows, the other shows too; panels and commands belong to the active one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.postil.view.at_the_window import Reader

from postil_db.records import Color
from postil_db.store import documents

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none


@pytest.fixture
def two(reader: Reader) -> Reader:
    """The window with the article on both pages."""
    reader.window.resize(1500, 800)
    reader.window.commands["split"].trigger()
    reader.settle()
    return reader


def test_no_second_page_is_made_until_the_reader_splits(reader: Reader) -> None:
    assert len(reader.window.spread.pages) == 1
    assert not reader.window.commands["split"].isChecked()
    reader.window.commands["split"].trigger()
    assert len(reader.window.spread.shown) == 2
    assert reader.window.commands["split"].isChecked()
    assert reader.parts.halves.shown[1] is reader.parts.halves.active


def test_both_pages_show_a_mark_at_once_and_undo_takes_it_from_both(two: Reader) -> None:
    first, second = two.parts.halves.shown
    assert first.desk.document
    assert second.desk.document
    assert first.desk.document.content is second.desk.document.content, "a book is held in memory once"
    two.select("maritime security")
    two.window.page.mark_requested.emit(Color.BLUE)
    two.wait(lambda: [len(half.desk.annotations) for half in (first, second)] == [1, 1])
    assert first.marking.current is None, "what is current belongs to one half"
    assert second.marking.current is not None
    two.wait(two.window.commands["undo"].isEnabled)
    two.window.commands["undo"].trigger()
    two.wait(lambda: [len(half.desk.annotations) for half in (first, second)] == [0, 0])


def test_panels_and_commands_follow_the_keyboard(two: Reader) -> None:
    first, second = two.parts.halves.shown
    two.select("maritime security")
    two.window.page.mark_requested.emit(Color.BLUE)
    two.wait(lambda: second.marking.current is not None)
    panel = two.window.notes_panel
    assert panel.current() == second.marking.current
    two.window.commands["other_half"].trigger()
    assert two.parts.halves.active is first
    assert two.window.page is first.page
    assert panel.current() is None
    two.window.spread.turned_to.emit(second.page)
    assert panel.current() == second.marking.current


def test_each_half_has_a_journey_of_its_own(two: Reader) -> None:
    first, _second = two.parts.halves.shown
    two.window.contents_panel.activated.emit(len(two.document.text) - 5)
    assert two.window.commands["back"].isEnabled()
    two.parts.halves.activate(first)
    assert not two.window.commands["back"].isEnabled()


def test_another_document_beside_and_its_end(reader: Reader, library_with_article: int) -> None:
    reader.parts.first_run.offer(again=True)
    reader.wait(lambda: reader.document.id != library_with_article)
    reader.settle()
    sample = reader.document.id
    reader.window.library_panel.beside_requested.emit(library_with_article)
    reader.wait(lambda: reader.parts.halves.split)
    reader.settle()
    assert [half.desk.document_id for half in reader.parts.halves.shown] == [sample, library_with_article]
    assert reader.document.id == library_with_article
    assert reader.window.windowTitle().startswith(reader.document.info.title)
    reader.window.library_panel.remove_requested.emit([library_with_article])
    reader.wait(lambda: not reader.parts.halves.split)
    assert reader.document.id == sample
    assert reader.window.spread.shown == [reader.window.page]


def test_ctrl_and_enter_open_in_the_other_half(reader: Reader, library_with_article: int) -> None:
    reader.window.commands["to_library"].trigger()
    rows = reader.window.library_panel.list
    rows.go_to_row(0)
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reader.wait(lambda: reader.parts.halves.split)
    first, second = reader.parts.halves.shown
    assert (first.desk.document_id, second.desk.document_id) == (library_with_article, library_with_article)
    reader.window.commands["to_library"].trigger()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert reader.parts.halves.active is second
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.entities)
    assert reader.parts.desk.names
    entity = reader.parts.desk.names.entities[0]
    tree = reader.window.names_panel.tree
    reader.settle()
    reader.window.names_panel.set_current(entity.id)
    reader.wait(lambda: tree.currentIndex().isValid())
    QTest.keyClick(tree, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    reader.wait(lambda: reader.parts.halves.active is first)
    assert first.naming._entity == entity.id
    QTest.keyClick(tree, Qt.Key.Key_Down)  # or Qt believes Ctrl to be held from now on


def test_closing_a_half_leaves_the_other_and_splitting_again_makes_no_third(two: Reader) -> None:
    first, second = two.parts.halves.shown
    two.window.spread.close_asked.emit(first.page)
    assert list(two.parts.halves.shown) == [second]
    assert second.desk.document is not None
    two.window.commands["split"].trigger()
    assert list(two.parts.halves.shown) == [first, second]
    assert two.parts.halves.active is first
    assert len(two.window.spread.pages) == 2
    two.window.commands["close"].trigger()
    two.window.commands["close"].trigger()
    assert two.parts.desk.document is None
    assert not two.window.commands["split"].isChecked()


def test_a_narrow_window_puts_one_page_above_the_other(two: Reader) -> None:
    assert two.window.spread.orientation() is Qt.Orientation.Horizontal
    two.window.resize(820, 800)
    two.wait(lambda: two.window.spread.orientation() is Qt.Orientation.Vertical)
    assert all(page.width() > 250 for page in two.window.spread.shown)


def test_what_lay_beside_comes_back_after_a_restart(two: Reader, start: Callable[..., Reader]) -> None:
    two.window.close()
    two.wait(lambda: two.window.may_close)
    two.running.close()
    again = start()
    again.wait(lambda: again.parts.halves.split)
    again.settle()
    assert [half.desk.document_id for half in again.parts.halves.shown] == [again.document.id] * 2
    again.window.commands["split"].trigger()
    again.settle()
    again.window.close()
    again.running.close()
    third = start()
    third.settle()
    assert not third.parts.halves.split


def test_the_place_of_the_active_half_is_kept(two: Reader) -> None:
    first, second = two.parts.halves.shown
    second.page.position_changed.emit(40)
    first.page.position_changed.emit(90)
    two.parts.halves.keep_positions()
    two.settle()
    info = two.running.work.library().read(lambda session: documents.info(session, two.document.id))
    assert info.position == 40


def test_a_half_is_left_out_when_its_document_cannot_be_opened(reader: Reader) -> None:
    reader.parts.halves.open_beside(9999)
    reader.wait(lambda: reader.window.messages.text)
    assert not reader.parts.halves.split
    assert reader.parts.halves.active.desk.document is not None
