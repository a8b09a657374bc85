"""The way in: decides between the command line, a helper process and the window, and loads only what that needs."""

import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

NO_DISPLAY = """\
postil: there is no display to show a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).
Without one, everything works from the command line: see `postil --help`, or run `make demo` in Postil's own folder.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run Postil; gives the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--child"] and len(words) > 1 and getattr(sys, "frozen", False):
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return 0
    from postil.command import is_command, run

    return run(words) if is_command(words) else _show_window(*_take_library(words))


def _show_window(library: str | None, words: list[str]) -> int:
    if library == "":
        return _refuse("postil: --library needs a folder.\n", 2)
    if words and words[0].startswith("-") and words[0] not in ("-", "--"):
        return _refuse(f"postil: there is no option {words[0]}; see `postil --help`.\n", 2)
    if not _has_display():
        return _refuse(NO_DISPLAY, 1)
    from postil.quick import load_qt

    load_qt()
    from postil.main import show

    files = words[1:] if words[:1] == ["--"] else words
    return show(Path(library) if library is not None else None, [Path(file) for file in files])


def _take_library(words: list[str]) -> tuple[str | None, list[str]]:
    """Take `--library DIR` out, wherever it stands before a `--`; "" if the folder is missing."""
    library, rest = None, list[str]()
    left = iter(words)
    for word in left:
        if word == "--":
            rest += [word, *left]
        elif word == "--library":
            library = next(left, "")
        elif word.startswith("--library="):
            library = word.removeprefix("--library=")
        else:
            rest.append(word)
    return library, rest


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _refuse(text: str, status: int) -> int:
    sys.stderr.write(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
