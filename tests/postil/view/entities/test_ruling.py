"""What a reader rules about names in the window: by key and by menu, weighed, undone, told."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from tests.postil.view.at_the_window import Reader

from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.line import LineDialog
from postil.view.entities import ruling
from postil.view.entities.decisions import DecisionsDialog
from postil.view.entities.picker import EntityPicker
from postil.view.entities.ranking import ranked
from postil.view.entities.tag_all import TagAllDialog
from postil_db.records import EntityKind, EntityNote, NewDecision, Ruling
from postil_db.store import decisions, entity_notes

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise\\(\\)|grabbing the keyboard")


@pytest.fixture
def named(reader: Reader) -> Reader:
    """The window with the names of the article known, the keyboard on the page."""
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.mentions)
    reader.settle()
    reader.window.page.text.setFocus()
    return reader


def names(reader: Reader) -> list[tuple[EntityKind, str]]:
    """The names on the desk, once all is quiet."""
    reader.settle()
    assert reader.parts.desk.names
    return [(one.kind, one.name) for one in reader.parts.desk.names.entities]


def press(reader: Reader, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(reader.window.page.text, key, held)


def dialog[D: QDialog](reader: Reader, kind: type[D]) -> D:
    """The open dialog of a kind."""

    def found() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    reader.wait(found)
    return found()[0]


def menu(reader: Reader) -> QMenu:
    reader.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def ruled(reader: Reader) -> list[NewDecision]:
    reader.settle()
    return [one.what for one in reader.running.work.library().read(decisions.every)]


PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
BOTH = [(PERSON, "Kaja Kallas"), (PLACE, "New Delhi")]


def test_x_says_that_the_current_mention_is_no_name_and_undo_takes_it_back(named: Reader) -> None:
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_X)
    named.wait(lambda: len(names(named)) == 1)
    assert ruled(named)[0].start is not None
    assert "is not a name, at one place of “Partners sign in New Delhi”." in named.window.messages.text
    named.parts.work.undo()
    named.wait(lambda: sorted(names(named)) == BOTH)
    press(named, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert named.window.messages.text


def test_a_key_without_a_name_says_what_to_do_first(named: Reader) -> None:
    press(named, Qt.Key.Key_R)
    assert "press E" in named.window.messages.text
    press(named, Qt.Key.Key_A)
    assert "Select the words" in named.window.messages.text
    assert ruled(named) == []


def test_kind_and_name_are_changed(named: Reader) -> None:
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_Y)
    QTest.keyClick(menu(named), Qt.Key.Key_2)
    named.wait(lambda: (EntityKind.ORG, "Kaja Kallas") in names(named) or (EntityKind.ORG, "New Delhi") in names(named))
    assert "is an organisation. 1 mention in 1 document changed." in named.window.messages.text
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_R)
    asked = dialog(named, LineDialog)
    asked.line.setText("Another name")
    asked.accept()
    named.wait(lambda: "Another name" in [name for _kind, name in names(named)])


def test_a_name_is_merged_with_the_one_picked(named: Reader) -> None:
    named.window.names_panel.tree.setFocus()
    panel = named.window.names_panel
    number = next(one.id for one in named.parts.desk.names.entities if one.name == "New Delhi")  # type: ignore[union-attr]
    panel.tree.setCurrentIndex(panel._model.index_of(number))
    QTest.keyClick(panel.tree, Qt.Key.Key_M)
    asked = dialog(named, EntityPicker)
    asked.filter.setText("kall")
    assert asked.chosen() == ("Kaja Kallas", PERSON, 1)
    asked.accept()
    named.wait(lambda: names(named) == [(PERSON, "Kaja Kallas")])


def test_selected_words_are_always_marked_and_never(named: Reader) -> None:
    named.select("maritime security")
    press(named, Qt.Key.Key_A)
    QTest.keyClick(menu(named), Qt.Key.Key_5)
    named.wait(lambda: (EntityKind.EVENT, "maritime security") in names(named))
    named.select("maritime security")
    press(named, Qt.Key.Key_I)
    named.wait(lambda: sorted(names(named)) == BOTH)
    assert [one.ruling for one in ruled(named)] == [Ruling.ALWAYS, Ruling.IGNORE]


def test_what_touches_much_is_weighed_first(named: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruling, "FEW", 0)
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    asked = dialog(named, ConfirmDialog)
    assert "1 mention in 1 document and holds for every document" in asked.accessibleDescription()
    asked.reject()
    assert ruled(named) == []


def test_the_menu_of_a_mention_holds_every_deed(named: Reader) -> None:
    start = named.document.text.index("Kaja Kallas")
    opened = named.window.page.text.context_menu(start + 2)
    words = [action.text().partition("\t")[0] for action in opened.actions()]
    assert words[-12:] == [
        "Page of “Kaja Kallas”", "Note on this name…", "Tag every mention…", "", "Not a name here",
        "Not a name anywhere", "Change kind", "Rename…", "Merge with…", "Never mark “Kaja Kallas”", "",
        "Decisions about names…",
    ]  # fmt: skip
    opened.deleteLater()
    named.select("maritime")
    opened = named.window.page.text.context_menu(0)
    words = [action.text().partition("\t")[0] for action in opened.actions()]
    assert words[-3:] == ["Always mark “maritime” as", "Never mark it", "Tag every occurrence…"]
    opened.deleteLater()


def test_the_page_of_a_name_is_opened_written_on_and_left(named: Reader) -> None:
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_P)
    panel = named.window.names_panel
    named.wait(lambda: panel.paged)
    page = panel.page
    name = page.page.entity.name  # type: ignore[union-attr]
    assert panel.chosen() == page.page.entity  # type: ignore[union-attr]
    page.edit_note()
    QTest.keyClicks(page.editor, "Known")
    page.save()
    page.tag_added.emit(page.page.entity.id, "people")  # type: ignore[union-attr]
    named.settle()
    written = named.running.work.library().read(entity_notes.every)
    assert [(one[1], kept) for one, kept in written.items()] == [(name, EntityNote("Known", ("people",)))]
    named.wait(lambda: bool(named.parts.desk.names and named.parts.desk.names.written))
    mention = named.parts.desk.names.mentions[0]  # type: ignore[union-attr]
    on_page = named.window.page.text.overlay.name_at(mention.start)
    assert on_page is not None
    assert on_page.written == EntityNote("Known", ("people",))
    QTest.keyClick(page.editor, Qt.Key.Key_Escape)
    QTest.keyClick(page.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not panel.paged


def test_a_link_in_a_note_leads_to_the_page(named: Reader) -> None:
    named.window.notes_panel.link_clicked.emit("name:new%20delhi")
    panel = named.window.names_panel
    named.wait(lambda: panel.paged)
    assert panel.page.name.text() == "New Delhi"
    named.window.notes_panel.link_clicked.emit("name:Kaja%20Kallas")
    named.wait(lambda: panel.page.name.text() == "Kaja Kallas")
    panel.page.back.click()
    named.wait(lambda: panel.page.name.text() == "New Delhi")
    panel.page.back.click()
    named.wait(lambda: not panel.paged)
    named.window.notes_panel.link_clicked.emit("name:Nobody")
    named.wait(lambda: "No text names “Nobody” yet." in named.window.messages.text)


def test_every_place_of_a_phrase_is_tagged_in_one_act(named: Reader) -> None:
    named.select("New Delhi")
    press(named, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    asked = dialog(named, TagAllDialog)
    assert not asked.act_button.isEnabled()
    asked.tag.setText("cities")
    assert asked.act_button.text() == "Tag 2 places"
    row = asked.list.visualRect(asked.model.index(1)).center()
    QTest.mouseClick(asked.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, row.y()))
    assert asked.act_button.text() == "Tag 1 place"
    asked.all_button.click()
    asked.accept()
    named.wait(lambda: len(named.stored()) == 2)
    assert {one.tags for one in named.stored()} == {("cities",)}
    assert {one.selector.quote for one in named.stored()} == {"New Delhi"}
    named.parts.work.undo()
    named.wait(lambda: named.stored() == [])


def test_decisions_are_listed_weighed_and_withdrawn(named: Reader) -> None:
    press(named, Qt.Key.Key_E)
    press(named, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    named.wait(lambda: len(ruled(named)) == 1)
    named.window.commands["decisions"].trigger()
    listed = dialog(named, DecisionsDialog)
    named.wait(lambda: listed.model.rowCount() == 1 and listed.model.effects)
    assert listed.focusWidget() is listed.filter
    record = listed.model.record(0)
    assert record is not None
    assert "changes 1 mention in 1 document" in listed.model.detail(record)
    listed.list.selectAll()
    QTest.keyClick(listed.list, Qt.Key.Key_Delete)
    named.wait(lambda: ruled(named) == [])
    named.wait(lambda: listed.model.rowCount() == 0)
    assert "Nothing decided yet" in listed.empty.words()
    listed.reject()
    assert sorted(names(named)) == BOTH


def test_names_alike_are_offered_first() -> None:
    known = [("Berlin", PLACE, 90), ("Kallas", EntityKind.ORG, 2), ("Siim Kallas", PERSON, 1), ("Ann", PERSON, 9)]
    assert [one[0] for one in ranked(known, ("Kaja Kallas", PERSON, 3))] == ["Siim Kallas", "Kallas", "Ann", "Berlin"]


def test_a_click_on_another_name_turns_the_open_page(named: Reader) -> None:
    panel = named.window.names_panel
    first, second = (one for one in named.parts.desk.names.mentions)  # type: ignore[union-attr]
    panel.page_requested.emit(first.entity_id)
    named.wait(lambda: panel.paged)
    named.window.page.text.setFocus()
    named.window.page.mention_clicked.emit(second.entity_id, second.start, second.end)
    named.wait(lambda: panel.page.page.entity.id == second.entity_id)  # type: ignore[union-attr]
    assert named.window.page.text.hasFocus()
    panel.page.back.click()
    named.wait(lambda: panel.page.page.entity.id == first.entity_id)  # type: ignore[union-attr]


def test_any_name_of_the_library_is_found_by_typing(named: Reader) -> None:
    named.window.commands["name_find"].trigger()
    asked = dialog(named, EntityPicker)
    asked.filter.setText("del")
    asked.accept()
    named.wait(lambda: named.window.names_panel.paged)
    assert named.window.names_panel.page.name.text() == "New Delhi"
