"""How long each turn of the window's event loop holds, on the processor and by the clock.

A timer of one millisecond ticks in every turn of the loop: what the window's thread used between two ticks is what one
turn cost, give or take that millisecond. By the clock a turn also waits for the interpreter, which other threads of the
process may hold, and for the processor, which other programs may.
"""

import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 1
LOOK_S = 0.004
SHOWN_FRAMES = 7


@dataclass
class Holds:
    """Milliseconds that turns of the loop held."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def figures(self, name: str = "hold") -> dict[str, float]:
        """The worst turns; `_over_20` counts those that held the processor for more than 20 ms."""
        cpu, wall = sorted(self.cpu), sorted(self.wall)
        if not cpu:
            return {}
        return {
            f"{name}_p99_ms": cpu[int(len(cpu) * 0.99)],
            f"{name}_max_ms": cpu[-1],
            f"{name}_over_20": sum(one > 20 for one in cpu),
            f"{name}_wall_p99_ms": wall[int(len(wall) * 0.99)],
            f"{name}_wall_max_ms": wall[-1],
            f"{name}_turns": len(cpu),
        }


class Probe(QObject):
    """Ticks; `look_over_ms` has what held the loop that long looked at."""

    def __init__(self, look_over_ms: float = 0.0) -> None:
        super().__init__()
        self.holds = Holds()
        self.seen: Counter[str] = Counter()
        self._look_over_ms = look_over_ms
        self._cpu, self._wall = time.thread_time(), time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        if look_over_ms:
            signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, LOOK_S, LOOK_S)

    def stop(self) -> None:
        """Tick no longer."""
        self._timer.stop()
        if self._look_over_ms:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def begin(self) -> Holds:
        """Count afresh; gives what was counted from here on."""
        self.holds = Holds()
        return self.holds

    def _tick(self) -> None:
        cpu, wall = time.thread_time(), time.perf_counter()
        self.holds.cpu.append(1000 * (cpu - self._cpu))
        self.holds.wall.append(1000 * (wall - self._wall) - TICK_MS)
        self._cpu, self._wall = cpu, wall

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        """Note where the window's thread is if its turn has used much of the processor."""
        # By a signal: frames looked at from another thread may be gone, or be kept and freed on the wrong one.
        if 1000 * (time.thread_time() - self._cpu) > self._look_over_ms:
            told: list[str] = []
            while frame is not None and len(told) < SHOWN_FRAMES:
                told.append(f"{frame.f_code.co_filename.rpartition('/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
                frame = frame.f_back
            self.seen[" < ".join(told)] += 1


def pace_ms() -> float:
    """What a fixed piece of work takes: on a machine that others use too, all else takes as much more."""
    times = []
    for _ in range(15):
        began = time.thread_time()
        sum(each * each for each in range(40_000))
        times.append(1000 * (time.thread_time() - began))
    return sorted(times)[len(times) // 2]
