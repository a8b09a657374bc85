"""An Act: one thing that a reader does to the library, off the UI thread, told to everyone as Changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil_db.library import Library, Operation, Written


@dataclass(frozen=True, slots=True)
class Act[T]:
    """What to write, and how the undo menu calls it.

    `run` is called on the worker: it may not touch a widget. It either commits and returns what came of it, or raises
    and has changed nothing; so a failed act can simply be run again. `joins`: what it writes, where only the newest of
    several acts counts: the reader's own words, which a failed one keeps until they are stored.
    """

    label: str
    run: Callable[["Library"], T]
    quiet: bool = False
    joins: str = ""


def writing[T](
    label: str, op: "Operation[T]", *, undoable: bool = True, quiet: bool = False, joins: str = ""
) -> Act[T]:
    """Make an act out of one writing transaction. `joins`: see `Library.write` and `Act`."""

    def run(library: "Library") -> T:
        written: Written[T] = library.write(label, op, undoable=undoable, joins=joins)
        return written.result

    return Act(label, run, quiet, joins)


UNDO: Act[object] = Act("Undo", lambda library: library.undo())
REDO: Act[object] = Act("Redo", lambda library: library.redo())
