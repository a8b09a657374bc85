"""Processes that are killed at random moments of opening a library and saving to it, and what is left of their saves.

Forks processes that have everything imported, so that a kill takes a fraction of a second; run it from a process
without threads.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests import factories

from postil_db.index import annotation_index as _annotation_index  # noqa: F401 - imported once, not in each process
from postil_db.library import Library
from postil_db.store import annotations

LONGEST_S = 0.35
EACH = 50
"""So many processes are killed over one library before the next is begun."""


@dataclass
class Killed:
    """What came of it. `midway`: kills that left saves in the write-ahead log."""

    kills: int = 0
    saves: int = 0
    midway: int = 0
    lost: int = 0
    half: int = 0
    findings: int = 0
    not_in_index: int = 0
    slowest_ms: float = 0.0


def torture(work: Path, kills: int, seed: int = 1) -> Killed:
    """Kill so many processes."""
    pick, told = random.Random(seed), Killed()
    for turn in range(0, kills, EACH):
        folder = work / f"library-{turn}"
        _apart(partial(_begin, folder))
        promised: set[int] = set()
        for _ in range(min(EACH, kills - turn)):
            promised |= _killed(folder, pick.uniform(0, LONGEST_S))
            told.kills += 1
            told.midway += (folder / "library.sqlite3-wal").exists()
            said = _apart(partial(_look, folder, promised))
            lost, half, findings, unfound, taken = map(float, said.split())
            told.lost += int(lost)
            told.half += int(half)
            told.findings += int(findings)
            told.not_in_index += int(unfound)
            told.slowest_ms = max(told.slowest_ms, taken)
        told.saves += len(promised)
    return told


def _begin(folder: Path, _out: int) -> None:
    document = factories.make_document()
    with Library.open(folder, cache=folder.with_name(f"{folder.name}-cache")) as library:
        library.add(document, document.content.text.encode())


def _save(folder: Path, out: int) -> None:
    selector = factories.make_selector(factories.make_document().content, "maritime security")
    with Library.open(folder, cache=folder.with_name(f"{folder.name}-cache")) as library:
        while True:
            made = library.write(
                "Mark", lambda session: annotations.add(session, 1, selector, note="n" * 900, tags=["a"])
            ).result
            os.write(out, f"{made.id}\n".encode())


def _look(folder: Path, promised: set[int], out: int) -> None:
    begun = time.perf_counter()
    with Library.open(folder, cache=folder.with_name(f"{folder.name}-cache")) as library:
        kept = library.read(annotations.every)
        taken = (time.perf_counter() - begun) * 1000
        library.heal_index()
        found = set(library.search_ids("tag:a"))
        ids = {one.id for one in kept}
        half = sum((one.note, one.tags) != ("n" * 900, ("a",)) for one in kept)
        said = (len(promised - ids), half, len(library.check()), len(ids ^ found), taken)
    os.write(out, " ".join(map(str, said)).encode())


def _fork(do: Callable[[int], None]) -> tuple[int, int]:
    """Run something in a process of its own; its number, and where to read what it writes."""
    out, into = os.pipe()
    child = os.fork()
    if child:
        os.close(into)
        return child, out
    status = 1
    try:
        os.close(out)
        do(into)
        status = 0
    finally:
        os._exit(status)


def _read(out: int) -> str:
    with os.fdopen(out, "rb") as said:
        return said.read().decode()


def _apart(do: Callable[[int], None]) -> str:
    child, out = _fork(do)
    said = _read(out)
    if os.waitpid(child, 0)[1]:
        raise AssertionError("a process failed; what it said is above")
    return said


def _killed(folder: Path, after_s: float) -> set[int]:
    child, out = _fork(lambda into: _save(folder, into))
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    said = _read(out)
    if not os.WIFSIGNALED(os.waitpid(child, 0)[1]):
        raise AssertionError("a process ended before it was killed")
    return {int(line) for line in said.split("\n")[:-1]}  # what follows the last line break was not said to the end
