"""Random acts through the real window for a long time: memory, file handles and threads stay flat, nothing fails.

    python tests/torture/soak.py           # SECONDS=3600 SEED=1

Prints a line every half minute and, at the end, one JSON object. The exit status is 1 if anything grew or failed.
"""

import gc
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from tests import factories
from tests.postil.view.at_the_window import KnowsTwoNames

from postil.main import Running
from postil.settings import Settings
from postil.view.opening import application
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import documents

DOCUMENTS = 12
MOST_MARKS = 60
LINE_S = 30.0
GROWTH_MB = 40.0
WORDS = ("alpha", "beta", "treaty", "harbour", "minister", "security", "letter", "winter", "Kaja Kallas", "New Delhi")


@dataclass
class Figures:
    """What was measured, one of each for every line."""

    memory_mb: list[float] = field(default_factory=list)
    handles: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)

    def take(self) -> None:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.memory_mb.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
        self.handles.append(len(list(Path("/proc/self/fd").iterdir())))
        self.threads.append(threading.active_count())

    def growth(self) -> dict[str, float]:
        """By how much the last third is above the third before it; the first one is for warming up."""
        third = max(1, len(self.memory_mb) // 3)
        told = {}
        for name, values in (("memory_mb", self.memory_mb), ("handles", self.handles), ("threads", self.threads)):
            told[name] = round(statistics.median(values[-third:]) - statistics.median(values[third : 2 * third]), 1)
        return told


class Soak:
    """A reader who never tires."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.pick = random.Random(seed)
        self.faults: list[str] = []
        self.done: Counter[str] = Counter()
        self.app = application()
        fill(folder / "library", folder / "cache", self.pick)
        self.running = Running(
            self.app,
            folder / "library",
            opener=lambda: Library.open(folder / "library", cache=folder / "cache"),
            chosen=Settings.load(folder / "settings.json"),
            recogniser=KnowsTwoNames(),
        )
        self.parts, self.window = self.running.parts, self.running.window
        self.parts.faults.told.connect(self.faults.append)
        self.window.show()
        self.wait(lambda: self.parts.desk.document is not None)

    def wait(self, condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited too long; done so far: {self.done}")
            self.live(5)

    def live(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop, loop.quit)
        loop.exec()

    def act(self) -> None:
        """Do one thing that a reader might do."""
        acts = (self.mark, self.mark, self.note, self.tag, self.remove, self.command, self.command, self.open)
        act = self.pick.choice((*acts, self.search, self.scroll, self.resize, self.dialog, self.delete))
        act()
        self.done[act.__name__] += 1
        self.live(self.pick.choice((0, 5, 20)))
        self.wait(lambda: not self.parts.work.writing and not self.parts.work.waiting)
        self.done["acts"] += 1

    def mark(self) -> None:
        document = self.parts.desk.document
        if document is not None and len(self.parts.desk.annotations) < MOST_MARKS:
            start = self.pick.randrange(max(1, len(document.text) - 60))
            self.window.page.select(start, start + self.pick.randrange(5, 60))
            self.parts.marking.mark(self.pick.choice(list(Color)))

    def note(self) -> None:
        self._each(
            lambda number: self.window.notes_panel.note_changed.emit(number, " ".join(self.pick.choices(WORDS, k=9)))
        )

    def tag(self) -> None:
        self._each(lambda number: self.window.notes_panel.tag_added.emit([number], self.pick.choice(WORDS[:6])))

    def remove(self) -> None:
        self._each(lambda number: self.window.notes_panel.remove_requested.emit([number]))

    def command(self) -> None:
        names = (
            "undo", "undo", "redo", "next_annotation", "previous_annotation", "next_name", "back", "forward", "zoom_in",
            "zoom_out", "zoom_reset", "theme_dark", "theme_light", "split", "other_half", "notes_beside", "show_side",
            "to_start", "to_end", "screen_down", "grow", "let_go", "next_pane", "focus_mode",
        )  # fmt: skip
        self.window.commands[self.pick.choice(names)].trigger()

    def open(self) -> None:
        if (shelf := self.parts.stock.shelf) is not None and shelf.documents:
            self.parts.journey.leave()
            self.parts.desk.open(self.pick.choice(shelf.documents).id)

    def search(self) -> None:
        self.window.search_bar.set_text(self.pick.choice((*WORDS[:6], "tag:alpha", "", "")))

    def scroll(self) -> None:
        bar = self.window.page.text.verticalScrollBar()
        bar.setValue(self.pick.randrange(bar.maximum() + 1))

    def resize(self) -> None:
        self.window.resize(self.pick.randrange(700, 1500), self.pick.randrange(500, 1000))

    def dialog(self) -> None:
        name = self.pick.choice(("trash", "backups", "check_library", "settings", "keys", "about", "palette"))
        self.window.commands[name].trigger()
        self.live(60)
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()

    def delete(self) -> None:
        shelf = self.parts.stock.shelf
        if shelf is not None and len(shelf.documents) > DOCUMENTS // 2:
            self.window.library_panel.remove_requested.emit([self.pick.choice(shelf.documents).id])
            if self.pick.random() < 0.8:
                self.live(30)
                self.window.commands["undo"].trigger()

    def _each(self, do: Callable[[int], object]) -> None:
        if self.parts.desk.annotations:
            do(self.pick.choice(self.parts.desk.annotations).id)


def fill(folder: Path, cache: Path, pick: random.Random) -> None:
    """Put some documents of some length into a library."""
    with Library.open(folder, cache=cache) as library:
        for number in range(DOCUMENTS):
            paragraphs = [" ".join(pick.choices(WORDS, k=60)) + "." for _ in range(40)]
            document = factories.make_document(f"Document {number}", *paragraphs)
            info = library.add(document, document.content.text.encode()).result.info
            library.write("", lambda session, number=info.id: documents.opened(session, number), undoable=False)  # type: ignore[misc]
        library.remember("hint_seen", "1")


def main() -> int:
    """Soak."""
    seconds, seed = float(os.environ.get("SECONDS", "3600")), int(os.environ.get("SEED", "1"))
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="postil-soak-") as name:
        os.environ.update({f"XDG_{kind}_HOME": f"{name}/{kind}" for kind in ("DATA", "CACHE", "CONFIG", "STATE")})
        soak = Soak(Path(name), seed)
        begun = line = time.monotonic()
        while time.monotonic() - begun < seconds:
            soak.act()
            if time.monotonic() - line > min(LINE_S, seconds / 12):
                line = time.monotonic()
                figures.take()
                print(
                    f"{line - begun:6,.0f} s: {soak.done['acts']:,} acts, {figures.memory_mb[-1]:,.0f} MB, "
                    f"{figures.handles[-1]} handles, {figures.threads[-1]} threads",
                    flush=True,
                )
        findings = soak.running.work.library().check()
        soak.running.close()
    growth = figures.growth()
    wrong = [*soak.faults, *findings]
    wrong += [f"memory grew by {growth['memory_mb']} MB"] if growth["memory_mb"] > GROWTH_MB else []
    wrong += [f"{name} grew by {growth[name]}" for name in ("handles", "threads") if growth[name] > 2]
    print(json.dumps({"acts": dict(soak.done), "growth": growth, "memory_mb": figures.memory_mb, "wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
