"""From words to an exit status: parse, find the library or its owner, run the command, tell the world's faults."""

import io
import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from postil.command import (
    adding,
    annotating,
    deciding,
    exporting,
    history,
    importing,
    keeping,
    listing,
    naming,
    picture,
    searching,
    tagging,
    trashing,
    upkeep,
)
from postil.command.console import Call, Console, NotDone, console
from postil.command.parser import Commands, Stop, parse
from postil.exchange.errors import CannotWrite
from postil_db.errors import InUse, LibraryError
from postil_db.places import library_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from postil_db.library import Library

INTERRUPTED = 130


def run_command(
    argv: Sequence[str],
    *,
    library: "Library | None",
    cwd: Path | None,
    stdin: TextIO | None,
    out: TextIO | None,
    err: TextIO | None,
) -> int:
    """See `postil.command.run`."""
    terminal = console(out, err, stdin, cwd)
    try:
        status = _run(argv, terminal, library)
        terminal.end_progress()
        terminal.out.flush()
    except BrokenPipeError:
        _forget_output(terminal.out)
        return 1
    except KeyboardInterrupt:
        terminal.tell("Stopped.")
        return INTERRUPTED
    return status


def _declare(commands: Commands) -> None:
    groups = (
        adding, listing, naming, deciding, annotating, tagging, searching, exporting, importing, history, upkeep,
        keeping, trashing, picture,
    )  # fmt: skip
    for group in groups:
        group.declare(commands)


def _run(argv: Sequence[str], terminal: Console, library: "Library | None") -> int:
    try:
        args = parse(argv, terminal, _declare)
        if library is not None:
            return int(args.handler(Call(lambda: library, args, terminal, library.folder)))
        return _run_on_disk(argv, args, terminal)
    except Stop as stop:
        return stop.status
    except BrokenPipeError:
        raise
    except (LibraryError, CannotWrite, NotDone) as error:
        terminal.tell(str(error))
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        terminal.tell(f"{error.strerror or error}{place}.")
    return 1


def _run_on_disk(argv: Sequence[str], args: "Namespace", terminal: Console) -> int:
    given = getattr(args, "library", None)
    folder = library_folder(terminal.path(given) if given else None)
    with ExitStack() as closing:

        def open_library() -> "Library":
            from postil_db.library import Library  # storage takes a while to load: only when a command needs it

            return closing.enter_context(Library.open(folder))

        try:
            return int(args.handler(Call(open_library, args, terminal, folder)))
        except InUse:
            status = _ask_owner(folder, argv, args, terminal)
            if status is None:
                raise
            return status


def _ask_owner(folder: Path, argv: Sequence[str], args: "Namespace", terminal: Console) -> int | None:
    """Have the window that owns the library run the command; None if nobody answers."""
    from postil.work.instance import ask_owner  # Qt's sockets, only when a window is open

    wants_stdin = "-" in (*getattr(args, "files", ()), getattr(args, "file", ""))
    stdin = terminal.read_stdin() if wants_stdin else ""
    answer = ask_owner(folder, _without_library(argv), str(terminal.cwd), stdin)
    if answer is None:
        return None
    terminal.out.write(answer.out)
    terminal.err.write(answer.err)
    return answer.status


def _without_library(argv: Sequence[str]) -> list[str]:
    """The words for the owner, who knows its library and looks for the command in the first one."""
    kept, words = list[str](), iter(argv)
    for word in words:
        if word == "--":
            kept += [word, *words]
        elif word == "--library":
            next(words, None)
        elif not word.startswith("--library="):
            kept.append(word)
    before = list(takewhile(lambda word: word == "--json", kept))
    return [*kept[len(before) :][:1], *before, *kept[len(before) + 1 :]]


def _forget_output(out: TextIO) -> None:
    """Nobody reads any more (`postil list | head`): let nothing be said about it when the process ends."""
    if isinstance(out, io.TextIOWrapper):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
