"""Pictures of printed pages, drawn by a child process that can be killed: the parent's side."""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postil.documents.faults import KINDS, Broken, Stopped, TooMuch
from postil.documents.limits import Child, ChildDied, ChildRefused, ChildSilent

_MEMORY_MB = 1536
_CPU_SECONDS = 20
_SILENCE_S = 40.0


@dataclass(frozen=True)
class Raster:
    """A picture of a page. `pixels`: 32 bits each, blue first, the fourth byte unused; `stride` bytes to a row."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Printer:
    """Draws the pages of one PDF, one at a time; threads wait for each other.

    Its process starts with the first page, and anew after a page that killed it. After `stop` the next page starts it
    again, so that a window may let go of what it does not show.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._child = Child("postil.documents.printing_worker", memory_mb=_MEMORY_MB, cpu_seconds=_CPU_SECONDS)

    def draw(self, page: int, width: int) -> Raster:
        """Draw a page, counted from 0, `width` device pixels wide; smaller only where a picture would be enormous.

        Raises a DocumentError, `Stopped` where `stop` was called meanwhile.
        """
        try:
            with self._turn, _scratch() as into:
                drawn = self._ask({"path": str(self._path), "page": page, "width": width, "into": str(into)}, page)
                pixels = into.read_bytes()
        except OSError as fault:
            raise Broken(f"Page {page + 1} could not be drawn: {fault.strerror}.") from fault
        if len(pixels) != drawn["stride"] * drawn["height"]:
            raise Broken(f"Page {page + 1} could not be drawn: there is no room for its picture.")
        return Raster(drawn["width"], drawn["height"], drawn["stride"], pixels)

    def stop(self) -> None:
        """End the process, from any thread; whoever waits for a page gets `Stopped`."""
        self._child.stop()

    def _ask(self, request: dict[str, object], page: int) -> dict[str, Any]:
        try:
            return next(iter(list(self._child.ask(request, silence_s=_SILENCE_S))))
        except ChildRefused as refusal:
            raise KINDS.get(refusal.kind, Broken)(str(refusal)) from None
        except ChildSilent:
            raise TooMuch(f"Page {page + 1} takes more time to draw than a page may.") from None
        except ChildDied as death:
            if death.reason == "stopped":
                raise Stopped("The page was not drawn: it was called off.") from death
            if death.reason in ("memory", "time"):
                raise TooMuch(f"Page {page + 1} takes more {death.reason} to draw than a page may.") from death
            raise Broken(f"Page {page + 1} could not be drawn: Postil failed at it.") from death


@contextmanager
def _scratch() -> Iterator[Path]:
    """A file of our own that takes the pixels: as text in the pipe they would cost more than the drawing itself."""
    descriptor, name = tempfile.mkstemp(prefix="postil-page-")
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()
