"""The panel of annotations: what it shows and what it asks for."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import RECORDS, make_annotation

from postil.view.look.theme import Theme, themes
from postil.view.panels.annotations import AnnotationsPanel
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def test_an_empty_panel_says_how_to_begin(qtbot: QtBot, theme: Theme) -> None:
    panel = AnnotationsPanel(theme)
    qtbot.addWidget(panel)
    panel.show_annotations([])
    assert "press 1–5" in panel.empty.words()
    assert not panel.count.text()


def test_the_filter_looks_in_quote_note_and_tags(panel: AnnotationsPanel) -> None:
    for words, count in (("kallas", 1), ("JAPAN", 1), ("policy", 2), ("policy japan", 1), ("nowhere", 0)):
        panel.filter.setText(words)
        assert panel.list.model().rowCount() == count
        assert panel.count.text() == f"{count} of 3"
    assert panel.empty.words().startswith("No annotation has these words")
    panel.filter.clear()
    assert panel.count.text() == "3 notes"


def test_escape_in_the_filter_shows_everything_again(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.filter.setText("kallas")
    QTest.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.list.model().rowCount() == 3


def test_enter_and_click_go_to_the_passage(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.set_current(2)
    with qtbot.waitSignal(panel.activated) as enter:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    rect = panel.list.visualRect(panel.list.model().index(2, 0))
    with qtbot.waitSignal(panel.activated) as click:
        at = QPoint(rect.center().x(), rect.bottom() - 20)
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (enter.args, click.args) == ([2], [3])


def test_being_told_the_current_one_tells_nobody(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.activated):
        panel.set_current(3)
    assert panel.current() == 3
    panel.set_current(None)
    assert panel.current() is None
    assert panel.card.isHidden()


def test_a_filtered_out_annotation_can_still_be_made_current(panel: AnnotationsPanel) -> None:
    panel.filter.setText("kallas")
    panel.set_current(3)
    assert panel.current() == 3
    assert panel.filter.text() == ""


def test_number_keys_color_every_selected_annotation(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    chosen: list[tuple[list[int], object]] = []
    panel.color_changed.connect(lambda numbers, color: chosen.append((numbers, color)))
    panel.set_current(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.list, Qt.Key.Key_4)
    assert chosen == [([1, 2], Color.PINK)], "all at once: one act"


def test_delete_asks_for_the_whole_selection(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.set_current(2)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(panel.remove_requested) as asked:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert asked.args == [[2, 3]]


def test_the_current_row_stays_current_when_another_goes(panel: AnnotationsPanel) -> None:
    panel.set_current(3)
    panel.show_annotations(RECORDS[1:])
    assert panel.current() == 3
    assert panel.card.isVisible()


# --- tags


def test_t_types_tags_and_commas_divide_them(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    added: list[tuple[list[int], str]] = []
    panel.tag_added.connect(lambda numbers, name: added.append((numbers, name)))
    panel.set_current(2)
    QTest.keyClick(panel.list, Qt.Key.Key_T)
    edit = panel.card.tags.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "sea, air  power")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert added == [([2], "sea"), ([2], "air power")]
    assert edit.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.isHidden()
    assert panel.list.hasFocus()


def test_a_tag_goes_to_every_selected_annotation(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    added: list[list[int]] = []
    panel.tag_added.connect(lambda numbers, _name: added.append(numbers))
    panel.set_current(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    panel.card.edit_tags()
    QTest.keyClicks(panel.card.tags.edit, "both")
    QTest.keyClick(panel.card.tags.edit, Qt.Key.Key_Return)
    assert added == [[1, 2]]


def test_escape_drops_the_tag_being_typed(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.edit_tags(1)
    QTest.keyClicks(panel.card.tags.edit, "half")
    with qtbot.assertNotEmitted(panel.tag_added):
        QTest.keyClick(panel.card.tags.edit, Qt.Key.Key_Escape)
    assert not panel.card.tags.editing()


def test_completion_finds_names_by_any_part(panel: AnnotationsPanel) -> None:
    panel.set_tag_names(["policy/defence", "india"])
    completer = panel.card.tags.edit.completer()
    completer.setCompletionPrefix("DEF")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "policy/defence"


def test_chips_are_followed_and_taken_off(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.set_current(3)
    first, second = panel.card.tags.chips()
    with qtbot.waitSignal(panel.tag_clicked) as followed:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(8, first.height() // 2))
    with qtbot.waitSignal(panel.tag_removed) as crossed:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(first.width() - 8, first.height() // 2))
    with qtbot.waitSignal(panel.tag_removed) as deleted:
        QTest.keyClick(second, Qt.Key.Key_Delete)
    assert (followed.args, crossed.args, deleted.args) == (["india"], [3, "india"], [3, "policy/defence"])


# --- looks


def test_a_long_quote_is_cut_until_all_of_it_is_asked_for(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.show_annotations([make_annotation(1, "Many words of a long passage. " * 30)])
    panel.set_current(1)
    qtbot.waitUntil(panel.card.more.isVisible)
    before = panel.card.height()
    panel.card.more.click()
    qtbot.waitUntil(lambda: panel.card.height() > before)
    assert panel.card.more.text() == "Show less"


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_every_theme_paints_every_card(panel: AnnotationsPanel, name: str) -> None:
    theme = themes()[name]
    panel.set_theme(theme)
    panel.set_current(1)
    image = panel.grab().toImage()
    bar = theme.highlight(Color.GREEN)[1]
    column = {image.pixelColor(x, y).name() for x in range(8, 20) for y in range(0, image.height(), 3)}
    assert bar.name() in column


def test_a_narrow_panel_cuts_nothing_off(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    long = "a-very-long-tag-name/" * 6
    panel.show_annotations([make_annotation(1, "Donaudampfschifffahrtsgesellschaft" * 4, "x" * 300, [long, "short"])])
    panel.resize(230, 600)
    panel.set_current(1)
    qtbot.waitUntil(lambda: panel.card.width() == panel.list.viewport().width())
    inside = [part for part in panel.card.findChildren(QWidget) if part.isVisible()]
    room = panel.list.viewport().width()
    assert inside
    assert all(part.mapTo(panel.card, QPoint(part.width(), 0)).x() <= room for part in inside)


def test_everything_to_press_has_a_name(panel: AnnotationsPanel) -> None:
    panel.set_current(1)
    card = panel.card
    named = [card.color_button, card.delete_button, card.editor, card.note_view, card.tags.edit, *card.tags.chips()]
    assert all(widget.accessibleName() for widget in named)
    assert isinstance(card.tags.edit, QLineEdit)
    spoken = panel.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Kallas met Singh" in spoken
    assert "policy/defence" in spoken


def test_a_screen_reader_finds_a_list_of_cards(panel: AnnotationsPanel) -> None:
    spoken = QAccessible.queryAccessibleInterface(panel.list)
    assert spoken.role() == QAccessible.Role.List
    assert spoken.childCount() == 3
    assert spoken.child(1).text(QAccessible.Text.Name) == "Green highlight: Maritime security comes first."
    assert spoken.child(1).rect().height() > 40


def test_the_menu_does_what_the_keys_do(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    panel.set_current(3)
    menu = panel.menu(RECORDS[2])
    acts = {act.text().split("\t")[0]: act for act in menu.actions()}
    colors = next(one for one in menu.findChildren(QMenu) if one.title() == "Colour")
    with qtbot.waitSignal(panel.activated):
        acts["Go to passage"].trigger()
    with qtbot.waitSignal(panel.remove_requested) as removed:
        acts["Delete"].trigger()
    with qtbot.waitSignal(panel.color_changed) as colored:
        colors.actions()[1].trigger()
    acts["Copy quote"].trigger()
    acts["Edit note"].trigger()
    assert (removed.args, colored.args) == ([[3]], [[3], Color.GREEN])
    assert QGuiApplication.clipboard().text() == "The partnership was signed"
    assert panel.card.editor.isVisible()


def test_a_row_that_comes_or_goes_leaves_the_others_as_they_are(panel: AnnotationsPanel, qtbot: QtBot) -> None:
    model = panel.list.model()
    panel.set_current(3)
    with qtbot.assertNotEmitted(model.modelReset):
        with qtbot.waitSignal(model.rowsRemoved):
            panel.show_annotations([RECORDS[0], RECORDS[2]])
        assert (panel.current(), panel.selected(), panel.count.text()) == (3, [3], "2 notes")
        with qtbot.waitSignal(model.rowsInserted):
            panel.show_annotations(RECORDS)
        assert (panel.current(), panel.selected(), model.rowCount()) == (3, [3], 3)
        tops = [panel.list.visualRect(model.index(row, 0)).top() for row in range(3)]
        assert tops == sorted(set(tops))
        panel.show_annotations(RECORDS[:2])
    assert panel.current() is None
    assert panel.selected() == []
    assert panel.card.isHidden()
