"""Between Python's offsets and Qt's: the only place that knows that a character may take two UTF-16 units."""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Converts offsets in one text between code points and UTF-16 code units; free for text without astral characters.

    Offsets beyond the ends are taken for the ends, and one between the two units of a character for its start.
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._points = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]

    def to_utf16(self, code_points: int) -> int:
        """The offset in UTF-16 code units."""
        code_points = min(max(0, code_points), self._length)
        return code_points + bisect_left(self._points, code_points) if self._points else code_points

    def to_code_points(self, utf16: int) -> int:
        """The offset in code points."""
        utf16 = min(max(0, utf16), self._length + len(self._points))
        return utf16 - bisect_left(self._units, utf16) if self._units else utf16
