"""As much of D-Bus as it takes to ask somebody something over a socket: QtDBus gives Python no structures."""

import itertools
import os
import socket
import struct
from collections.abc import Iterator
from typing import Any

_FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_ALIGN = {"s": 4, "o": 4, "g": 1, "a": 4, "(": 8, "{": 8, "v": 1}
_CALL, _ANSWER, _ERROR = 1, 2, 3
_PATH, _INTERFACE, _MEMBER, _ANSWERS, _TO, _SIGNATURE = 1, 2, 3, 5, 6, 8


class Bus:
    """A connection to the bus at an address."""

    def __init__(self, address: str) -> None:
        path = next(part for part in address.split(":", 1)[1].split(",") if "path=" in part).split("=", 1)[1]
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(20)
        self._socket.connect(path)
        self._socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        self._socket.recv(1024)
        self._socket.sendall(b"BEGIN\r\n")
        self._serials = itertools.count(1)
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def call(self, to: str, path: str, interface: str, method: str, signature: str = "", *given: Any) -> Any:
        """Call a method with strings and numbers; gives the first thing that it answers."""
        body = bytearray()
        for kind, value in zip(signature, given, strict=True):
            _put(body, kind, value)
        serial = next(self._serials)
        head = bytearray(struct.pack("<BBBBII", ord("l"), _CALL, 0, 1, len(body), serial))
        fields = [(_PATH, "o", path), (_INTERFACE, "s", interface), (_MEMBER, "s", method), (_TO, "s", to)]
        fields += [(_SIGNATURE, "g", signature)] if signature else []
        inner = bytearray()
        for code, kind, value in fields:
            inner += bytes(-len(inner) % 8) + bytes([code])
            _put(inner, "g", kind)
            _put(inner, kind, value)
        head += struct.pack("<I", len(inner)) + inner
        self._socket.sendall(head + bytes(-len(head) % 8) + body)
        while True:
            what, about, answer = self._message()
            if about == serial:
                if what == _ERROR:
                    raise RuntimeError(f"{method} of {path}: {answer}")
                return answer[0] if answer else None

    def _message(self) -> tuple[int, int, list[Any]]:
        head = self._exactly(16)
        _, kind, _, _, size, _, length = struct.unpack("<BBBBIII", head)
        rest = self._exactly(length + -(16 + length) % 8)
        fields = dict(_Reader(head + rest, 12).value("a(yv)"))
        body = self._exactly(size)
        reader = _Reader(body, 0)
        return kind, fields.get(_ANSWERS, 0), [reader.value(one) for one in _apart(fields.get(_SIGNATURE, ""))]

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            found += self._socket.recv(size - len(found))
        return found


def _put(data: bytearray, kind: str, value: Any) -> None:
    if kind == "g":
        data += bytes([len(value)]) + value.encode() + b"\0"
        return
    data += bytes(-len(data) % 4)
    if kind in "so":
        words = value.encode()
        data += struct.pack("<I", len(words)) + words + b"\0"
    else:
        data += struct.pack("<i", value)


def _apart(signature: str) -> Iterator[str]:
    """The single types in a row of them."""
    while signature:
        end, deep = 0, 0
        while True:
            letter = signature[end]
            deep += (letter in "({") - (letter in ")}")
            end += 1
            if not deep and letter != "a":
                break
        yield signature[:end]
        signature = signature[end:]


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def value(self, kind: str) -> Any:
        first = kind[0]
        code = _FIXED.get(first)
        self._align(struct.calcsize(code) if code else _ALIGN[first])
        if code:
            return self._number(code)
        if first == "g" or first == "v":
            words = self._words(self._number("B"))
            return self.value(words) if first == "v" else words
        if first in "so":
            return self._words(self._number("I"))
        if first == "a":
            end = self._number("I")
            self._align(_ALIGN.get(kind[1]) or struct.calcsize(_FIXED[kind[1]]))
            end += self._at
            found = []
            while self._at < end:
                found.append(self.value(kind[1:]))
            return found
        return tuple(self.value(one) for one in _apart(kind[1:-1]))

    def _align(self, to: int) -> None:
        self._at += -self._at % to

    def _number(self, code: str) -> int:
        (number,) = struct.unpack_from(f"<{code}", self._data, self._at)
        self._at += struct.calcsize(code)
        return int(number)

    def _words(self, size: int) -> str:
        words = self._data[self._at : self._at + size].decode()
        self._at += size + 1
        return words
