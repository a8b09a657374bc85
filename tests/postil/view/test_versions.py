"""Newer versions at the window: offered when they come, put in place, and what they changed gone through."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.view.at_the_window import Reader

from postil.view.look.theme import themes
from postil.view.message_bar import MessageBar
from postil.view.panels.orphan_bar import OrphanBar
from postil.view.panels.orphan_marks import marked_changes
from postil.work.freshness import is_changed
from postil_db.library import Library
from postil_db.records import AnchorState
from postil_db.store import annotations, documents

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none

FIRST, *REST = factories.ARTICLE
NEWER = (FIRST, "A new beginning, said on Monday.", REST[0].replace("met", "saw"), REST[1])


def _choose(reader: Reader, words: str) -> None:
    """Press a button of the message bar."""
    reader.wait(lambda: any(one.text() == words for one in reader.window.messages.findChildren(QPushButton)))
    next(one for one in reader.window.messages.findChildren(QPushButton) if one.text() == words).click()


def _bar(reader: Reader) -> OrphanBar:
    bar = reader.window.notes_panel.findChild(OrphanBar)
    assert bar is not None
    return bar


@pytest.fixture
def marked(tmp_path: Path, library_with_article: int, start: Callable[..., Reader]) -> Reader:
    """The window on an article that came from a file, with three marks in it."""
    file = tmp_path / "article.txt"
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        new = factories.make_document(*factories.ARTICLE, "And a last word.", source=str(file))
        info = library.add(new, new.content.text.encode()).result.info
        quotes = ("Kaja Kallas met Rajnath Singh", "maritime security", "Security and Defence")
        places = [factories.make_selector(new.content, quote) for quote in quotes]
        wanted = [annotations.NewAnnotation(place, note="kept") for place in places]
        library.write("Mark", lambda session: annotations.add_all(session, info.id, wanted))
        library.write("", lambda session: documents.remove(session, [library_with_article]))
        library.write("", lambda session: documents.opened(session, info.id), undoable=False)
    return start()


def test_a_newer_copy_is_offered_replaced_and_reviewed(marked: Reader, tmp_path: Path) -> None:
    reader, old = marked, marked.document.id
    (tmp_path / "article.txt").write_text("\n\n".join(NEWER), encoding="utf-8")
    reader.parts.files.add([tmp_path / "article.txt"])
    reader.wait(lambda: "looks like a newer version of a document that you have" in reader.window.messages.text)
    _choose(reader, "Replace it")
    reader.wait(lambda: "1 has other words now, 1 lost its passage" in reader.window.messages.text)
    reader.settle()
    assert reader.document.id != old
    assert [info.id for info in reader.parts.stock.shelf.documents] == [reader.document.id]  # type: ignore[union-attr]
    bar, commands = _bar(reader), reader.window.commands
    reader.wait(lambda: bar.count.text() == "Changed 1 · Lost 1")
    _choose(reader, "Review")
    reader.wait(lambda: bar.place.text() == "1 of 2" and "line-through" in bar.was.text())
    assert "saw" in bar.now.text()
    commands["accept_change"].trigger()
    reader.wait(lambda: bar.count.text() == "Lost 1")
    commands["next_change"].trigger()
    reader.wait(lambda: "maritime security" in bar.was.text())
    reader.select("A new beginning")
    reader.wait(commands["pin_here"].isEnabled)
    commands["pin_here"].trigger()
    reader.wait(bar.isHidden)
    reader.settle()
    assert {one.selector.quote: (one.anchor_state, one.note) for one in reader.stored()}["A new beginning"] == (
        AnchorState.EXACT,
        "kept",
    )
    for _ in range(3):  # pin, accept, replace
        commands["undo"].trigger()
        reader.settle()
    assert {one.anchor_state for one in reader.stored()} == {AnchorState.EXACT}
    assert {one.document_id for one in reader.stored()} == {old}


def test_a_file_that_changed_on_disk_is_offered_on_opening(marked: Reader, tmp_path: Path) -> None:
    reader, old = marked, marked.document
    file = tmp_path / "article.txt"
    file.write_text("\n\n".join((*factories.ARTICLE, "And a last word, and one more.")), encoding="utf-8")
    later = time.time() + 60
    os.utime(file, (later, later))
    assert is_changed(old.info, file)
    reader.parts.desk.close_document()
    reader.parts.desk.open(old.id)
    _choose(reader, "Read the new version")
    reader.wait(lambda: "took the place of" in reader.window.messages.text)
    reader.wait(lambda: reader.document.id != old.id)
    reader.settle()
    assert {one.document_id for one in reader.stored()} == {reader.document.id}
    commands = reader.window.commands
    commands["earlier_version"].trigger()
    reader.wait(lambda: reader.document.id == old.id)
    reader.settle()
    commands["earlier_version"].trigger()
    reader.wait(lambda: reader.document.id != old.id)
    assert not is_changed(reader.document.info, tmp_path / "gone.txt")


def test_differences_stand_out() -> None:
    """What went, what came; long stretches that are the same are cut, and nothing in a quote is markup."""
    was, now = marked_changes("a <b> cat", "a <b> dog", "W", "C")
    assert was == 'a &lt;b&gt; <span style="W">cat</span>'
    assert now == 'a &lt;b&gt; <span style="C">dog</span>'
    long = "word " * 60
    assert "…" in marked_changes(long + "old", long + "new", "", "")[0]


def test_offers_wait_for_each_other_and_let_news_pass(qtbot: QtBot) -> None:
    bar = MessageBar(themes()["light"])
    qtbot.addWidget(bar)
    chosen: list[str] = []

    def press(words: str) -> None:
        next(one for one in bar.findChildren(QPushButton) if one.text() == words and not one.isHidden()).click()

    bar.show_offer("First.", {"Do it": lambda: chosen.append("first")})
    bar.show_offer("Second.", {"Do it": lambda: chosen.append("second")})
    assert bar.text == "First."
    bar.show_news("Something else.")
    assert bar.text == "Something else."
    bar.dismiss()
    qtbot.waitUntil(lambda: bar.text == "First.")
    press("Do it")
    qtbot.waitUntil(lambda: bar.text == "Second.")
    press("Do it")
    assert chosen == ["first", "second"]
    bar.show_fault("A fault.")
    bar.show_offer("Third.", {})
    assert bar.text == "A fault."
