"""Text for people at a terminal: one line, no surprises, aligned in any script."""

from collections.abc import Iterator, Sequence
from unicodedata import category, combining, east_asian_width

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text on one line, without what a terminal would obey instead of show."""
    return " ".join("".join(" " if _is_obeyed(character) else character for character in text).split())


def shown(text: str) -> str:
    """The text with its lines, without what a terminal would obey instead of show."""
    return "".join(character for character in text if character in "\n\t" or not _is_obeyed(character))


def shortened(text: str, width: int) -> str:
    """The text on one line, cut with an ellipsis where it is wider than `width` columns."""
    text = plain(text)
    if _width(text) <= width:
        return text
    kept, used = "", 1
    for character in text:
        used += _width(character)
        if used > width:
            break
        kept += character
    return kept.rstrip() + "…"


def columns(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> Iterator[str]:
    """Each row as a line, its cells under each other; `right`: the columns set to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            " " * (width - _width(cell)) + cell if number in right else cell + " " * (width - _width(cell))
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def _is_obeyed(character: str) -> bool:
    return category(character) in ("Cc", "Cs") or character in _DIRECTIONS


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if combining(character) or category(character) == "Cf" else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
