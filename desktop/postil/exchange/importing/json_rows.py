"""JSON read piece by piece: the rows of its one long list each by itself, so that no single call takes long."""

import json
import re
from collections.abc import Collection, Generator, Iterator

_BLANKS = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()

type Piece = tuple[str, object, int]


class NoJson(ValueError):
    """The text is no JSON, or none that can be followed."""


def pieces(text: str, lists: Collection[str]) -> Iterator[Piece]:
    """What the text holds, in its order: a name, what stands under it, and how far one has read.

    The values of an object go by their names; of a list under one of the names in `lists`, each row by itself. The rows
    of a list that is all there is have no name. Raises NoJson, also after some pieces.
    """
    try:
        at = _after_blanks(text, 0)
        end = yield from (_rows("", text, at) if text[at] == "[" else _members(text, at, lists))
        if _after_blanks(text, end) != len(text):
            raise NoJson("This is more than one value.")
    except (ValueError, IndexError):
        raise NoJson("This is no JSON.") from None
    except RecursionError:
        raise NoJson("This is JSON of a depth that nobody writes.") from None


def _members(text: str, at: int, lists: Collection[str]) -> Generator[Piece, None, int]:
    """What stands in an object; gives where it ends."""
    at = _past(text, at, "{")
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        if not isinstance(name, str):
            raise NoJson("What stands there has no name.")
        at = _past(text, _after_blanks(text, at), ":")
        if name in lists and text[at] == "[":
            at = yield from _rows(name, text, at)
        else:
            value, at = _DECODER.raw_decode(text, at)
            yield name, value, at
        at = _next(text, at, "}")
    return at + 1


def _rows(name: str, text: str, at: int) -> Generator[Piece, None, int]:
    """The rows of a list; gives where it ends."""
    at = _past(text, at, "[")
    while text[at] != "]":
        value, at = _DECODER.raw_decode(text, at)
        yield name, value, at
        at = _next(text, at, "]")
    return at + 1


def _next(text: str, at: int, end: str) -> int:
    """Where the next one begins, or the bracket that ends them stands."""
    at = _after_blanks(text, at)
    if text[at] == end:
        return at
    at = _past(text, at, ",")
    if text[at] == end:
        raise NoJson("Something is missing after a comma.")
    return at


def _past(text: str, at: int, sign: str) -> int:
    if text[at] != sign:
        raise NoJson(f"A {sign} is missing.")
    return _after_blanks(text, at + 1)


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
