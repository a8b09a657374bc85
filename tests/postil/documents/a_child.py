"""A child for the tests of `limits`: each request names what it should do."""

import ctypes
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from postil.documents.limits import ChildRefused, serve

type Answers = Iterator[Mapping[str, object]]


def echo(request: dict[str, Any]) -> Answers:
    yield {"heard": request["text"]}


def count(request: dict[str, Any]) -> Answers:
    for number in range(request["to"]):
        yield {"number": number}


def pid(request: dict[str, Any]) -> Answers:
    yield {"pid": os.getpid(), "nice": os.nice(0)}


def prints(request: dict[str, Any]) -> Answers:
    print("not an answer")
    os.write(1, b"nor this\n")
    yield {"printed": True}


def refuse(request: dict[str, Any]) -> Answers:
    raise ChildRefused("There is nothing to read in it.", "Empty")


def fail(request: dict[str, Any]) -> Answers:
    raise ValueError(request["secret"])


def die(request: dict[str, Any]) -> Answers:
    print("last words", file=sys.stderr, flush=True)
    os._exit(3)


def sleep(request: dict[str, Any]) -> Answers:
    yield {"pid": os.getpid()}
    time.sleep(600)


def eat(request: dict[str, Any]) -> Answers:
    yield {"bytes": len(bytearray(4 << 30))}


def give_up(request: dict[str, Any]) -> Answers:
    yield {"pid": os.getpid()}
    os.abort()


def burn(request: dict[str, Any]) -> Answers:
    while request:
        pass
    yield {}


def write(request: dict[str, Any]) -> Answers:
    with Path(request["path"]).open("wb") as file:
        file.truncate(1 << 30)
    yield {"written": True}


def reach(request: dict[str, Any]) -> Answers:
    """Try what reading needs not; gives what was refused, and how."""
    kernel = ctypes.CDLL(None, use_errno=True)
    tries: dict[str, Callable[[], object]] = {
        "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "name": lambda: socket.getaddrinfo("localhost", 80),
        "page": lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=1),
        "program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "shell": lambda: os.system("true"),
        "socket of a library": lambda: _of_kernel(kernel, kernel.socket(socket.AF_INET, socket.SOCK_STREAM, 0)),
        "program of a library": lambda: _of_kernel(kernel, kernel.execv(b"/bin/true", None)),
    }
    for name, attempt in tries.items():
        try:
            attempt()
        except OSError as refused:
            yield {"tried": name, "refused": type(getattr(refused, "reason", refused)).__name__}
        else:
            yield {"tried": name, "refused": ""}


def _of_kernel(library: Any, given: int) -> None:
    if given < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


ACTS = {
    act.__name__: act for act in (echo, count, pid, prints, refuse, fail, die, sleep, eat, give_up, burn, write, reach)
}


def handle(request: dict[str, Any]) -> Answers:
    return ACTS[request["do"]](request)


if __name__ == "__main__":
    serve(handle)
