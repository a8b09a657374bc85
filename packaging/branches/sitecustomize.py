"""Notes each line and branch of Postil the first time that it runs, in whatever Python process it does.

Python imports this file by itself where its folder is on PYTHONPATH, as `packaging/measured.py` arranges for the suite:
in the runner, its workers, and every child that a test or Postil itself starts. Each note goes straight to a file of
the process, so that one that is killed loses none of them. A line that was noted costs nothing from then on.
"""

import importlib.util
import marshal
import os
import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from os import write
from pathlib import Path
from struct import Struct
from types import CodeType
from typing import Any
from zlib import crc32

FOLDER = "POSTIL_BRANCHES"
PACKAGES = ("postil", "postil_db")
MIGRATIONS = os.path.join("postil_db", "migrations", "")  # noqa: PTH118 - the start of a path
#: The file (a checksum of its path) and the line, in which SlipCover also encodes branches.
NOTE = Struct("<II")


class Notes:
    """Notes of what ran, appended to this process's file in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = os.open(folder / f"{os.getpid()}.ran", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.checksums: dict[str, int] = {}
        self.tool = sys.monitoring.COVERAGE_ID
        sys.monitoring.use_tool_id(self.tool, "branches")
        sys.monitoring.register_callback(self.tool, sys.monitoring.events.LINE, self.ran)

    def watch(self, code: CodeType) -> None:
        """Be told of each line of this code and of the functions in it."""
        sys.monitoring.set_local_events(self.tool, code, sys.monitoring.events.LINE)
        for each in code.co_consts:
            if isinstance(each, CodeType):
                self.watch(each)

    def ran(self, code: CodeType, line: int) -> object:
        """Note a line, and ask to be told of it no more."""
        path = code.co_filename
        if path not in self.checksums:
            self.checksums[path] = crc32(os.fsencode(path))
        with suppress(OSError):  # a test may allow itself not one byte on the disk; that is no fault of what ran
            write(self.file, NOTE.pack(self.checksums[path], line))
        return sys.monitoring.DISABLE


class Marking(SourceFileLoader):
    """Loads a module with a mark at both ends of each of its branches, as SlipCover sets them."""

    def __init__(self, name: str, path: str, notes: Notes) -> None:
        super().__init__(name, path)
        self.notes = notes

    def get_code(self, fullname: str) -> CodeType:
        """The module's code; the marked one is kept, since children import the same modules hundreds of times."""
        kept = self.notes.folder / f"{fullname}.code"
        if kept.exists():
            code: CodeType = marshal.loads(kept.read_bytes())
        else:
            code = self.marked()
            own = kept.with_suffix(f".{os.getpid()}")
            own.write_bytes(marshal.dumps(code))
            own.replace(kept)
        self.notes.watch(code)
        return code

    def marked(self) -> CodeType:
        """The source, compiled with marks."""
        import ast

        from slipcover.branch import preinstrument

        tree = preinstrument(ast.parse(self.get_data(self.path)))
        code: CodeType = compile(tree, self.path, "exec", dont_inherit=True)
        return code


class Finder:
    """Finds Postil's own modules before anybody else does."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def find_spec(self, name: str, path: list[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """The module's spec with the marking loader, when it is one of ours."""
        if name.partition(".")[0] not in PACKAGES:
            return None
        return self.marking(name, PathFinder.find_spec(name, path))

    def from_file(self, name: str, location: object = None, **more: Any) -> ModuleSpec | None:  # noqa: ANN401
        """The same for a file that is loaded by its path, as Alembic loads migrations."""
        spec = spec_from_file_location(name, location, **more)  # type: ignore[arg-type]
        return self.marking(name, spec) if MIGRATIONS in str(location) else spec

    def marking(self, name: str, spec: ModuleSpec | None) -> ModuleSpec | None:
        """Have a module of ours loaded with marks."""
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = Marking(name, spec.loader.path, self.notes)
        return spec


if FOLDER in os.environ:
    finder = Finder(Notes(Path(os.environ[FOLDER])))
    sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
    importlib.util.spec_from_file_location = finder.from_file
