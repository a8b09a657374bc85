"""One name, fifty thousand times in one document: what ruling about it costs, in the real window.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/names_crowd.py [--mentions 50000]

Each act is asked for as the window does it; while it runs somebody types a note, which must be kept whole. Seconds of
processor time off the window's thread, `_s`, and what a turn of its loop held at most meanwhile, `_hold_ms`.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.names_window import wait

if TYPE_CHECKING:
    from tests.benchmarks.names_probe import Probe

    from postil.main import Running

NAME = "Sherlock Holmes"
PER_PARAGRAPH = 10


def make_library(folder: Path, mentions: int) -> int:
    """A library with one document that says one name over and over; gives its id."""
    from tests import factories

    from postil.entities.client import VERSION
    from postil_db.library import Library
    from postil_db.records import Block, BlockKind, Content, EntityKind, FoundMention, NewDocument, Origin
    from postil_db.store import annotations, documents, entities

    line = "Holmes said it to Watson; "
    texts = [f"{line * PER_PARAGRAPH}and it was day {number}." for number in range(mentions // PER_PARAGRAPH)]
    content = Content(tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))
    starts = [at + step * len(line) for at in content.starts for step in range(PER_PARAGRAPH)]
    found = [FoundMention(at, at + 6, EntityKind.PERSON, NAME, Origin.MODEL) for at in starts]
    watson = line.index("Watson")
    found[1:1] = [FoundMention(watson, watson + 6, EntityKind.PERSON, "John Watson", Origin.MODEL)]
    given = NewDocument("A crowd", content, "text/plain", sha256(content.text.encode()).hexdigest(), language="en")
    with Library.open(folder, cache=folder / "cache") as library:
        document = library.add(given, content.text.encode()).result.info.id
        library.write("", lambda session: entities.replace(session, document, VERSION, found), undoable=False)
        place = factories.make_selector(content, "it was day 1.")
        library.write("Mark", lambda session: annotations.add(session, document, place))
        library.write("", lambda session: documents.opened(session, document), undoable=False)
        library.remember("hint_seen", "1")
    return document


class Crowd:
    """Somebody who rules about the name, and writes a note meanwhile."""

    def __init__(self, running: "Running", probe: "Probe") -> None:
        self.running, self.probe, self.parts = running, probe, running.parts
        self.figures: dict[str, float] = {}
        self.written = ""

    def time(self, name: str, do: Callable[[], object]) -> None:
        """Do one thing, write meanwhile, and wait until all of the window shows it."""
        from PySide6.QtTest import QTest

        work, editor = self.parts.work, self.running.window.notes_panel.card.editor
        holds = self.probe.begin()
        used, mine, began = time.process_time(), time.thread_time(), time.perf_counter()
        do()
        word = f" {name}"
        QTest.keyClicks(editor, word)
        self.written += word
        wait(lambda: not work.waiting and not work.writing, 120)
        off = (time.process_time() - used) - (time.thread_time() - mine)
        self.figures |= {f"{name}_s": off, f"{name}_wall_s": time.perf_counter() - began}
        self.figures[f"{name}_hold_ms"] = max(holds.cpu)

    def go(self, document: int) -> None:
        """Go through everything."""
        from postil.view import acts_entities as acts
        from postil_db.records import EntityKind, NewDecision, Ruling

        work, window = self.parts.work, self.running.window
        person = EntityKind.PERSON
        window.show_panel(window.notes_panel)
        window.notes_panel.edit_note(self.parts.desk.annotations[0].id)
        ruled = {
            "rename": NewDecision(Ruling.RENAME, person, NAME, to_name="Mycroft Holmes"),
            "not_a_name": NewDecision(Ruling.NOT_ENTITY, person, NAME),
            "merge": NewDecision(Ruling.MERGE, person, NAME, to_kind=person, to_name="John Watson"),
        }
        for name, what in ruled.items():
            self.time(f"{name}_preview", partial(work.query, acts.preview(what=[what]), lambda _effect: None))
            self.time(name, partial(work.act, acts.rule(label=name, what=what)))
            self.time(f"{name}_undo", partial(work.act, acts.withdraw(decision_ids=[self._last()])))
        names = self.parts.desk.names
        entity = next(one for one in (names.entities if names else ()) if one.name == NAME)
        self.time("page", partial(work.query, acts.load_page(entity_id=entity.id, first=document), lambda _page: None))
        self.time(
            "more", partial(work.query, acts.load_more(entity_id=entity.id, document_id=document), lambda _l: None)
        )
        self.time("places", partial(work.query, acts.load_places(entity_id=entity.id), lambda _places: None))

    def _last(self) -> int:
        from postil_db.store import decisions

        return self.running.work.library().read(decisions.every)[-1].id

    def check(self) -> None:
        """The note is kept to the last letter."""
        from postil_db.store import annotations

        self.running.window.notes_panel.save()
        wait(lambda: not self.parts.work.writing, 60)
        (kept,) = self.running.work.library().read(annotations.every)
        if kept.note != self.written:
            raise SystemExit(f"a note was not kept whole: {kept.note!r} instead of {self.written!r}")


def measure(mentions: int) -> dict[str, float]:
    """Make the library, open its window, go through everything; gives the figures."""
    from tests.benchmarks.names_probe import Probe
    from tests.postil.view.at_the_window import KnowsTwoNames

    from postil.main import Running
    from postil.view.opening import application

    with tempfile.TemporaryDirectory(prefix="postil-crowd-") as made:
        folder = Path(made)
        for name in ("CONFIG", "CACHE", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
        document = make_library(folder / "library", mentions)
        running = Running(application(), folder / "library", recogniser=KnowsTwoNames())
        running.window.resize(1360, 880)
        running.window.show()
        wait(lambda: running.parts.desk.names is not None and not running.parts.work.waiting, 60)
        probe = Probe()
        crowd = Crowd(running, probe)
        crowd.go(document)
        crowd.check()
        probe.stop()
        running.close()
    return crowd.figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=50_000)
    figures = measure(parser.parse_args().mentions)
    for name, value in figures.items():
        print(f"  {name:<28}{value:>10,.2f}")
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
