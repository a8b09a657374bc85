"""The table of all names in the real window: sorted, filtered, found by typing, ruled about, walked, exported."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from tests.postil.view.at_the_window import Reader
from tests.postil.view.entities import odd_names
from tests.postil.view.entities.odd_names import ARABIC, CHINESE, HEBREW, MIXED, PERSON, PLACE, RUSSIAN

from postil import settings
from postil.exchange.entity_table import HEADER
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.line import LineDialog
from postil.view.entities.picker import EntityPicker
from postil.view.entities.table_rows import Column
from postil.view.entities.table_window import NamesWindow
from postil_db.records import EntityKind, Ruling
from postil_db.store import decisions, entities

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise\\(\\)|grabbing the keyboard")
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
BY_MENTIONS = ["Kaja Kallas", ARABIC, CHINESE]


@pytest.fixture
def reader(start: Callable[..., Reader], tmp_path: Path) -> Reader:
    """Somebody with the first of the two documents open."""
    odd_names.fill(tmp_path / "library", tmp_path / "cache")
    return start()


@pytest.fixture
def listed(reader: Reader) -> NamesWindow:
    """The table, of the whole library."""
    return opened(reader)


def opened(reader: Reader) -> NamesWindow:
    reader.window.commands["names"].trigger()
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, NamesWindow) and one.isVisible()]
    reader.wait(window.table.names.rowCount)
    reader.settle()
    return window


def names(window: NamesWindow) -> list[str]:
    """What is shown, from top to bottom."""
    model = window.table.names
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def choose(window: NamesWindow, *wanted: str) -> None:
    """Choose rows by clicks, as a reader would."""
    for number, name in enumerate(wanted):
        index = window.table.names.index(names(window).index(name), 0)
        window.table.scrollTo(index)
        held = Qt.KeyboardModifier.ControlModifier if number else NONE
        at = window.table.visualRect(index).center()
        QTest.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, held, at)
    assert {one.name for one in window.table.chosen()} == set(wanted)


def type_in(widget: QWidget, text: str) -> None:
    """Press the keys of a text, of whatever script."""
    for letter in text:
        QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, 0, NONE, letter))


def dialog[D: QDialog](reader: Reader, kind: type[D]) -> D:
    def found() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    reader.wait(found)
    return found()[0]


def menu(reader: Reader) -> QMenu:
    reader.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def settled(reader: Reader, window: NamesWindow, condition: Callable[[], object]) -> None:
    reader.wait(condition)
    reader.settle()


def test_names_are_sorted_filtered_and_found_by_typing_in_any_width(reader: Reader, listed: NamesWindow) -> None:
    table, which = listed.table, listed.which
    assert names(listed)[:3] == BY_MENTIONS
    assert which.count.text() == "9 names"
    head = table.horizontalHeader()
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(0) + 20, 8))
    assert names(listed)[:3] == ["=SUM(A1) & sons", MIXED, "Cairo"]
    assert str(head.model().headerData(0, Qt.Orientation.Horizontal)).endswith("↑")
    table.enter()
    for typed, found in (("kal", "Kaja Kallas"), (ARABIC[:3], ARABIC), ("новый", ARABIC), ("ленская", MIXED)):
        table._typing.stop()
        type_in(table, typed)
        current = table.current()
        assert current is not None
        assert current.name == found
    table._typing.stop()
    type_in(table, "zz")
    assert "No name here begins with “zz”" in listed.deeds.label.whole()
    for words, left in (("KAJA", ["Kaja Kallas"]), ("oberg asa", [MIXED]), ("delhi", ["NEW DELHI"]), ("كهن", [])):
        which.filter.setText(words)
        assert names(listed) == left
    assert "No name is like that" in listed.empty.words()
    listed.show_all.click()
    assert len(names(listed)) == 9
    which.kind.setCurrentIndex(which.kind.findData(PLACE))
    assert names(listed) == ["Cairo", "NEW DELHI"]
    which.written.click()
    assert names(listed) == ["NEW DELHI"]
    narrowed(listed)


def narrowed(listed: NamesWindow) -> None:
    """A narrow window puts the least important columns away."""
    table = listed.table

    def shown(width: int) -> list[str]:
        listed.resize(width, 500)
        return [column for at, column in enumerate(Column) if not table.isColumnHidden(at)]

    assert shown(1400) == list(Column)
    assert shown(480)[0] == Column.NAME
    assert Column.MENTIONS in shown(480)
    assert Column.ORIGIN not in shown(800)
    wide = sum(table.columnWidth(at) for at in range(len(Column)) if not table.isColumnHidden(at))
    assert wide == table.viewport().width()


def test_where_to_look_and_how_it_looked_is_remembered(reader: Reader, listed: NamesWindow) -> None:
    which, look = listed.which, reader.parts.appearance
    assert not which.new.isVisible()
    which.scope.setCurrentIndex(0)
    settled(reader, listed, lambda: len(names(listed)) == 8)
    assert [one.documents for one in listed.table.names.sight.listing.rows] == [1] * 8
    assert which.new.isVisible()
    listed.sort_by(Column.FIRST)
    listed.table.horizontalHeader().resizeSection(1, 133)
    listed.close()
    assert look.chosen(settings.NAMES_HERE)
    assert look.chosen(settings.NAMES_SORT) == ("first:up", "mentions:down")
    assert look.chosen(settings.NAMES_WIDTHS)[1] == 133
    assert look.chosen(settings.NAMES_GEOMETRY)
    again = opened(reader)
    assert again.which.here
    reader.window.commands["close"].trigger()
    settled(reader, again, lambda: len(names(again)) == 9)
    assert not again.which.scope.isEnabled()
    assert not again.which.here


def test_a_row_leads_to_its_page_and_from_mention_to_mention(reader: Reader, listed: NamesWindow) -> None:
    choose(listed, ARABIC)
    places = [
        (one.document_id, one.start)
        for one in reader.running.work.library().read(lambda s: entities.of_entity(s, listed.table.chosen()[0].id))
    ]
    went: list[tuple[int, int]] = []
    desk = reader.parts.desk
    for held in (*[NONE] * 4, SHIFT):
        QTest.keyClick(listed.table, Qt.Key.Key_Space, held)
        reader.settle()
        went.append(listed_place(listed, reader))
    assert went == [*places[:4], places[2]]
    QTest.keyClick(listed.table, Qt.Key.Key_Return, SHIFT)
    settled(reader, listed, lambda: desk.document_id == places[3][0])
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    panel = reader.window.names_panel
    reader.wait(lambda: panel.paged and panel.page.page is not None)
    assert panel.page.name.text() == ARABIC


def listed_place(window: NamesWindow, reader: Reader) -> tuple[int, int]:
    """Where the page was led to last."""
    deeds = next(one for one in window.children() if type(one).__name__ == "TableDeeds")
    _entity, document, start = deeds._at  # type: ignore[attr-defined]
    assert reader.parts.desk.document_id == document
    return document, start


def test_many_are_ruled_about_at_once_and_one_undo_takes_it_back(reader: Reader, listed: NamesWindow) -> None:
    choose(listed, HEBREW, RUSSIAN, "Cairo")
    QTest.keyClick(listed.table, Qt.Key.Key_Y, ALT)
    QTest.keyClick(menu(reader), Qt.Key.Key_2)
    dialog(reader, ConfirmDialog).accept()

    def kinds() -> set[EntityKind]:
        chosen = {one.name: one.kind for one in listed.table.names.sight.listing.rows}
        return {chosen[name] for name in (HEBREW, RUSSIAN, "Cairo") if name in chosen}

    settled(reader, listed, lambda: kinds() == {EntityKind.ORG})
    assert {one.name for one in listed.table.chosen()} == {HEBREW, RUSSIAN, "Cairo"}
    assert "and 1 more are each an organisation. 3 mentions in 2 documents changed." in listed.messages.text
    assert [one.what.ruling for one in reader.running.work.library().read(decisions.every)] == [Ruling.KIND] * 3
    listed.messages.undo.emit()
    settled(reader, listed, lambda: kinds() == {PERSON, PLACE})
    assert reader.running.work.library().read(decisions.every) == []

    choose(listed, HEBREW, RUSSIAN)
    QTest.keyClick(listed.table, Qt.Key.Key_M, ALT)
    asked = dialog(reader, EntityPicker)
    assert {asked._names[0][0], asked._names[1][0]} == {HEBREW, RUSSIAN}
    asked.filter.setText(RUSSIAN[:4].lower())
    asked.accept()
    settled(reader, listed, lambda: HEBREW not in names(listed))
    (merged,) = [one for one in listed.table.names.sight.listing.rows if one.name == RUSSIAN]
    assert (merged.mentions, merged.aliases) == (2, (HEBREW,))
    assert [one.name for one in listed.table.chosen()] == [RUSSIAN]

    choose(listed, RUSSIAN, "Cairo")
    QTest.keyClick(listed.table, Qt.Key.Key_R, ALT)
    assert "2 names are chosen. Choose one of them" in listed.messages.text
    QTest.keyClick(listed.table, Qt.Key.Key_X, ALT)
    assert "This is the whole library." in listed.messages.text
    QTest.keyClick(listed.table, Qt.Key.Key_Delete)
    dialog(reader, ConfirmDialog).accept()
    settled(reader, listed, lambda: RUSSIAN not in names(listed) and "Cairo" not in names(listed))
    reader.wait(reader.window.commands["undo"].isEnabled)
    reader.window.commands["undo"].trigger()
    settled(reader, listed, lambda: RUSSIAN in names(listed) and "Cairo" in names(listed))


def test_a_row_that_is_renamed_stays_chosen_and_other_rows_stay_in_place(reader: Reader, listed: NamesWindow) -> None:
    listed.sort_by(Column.NAME)
    choose(listed, "Kaja Kallas")
    QTest.keyClick(listed.table, Qt.Key.Key_F2)
    asked = dialog(reader, LineDialog)
    asked.line.setText("Öykü Kallas")
    asked.accept()
    dialog(reader, ConfirmDialog).accept()
    settled(reader, listed, lambda: "Öykü Kallas" in names(listed))
    assert [one.name for one in listed.table.chosen()] == ["Öykü Kallas"]
    (row,) = listed.table.chosen()
    assert row.origin.value == "you"
    assert set(row.aliases) == {"Kaja Kallas", "KAJA KALLAS"}
    listed.deeds.buttons["name_split"].click()
    (form,) = [one for one in menu(reader).actions() if one.text() == "“KAJA KALLAS”"]
    form.trigger()
    menu(reader).close()
    settled(reader, listed, lambda: "KAJA KALLAS" in names(listed))


def test_the_menu_holds_every_deed_with_its_key_here_and_what_is_shown_is_exported_safely(
    reader: Reader, listed: NamesWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(listed, "Kaja Kallas")
    listed.table.menu_asked.emit(QPoint(10, 10))
    texts = [one.text() for one in menu(reader).actions()]
    assert "Merge with…\tAlt+M" in texts
    assert "Never mark “Kaja Kallas”\tAlt+I" in texts
    assert "Not a name here" not in " ".join(texts)
    menu(reader).close()
    choose(listed, "Kaja Kallas", "Cairo")
    listed.table.menu_asked.emit(QPoint(10, 10))
    texts = [one.text() for one in menu(reader).actions()]
    assert texts[0] == "2 names chosen"
    assert {"Merge…\tAlt+M", "Not names anywhere\tAlt+Shift+X", "Copy names"} <= set(texts)
    menu(reader).close()
    listed.table.copy_asked.emit()
    assert QApplication.clipboard().text().splitlines() == ["Kaja Kallas", "Cairo"]

    def exported(words: str, target: Path) -> list[list[str]]:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
        listed.which.export.click()
        if words:
            next(one for one in menu(reader).actions() if one.text().startswith(words)).trigger()
            menu(reader).close()
        reader.wait(lambda: "exported to" in listed.messages.text or "folder" in listed.messages.text)
        said = listed.messages.text
        listed.messages.dismiss()
        assert "exported" in said or not target.exists()
        return list(csv.reader(target.read_text("utf-8-sig").splitlines())) if target.exists() else []

    assert [row[0] for row in exported("What is chosen (2)", tmp_path / "two.csv")[1:]] == ["Kaja Kallas", "Cairo"]
    choose(listed, "Cairo")
    every = exported("", tmp_path / "all.csv")
    assert tuple(every[0]) == HEADER
    assert [row[0] for row in every[1:]] == [name if name[0] != "=" else f"'{name}" for name in names(listed)]
    assert ["NEW DELHI", "place", "", "1", "1", "2026-01-27", "2026-01-27", "model", "The capital.", ""] in every
    kallas = next(row for row in every if row[0] == "Kaja Kallas")
    assert kallas[1:8] == ["person", "KAJA KALLAS", "4", "2", "2024-05-01", "2026-01-27", "model"]
    listed.which.filter.setText("kaja")
    assert [row[0] for row in exported("What is shown", tmp_path / "some.csv")[1:]] == ["Kaja Kallas"]
    assert len(exported("All names", tmp_path / "again.csv")) == 10
    assert exported("All names", tmp_path / "missing" / "x.csv") == []
