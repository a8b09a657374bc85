"""Work that may go wrong, in a process of its own: limited, killable, and no harm to the window when it dies.

The parent's side. A child runs a module of ours whose last line is `serve(handle)`; requests and answers are JSON
lines over its standard input and output.
"""

import json
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, Self

from postil.documents.serving import OUT_OF_MEMORY, ChildRefused, serve

__all__ = ["Child", "ChildDied", "ChildRefused", "ChildSilent", "serve"]

_GAVE_UP = tuple(int(getattr(signal, name)) for name in ("SIGABRT", "SIGILL", "SIGTRAP") if hasattr(signal, name))
"""How libraries of other languages end a process that is given no more memory; a bug of theirs ends in SIGSEGV."""

_TAIL_LINES = 20
_TAIL_WIDTH = 300


class ChildDied(Exception):
    """The child ended, or failed, before it had answered.

    `reason`: "memory" or "time" when it used up what it was allowed, "stopped" when we stopped it, else "fault".
    `diagnosis`: for a report of the bug; holds no text of documents that the child did not print itself.
    """

    def __init__(self, sentence: str, reason: str = "fault", diagnosis: str = "") -> None:
        super().__init__(sentence)
        self.reason = reason
        self.diagnosis = diagnosis


class ChildSilent(Exception):
    """The child gave no sign of life for too long and was killed."""


class Child:
    """A process of ours that answers requests under limits.

    It starts at the first request, serves many, and starts anew after it died or was stopped. Requests of several
    threads wait for each other. It ends by itself when this process ends.

    `memory_mb`: address space it may take. `cpu_seconds`: processor time each request may take. `nice`: how much it
    steps back behind other processes. The limits hold on Linux and macOS; Windows has only the silence limit.
    """

    def __init__(
        self, module: str, *, memory_mb: int | None = None, cpu_seconds: int | None = None, nice: int = 0
    ) -> None:
        self._module = module
        self._limits = {"memory_mb": memory_mb, "cpu_seconds": cpu_seconds, "nice": nice}
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._running: _Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, request: Mapping[str, object], *, silence_s: float) -> Iterator[dict[str, Any]]:
        """Yield the child's answers as they come, until it says that was all.

        Raises ChildRefused, ChildDied, and ChildSilent when no answer came for `silence_s` seconds. Closing the
        iterator early kills the child, since nobody wants what it still does.
        """
        with self._turn:
            running = self._start()
            done = False
            try:
                running.send(request)
                for answer in running.answers(silence_s):
                    if "end" in answer:
                        done = True
                        return
                    if "error" in answer:
                        done = True
                        raise ChildRefused(str(answer["error"]), str(answer.get("kind", "")))
                    yield answer
            finally:
                if not done:
                    self._end(running)

    def start(self) -> None:
        """Start the process now, so that it has its libraries loaded when it is asked."""
        with self._turn:
            self._start()

    def stop(self) -> None:
        """Kill the process, if there is one; whoever waits for its answers gets `ChildDied`. From any thread."""
        with self._state:
            running, self._running = self._running, None
        if running is not None:
            running.stopped = True
            running.end()

    def _start(self) -> "_Process":
        with self._state:
            if self._running is None or not self._running.alive():
                if self._running is not None:
                    self._running.end()
                self._running = _Process(self._module, self._limits)
            return self._running

    def _end(self, running: "_Process") -> None:
        with self._state:
            if self._running is running:
                self._running = None
        running.end()


class _Process:
    """One run of the child, with the threads that mind its pipes."""

    def __init__(self, module: str, limits: Mapping[str, object]) -> None:
        # -P: the current folder, which may be anyone's, is no place to import from.
        how = ["--child"] if getattr(sys, "frozen", False) else ["-P", "-X", "utf8", "-m"]
        self._process = subprocess.Popen(
            [sys.executable, *how, module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **_apart(),
        )
        self._module = module
        self._has_memory_limit = bool(limits.get("memory_mb"))
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._ending = threading.Lock()
        self.stopped = False
        self._threads = [self._thread(self._read_answers), self._thread(self._read_errors)]
        self.send(limits)

    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, message: Mapping[str, object]) -> None:
        """Send one line, by a thread of its own: a child that does not read must not hold us up."""
        # Piece by piece: a book written in one go would hold every thread of this process.
        line = "".join(json.JSONEncoder().iterencode(message)).encode() + b"\n"
        previous = self._threads[2:]

        def write() -> None:
            for thread in previous:
                thread.join()
            with suppress(OSError, ValueError):  # a child that is gone is noticed by whoever waits for its answers
                _pipe(self._process.stdin).write(line)
                _pipe(self._process.stdin).flush()

        self._threads[2:] = [self._thread(write)]

    def answers(self, silence_s: float) -> Iterator[dict[str, Any]]:
        """Yield what the child says, for ever; raise when it says nothing, or nothing more."""
        while True:
            try:
                line = self._lines.get(timeout=silence_s)
            except queue.Empty:
                raise ChildSilent(
                    f"The helper process gave no answer for {silence_s:g} seconds and was ended."
                ) from None
            if line is None:
                raise self._death()
            answer = json.loads(line)
            if "fault" in answer:
                raise ChildDied("The helper process failed.", diagnosis=f"{self._module}: {answer['fault']}")
            yield answer

    def end(self) -> None:
        """Kill the process and put everything of it away; again is no harm."""
        with self._ending:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            for thread in self._threads:
                thread.join()
            with suppress(OSError):  # what could not be written any more
                _pipe(self._process.stdin).close()

    def _death(self) -> ChildDied:
        status = self._process.wait()
        diagnosis = "\n".join([f"{self._module} ended with status {status}", *self._tail])
        if self.stopped:
            return ChildDied("The helper process was stopped.", "stopped", diagnosis)
        if status == OUT_OF_MEMORY or any("MemoryError" in line for line in self._tail):
            return ChildDied("The helper process needed more memory than it may use.", "memory", diagnosis)
        if sys.platform != "win32" and status == -signal.SIGXCPU:
            return ChildDied("The helper process needed more time than it may use.", "time", diagnosis)
        if self._has_memory_limit and -status in _GAVE_UP:
            return ChildDied("The helper process needed more memory than it may use.", "memory", diagnosis)
        return ChildDied("The helper process ended before it had answered.", "fault", diagnosis)

    def _read_answers(self) -> None:
        with _pipe(self._process.stdout) as pipe:
            for line in pipe:
                self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        with _pipe(self._process.stderr) as pipe:
            for line in pipe:
                self._tail.append(line.decode(errors="replace").rstrip()[:_TAIL_WIDTH])

    def _thread(self, target: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=target, name=f"{self._module} pipe", daemon=True)
        thread.start()
        return thread


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the child was started without pipes")
    return pipe


def _apart() -> dict[str, Any]:
    """How to start a child so that Ctrl+C in our terminal is ours alone, and no console window opens."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}
