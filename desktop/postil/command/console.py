"""What a command reads from and writes to."""

import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from postil.command.text import columns

if TYPE_CHECKING:
    from argparse import Namespace

    from postil_db.library import Library

type Json = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None


_LONGEST = 100_000_001
"""In bytes: one more than a document may have, so that what is longer is refused and not cut."""


class NotDone(Exception):
    """What was asked for could not be done. `str(error)` says why, in a sentence."""


@dataclass(slots=True)
class Console:
    """The streams and the folder of one command. Results go to `out`, everything said about them to `err`."""

    out: TextIO
    err: TextIO
    stdin: TextIO | None
    cwd: Path
    _read: str | None = None
    _in_progress: bool = False

    def say(self, line: str = "") -> None:
        """Write a line of the result."""
        self.out.write(line + "\n")

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Write an aligned table; `right`: the columns of numbers."""
        for line in columns([header, *rows], right=right):
            self.say(line)

    def emit(self, value: Json) -> None:
        """Write the result as one JSON value."""
        self.say(json.dumps(value, ensure_ascii=False, indent=2))

    def tell(self, message: str) -> None:
        """Say something that is no result: what went wrong, what was done."""
        self.end_progress()
        self.err.write(f"postil: {message}\n")
        self.err.flush()

    def progress(self, line: str, *, lasting: bool = False) -> None:
        """Show how far a long command is: on a terminal a line that changes, else only `lasting` lines."""
        if self.err.isatty():
            self.err.write(f"\r\x1b[K{line}")
            self._in_progress = True
        elif lasting:
            self.err.write(line + "\n")
        self.err.flush()

    def end_progress(self) -> None:
        """Take the changing line away."""
        if self._in_progress:
            self.err.write("\r\x1b[K")
            self._in_progress = False

    def path(self, name: str) -> Path:
        """A path as it was typed, made absolute."""
        return self.cwd / os.path.expanduser(name)  # noqa: PTH111 - Path's own raises for “~$draft.docx”

    def read_stdin(self) -> str:
        """All of standard input, read once; its encoding is guessed as a file's is. Raises NotDone if it is no text."""
        if self._read is None:
            if self.stdin is None or self.stdin.closed:
                raise NotDone("There is no standard input to read.")
            if isinstance(self.stdin, io.TextIOWrapper):
                self._read = _text_of(self.stdin.buffer.read(_LONGEST))
            else:
                self._read = self.stdin.read()
        return self._read


def _text_of(data: bytes) -> str:
    from postil.documents.encodings import decode
    from postil.documents.faults import NotText
    from postil.documents.kinds import refuse_binary, refuse_noise

    try:
        refuse_binary(data, "standard input")
        text = decode(data).text
        refuse_noise(text, "standard input")
    except NotText as fault:
        raise NotDone(str(fault)) from None
    return text


class Call:
    """One command as it was called, with the library it is about.

    `open_library`: called when the command first needs the library, so that it can begin something else before.
    `folder`: where the library is, or should be.
    """

    def __init__(
        self, open_library: "Callable[[], Library]", args: "Namespace", console: Console, folder: Path
    ) -> None:
        self._open_library = open_library
        self.folder = folder
        self.args = args
        self.console = console
        self.as_json = bool(getattr(args, "json", False))

    @cached_property
    def library(self) -> "Library":
        """The library; raises what opening it raises."""
        return self._open_library()


def console(out: TextIO | None, err: TextIO | None, stdin: TextIO | None, cwd: Path | None) -> Console:
    """Make a console of the streams given, or of the process's own, which are set to UTF-8 without translation."""
    for stream in (out or sys.stdout, err or sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A CSV's line ends must stay; a title in any script must not fail on a console that lacks its letters.
            stream.reconfigure(encoding="utf-8", errors="replace", newline="")
    return Console(out or sys.stdout, err or sys.stderr, stdin or sys.stdin, cwd or Path.cwd())
