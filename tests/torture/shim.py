"""The shim that stands between a process and the disk (shim.c), compiled where there is a compiler."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parents[2]
HEAD = struct.Struct("<cHqQ")


@dataclass(frozen=True, slots=True)
class Event:
    """One call that the shim let through. `op`: w(rite), s(ync), t(runcate), u(nlink), r(ename)."""

    op: str
    path: str
    offset: int
    data: bytes


def missing() -> str:
    """Why there is no shim here, or ""."""
    if sys.platform != "linux":
        return "the shim is made for Linux"
    return "" if shutil.which("gcc") else "no gcc to compile the shim with"


@cache
def compiled() -> Path:
    """The shim, compiled once for this process."""
    target = Path(mkdtemp(prefix="postil-shim-")) / "shim.so"
    words = ["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
    subprocess.run([*words, "-o", str(target), str(Path(__file__).with_name("shim.c")), "-lpthread"], check=True)
    return target


def run(child: str, folder: Path, *words: str, log: Path | None = None, timeout: float = 600) -> str:
    """Run a child of ours behind the shim, and give what it printed."""
    environment = {**os.environ, "LD_PRELOAD": str(compiled()), "POSTIL_SHIM_FOLDER": str(folder)}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT, ROOT / "desktop", ROOT / "db", ROOT / "resources")))
    if log is not None:
        environment["POSTIL_SHIM_LOG"] = str(log)
    command = [sys.executable, str(Path(__file__).with_name(child)), str(folder), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout, check=False)
    if done.returncode:
        raise AssertionError(f"{child} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def events(log: Path) -> Iterator[Event]:
    """What the shim wrote down, in order."""
    data, at = log.read_bytes(), 0
    while at < len(data):
        op, path_length, offset, length = HEAD.unpack_from(data, at)
        at += HEAD.size
        path = data[at : at + path_length].decode()
        at += path_length
        yield Event(op.decode(), path, offset, data[at : at + length])
        at += length
