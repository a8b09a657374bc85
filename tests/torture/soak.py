"""Random acts through the real window for a long time: memory, handles, threads, processes, objects and widgets stay
flat, nothing fails.

    python tests/torture/soak.py           # SECONDS=3600 SEED=1

Prints a line every half minute and, at the end, one JSON object. The exit status is 1 if anything grew or failed.
"""

import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests import factories, pdf_files
from tests.torture.soak_acts import DOCUMENTS
from tests.torture.soak_figures import Figures
from tests.torture.soak_panels import InThePanels
from tests.torture.soak_reader import WORDS

import postil
from postil_db.library import Library
from postil_db.store import documents

if TYPE_CHECKING:
    from collections.abc import Callable

LINE_S = 30.0


class Soak(InThePanels):
    """A reader who never tires."""

    def act(self) -> None:
        """Do one thing that a reader might do."""
        often = (self.mark, self.note, self.tag, self.command, self.command, self.open, self.search, self.rule)
        now_and_then = (
            self.untag, self.recolor, self.remove, self.theme, self.split, self.scroll, self.resize, self.printed,
            self.dialog, self.version, self.delete, self.bring_back, self.name_page, self.find_name, self.withdraw,
            self.view, self.form, self.palette, self.together, self.rest,
        )  # fmt: skip
        act: Callable[[], None] = self.pick.choice((*often, *often, *now_and_then))
        before = len(self.faults)
        act()
        self.live(self.pick.choice((0, 5, 20)))
        self.settle()
        self.done[act.__name__] += 1
        self.done["acts"] += 1
        for number in range(before, len(self.faults)):
            self.faults[number] = f"{act.__name__}: {self.faults[number]}"
            print(self.faults[number], flush=True)


def fill(folder: Path, cache: Path, pick: random.Random) -> None:
    """Put some documents of some length into a library, and a PDF."""
    with Library.open(folder, cache=cache) as library:
        for number in range(DOCUMENTS):
            paragraphs = [" ".join(pick.choices(WORDS, k=60)) + "." for _ in range(40)]
            document = factories.make_document(f"Document {number}", *paragraphs, published=f"20{10 + number}-03-01")
            info = library.add(document, document.content.text.encode()).result.info
            library.write("", lambda session, number=info.id: documents.opened(session, number), undoable=False)  # type: ignore[misc]
        library.remember("hint_seen", "1")


def main() -> int:
    """Soak."""
    seconds, seed = float(os.environ.get("SECONDS", "3600")), int(os.environ.get("SEED", "1"))
    print(f"{Path(postil.__file__).parent}, {seconds:,.0f} s, seed {seed}", flush=True)
    pick = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="postil-soak-") as name:
        os.environ.update({f"XDG_{kind}_HOME": f"{name}/{kind}" for kind in ("DATA", "CACHE", "CONFIG", "STATE")})
        fill(Path(name, "library"), Path(name, "cache"), pick)
        soak, figures = Soak(Path(name), pick), Figures(Path(name, "library"))
        soak.parts.files.add([pdf_files.SAMPLE])
        soak.settle()
        begun = line = time.monotonic()
        while time.monotonic() - begun < seconds:
            soak.act()
            if not figures.types and time.monotonic() - begun > seconds / 3:
                figures.count_types()
            if time.monotonic() - line > min(LINE_S, seconds / 12):
                line = time.monotonic()
                told = ", ".join(f"{name} {value:,.0f}" for name, value in figures.take(soak.done["acts"]).items())
                print(f"{line - begun:6,.0f} s: {soak.done['acts']:,} acts; {told}", flush=True)
        trapped = figures.count_types()
        findings = soak.running.work.library().check()
        soak.running.close()
    wrong = [*soak.faults, *map(str, findings), *figures.faults()]
    figured = {
        "growth": figures.growth(),
        "kB of memory more with every act": figures.creep_kb(),
        "garbage out of reach": trapped,
        "held": figures.held,
        "more": figures.grown(),
    }
    print(json.dumps({"acts": dict(soak.done), **figured, "taken": figures.taken, "wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
