"""The main job, end to end, in the real window with the real model: what the README promises a newcomer."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import edge

from postil.main import Running
from postil.settings import Settings
from postil.view.dialogs.export import ExportDialog
from postil.view.opening import application
from postil.view.panels.record_model import RECORD
from postil_db.library import Library
from postil_db.records import Annotation, Color, Entity, EntityKind
from postil_db.store import annotations, entities

MODEL_PATIENCE_MS = 120_000
PATIENCE_MS = 60_000
NO_KEYS, NO_BUTTONS = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour towns agree on a ferry | The Coast Courier</title>
<meta name="author" content="Jonas Weber"><meta property="article:published_time" content="2026-02-11T09:00:00+01:00">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav><article>
<h1>Harbour towns agree on a ferry</h1>
<p>HAMBURG – After ten years of talks, Germany and Denmark agreed on Wednesday to run a night ferry between Kiel and
Aarhus. Mette Frederiksen, the Danish prime minister, and Angela Merkel, the former chancellor, had opened the first
round in Berlin in 2016.</p>
<p>The European Commission will pay a third of the two ships. Frederiksen said that the line would carry lorries by
night and families by day; nobody in Copenhagen expects it to earn money before 2030.</p>
<blockquote><p>A ferry is a bridge that can be moved to where it is needed.</p></blockquote>
<p>The ships will be built by Siemens in Rostock. The first crossing is planned for 1 May 2028, when the towns hold
their harbour festival.</p></article>
<aside>Most read: ten soups for a cold day</aside><footer>All rights reserved.</footer></body></html>
"""
PASSAGE = "A ferry is a bridge that can be moved"


@dataclass
class Desk:
    """A reader before the window: what they see, and hands."""

    running: Running
    qtbot: QtBot

    def __post_init__(self) -> None:
        self.window, self.parts = self.running.window, self.running.parts
        self.page = self.window.page

    def wait(self, condition: Callable[[], object], patience_ms: int = PATIENCE_MS) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=patience_ms)

    def stored(self) -> list[Annotation]:
        return self.running.work.library().read(annotations.every)

    def names(self) -> set[tuple[str, str]]:
        """The names of the open document, as (kind, text)."""
        number = self.parts.desk.document_id
        if number is None:
            return set()
        found = self.running.work.library().read(lambda session: entities.mentions(session, number))
        return {(mention.kind.value, mention.text) for mention in found}

    def drag_over(self, words: str) -> None:
        """Select by mouse, from the first letter to the last."""
        document = self.parts.desk.document
        assert document is not None
        start = document.text.index(words)
        self.page.go_to(start)
        QApplication.processEvents()
        viewport = self.page.text.viewport()
        first, last = edge(self.page, start), edge(self.page, start + len(words))
        QTest.mousePress(viewport, NO_BUTTONS, NO_KEYS, first)
        QTest.mouseMove(viewport, (first + last) / 2)
        QTest.mouseMove(viewport, last)
        QTest.mouseRelease(viewport, NO_BUTTONS, NO_KEYS, last)
        assert self.page.selected_text() == words

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.text, key)


