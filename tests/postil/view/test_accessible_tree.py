"""What those who hear the window get: the text and its marks, the cards, and every list's rows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.postil.view.at_the_window import Reader

from postil_db.records import Color, EntityKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def heard(reader: Reader) -> Iterator[Reader]:
    """The article with a noted, tagged highlight and names, and somebody who listens."""
    reader.select("maritime security")
    reader.window.page.mark_requested.emit(Color.YELLOW)
    reader.wait(reader.shown)
    panel = reader.window.notes_panel
    panel.tag_added.emit(reader.shown(), "sea")
    panel.note_changed.emit(reader.shown()[0], "Compare with Japan")
    reader.settle()
    reader.wait(lambda: reader.parts.desk.annotations[0].note and reader.parts.desk.annotations[0].tags)
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.mentions)
    reader.window.activateWindow()
    QAccessible.setActive(True)
    yield reader
    QAccessible.setActive(False)


def tree(part: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(part)
    assert found is not None
    return found


def rows(part: QWidget) -> list[str]:
    spoken = tree(part)
    children = [spoken.child(at) for at in range(spoken.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children if child is not None]


def background(reader: Reader, offset: int) -> str:
    """The background that the character at an offset has in the tree's text."""
    text = reader.window.page.text
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.window_.position(offset) + 1)  # the format is that of the character before
    brush = cursor.charFormat().background()
    return brush.color().name() if brush.style() is Qt.BrushStyle.SolidPattern else ""


def lines(reader: Reader) -> list[tuple[int, int, float, float]]:
    """Every line on the page: where it begins, how long it is, and where it stands."""
    found, block = [], reader.window.page.text.document().begin()
    while block.isValid():
        layout = block.layout()
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            found.append((line.textStart(), line.textLength(), line.height(), layout.position().y() + line.y()))
        block = block.next()
    return found


def pixels(reader: Reader) -> QImage:
    return reader.window.page.text.viewport().grab().toImage()


def test_the_text_is_text_with_caret_and_selection(heard: Reader) -> None:
    page = heard.window.page
    spoken = tree(page.text)
    text = spoken.textInterface()
    assert spoken.text(QAccessible.Text.Name) == "Document text"
    assert "maritime security" in text.text(0, text.characterCount())
    heard.select("maritime security")
    assert text.selectionCount() == 1
    assert text.cursorPosition() == page.text.textCursor().position()


def test_marks_are_in_the_text_and_nothing_moves_for_it(heard: Reader) -> None:
    page, theme = heard.window.page, heard.parts.appearance.theme
    marked = heard.document.text.index("maritime security")
    name = heard.document.text.index("Kaja Kallas")
    page.speaking._soon.stop()
    before, looks = lines(heard), pixels(heard)
    page.speaking.dress()
    assert background(heard, marked) == theme.highlight(Color.YELLOW)[0].name()
    assert background(heard, marked - 1) == ""
    assert background(heard, name) == theme.entity(EntityKind.PERSON)[0].name()
    assert lines(heard) == before
    assert pixels(heard) == looks, "they are for the ear alone"
    page.set_annotations([])
    page.speaking.dress()
    assert background(heard, marked) == ""
    assert background(heard, name) == theme.entity(EntityKind.PERSON)[0].name()


def test_whoever_steps_to_a_mark_is_told_what_it_is(heard: Reader) -> None:
    page, said = heard.window.page, list[str]()
    page.speaking.said.connect(said.append)
    page.setFocus()
    QTest.keyClick(page.text, Qt.Key.Key_J)
    QTest.keyClick(page.text, Qt.Key.Key_E)
    assert said[0] == "Highlight, yellow: maritime security. Note: Compare with Japan"
    assert said[-1].startswith(("Person: ", "Place: "))


def test_the_caret_tells_where_a_highlight_begins_and_ends(heard: Reader) -> None:
    page, said = heard.window.page, list[str]()
    page.speaking.said.connect(said.append)
    page.setFocus()
    start = heard.document.text.index("maritime security")
    for offset in (start - 3, start + 2, start + 4, start + 40):
        cursor = page.text.textCursor()
        cursor.setPosition(page.text.window_.position(offset))
        page.text.setTextCursor(cursor)
    assert said == ["Highlight, yellow. Note: Compare with Japan", "End of highlight."]


def test_cards_and_rows_say_what_is_on_them(heard: Reader) -> None:
    window = heard.window
    (card,) = rows(window.notes_panel.list)
    assert card == "Yellow highlight: maritime security. Note: Compare with Japan. Tags: sea."
    assert any(heard.document.info.title in row for row in rows(window.library_panel.list))
    window.show_panel(window.names_panel)
    window.show_panel(window.tags_panel)
    assert any("Kaja Kallas" in row for row in rows(window.names_panel.tree)), rows(window.names_panel.tree)
    assert any("sea" in row for row in rows(window.tags_panel.tree))
    assert all(rows(window.names_panel.tree)), "no row without words"
    assert tree(window.notes_panel.list).role() is QAccessible.Role.List
    assert tree(window.names_panel.tree).role() is QAccessible.Role.Tree


def test_nothing_is_said_while_nobody_listens(heard: Reader) -> None:
    QAccessible.setActive(False)
    page, said = heard.window.page, list[str]()
    page.speaking.said.connect(said.append)
    page.setFocus()
    QTest.keyClick(page.text, Qt.Key.Key_J)
    assert said == []
