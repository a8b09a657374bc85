"""The world's faults on the way out of a library."""

import errno
from pathlib import Path


class CannotWrite(Exception):
    """A file could not be written; what stood there before is untouched. `str(error)` is a sentence for the reader."""


_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space, or choose another place",
    errno.EDQUOT: "your quota of disk space is used up. Free some space, or choose another place",
    errno.EACCES: "writing there is not allowed. Choose another place",
    errno.EPERM: "writing there is not allowed. Choose another place",
    errno.EROFS: "the disk is read-only. Choose another place",
    errno.ENOENT: "the folder does not exist. Create it, or choose another place",
    errno.ENOTDIR: "the folder does not exist. Create it, or choose another place",
    errno.EISDIR: "there is a folder of that name. Choose another name",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
}


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Say why `path` could not be written, and what to do."""
    reason = _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())
    return CannotWrite(f"“{path}” was not written: {reason}.")
