"""What the terminal or the system sends to end the process, brought into Qt's event loop."""

import signal
from collections.abc import Callable
from socket import socketpair
from typing import Any, Self

from PySide6.QtCore import QSocketNotifier


class Interrupts:
    """Closes the window when the terminal or the system asks the process to end, so that everything is kept.

    Python looks at signals only while it runs, and Qt's event loop does not: a byte in a socket wakes it.
    """

    def __init__(self, close: Callable[[], object]) -> None:
        self._close = close
        self._here, self._there = socketpair()
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._there.setblocking(False)
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._watch = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read)
        self._watch.activated.connect(lambda: self._here.recv(64))
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, lambda *_: self._close())
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._here.close()
        self._there.close()
