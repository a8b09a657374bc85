"""Notes are Markdown, and nothing else happens because of them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QTextDocument
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme
from postil.view.panels.note_text import NoteDocument, height_within, render
from postil.view.panels.note_view import NoteView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def rendered(text: str) -> NoteDocument:
    document = NoteDocument()
    render(document, text, QFont(), QColor("#123456"), QColor("#eeeeee"))
    return document


def test_markdown_is_rendered(qtbot: QtBot) -> None:
    document = rendered("A **bold** word and [a link](https://example.org)\n\n- one\n- two")
    assert document.toPlainText() == "A bold word and a link\none\ntwo"
    assert "font-weight" in document.toHtml()


def test_raw_html_stays_text(qtbot: QtBot) -> None:
    document = rendered('<b>not bold</b> <img src="file:///etc/hostname"> <script>x</script>')
    assert "<b>" in document.toPlainText()
    assert "<script>" in document.toPlainText()
    assert "<img" not in document.toHtml()


def test_pictures_are_never_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"not even a picture")
    document = rendered(f"![seen]({picture.as_uri()})")
    got = document.resource(QTextDocument.ResourceType.ImageResource, QUrl(picture.as_uri()))
    assert (got.width(), got.height()) == (1, 1)


def test_headings_are_no_louder_than_the_note(qtbot: QtBot) -> None:
    plain, heading = rendered("words"), rendered("# words")
    assert abs(plain.size().height() - heading.size().height()) <= 2


def test_a_long_note_ends_with_a_whole_line(qtbot: QtBot) -> None:
    document = rendered("Some words. " * 200)
    document.setTextWidth(200)
    height = height_within(document, 100)
    lines = document.begin().layout()
    ends = {round(lines.lineAt(n).y() + lines.lineAt(n).height()) for n in range(lines.lineCount())}
    assert height <= 101
    assert any(abs(height - end) <= 1 for end in ends)
    assert height_within(rendered("short"), 100) < 40


def test_a_link_is_told_and_not_opened(qtbot: QtBot, theme: Theme) -> None:
    view = NoteView()
    qtbot.addWidget(view)
    view.show_note("[a link](https://example.org/x)", theme)
    assert not view.openLinks()
    with qtbot.waitSignal(view.link_clicked) as told:
        view.anchorClicked.emit(QUrl("https://example.org/x"))
    assert told.args == ["https://example.org/x"]
