"""Running heads, running feet and page numbers: what stands at the edge of page after page, beside the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mode

from postil.documents.pdf_lines import Line

_LEVELS = 3
"""From the top, and from the bottom, that may hold such lines."""

_FEWEST = 3
"""Pages that must agree."""

_SHARE = 0.4
"""Of the pages that must have a number in its place for it to be theirs."""

_NEAR = 3.0
"""In points: how far the same line may stand off from page to page."""

_FIRST_NUMBER = re.compile(r"^\W*(?:page|seite|p\.|s\.)?\s*(\d{1,4}|[ivxlc]{1,7})\b", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"\b(\d{1,4}|[ivxlc]{1,7})\W*$", re.IGNORECASE)
_ONLY_NUMBER = re.compile(
    r"^\W*(?:page|seite|p\.|s\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})\W*(?:(?:of|von|/)\s*\d{1,4}\W*)?$", re.IGNORECASE
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

type Edge = tuple[int, int]
"""Which side (0 the top, 1 the bottom), and how many levels from it."""


def edge_lines(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of running heads, feet and page numbers among the lines of a whole document."""
    edges = {index: edge for page in _pages(lines) for index, edge in _edges_of(page, lines)}
    found = _repeated(lines, edges) | _numbered(lines, edges)
    return found | _alike(lines, edges, found)


def _pages(lines: Sequence[Line]) -> list[list[int]]:
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append(index)
    return list(pages.values())


def _edges_of(page: list[int], lines: Sequence[Line]) -> Iterator[tuple[int, Edge]]:
    """The outermost lines of a page, those of one height together."""
    levels: list[list[int]] = []
    for index in sorted(page, key=lambda index: lines[index].base):
        if levels and lines[index].base - lines[levels[-1][0]].base < _NEAR:
            levels[-1].append(index)
        else:
            levels.append([index])
    for level, members in enumerate(levels[: min(_LEVELS, len(levels) // 2 + 1)]):
        yield from ((index, (0, level)) for index in members)
    for level, members in enumerate(levels[::-1][: min(_LEVELS, len(levels) // 2)]):
        yield from ((index, (1, level)) for index in members)


def _repeated(lines: Sequence[Line], edges: dict[int, Edge]) -> set[int]:
    """Lines of the same text, numbers apart, at the same height of several pages."""
    alike: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, (side, _level) in edges.items():
        text = re.sub(r"\d+", "#", lines[index].text.casefold())
        if re.search(r"[^\W\d_]", text):
            alike[side, text].append(index)
    found: set[int] = set()
    for members in alike.values():
        usual = mode(round(lines[index].base) for index in members)
        there = [index for index in members if abs(lines[index].base - usual) <= _NEAR]
        if len({lines[index].page for index in there}) >= _FEWEST:
            found.update(there)
    return found


def _numbered(lines: Sequence[Line], edges: dict[int, Edge]) -> set[int]:
    """Lines with a number that counts the pages, alone or beside a running title."""
    counts: dict[int, Counter[int]] = {0: Counter(), 1: Counter()}
    offsets: dict[int, set[int]] = {}
    for index, (side, level) in edges.items():
        if level < 2:
            offsets[index] = {number - lines[index].page for number in _numbers(lines[index].text)}
            counts[side].update(offsets[index])
    pages = len({line.page for line in lines})
    found: set[int] = set()
    for side in (0, 1):
        usual = {offset for offset, count in counts[side].items() if count >= max(_FEWEST, _part(pages))}
        having = [index for index in offsets if edges[index][0] == side and offsets[index] & usual]
        if not having:
            continue
        heights = Counter(round(lines[index].base / _NEAR) for index in having)
        for index in having:
            often = heights[round(lines[index].base / _NEAR)] >= _FEWEST
            if _ONLY_NUMBER.match(lines[index].text) or (often and edges[index][1] == 0):
                found.add(index)
    return found


def _part(pages: int) -> int:
    """How many pages must carry a number for it to be a page number: front matter may count by itself."""
    return int(min(pages * _SHARE, 10 + pages * _SHARE / 4))


def _numbers(text: str) -> Iterator[int]:
    for pattern in (_FIRST_NUMBER, _LAST_NUMBER):
        if (match := pattern.search(text)) is not None:
            said = match.group(1).lower()
            yield int(said) if said.isdigit() else _roman(said)


def _roman(said: str) -> int:
    values = [_ROMAN[letter] for letter in said] + [0]
    return sum(-value if value < after else value for value, after in pairwise(values))


def _alike(lines: Sequence[Line], edges: dict[int, Edge], found: set[int]) -> set[int]:
    """Lines set just where many running heads stand, and as large: those of a chapter too short to repeat them."""
    places = Counter((edges[index][0], round(lines[index].base), round(lines[index].size * 4)) for index in found)
    usual = {place for place, count in places.items() if count >= 2 * _FEWEST}
    return {
        index
        for index, (side, level) in edges.items()
        if level == 0 and (side, round(lines[index].base), round(lines[index].size * 4)) in usual
    }