@pytest.fixture
def sit_down(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    """Give a function that opens the window on one and the same library."""
    opened: list[Running] = []

    def open_window(*files: Path) -> Desk:
        running = Running(
            application(),
            tmp_path / "library",
            opener=lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"),
            chosen=Settings.load(tmp_path / "settings.json"),
            files=files,
        )
        opened.append(running)
        running.window.show()
        qtbot.waitExposed(running.window)
        return Desk(running, qtbot)

    yield open_window
    for running in opened:
        running.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def listed(desk: Desk) -> set[str]:
    """The names that the panel lists."""
    model = desk.window.names_panel.tree.model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    rows = [model.index(row, 0, group) for group in groups for row in range(model.rowCount(group))]
    return {record.name for index in rows if isinstance(record := index.data(RECORD), Entity)}


def mark_tag_and_note(desk: Desk) -> None:
    """Select with the mouse, colour with a key, then write a tag and a note in the card."""
    desk.drag_over(PASSAGE)
    desk.key(Qt.Key.Key_2)
    desk.key(Qt.Key.Key_T)  # at once: meant for the mark that is just being made
    card = desk.window.notes_panel.card
    desk.wait(card.tags.edit.isVisible)
    assert [(one.selector.quote, one.color) for one in desk.stored()] == [(PASSAGE, Color.GREEN)]
    QTest.keyClicks(card.tags.edit, "transport/ferries")
    QTest.keyClick(card.tags.edit, Qt.Key.Key_Return)
    desk.wait(lambda: desk.stored()[0].tags == ("transport/ferries",))
    desk.page.text.setFocus()
    desk.key(Qt.Key.Key_N)
    desk.wait(card.editor.isVisible)
    QTest.keyClicks(card.editor, "Compare with the Oresund link")
    QTest.keyClick(card.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.stored()[0].note == "Compare with the Oresund link")


def find_again(desk: Desk) -> None:
    """Search by the beginning of a word of the note; Enter leads back to the passage."""
    desk.page.go_to(0)
    bar, results = desk.window.search_bar, desk.window.search_results
    desk.window.to_search()
    QTest.keyClicks(bar.line, "oresu")
    desk.wait(lambda: results.isVisible() and results.list.model().rowCount() == 1)
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    QTest.keyClick(results.list, Qt.Key.Key_Return)
    desk.wait(lambda: not results.isVisible())
    desk.wait(lambda: desk.parts.marking.current == desk.stored()[0].id)


def export(desk: Desk, target: Path) -> list[dict[str, str]]:
    """Export the library through the dialog; the rows of the file."""
    desk.window.commands["export"].trigger()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ExportDialog)]
    desk.wait(dialog.export_button.isEnabled)
    dialog.path.setText(str(target))
    dialog.accept()
    desk.wait(target.exists)
    with target.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.model
def test_the_main_job(sit_down: Callable[..., Desk], tmp_path: Path) -> None:
    article = tmp_path / "ferry.html"
    article.write_text(PAGE, encoding="utf-8")
    desk = sit_down(article)
    desk.wait(lambda: desk.parts.desk.document is not None)
    assert desk.window.windowTitle().startswith("Harbour towns agree on a ferry")

    must_have = {
        (EntityKind.PERSON.value, "Mette Frederiksen"),
        (EntityKind.PERSON.value, "Angela Merkel"),
        (EntityKind.PERSON.value, "Frederiksen"),
        (EntityKind.PLACE.value, "Germany"),
        (EntityKind.PLACE.value, "Berlin"),
        (EntityKind.ORG.value, "European Commission"),
        (EntityKind.DATE.value, "Wednesday"),
        (EntityKind.DATE.value, "1 May 2028"),
    }
    desk.wait(lambda: must_have <= desk.names(), MODEL_PATIENCE_MS)
    desk.wait(lambda: listed(desk) >= {"Mette Frederiksen", "Berlin"})

    mark_tag_and_note(desk)
    find_again(desk)
    (row,) = export(desk, tmp_path / "out.csv")
    assert (row["quote"], row["tags"], row["note"]) == (PASSAGE, "transport/ferries", "Compare with the Oresund link")
    assert (row["document"], row["color"], row["kind"]) == ("Harbour towns agree on a ferry", "green", "note")

    names = desk.names()
    before = desk.stored()
    desk.running.close()
    again = sit_down()
    again.wait(lambda: again.parts.desk.document is not None)
    again.wait(lambda: again.names() == names)
    assert again.stored() == before
    again.wait(lambda: [one.id for one in again.parts.desk.annotations] == [before[0].id])


@pytest.mark.model
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="no xvfb-run: the real screen is not tried")
def test_the_main_job_on_a_real_screen() -> None:
    """The same through X11: real focus, real events, a real window."""
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "POSTIL_ON_SCREEN": "1"}
    test = f"{__file__}::test_the_main_job"
    done = subprocess.run(
        [
            "xvfb-run",
            "-a",
            "-s",
            "-screen 0 1400x1000x24",
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            test,
        ],
        env=environment,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout[-3000:]
