"""Killed at any moment, the index opens again, and tells truthfully what it holds."""

import random
import subprocess
import sys
import time
from pathlib import Path

from postil_db.index.annotation_index import AnnotationIndex

WRITER = """
import sys
from pathlib import Path
from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry

index = AnnotationIndex.open(Path(sys.argv[1]))
first = int(sys.argv[2])
print("ready", flush=True)
for rev in range(first, first + 10_000):
    keys = range(rev % 7, 60)
    index.put(Entry(key, rev, 1, "t", f"r{rev}x", "note " * 30, ("tag",), (), "blue", key) for key in keys)
    index.drop([rev % 60])
    index.flush()
    print(rev, flush=True)
"""


def test_kill_9_while_flushing(tmp_path: Path) -> None:
    folder, chance, rev = tmp_path / "index", random.Random(4), 1
    for _round in range(6):
        command = [sys.executable, "-c", WRITER, str(folder), str(rev)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            done = int(child.stdout.readline())
            time.sleep(chance.random() * 0.1)  # the moment of the kill is what varies
            child.kill()
            done = int((child.stdout.read().split() or [str(done)])[-1])
        index = AnnotationIndex.open(folder)
        held = index.revisions()
        newest = max(held.values())
        assert newest in (done, done + 1)  # the last flush told of, or the one that was under way
        assert len(held) >= 52
        for key, revision in held.items():
            assert key in index.search(f"r{revision}x ", limit=99).ids
        assert set(index.search("", limit=99).ids) == held.keys()
        known = {name for path in folder.iterdir() for name in [path.name.split(".")[0]] if not name.startswith("_")}
        assert len(known) <= 12
        index.close()
        rev = newest + 1
