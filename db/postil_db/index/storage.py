"""The index's folder: private, only ever ours, and able to tell whether its files are what was written."""

import contextlib
import os
import shutil
import stat
import threading
import zlib
from pathlib import Path

from postil_db.errors import Unreachable
from postil_db.index.whoosh_parts import FileStorage, Untyped

SUM_BYTES = 4


class IndexDamaged(ValueError):
    """A file of the index is not what was written."""


def own_folder(folder: Path) -> None:
    """Make the folder, or make sure that it is ours alone. Raises `Unreachable` where it is somebody else's.

    An index is pickled code, so one that another could have put there must not be opened.
    """
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    state = folder.lstat()
    if stat.S_ISLNK(state.st_mode):
        raise Unreachable(f"The folder of the search index, {folder}, is a link. Remove it, and start again.")
    if hasattr(os, "getuid") and state.st_uid != os.getuid():
        raise Unreachable(f"The folder of the search index, {folder}, belongs to another user. Remove it.")
    if not stat.S_ISDIR(state.st_mode):
        folder.unlink()
        folder.mkdir(mode=0o700)
    elif os.name == "posix" and state.st_mode & 0o022:  # others could have written here
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
    elif os.name == "posix" and state.st_mode & 0o077:
        folder.chmod(0o700)


def checksum(path: Path) -> int:
    """CRC-32 of a file."""
    total = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total = zlib.crc32(chunk, total)
    return total


class IndexStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's file storage with private files, and a checksum at the end of each table of contents.

    It knows the files that it made, so that none stays open when writing fails.

    Nothing is forced to disk: after a power cut the checksums tell what arrived, and what did not is made anew.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._made: list[Untyped] = []

    def create_file(self, name: str, **more: Untyped) -> Untyped:
        """Make a file that only its owner may read."""
        file = super().create_file(name, **more)
        self._made.append(file)
        (Path(self.folder) / name).chmod(0o600)
        return file

    def temp_storage(self, name: str | None = None) -> "IndexStorage":
        """Make a folder for what Whoosh puts aside; its files are known here."""
        aside: IndexStorage = IndexStorage(str(Path(self.folder) / (name or "aside.tmp"))).create()
        aside._made = self._made  # the same class
        return aside

    def close_made(self) -> None:
        """Close the files made since the last time; some may be half written, on a disk that is full."""
        for file in self._made:
            with contextlib.suppress(OSError, ValueError):
                file.file.close()
        self._made.clear()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Seal a table of contents just before it becomes the valid one."""
        if newname.endswith(".toc"):
            path = Path(self.folder) / oldname
            seal = checksum(path).to_bytes(SUM_BYTES, "little")
            with path.open("ab") as file:
                file.write(seal)
        super().rename_file(oldname, newname, safe)

    def lock(self, name: str) -> threading.Lock:  # noqa: ARG002  # Whoosh's signature
        """No lock file: one process owns a library, and one thread at a time writes its index."""
        return threading.Lock()

    def check_contents(self, name: str) -> None:
        """Raise `IndexDamaged` unless a table of contents is as it was written. Before it is unpickled."""
        data = (Path(self.folder) / name).read_bytes()
        if zlib.crc32(data[:-SUM_BYTES]).to_bytes(SUM_BYTES, "little") != data[-SUM_BYTES:]:
            raise IndexDamaged(f"{name}: not what was written")

    def check_files(self, sums: dict[str, int]) -> None:
        """Raise `IndexDamaged` unless every file is as it was written."""
        for name, expected in sums.items():
            if checksum(Path(self.folder) / name) != expected:
                raise IndexDamaged(f"{name}: not what was written")

    def sweep(self, keep: set[str]) -> None:
        """Delete what a killed process left behind."""
        for path in Path(self.folder).iterdir():
            if path.name in keep:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):  # Windows keeps files that are still mapped: next time
                    path.unlink()
