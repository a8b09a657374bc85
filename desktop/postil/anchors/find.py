"""Find a quote in a text, also when typing or copying changed its blanks, quotation marks or hyphens."""

import re
import unicodedata
from collections.abc import Iterator

_ALIKE = (
    "'‘’‚‛′‹›",
    '"“”„‟″«»',
    "-‐‑‒–—―−",
)
_SPELT_OUT = {"...": "…", "ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PIECE = re.compile("|".join([r"\s+", *map(re.escape, [*_SPELT_OUT, *_SPELT_OUT.values()]), "."]), re.DOTALL)


def find_quote(text: str, quote: str, nth: int = 1) -> tuple[int, int] | None:
    """Return start and end of the `nth` place where `quote` stands, or None.

    Where the quote stands letter by letter, only such places count. Else blanks of any kind and number are alike, and
    so are quotation marks, hyphens and dashes, ligatures and their letters.
    """
    quote = unicodedata.normalize("NFC", quote).strip()
    if not quote or nth < 1:
        return None
    pattern = re.compile(re.escape(quote))
    if quote not in text:
        pattern = re.compile("".join(_tolerant(quote)))
    for number, place in enumerate(_places(pattern, text), start=1):
        if number == nth:
            return place
    return None


def _places(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """All places, overlapping ones too."""
    match = pattern.search(text)
    while match and match.end() > match.start():
        yield match.span()
        match = pattern.search(text, match.start() + 1)


def _tolerant(quote: str) -> Iterator[str]:
    """A regular expression for the quote, piece by piece."""
    for piece in _PIECE.findall(quote):
        if piece.isspace():
            yield r"\s+"
        elif piece not in _DROPPED:
            yield _alike(piece)


def _alike(piece: str) -> str:
    """What stands for the same as `piece`."""
    for group in _ALIKE:
        if piece in group:
            return f"[{re.escape(group)}]"
    for letters, sign in _SPELT_OUT.items():
        if piece in (letters, sign):
            return f"(?:{re.escape(letters)}|{sign})"
    return re.escape(piece)
