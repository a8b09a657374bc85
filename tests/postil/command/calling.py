"""The command line as tests call it: in this process, on a library of their own."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postil.command import run
from postil_db.library import Library


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


type Postil = Callable[..., Result]


def call(folder: Path, *argv: str, stdin: str = "", library: Library | None = None) -> Result:
    """Run a command on the library in `folder`, or on an open one."""
    out, err = io.StringIO(newline=""), io.StringIO(newline="")
    words = argv if library else ("--library", str(folder / "library"), *argv)
    status = run(words, library=library, cwd=folder, stdin=io.StringIO(stdin), out=out, err=err)
    return Result(status, out.getvalue(), err.getvalue())
