"""Decisions by key, menu and picker about names in all capitals, in mixed scripts, and from right to left."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from tests.postil.view.at_the_window import Reader
from tests.postil.view.entities import odd_names
from tests.postil.view.entities.odd_names import ARABIC, CHINESE, HEBREW, MIXED, ORG, PERSON, RUSSIAN

from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.line import LineDialog
from postil.view.entities.picker import EntityPicker
from postil.view.entities.ranking import ranked
from postil_db.records import EntityKind, Mention, NewDecision, Ruling
from postil_db.store import decisions

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise\\(\\)|grabbing the keyboard")
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
ISOLATES = "\u2066\u2067\u2068\u2069\u200e\u200f"


@pytest.fixture
def reader(start: Callable[..., Reader], tmp_path: Path) -> Reader:
    """Somebody with the first of the two documents open, its names known, the keyboard on the page."""
    odd_names.fill(tmp_path / "library", tmp_path / "cache")
    reader = start()
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.mentions)
    reader.settle()
    reader.window.page.text.setFocus()
    return reader


def mentions(reader: Reader) -> list[Mention]:
    """The mentions on the desk, each of them exactly where its words stand."""
    reader.settle()
    assert reader.parts.desk.names
    found = list(reader.parts.desk.names.mentions)
    assert [reader.document.text[one.start : one.end] for one in found] == [one.text for one in found]
    return found


def named(reader: Reader) -> dict[str, tuple[EntityKind, str]]:
    """What each of the words is a name of."""
    found = mentions(reader)
    assert reader.parts.desk.names
    names = {one.id: (one.kind, one.name) for one in reader.parts.desk.names.entities}
    return {one.text: names[one.entity_id] for one in found}


def is_named(reader: Reader, words: str) -> bool:
    return words in named(reader)


def is_free(reader: Reader, start: int) -> bool:
    """Whether no name begins there."""
    return all(one.start != start for one in mentions(reader))


def go_to(reader: Reader, words: str) -> Mention:
    """Have the first mention with these words as the current one."""
    at = next(one for one in mentions(reader) if one.text == words)
    reader.parts.naming.choose(at.entity_id, at.start, at.end)
    return at


def press(reader: Reader, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(reader.window.page.text, key, held)


def dialog[D: QDialog](reader: Reader, kind: type[D]) -> D:
    def found() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    reader.wait(found)
    return found()[0]


def popup(reader: Reader) -> QMenu:
    reader.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def ruled(reader: Reader) -> NewDecision:
    reader.settle()
    return reader.running.work.library().read(decisions.every)[-1].what


def test_the_menu_names_what_is_meant_and_one_place_is_said_to_be_no_name(reader: Reader) -> None:
    for name in (ARABIC, HEBREW, RUSSIAN, CHINESE, MIXED, "KAJA KALLAS", "=SUM(A1) & sons"):
        at = go_to(reader, name)
        opened = reader.window.page.text.context_menu(at.start)
        words = [one.text().partition("\t")[0] for one in opened.actions()]
        shown = named(reader)[name][1].replace("&", "&&")
        assert f"Page of “{shown}”" in words
        assert f"Never mark “{name.replace('&', '&&')}”" in words
        assert ("Split off “KAJA KALLAS”" in words) == (name == "KAJA KALLAS")
        opened.deleteLater()
    for name in (ARABIC, MIXED, CHINESE):
        at = go_to(reader, name)
        press(reader, Qt.Key.Key_X)
        reader.wait(partial(is_free, reader, at.start))
        assert (ruled(reader).start, ruled(reader).end) == (at.start, at.end)
    assert len(mentions(reader)) == len(odd_names.FOUND) - 3


def test_capitals_are_split_off_and_merged_again_and_kinds_changed(reader: Reader) -> None:
    go_to(reader, "KAJA KALLAS")
    press(reader, Qt.Key.Key_M, SHIFT)
    reader.wait(lambda: named(reader)["KAJA KALLAS"] == (PERSON, "KAJA KALLAS"))
    assert named(reader)["Kaja Kallas"] == (PERSON, "Kaja Kallas")
    go_to(reader, "KAJA KALLAS")
    press(reader, Qt.Key.Key_M)
    asked = dialog(reader, EntityPicker)
    first = asked.chosen()
    assert first is not None
    assert first[0] == "Kaja Kallas"
    asked.filter.setText("kaja")
    asked.accept()
    reader.wait(lambda: named(reader)["KAJA KALLAS"] == (PERSON, "Kaja Kallas"))
    go_to(reader, MIXED)
    press(reader, Qt.Key.Key_Y)
    opened = popup(reader)
    assert MIXED in opened.actions()[0].text()
    assert [one.data() for one in opened.actions() if one.isChecked()] == [ORG]
    QTest.keyClick(opened, Qt.Key.Key_1)
    reader.wait(lambda: named(reader)[MIXED] == (PERSON, MIXED))


def test_a_name_from_right_to_left_is_renamed_merged_and_taken_back(reader: Reader) -> None:
    go_to(reader, ARABIC)
    press(reader, Qt.Key.Key_R)
    asked = dialog(reader, LineDialog)
    assert asked.line.text() == ARABIC
    assert not set(asked.line.text()) & set(ISOLATES)
    asked.line.setText("  ولي العهد محمد (1985)  ")
    asked.accept()
    dialog(reader, ConfirmDialog).accept()
    reader.wait(lambda: named(reader)[ARABIC] == (PERSON, "ولي العهد محمد (1985)"))
    assert "4 mentions in 2 documents changed." in reader.window.messages.text
    go_to(reader, ARABIC)
    press(reader, Qt.Key.Key_M)
    picker = dialog(reader, EntityPicker)
    picker.filter.setText(HEBREW[:3])
    assert picker.chosen() == (HEBREW, PERSON, 1)
    picker.accept()
    dialog(reader, ConfirmDialog).accept()
    reader.wait(lambda: named(reader)[ARABIC] == (PERSON, HEBREW))
    for _ in range(2):
        reader.parts.work.undo()
    reader.wait(lambda: named(reader)[ARABIC] == (PERSON, ARABIC))


def test_words_of_any_script_are_always_marked_and_never(reader: Reader) -> None:
    for words, key in (("القاهرة", Qt.Key.Key_3), ("sons", Qt.Key.Key_2), ("встретили", Qt.Key.Key_5)):
        reader.select(words)
        press(reader, Qt.Key.Key_A)
        QTest.keyClick(popup(reader), key)
        if words != "sons":  # it stands in a longer name, which stays
            reader.wait(partial(is_named, reader, words))
        assert ruled(reader) == NewDecision(Ruling.ALWAYS, text=words, to_kind=list(EntityKind)[key - Qt.Key.Key_1])
    assert "sons" not in named(reader)
    reader.select("القاهرة")
    press(reader, Qt.Key.Key_I)
    reader.wait(lambda: "القاهرة" not in named(reader))
    assert ruled(reader) == NewDecision(Ruling.IGNORE, text="القاهرة")


def test_names_alike_in_any_script_are_offered_first() -> None:
    known = [("Berlin", PERSON, 90), ("سلمان", PERSON, 1), ("ЛЕНСКИЙ", PERSON, 2)]
    assert ranked(known, (ARABIC, PERSON, 4))[0][0] == "سلمان"
    assert ranked(known, (RUSSIAN, PERSON, 1))[0][0] == "ЛЕНСКИЙ"
