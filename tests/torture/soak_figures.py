"""What a soak measures about the process it runs in, and by how much that grew."""

import ctypes
import gc
import math
import os
import statistics
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication

LIMITS: Mapping[str, Callable[[float], float]] = {
    "memory_mb": lambda _usual: 12.0,
    "children_mb": lambda _usual: 12.0,
    "handles": lambda _usual: 2.0,
    "threads": lambda _usual: 2.0,
    "children": lambda _usual: 1.0,
    "widgets": lambda usual: 0.02 * usual,
    "blocks": lambda usual: 0.03 * usual,
    "waiting": lambda _usual: math.inf,
    "library_mb": lambda _usual: math.inf,
}
"""How much higher the last third may stand than the middle one, by what stood in the middle one. Memory: what is left
after all that is free was given back to the system. `blocks`: of Python's memory that hold something, in thousands.
`waiting`: objects that were garbage, out of reach until the reader pauses.
`library_mb`: on the disk, where what can be undone adds up as it should; told beside the memory, which must not follow.
"""

MORE_OBJECTS = 0.05
"""By how much of them there may be more at the end: what is shown then differs from what was shown before."""


@dataclass
class Figures:
    """What was measured, one of each for every line: memory and processes as the system counts them, and Qt's widgets.

    `library`: its folder. `acts`: how many were done by then. `types`, `held`: Python's objects that are no garbage,
    counted twice: after the first third, and at the end.
    """

    library: Path
    taken: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in LIMITS})
    acts: list[int] = field(default_factory=list)
    types: list[Counter[str]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def take(self, acts: int) -> dict[str, float]:
        """Measure after a collection of everything, as when the reader pauses: only what is held counts."""
        gc.collect()
        gc.unfreeze()
        waiting = gc.collect()
        gc.freeze()
        if sys.platform == "linux":
            getattr(ctypes.CDLL(None), "malloc_trim", int)(0)  # memory that lies free in pieces is not held
        self.acts.append(acts)
        children = _children(os.getpid())
        now = {
            "memory_mb": _memory_mb(os.getpid()),
            "children_mb": sum(map(_memory_mb, children)),
            "handles": len(list(Path("/proc/self/fd").iterdir())),
            "threads": threading.active_count(),
            "children": len(children),
            "widgets": len(QApplication.allWidgets()),
            "blocks": sys.getallocatedblocks() / 1000,
            "waiting": waiting,
            "library_mb": sum(one.stat().st_size for one in self.library.glob("*.sqlite3")) / 1e6,
        }
        for name, value in now.items():
            self.taken[name].append(value)
        return now

    def count_types(self) -> int:
        """Count Python's objects by their types; gives how many were garbage that Postil had put out of reach."""
        gc.collect()
        gc.unfreeze()
        found = gc.collect()
        objects = gc.get_objects()
        self.types.append(Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in objects))
        self.held.append(len(objects))
        return found

    def growth(self) -> dict[str, float]:
        """By how much the median of the last third is above that of the third before it; the first is to warm up."""
        return {name: round(last - middle, 1) for name, (middle, last) in self._thirds().items()}

    def creep_kb(self) -> float:
        """By how much memory grew with every act after the first third, in kB: the slope through the middle of all."""
        third = len(self.acts) // 3
        acts, memory = self.acts[third:], self.taken["memory_mb"][third:]
        return round(statistics.linear_regression(acts, memory).slope * 1000, 1) if len(set(acts)) > 1 else 0.0

    def faults(self) -> list[str]:
        """What grew by more than it may; of Python's objects, which ones."""
        told = [
            f"{name} grew from {middle:,.0f} to {last:,.0f}"
            for name, (middle, last) in self._thirds().items()
            if last - middle > LIMITS[name](middle)
        ]
        if self.held and self.held[-1] > self.held[0] * (1 + MORE_OBJECTS):
            told.append(f"objects grew from {self.held[0]:,} to {self.held[-1]:,}")
        return [*told, *(f"more {name}: {more}" for name, more in self.grown())] if told else []

    def grown(self, most: int = 12) -> list[tuple[str, int]]:
        """The types of Python's objects of which there are more than when they were counted first."""
        return (self.types[-1] - self.types[0]).most_common(most) if self.types else []

    def _thirds(self) -> dict[str, tuple[float, float]]:
        told = {}
        for name, values in self.taken.items():
            third = max(1, len(values) // 3)
            told[name] = (statistics.median(values[third:-third] or values), statistics.median(values[-third:]))
        return told


def _memory_mb(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0  # it ended meanwhile
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children(process: int) -> list[int]:
    """The children of a process and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            numbers = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for number in numbers:
            found += [number, *_children(number)]
    return found
