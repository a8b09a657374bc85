"""The palette: what is found by what is typed, what is done, and where the keyboard goes."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests import factories
from tests.postil.view.at_the_window import Reader

from postil.view.menus import declared
from postil.view.palette import Palette
from postil.view.palette_match import fit
from postil.view.palette_rows import Offer, choose

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def ordered(wanted: str, names: Sequence[str]) -> list[str]:
    """The names that fit, the best first."""
    found = [(hit.score, name) for name in names if (hit := fit(name, wanted))]
    return [name for _, name in sorted(found, reverse=True)]


def test_whole_words_go_before_beginnings_and_those_before_scattered_letters() -> None:
    names = ["Undo", "Zoom out", "Theme: Dark", "Copy as Markdown", "Copy the selection", "Darken the margin"]
    assert ordered("dark", names) == ["Theme: Dark", "Darken the margin"]
    assert ordered("dark the", names) == ["Theme: Dark", "Darken the margin"]
    assert ordered("cam", names) == ["Copy as Markdown"]
    assert ordered("zz", names) == []
    assert ordered("opy", ["Copy all of a very long selection", "Copy it"])[0] == "Copy it", "the shorter first"
    hit = fit("Copy as Markdown", "mar co")
    assert hit
    assert hit.letters == (0, 1, 8, 9, 10)


def test_letters_keep_their_places_where_folding_would_move_them() -> None:
    hit = fit("Straße nach Kallas", "kallas")
    assert hit
    assert hit.letters == tuple(range(12, 18))
    assert fit("İstanbul", "nbul")


def test_prefixes_search_one_kind_and_what_cannot_be_done_comes_last() -> None:
    def nothing() -> None:
        pass

    offers = [
        Offer("command", "Note a", nothing, why="Open a document first"),
        Offer("tag", "note", nothing),
        Offer("section", "Notes on the sea", nothing),
        Offer("command", "Write a note", nothing, recent=True),
    ]
    assert [offer.title for offer in choose(offers, "note")] == ["Write a note", "note", "Notes on the sea", "Note a"]
    assert [offer.kind for offer in choose(offers, "@")] == ["section"]
    assert [offer.kind for offer in choose(offers, "#no")] == ["tag"]
    assert [offer.title for offer in choose(offers, "")] == ["Last used", "Write a note", "All commands", "Note a"]


@pytest.fixture
def palette(reader: Reader) -> Palette:
    reader.qtbot.waitActive(reader.window)
    reader.window.page.setFocus()
    QTest.keyClick(reader.window.page.text, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (made,) = reader.window.findChildren(Palette)
    assert made.isVisible()
    assert made.line.hasFocus()
    return made


def pick(palette: Palette, words: str) -> None:
    palette.line.setText(words)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)


def test_every_command_is_offered_with_its_keys(palette: Palette, reader: Reader) -> None:
    offered = {offer.title: offer for offer in palette.shown}
    commands = reader.window.commands
    missing = {name for name in declared() if commands.title(name) not in offered}
    assert missing == {"palette", "let_go"}
    assert offered["Find in document"].keys == ("Ctrl+F",)
    assert offered["Theme: Sepia"].sign == ""
    copy = offered["Copy with citation"]
    assert copy.why == "Select a passage first"
    assert palette.list.accessibleName()
    assert palette.line.accessibleDescription() == palette.shown[0].spoken, "a screen reader hears the row"


def test_enter_does_it_and_the_keyboard_goes_back(palette: Palette, reader: Reader) -> None:
    window = reader.window
    palette.line.setText("theme dark")
    assert "dark" in palette.shown[0].title.casefold()
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert reader.parts.appearance.name == "dark"
    assert window.focusWidget() is window.page.text
    window.commands["palette"].trigger()
    assert palette.shown[1].title == "Theme: Dark", "under the heading of those last used"
    assert palette.shown[1].sign == "check"
    pick(palette, "select everything")
    assert window.page.selection() == (0, len(reader.document.text))
    window.commands["palette"].trigger()
    pick(palette, "citation")
    assert not palette.isVisible()


def test_what_cannot_be_done_says_why_and_stays(palette: Palette) -> None:
    pick(palette, "copy with citation")
    assert palette.isVisible()
    assert palette.foot.text() == "Select a passage first."


def test_arrows_go_round_and_escape_leads_back(palette: Palette, reader: Reader) -> None:
    first = palette.list.currentIndex().row()
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.shown) - 1
    QTest.keyClick(palette.line, Qt.Key.Key_Tab)
    assert palette.list.currentIndex().row() == first
    assert palette.line.hasFocus()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert reader.window.focusWidget() is reader.window.page.text
    reader.window.commands["palette"].trigger()
    reader.window.to_search()
    assert not palette.isVisible(), "the keyboard went elsewhere"


def test_documents_sections_and_tags_are_found(palette: Palette, reader: Reader) -> None:
    other = factories.make_document("Another text\n\nabout quinces", title="Quinces and pears")
    added = reader.running.work.library().add(other, other.content.text.encode()).result.info
    reader.parts.stock.look_around()
    reader.settle()
    palette.close_palette()
    reader.window.commands["palette"].trigger()
    palette.line.setText("quinces")
    assert (palette.shown[0].kind, palette.shown[0].title) == ("document", added.title)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    reader.wait(lambda: reader.parts.desk.document_id == added.id)


def test_it_keeps_inside_a_narrow_window(palette: Palette, reader: Reader) -> None:
    reader.window.resize(reader.window.minimumSize())
    reader.wait(lambda: palette.geometry().right() <= reader.window.width())
    assert palette.geometry().left() >= 0
    assert palette.geometry().bottom() <= reader.window.height()
    assert palette.list.viewport().height() > 120
