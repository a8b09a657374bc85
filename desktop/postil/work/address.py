"""Where the window that owns a library answers; see instance.py. Loads no Qt: every start looks there first."""

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import platformdirs


def address(folder: Path) -> str:
    """Where the owner of this library listens: the same for every way of writing the folder's name."""
    name = "postil-" + hashlib.sha256(os.path.realpath(folder).encode("utf-8", "surrogatepass")).hexdigest()[:20]
    if sys.platform == "win32":
        return name
    return str(_own_folder() / name)


def may_answer(folder: Path) -> bool:
    """Whether it is worth asking: False where surely nobody answers."""
    return sys.platform == "win32" or Path(address(folder)).exists()


def _own_folder() -> Path:
    """Give a folder that no other user can put a socket into."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "-")
    if runtime.is_absolute() and _is_private(runtime) and os.access(runtime, os.W_OK):
        return runtime
    shared = Path(tempfile.gettempdir(), f"postil-{os.getuid()}")
    return shared if _is_ours(shared) else platformdirs.user_cache_path("postil", appauthor=False)


def _is_private(folder: Path) -> bool:
    """Whether a folder is ours, and nobody else may put anything into it."""
    try:
        status = folder.stat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022


def _is_ours(folder: Path) -> bool:
    """Make a folder for ourselves alone; False where another user was there first."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if status.st_uid != os.getuid() or not stat.S_ISDIR(status.st_mode):
            return False
        folder.chmod(0o700)
    except OSError:
        return False
    return True
