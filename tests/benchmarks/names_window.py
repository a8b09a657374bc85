"""Recognition of a whole book in the real window while somebody reads and writes in it.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/names_window.py [--words 1000000] [--stacks]

The recogniser runs in its real child. All the while a reader scrolls, walks through names, types notes, marks passages
and looks at the panels of notes and of names. `hold`: what one turn of the window's loop held, see names_probe.py;
`saves_p95_ms`: from the wish to save until the library has it and the window was told, by the clock. `--stacks` prints
where the longest turns were.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.names_book import book
from tests.benchmarks.view_window import memory_mb, percentile

if TYPE_CHECKING:
    from postil.main import Running

MARKS = 300
STEP_MS = 55
"""Between two things that the reader does: a fast typist, or a turned wheel."""
PANEL_EVERY = 90
MARK_EVERY = 40
AFTER_S = 10.0
"""The reader goes on that long after all names were found: `alone`, to compare with."""
STACKS_OVER_MS = 14.0


def make_library(folder: Path, words: int) -> int:
    """A library with one book that nobody has read for names; gives the book's id."""
    from tests import factories

    from postil_db.library import Library
    from postil_db.records import NewDocument
    from postil_db.store import documents
    from postil_db.store.annotations import NewAnnotation, add_all

    content = book(words)
    given = NewDocument("A book", content, "text/plain", sha256(content.text.encode()).hexdigest(), language="en")
    with Library.open(folder, cache=folder / "cache") as library:
        document = library.add(given, content.text.encode()).result.info.id
        chosen = content.blocks[1 :: max(1, len(content.blocks) // MARKS)]
        quotes = [block.text[:60].rstrip() for block in chosen]
        passages = [NewAnnotation(factories.make_selector(content, quote)) for quote in quotes[:MARKS]]
        library.write("Mark", lambda session: add_all(session, document, passages), undoable=False)
        library.write("", lambda session: documents.opened(session, document), undoable=False)
        place = len(content.text) // 2
        library.write("", lambda session: documents.set_position(session, document, place), undoable=False)
        library.remember("hint_seen", "1")
    return document


class Busy:
    """Somebody who reads and writes without a pause."""

    def __init__(self, running: "Running") -> None:
        from PySide6.QtCore import QTimer

        self.running, self.parts, self.window = running, running.parts, running.window
        self.saves: list[float] = []
        self.typed = 0
        self._step = 0
        self._asked = 0.0
        self._timer = QTimer(interval=STEP_MS)
        self._timer.timeout.connect(self._act)
        self.window.notes_panel.note_changed.connect(self._begin_save)
        self.parts.work.act_done.connect(self._end_save)

    def begin(self) -> None:
        self.window.show_panel(self.window.names_panel)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _act(self) -> None:
        self._step += 1
        if self._step % PANEL_EVERY == 0:
            self._turn()
        if self._step % MARK_EVERY == 0:
            self._mark()
        elif (self._step // PANEL_EVERY) % 2:
            self._write()
        else:
            self._read()

    def _turn(self) -> None:
        """Look at the other panel."""
        if (self._step // PANEL_EVERY) % 2:
            shown = [one for one in self.parts.desk.annotations if one.selector.start >= self.parts.page.position()]
            self.window.show_panel(self.window.notes_panel)
            self.window.notes_panel.edit_note((shown or self.parts.desk.annotations)[0].id)
        else:
            self.window.notes_panel.save()
            self.window.show_panel(self.window.names_panel)

    def _mark(self) -> None:
        from postil_db.records import Color

        start = self.parts.page.visible_range()[0] + 30
        self.parts.page.select(start, start + 40)
        self._begin_save()
        self.parts.marking.mark(Color.GREEN)

    def _write(self) -> None:
        from PySide6.QtTest import QTest

        if self._step % 24 < 14:  # then a pause, in which the note is saved
            QTest.keyClicks(self.window.notes_panel.card.editor, "abcdefgh ijk lmno"[self.typed % 17])
            self.typed += 1

    def _read(self) -> None:
        if self._step % 13 == 0:
            self.parts.naming.step(1)
            return
        bar = self.parts.page.text.verticalScrollBar()
        bar.setValue(bar.value() + 140)

    def _begin_save(self, *_: object) -> None:
        self._asked = self._asked or time.perf_counter()

    def _end_save(self, _act: object) -> None:
        if self._asked:
            self.saves.append(1000 * (time.perf_counter() - self._asked))
            self._asked = 0.0


def wait(done: Callable[[], bool], timeout_s: float) -> None:
    """Let the window live until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, end = QEventLoop(), time.monotonic() + timeout_s
    pulse = QTimer(interval=100)
    pulse.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    pulse.start()
    loop.exec()
    if not done():
        raise SystemExit("nothing came of it in time")


def measure(words: int, *, stacks: bool = False) -> dict[str, float]:
    """Have a book of so many words recognised while somebody works; gives the figures."""
    with tempfile.TemporaryDirectory(prefix="postil-names-") as made:
        folder = Path(made)
        for name in ("CONFIG", "CACHE", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
        make_library(folder / "library", words)
        return _measure(folder / "library", words, STACKS_OVER_MS if stacks else 0.0)


def _measure(folder: Path, words: int, look_over_ms: float) -> dict[str, float]:
    from tests.benchmarks.names_probe import Probe, pace_ms

    from postil.main import Running
    from postil.view.opening import application

    running = Running(application(), folder)
    window, parts = running.window, running.parts
    window.resize(1360, 880)
    window.show()
    wait(lambda: parts.desk.document is not None, 60)
    probe, busy = Probe(look_over_ms), Busy(running)
    children, began = _child_seconds(), time.perf_counter()
    busy.begin()
    during = probe.begin()
    wait(lambda: bool(parts.desk.names and parts.desk.names.recogniser), words / 300 + 120)
    took = time.perf_counter() - began
    end = time.monotonic() + AFTER_S
    after = probe.begin()
    wait(lambda: time.monotonic() > end, AFTER_S + 5)
    busy.stop()
    probe.stop()
    window.notes_panel.save()
    wait(lambda: not parts.work.writing, 60)
    names = parts.desk.names
    figures = {
        **during.figures(),
        **after.figures("alone"),
        "saves_p95_ms": percentile(busy.saves, 0.95),
        "saves_max_ms": max(busy.saves),
        "saves": float(len(busy.saves)),
        "mentions": float(len(names.mentions if names else ())),
        "names": float(len(names.entities if names else ())),
        "words_per_s": words / took,
        "rss_mb": memory_mb(),
        "pace_ms": pace_ms(),
    }
    running.close()
    figures["words_per_child_cpu_s"] = words / max(0.001, _child_seconds() - children)
    for told, count in probe.seen.most_common(30):
        print(f"{count:5} {told}")
    return figures


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=1_000_000)
    parser.add_argument("--stacks", action="store_true")
    given = parser.parse_args()
    figures = measure(given.words, stacks=given.stacks)
    for name, value in figures.items():
        print(f"  {name:<24}{value:>12,.1f}")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
