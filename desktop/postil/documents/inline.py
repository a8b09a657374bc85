"""The text of one block while it is put together, run by run."""

import re
from dataclasses import dataclass, field

from postil.documents.canonical import clean, normalized
from postil_db.records import Style, StyleKind

_BLANKS = re.compile("[ \t\n\r\f]+")
_SEEN = re.compile("[^\\s\u200b-\u200f]")


@dataclass
class Inline:
    """Collects text with styles; blanks collapse to one, as on a page."""

    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _open: list[tuple[StyleKind, str, int]] = field(default_factory=list)
    _styles: list[Style] = field(default_factory=list)
    _blank: bool = True

    @property
    def empty(self) -> bool:
        """Whether no text was added yet."""
        return not self._length

    def add(self, text: str) -> None:
        """Add text as it stands in the source."""
        for index, part in enumerate(_BLANKS.split(clean(text))):
            if index:
                self.space()
            # Blanks that do not break set the first line in, or keep an empty paragraph open: layout, not text.
            piece = part if self._length else part.lstrip("\u00a0")
            if piece:
                self._put(piece)
                self._blank = False

    def space(self) -> None:
        """Add a blank, unless there is one already."""
        if not self._blank:
            self._put(" ")
            self._blank = True

    def open(self, kind: StyleKind, href: str = "") -> None:
        """Begin a style here."""
        self._open.append((kind, href, self._length))

    def close(self) -> None:
        """End the style that was begun last."""
        kind, href, start = self._open.pop()
        if start < self._length:
            self._styles.append(Style(start, self._length, kind, href))

    def finish(self) -> tuple[str, tuple[Style, ...]]:
        """Return the text and its styles, and begin anew; styles that are open stay open."""
        for kind, href, start in self._open:
            if start < self._length:
                self._styles.append(Style(start, self._length, kind, href))
        text = "".join(self._text).rstrip(" \u00a0")
        text = text if _SEEN.search(text) else ""
        styles = tuple(_fitted(style, text) for style in self._styles)
        result = normalized(text, tuple(style for style in styles if style.start < style.end))
        self._open = [(kind, href, 0) for kind, href, _start in self._open]
        self._text, self._length, self._styles, self._blank = [], 0, [], True
        return result

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)


def _fitted(style: Style, text: str) -> Style:
    """The style without the blanks at its ends."""
    start, end = style.start, min(style.end, len(text))
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return Style(start, end, style.kind, style.href)
