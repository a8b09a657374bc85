"""A child, behind the shim, whose writes and syncs fail one after another: prints what came of it as JSON.

failing.py FOLDER MOST
"""

import ctypes
import errno
import json
import sys
from pathlib import Path

from tests import factories

from postil_db.errors import LibraryError
from postil_db.library import Library
from postil_db.store import annotations

KINDS = {"w": (errno.ENOSPC, errno.EIO), "s": (errno.EIO,)}


def main(folder: Path, most: int) -> dict[str, int]:
    """Fail the k-th write and the k-th sync, for each k up to `most`."""
    shim = ctypes.CDLL(None)
    selector = factories.make_selector(factories.make_document().content, "maritime security")
    told = {
        "runs": 0,
        "faults": 0,
        "lost": 0,
        "nothing refused": 0,
        "not saved afterwards": 0,
        "there though refused": 0,
    }
    notes: set[str] = set()

    def save(library: Library, note: str) -> bool:
        try:
            library.write("Mark", lambda session: annotations.add(session, 1, selector, note=note, tags=["a"]))
        except LibraryError:
            return False
        notes.add(note)
        return True

    with Library.open(folder, cache=folder.with_name("cache")) as library:
        for kind, errors in KINDS.items():
            for error in errors:
                for nth in range(1, most + 1):
                    told["runs"] += 1
                    shim.postil_fail(ord(kind), nth, error, 1)
                    refused = {note for n in range(6) if not save(library, note := f"{kind}{error}.{nth}.{n}")}
                    met = shim.postil_left() == 0
                    shim.postil_fail(0, 0, 0, 0)
                    told["faults"] += met
                    told["nothing refused"] += met and not refused
                    told["not saved afterwards"] += not save(library, f"{kind}{error}.{nth} afterwards")
                    there = {one.note for one in library.read(annotations.every)}
                    told["lost"] += len(notes - there)
                    told["there though refused"] += len(refused & there)
        told["findings"] = len(library.check())
    with Library.open(folder, cache=folder.with_name("cache")) as library:
        told["lost"] += len(notes - {one.note for one in library.read(annotations.every)})
        told["findings"] += len(library.check())
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
