"""A file that is either the old one or the new one, never half of it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from postil.exchange.errors import cannot_write


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it takes the place of `target` when the block ends well, and vanishes when it does not.

    A link is followed. What is no regular file (a pipe, `/dev/null`) is written to straight. Raises CannotWrite.
    """
    try:
        real = target.resolve()
        if real.exists() and not real.is_file() and not real.is_dir():
            with real.open("wb") as file:
                yield file
            return
        with _beside(real) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(target, error) from error


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    if target.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(target))
    unfinished = target.with_name(f".postil-{secrets.token_hex(6)}.tmp")
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            unfinished.chmod(target.stat().st_mode & 0o777)
        unfinished.replace(target)
        _sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; not every system lets a folder be opened for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
