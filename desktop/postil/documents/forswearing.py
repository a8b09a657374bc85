"""What a child that reads other people's files gives up for good: to open sockets, and to start programs.

Twice: Python's own audit refuses what Python does, with the reason; on Linux the kernel refuses it to any code, that
of the libraries included which are not written in Python.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from contextlib import suppress

FORSWORN = frozenset(
    {
        "socket.__new__", "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
        "socket.gethostbyaddr", "socket.getnameinfo", "socket.sendto", "socket.sendmsg", "subprocess.Popen",
        "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
    }
)  # fmt: skip

_SYSTEM_CALLS = {  # how the kernel names the machine; then seccomp, socket, execve, execveat, io_uring_setup
    "x86_64": (0xC000003E, 317, (41, 59, 322, 425)),
    "aarch64": (0xC00000B7, 277, (198, 221, 281, 425)),
}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NO_NEW_PRIVILEGES, _FILTER, _ALL_THREADS = 38, 1, 1


def forswear() -> None:
    """Give it up; there is no way back. Whoever tries gets PermissionError, which libraries take for no network."""
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError, KeyError):  # a kernel without it; Python's refusal stands
            _refuse_in_kernel(*_SYSTEM_CALLS[platform.machine()])


def _refuse(event: str, _given: tuple[object, ...]) -> None:
    if event in FORSWORN:
        raise PermissionError(errno.EACCES, f"{event} is not for a process that reads files")


def _refuse_in_kernel(machine: int, seccomp: int, calls: tuple[int, ...]) -> None:
    """Have the kernel answer these system calls with EACCES, in every thread."""
    steps = [
        (_LOAD, 0, 0, 4),  # which machine's system calls these are
        (_EQUAL, 0, len(calls) + 1, machine),
        (_LOAD, 0, 0, 0),  # the system call's number
        *((_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or system.syscall(seccomp, _FILTER, _ALL_THREADS, program):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
