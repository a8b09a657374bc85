"""Where a key lies on the keyboard, told as the Latin letter, digit or sign that an English one has there.

Who writes Russian, Greek or Hebrew presses the same keys for the commands as everybody else.
"""

import sys

from PySide6.QtGui import QKeyEvent

_X11 = {10: "1234567890-=", 24: "QWERTYUIOP[]", 38: "ASDFGHJKL", 52: "ZXCVBNM", 61: "/"}
"""By the first key's code: rows of keys in their order, as X11 and Wayland number them (the kernel's numbers + 8)."""
_MAC = {
    0: "A", 1: "S", 2: "D", 3: "F", 4: "H", 5: "G", 6: "Z", 7: "X", 8: "C", 9: "V", 11: "B", 12: "Q", 13: "W", 14: "E",
    15: "R", 16: "Y", 17: "T", 18: "1", 19: "2", 20: "3", 21: "4", 22: "6", 23: "5", 24: "=", 25: "9", 26: "7", 27: "-",
    28: "8", 29: "0", 30: "]", 31: "O", 32: "U", 33: "[", 34: "I", 35: "P", 37: "L", 38: "J", 40: "K", 44: "/", 45: "N",
    46: "M",
}  # fmt: skip
_ROWS = {first + step: sign for first, row in _X11.items() for step, sign in enumerate(row)}


def latin_key(event: QKeyEvent) -> int:
    """Qt's number of the Latin key at the place of the one pressed; 0 if that is not known."""
    if sys.platform == "win32":  # there a key's own code is that of the Latin letter, whatever it types
        code = event.nativeVirtualKey()
        return code if 0x30 <= code <= 0x39 or 0x41 <= code <= 0x5A else 0
    table, code = (_MAC, event.nativeVirtualKey()) if sys.platform == "darwin" else (_ROWS, event.nativeScanCode())
    return ord(table[code]) if code in table else 0
