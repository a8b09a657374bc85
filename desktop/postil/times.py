"""How long each phase of a start takes, on stderr if `POSTIL_TIMES` is set."""

import os
import sys
import time
from pathlib import Path


class Times:
    """Notes when a phase was reached, counted from the start of the process; each phase once."""

    def __init__(self) -> None:
        self._wanted = bool(os.environ.get("POSTIL_TIMES"))
        self._before_ms = _age_ms()
        self._start = time.perf_counter()
        self.phases: dict[str, float] = {}
        self.mark("main reached")

    def mark(self, phase: str) -> None:
        """Note that a phase was reached just now."""
        if phase not in self.phases:
            self.phases[phase] = self._before_ms + (time.perf_counter() - self._start) * 1000
            if self._wanted:
                sys.stderr.write(f"postil: {self.phases[phase]:7.0f} ms  {phase}\n")


def _age_ms() -> float:
    """How long ago this process was started; 0 where the system does not tell (to 10 ms on Linux)."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return max(0.0, (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000)
    except (OSError, AttributeError, ValueError, IndexError):
        return 0.0
