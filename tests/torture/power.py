"""Power cuts, simulated: the states that a disk could be in at any moment of a stream of saves, and what opens of them.

What was synced is on the disk; of what was written since, all, nothing, some writes or some sectors of them are. Names
of files count as durable at once, which real disks do not promise; the saves of a library make and remove none.
"""

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests import factories
from tests.torture import shim

from postil_db.library import Library

SECTOR = 512
LIBRARY_EVERY = 40
"""Every so many states are opened as a library, with all of its checks; the others by SQLite alone."""
NAMES = ("library.sqlite3", "library.sqlite3-wal", "library.sqlite3-journal")


@dataclass
class File:
    """A file on the disk, and what was written to it since it was synced."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[shim.Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            apply(self.durable, event.op, event.offset, event.data)
        self.pending.clear()

    def after_a_cut(self, pick: random.Random, mode: str) -> bytearray:
        """What could be there when the power comes back."""
        left = bytearray(self.durable)
        for event in self.pending:
            if mode == "all" or (mode == "some" and pick.random() < 0.5):
                apply(left, event.op, event.offset, event.data)
            elif mode == "torn":
                for at in range(0, max(1, len(event.data)), SECTOR):
                    if pick.random() < 0.5:
                        apply(left, event.op, event.offset + at, event.data[at : at + SECTOR])
        return left


@dataclass
class Found:
    """What the states were like. `lost`: states that miss acknowledged saves; `most`: how many the worst one misses."""

    states: int = 0
    lost: int = 0
    most: int = 0
    half: int = 0
    corrupt: int = 0
    opened: int = 0
    acknowledged: int = 0


def apply(content: bytearray, op: str, offset: int, data: bytes) -> None:
    if op == "t":
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def cut(work: Path, states: int, saves: int, *, synchronous: str = "FULL", seed: int = 1) -> Found:
    """Record a stream of saves and look at the states that cuts at random moments leave behind."""
    folder, log = work / "library", work / "log"
    document = factories.make_document()
    with Library.open(folder, cache=work / "cache") as library:
        library.add(document, document.content.text.encode())
    files = {name: File(bytearray((folder / name).read_bytes())) for name in NAMES if (folder / name).exists()}
    shim.run("saver.py", folder, str(saves), synchronous, log=log)
    history = list(shim.events(log))
    pick, found = random.Random(seed), Found()
    moments = sorted(pick.randrange(len(history)) for _ in range(states))
    promised: dict[int, int] = {}
    for moment, event in enumerate(history):
        while moments and moments[0] == moment:
            moments.pop(0)
            _look(work / "cut", files, promised, pick, found)
        _happen(files, promised, event)
    found.acknowledged = len(promised)
    return found


def _happen(files: dict[str, File], promised: dict[int, int], event: shim.Event) -> None:
    name = Path(event.path).name
    if name == "acknowledged" and event.op == "w":
        number, save = map(int, event.data.split())
        promised[number] = save
    elif name in NAMES:
        file = files.setdefault(name, File())
        if event.op == "s":
            file.sync()
        elif event.op == "u":
            del files[name]
        else:
            file.pending.append(event)


def _look(folder: Path, files: dict[str, File], promised: dict[int, int], pick: random.Random, found: Found) -> None:
    mode = pick.choice(("none", "all", "some", "torn"))
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        path = folder / name
        if name in files:
            path.write_bytes(files[name].after_a_cut(pick, mode))
        else:
            path.unlink(missing_ok=True)
    found.states += 1
    if found.states % LIBRARY_EVERY == 0:
        with Library.open(folder, cache=folder.with_name("cut-cache")) as library:
            wrong = [one for one in library.check() if not one.startswith("The original of")]  # these are not recorded
            found.corrupt += bool(wrong)
            found.opened += 1
        return
    try:
        with closing(sqlite3.connect(folder / NAMES[0])) as connection:
            kept = dict(connection.execute("SELECT id, note FROM annotation").fetchall())
            tagged = {row[0] for row in connection.execute("SELECT annotation_id FROM annotation_tag")}
            found.corrupt += connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
    except sqlite3.DatabaseError:
        found.corrupt += 1
        return
    missing = sum(not kept.get(number, "").startswith(f"{save} n") for number, save in promised.items())
    found.lost += missing > 0
    found.most = max(found.most, missing)
    found.half += kept.keys() != tagged
