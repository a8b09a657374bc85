"""The command line: everything that a library can do without a window.

Importing this package loads next to nothing; a command loads what it needs when it runs.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from postil_db.library import Library

COMMANDS = frozenset(
    {
        "add",
        "annotate",
        "annotations",
        "backup",
        "backups",
        "check",
        "decisions",
        "entities",
        "export",
        "import",
        "index",
        "list",
        "redo",
        "remove",
        "restore",
        "screenshot",
        "search",
        "self-test",
        "show",
        "tag",
        "trash",
        "undo",
    }
)
_ASKS = frozenset({"-h", "--help", "--version"})


def is_command(argv: Sequence[str]) -> bool:
    """Whether these words, after the program's name, are for the command line and not for the window.

    A file named like a command is opened by writing `./list`.
    """
    words = iter(argv)
    for word in words:
        if word == "--library":
            next(words, None)
        elif not word.startswith("--library=") and word != "--json":
            return word in COMMANDS or word in _ASKS
    return False


def run(
    argv: Sequence[str],
    *,
    library: "Library | None" = None,
    cwd: Path | None = None,
    stdin: TextIO | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run one command; give its exit status: 0 done, 1 nothing found or not done, 2 wrong usage, 130 interrupted.

    `library`: of the process that owns it already; else the one that `--library` or the system names is opened, and
    where a window owns that one, the window is asked. `cwd`: what relative paths start from.
    """
    from postil.command.running import run_command  # argparse and json only when there is a command

    return run_command(argv, library=library, cwd=cwd, stdin=stdin, out=out, err=err)
