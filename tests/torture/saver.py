"""A child that saves one annotation after another and says which were acknowledged; it never closes its library.

    saver.py FOLDER SAVES [NORMAL]

What it acknowledges goes into the file `acknowledged` in the folder, each in one write that the shim sees.
"""

import os
import sys
from functools import partial
from pathlib import Path

from tests import factories

from postil_db import connection
from postil_db.library import Library
from postil_db.store import annotations


def main(folder: Path, saves: int, synchronous: str) -> None:
    pragmas = (one.replace("=FULL", f"={synchronous}") for one in connection.PRAGMAS)
    setattr(connection, "PRAGMAS", tuple(pragmas))  # noqa: B010 - what the control is for
    library = Library.open(folder, cache=folder.with_name("cache"))
    selector = factories.make_selector(factories.make_document().content, "maritime security")
    with (folder / "acknowledged").open("ab", buffering=0) as acknowledged:
        for number in range(saves):
            note = f"{number} " + "n" * 600
            add = partial(annotations.add, document_id=1, selector=selector, note=note, tags=["a"])
            made = library.write("Mark", add).result
            acknowledged.write(f"{made.id} {number}\n".encode())
    os._exit(0)  # as the power goes: nothing is closed


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "FULL")
