"""A child for the tests of `limits`: each request names what it should do."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
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


ACTS = {act.__name__: act for act in (echo, count, pid, prints, refuse, fail, die, sleep, eat, give_up, burn, write)}


def handle(request: dict[str, Any]) -> Answers:
    return ACTS[request["do"]](request)


if __name__ == "__main__":
    serve(handle)
