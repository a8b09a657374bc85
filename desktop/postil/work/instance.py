"""One window a library: later starts and command lines are handed to the process that owns it.

The owner listens on a local socket that only its user may open; its name comes from the library's folder. Whoever
holds the library's lock is the owner, so a socket file that is left over belongs to nobody and is removed.

A message is four bytes of length (big-endian) and JSON. The owner greets first, so that a caller can tell a
window that is there from one that hangs; then comes the request, then the answer.
"""

import json
import math
import struct
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from postil.work.address import address, may_answer

GREETING = {"postil": 1}
GREETING_MS = 5_000
TURN_MS = 200
"""How long Qt waits at a time: Python hears of Ctrl+C only in between."""
HEAD = struct.Struct(">I")
LIMIT = 256 * 1024 * 1024
_ANSWERING = (
    QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    | QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers
    | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
)


@dataclass(frozen=True, slots=True)
class Request:
    """A command line, as it was started: words after the program's name, folder, and what stood on stdin."""

    argv: list[str]
    cwd: str
    stdin: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to: exit status, and what it wrote on stdout and stderr."""

    status: int
    out: str = ""
    err: str = ""


type RunCommand = Callable[[Request], Answer]


def ask_owner(folder: Path, argv: list[str], cwd: str, stdin: str = "", *, patience_s: float = 3.0) -> Answer | None:
    """Have the library's owner run a command or open files; None if nobody answers there.

    Waits as long as the command takes. `patience_s`: how long to go on trying to reach an owner that is just starting.
    """
    where = address(folder)
    until = time.monotonic() + patience_s
    while True:
        socket = QLocalSocket()
        if may_answer(folder):
            socket.connectToServer(where)
            if socket.waitForConnected(1_000) and _receive(socket, GREETING_MS) == GREETING:
                socket.write(_pack(asdict(Request(argv, cwd, stdin))))
                answer = _receive(socket, math.inf)
                return Answer(**answer) if answer is not None else None
            socket.abort()
        if time.monotonic() >= until:
            return None
        time.sleep(0.05)


class Owner(QObject):
    """Answers for the library that this process owns.

    A request whose first word is in `commands` is run by `run_command` on a thread of its own; any other one is taken
    for files, which `files_handed` announces (absolute paths, perhaps none: the window is just to be raised).
    """

    files_handed = Signal(list)
    _ran = Signal(object, object, object)  # socket, Answer or None, error or None

    def __init__(
        self, folder: Path, commands: frozenset[str], run_command: RunCommand, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._run_command = run_command
        self._pool = ThreadPoolExecutor(1, "command")
        self._tasks: deque[Future[None]] = deque()  # not answered yet, in the order in which they run
        self._buffers: dict[QLocalSocket, bytearray] = {}
        self._ran.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._address = address(folder)

    def listen(self) -> bool:
        """Begin to answer. Call it only when the library's lock is held: it removes what another owner left."""
        if self._server.listen(self._address):
            return True
        QLocalServer.removeServer(self._address)
        return self._server.listen(self._address)

    def close(self) -> None:
        """Stop listening; a command that runs is waited for, its caller is still answered.

        What it wants of this thread meanwhile (a picture of the window) it gets, and nobody else does.
        """
        self._server.close()
        self._tasks = deque(task for task in self._tasks if not task.cancel())
        waiting = QEventLoop()
        while self._tasks:
            waiting.processEvents(_ANSWERING)
        self._pool.shutdown(wait=True)
        for socket in list(self._buffers):
            socket.waitForBytesWritten(1_000)
            socket.disconnectFromServer()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._buffers[socket] = bytearray()
            socket.readyRead.connect(self._take)
            socket.disconnected.connect(self._forget)
            socket.write(_pack(GREETING))

    def _forget(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._buffers.pop(socket, None)
            socket.deleteLater()

    def _take(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket) or socket not in self._buffers:
            return
        buffer = self._buffers[socket]
        buffer += socket.readAll().data()
        try:
            message = _unpack(buffer)
            request = Request(**message) if message is not None else None
        except (ValueError, TypeError):
            socket.abort()
            return
        if request is not None:
            buffer.clear()
            self._serve(socket, request)

    def _serve(self, socket: QLocalSocket, request: Request) -> None:
        if request.argv and request.argv[0] in self._commands:
            self._tasks.append(self._pool.submit(self._run, socket, request))
            return
        self.files_handed.emit([Path(request.cwd, word) for word in request.argv])
        self._answer(socket, Answer(0), None)

    def _run(self, socket: QLocalSocket, request: Request) -> None:
        answer, error = None, None
        try:
            answer = self._run_command(request)
        except Exception as caught:  # noqa: BLE001 - the boundary: raised again on the UI thread
            error = caught
            answer = Answer(1, "", "postil: the window met an error of its own while doing this; see its message.\n")
        self._ran.emit(socket, answer, error)

    def _end(self, socket: QLocalSocket, answer: Answer, error: Exception | None) -> None:
        self._tasks.popleft()
        self._answer(socket, answer, error)

    def _answer(self, socket: QLocalSocket, answer: Answer, error: Exception | None) -> None:
        if socket in self._buffers:  # else its caller has gone
            socket.write(_pack(asdict(answer)))
            socket.flush()
        if error is not None:
            raise error


def _pack(message: dict[str, Any]) -> bytes:
    body = json.dumps(message).encode()
    return HEAD.pack(len(body)) + body


def _unpack(buffer: bytes | bytearray) -> dict[str, Any] | None:
    """Give the message, or None if it is not all there yet; raises ValueError for what is none."""
    if len(buffer) < HEAD.size:
        return None
    (length,) = HEAD.unpack_from(buffer)
    if length > LIMIT:
        raise ValueError(f"a message of {length} bytes")
    if len(buffer) < HEAD.size + length:
        return None
    message = json.loads(bytes(buffer[HEAD.size : HEAD.size + length]))
    if not isinstance(message, dict):
        raise TypeError("no object")
    return message


def _receive(socket: QLocalSocket, timeout_ms: float) -> dict[str, Any] | None:
    """Wait for one message; None if the other side went away or said nothing in time."""
    buffer = bytearray()
    until = time.monotonic() + timeout_ms / 1000
    while (message := _unpack(buffer)) is None:
        if socket.bytesAvailable() or socket.waitForReadyRead(TURN_MS):
            buffer += socket.readAll().data()
            until = time.monotonic() + timeout_ms / 1000
        elif socket.state() != QLocalSocket.LocalSocketState.ConnectedState or time.monotonic() >= until:
            return None
    return message
