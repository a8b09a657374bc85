"""What the search benchmarks measure with. Times are milliseconds."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

LIMIT = 50


def timed[**P](act: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    """How long it takes by the clock."""
    begin = time.perf_counter()
    act(*given, **named)
    return (time.perf_counter() - begin) * 1e3


def both_timed[**P](act: Callable[P, object], *given: P.args, **named: P.kwargs) -> tuple[float, float]:
    """How long it takes by the clock, and of the processor: the second is the same on a busy machine."""
    begin, busy = time.perf_counter(), time.process_time()
    act(*given, **named)
    return (time.perf_counter() - begin) * 1e3, (time.process_time() - busy) * 1e3


def share(times: Sequence[float], part: float) -> float:
    """The time that this part of them stays below."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))], 3)


def peak_mb() -> int | None:
    """The most memory that this process held so far, where the system tells."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), None)
