"""The child's side of a limited process: take requests, answer them, stay within what was allowed.

Everything here is standard library, since each child imports it before anything else.
"""

import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from postil.documents.forswearing import forswear

OUT_OF_MEMORY = 77
"""The exit status of a child that ran out of the memory it was allowed."""

_WRITTEN_FILE = 128 * 1024 * 1024
_OPEN_FILES = 256

type Handler = Callable[[dict[str, Any]], Iterator[Mapping[str, object]]]


class ChildRefused(Exception):
    """The child will not do what it was asked, and says why in one sentence. `kind` names the sort of refusal."""

    def __init__(self, sentence: str, kind: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind


def serve(handle: Handler, *, network: bool = False) -> None:
    """Answer requests until the parent goes away; the main loop of a child's module.

    `network`: the one child that fetches what the reader asks for; no other can open a socket or start a program.

    Nothing else may write to the answers' pipe: what anyone prints goes to standard error instead. A handler refuses
    by raising `ChildRefused`. What fails otherwise is reported by type and place only, never with the text at hand.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if not network:
        forswear()
    requests = _requests()
    allowed: dict[str, Any] = requests.get()
    _limit(allowed)
    while True:
        request = requests.get()
        _allow_cpu(allowed.get("cpu_seconds"))
        try:
            for answer in handle(request):
                _say(answers, answer)
            _say(answers, {"end": True})
        except ChildRefused as refusal:
            _say(answers, {"error": str(refusal), "kind": refusal.kind})
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Exception as fault:  # noqa: BLE001 - the boundary: the parent must hear of every fault
            _say(answers, {"fault": _place_of(fault)})


def _requests() -> "queue.SimpleQueue[dict[str, Any]]":
    """Requests, read by a thread of their own, so that the parent's end is noticed in the midst of work."""
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    pipe = os.dup(0)

    def read() -> None:
        rest = b""
        # os.read, not sys.stdin: its lock would be held by this thread when the interpreter ends.
        while chunk := os.read(pipe, 1 << 20):
            *lines, rest = (rest + chunk).split(b"\n") if b"\n" in chunk else (rest + chunk,)
            for line in lines:
                requests.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, name="requests", daemon=True).start()
    return requests


def _say(answers: IO[bytes], answer: Mapping[str, object]) -> None:
    """Send one answer at once. A parent that is gone ends the child."""
    try:
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
    except OSError:
        os._exit(0)


def _limit(allowed: Mapping[str, Any]) -> None:
    """Take the limits on ourselves: the parent has many threads, so that it cannot do it between fork and exec."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return
    import resource

    if allowed.get("nice"):
        os.nice(int(allowed["nice"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_FSIZE, _WRITTEN_FILE)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if allowed.get("memory_mb"):
        _lower(resource.RLIMIT_AS, int(allowed["memory_mb"]) * 1024 * 1024)


def _lower(kind: int, limit: int) -> None:
    """Set one limit for good, within what the system already allows."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, limit))


def _allow_cpu(seconds: int | None) -> None:
    """Allow so much CPU time from now on: the limit is one of each request, not of the child's life."""
    if seconds is None or sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _place_of(fault: BaseException) -> str:
    """The fault's type and where it arose: enough to find a bug, and no word of the document."""
    frames = traceback.extract_tb(fault.__traceback__)[-3:]
    places = " < ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in reversed(frames))  # noqa: PTH119
    return f"{type(fault).__name__} at {places}"
