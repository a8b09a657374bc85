"""A process that is killed at any moment loses nothing that it has acknowledged."""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.postil_db.desk import sit_down

from postil_db.library import Library
from postil_db.store import annotations

KILLS = int(os.environ.get("POSTIL_KILLS", "8"))
WRITER = """
import sys
from pathlib import Path
from postil_db.library import Library
from postil_db.store import annotations, tags
from tests import factories

content = factories.make_document().content
with Library.open(Path(sys.argv[1]), cache=Path(sys.argv[2])) as library:
    selector = factories.make_selector(content, "maritime security")
    print("open", flush=True)
    while True:
        made = library.write(
            "Mark", lambda session: annotations.add(session, 1, selector, note="n" * 3000, tags=["a"])
        ).result
        print(made.id, flush=True)
"""


def killed_writer(folder: Path, cache: Path, after_s: float) -> set[int]:
    """Let a process save for a while, kill it, and return the ids that it had acknowledged."""
    root = Path(__file__).parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, folder, cache], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert writer.stdout
    with writer.stdout:
        assert writer.stdout.readline() == "open\n"
        killer = threading.Timer(after_s, writer.kill)
        killer.start()
        lines = writer.stdout.read().split("\n")
    killer.join()
    assert writer.wait() < 0
    return {int(line) for line in lines[:-1]}  # what follows the last line break was not said to the end


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        sit_down(library)
    pick, acknowledged, logs = random.Random(1), set[int](), 0
    for _ in range(KILLS):
        acknowledged |= killed_writer(folder, cache, pick.uniform(0, 0.15))
        logs += (folder / "library.sqlite3-wal").exists()
        with Library.open(folder, cache=cache) as library:
            kept = library.read(annotations.every)
            assert acknowledged <= {one.id for one in kept}
            assert all((one.note, one.tags) == ("n" * 3000, ("a",)) for one in kept)
            assert library.check() == []
            assert library.undo_label() in ("Mark", "Add document")
    assert acknowledged, "no process lived long enough to save anything"
    assert logs, "no process was killed with saves in its log"


def test_a_log_of_which_nothing_was_written_to_the_end_is_no_damage(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        made = sit_down(library).mark(note="n" * 200_000)
    for left in (b"\x37", b"\x37\x7f\x06\x82" + b"\x00" * 5000, os.urandom(8192)):
        (folder / "library.sqlite3-wal").write_bytes(left)
        with Library.open(folder, cache=cache) as library:
            assert library.read(annotations.every) == [made]
            assert library.check() == []
