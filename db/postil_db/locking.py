"""One process owns a library: a lock on a file of its own, which the kernel frees when the process dies.

It is never taken on the database itself: closing a second handle on that file would drop SQLite's own locks.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Self

from postil_db.errors import InUse, Unreachable

NAME = "library.lock"


class Lock:
    """A library's lock, held from `take` until `release` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, folder: Path, *, writable: bool = True) -> Self | None:
        """Take the lock or raise `InUse`. None where the folder cannot be written to and holds no lock file."""
        path = folder / NAME
        try:
            flags = os.O_RDWR | os.O_CREAT if writable else os.O_RDONLY
            descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        except FileNotFoundError:
            if writable:
                raise
            return None
        except OSError:
            if not writable:
                return None
            raise
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
                raise InUse(
                    f"The library in {folder} is already open in another Postil. Use that window, or close it first."
                ) from error
            raise Unreachable(
                f"The disk that holds {folder} cannot lock files ({error.strerror}), so the library could be damaged "
                "by two programs at once. Move the library to a local disk."
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let another process have the library."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
