"""Passages to blocks: levels of headings, markers, footnotes and what refers to them, styles and links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from postil.documents.pdf_about import Entry
from postil.documents.pdf_blocks import MARKER, Passage, Role, body_size, note_marker, raised_runs
from postil.documents.pdf_chars import BOLD, ITALIC, RAISED
from postil.documents.pdf_joins import Text, Words
from postil.documents.pdf_lines import PAGE_BITS
from postil_db.records import Block, BlockKind, Section, Style, StyleKind

_KINDS = {
    Role.TEXT: BlockKind.PARAGRAPH,
    Role.HEADING: BlockKind.HEADING,
    Role.ITEM: BlockKind.LIST_ITEM,
    Role.NOTE: BlockKind.FOOTNOTE,
}
_STYLES = {BOLD: StyleKind.BOLD, ITALIC: StyleKind.ITALIC, RAISED: StyleKind.SUPER}
_FIRST_LEVEL, _LAST_LEVEL = 2, 6
"""Of headings: the first one is the title's."""

_TITLE_WITHIN = 4
"""Passages from the beginning: a larger heading farther down is one of a section."""

_NEVER_STARTS = 1e9


@dataclass
class Made:
    """Blocks, each with its text as it was put together, and the pages and heights where they begin."""

    blocks: list[Block] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    starts: list[tuple[int, float]] = field(default_factory=list)
    title: str = ""
    sections: list[Section] | None = None


def blocks_of(
    passages: Sequence[Passage], words: Words, entries: Sequence[Entry], links: Mapping[int, str], title: str
) -> Made:
    """Make the blocks of a document. `links`: the addresses that characters lead to, by their places."""
    made = Made()
    listed = {(entry.page, folded(entry.title)): entry.level for entry in entries}
    texts = [words.joined(passage.lines) for passage in passages]
    largest = None if title else _largest(passages, texts)
    made.title = title or (texts[largest].text if largest is not None else "")
    levels = _levels([passage for index, passage in enumerate(passages) if index != largest])
    notes = _note_names(passages, texts)
    depth = _Depth()
    for passage, text in zip(passages, texts, strict=True):
        first = passage.lines[0]
        level = listed.get((first.page, folded(text.text)))
        kind = BlockKind.HEADING if level is not None else _KINDS[passage.role]
        marker, anchor = "", ""
        if kind is BlockKind.HEADING:
            level = level + _FIRST_LEVEL if level is not None else levels.get(_rank(passage), _LAST_LEVEL)
        elif kind is BlockKind.FOOTNOTE:
            marker, anchor = note_marker(text.text), notes.get((first.page, note_marker(text.text)), "")
            text = text.cut(_note_start(text.text))  # noqa: PLW2901
        elif kind is BlockKind.LIST_ITEM and (match := MARKER.match(text.text)):
            marker, text = match["sign"], text.cut(match.end())  # noqa: PLW2901
        if kind is BlockKind.LIST_ITEM:
            level = depth.of(first.left, first.size)
        else:
            depth = _Depth()
        if text.text:
            styles = tuple(_styles(text, kind, notes, links))
            made.blocks.append(Block(kind, text.text, min(level or 0, _LAST_LEVEL), marker, styles, "", anchor))
            made.texts.append(text)
            made.starts.append((first.page, first.base - first.size))
    made.sections = _sections(made, entries)
    return made


def folded(text: str) -> str:
    """The letters and digits of a text, by which an entry of the contents is known again, without its number."""
    text = re.sub(r"^\W*(?:(?:chapter|kapitel|part|teil|section|appendix)\s+)?(?:[\divxlc]+\W+)+", "", text.casefold())
    return "".join(re.findall(r"\w+", text))


def _largest(passages: Sequence[Passage], texts: Sequence[Text]) -> int | None:
    """The heading in the largest letters on the first page, which is the title where nothing else is."""
    page, body = passages[0].lines[0].page, body_size([line for passage in passages for line in passage.lines])
    there = [
        (passage.size, -index)
        for index, passage in enumerate(passages)
        if passage.role is Role.HEADING and passage.lines[0].page == page and passage.size > body
        if not texts[index].text.endswith(".")
    ]
    index = -max(there)[1] if there else _TITLE_WITHIN
    return index if index < _TITLE_WITHIN else None


def _rank(passage: Passage) -> float:
    return round(passage.size * 2) / 2


def _levels(passages: Sequence[Passage]) -> dict[float, int]:
    """The level of each size of heading, the largest first."""
    sizes = sorted({_rank(passage) for passage in passages if passage.role is Role.HEADING}, reverse=True)
    return {size: min(_FIRST_LEVEL + at, _LAST_LEVEL) for at, size in enumerate(sizes)}


class _Depth:
    """How deep the items of one list lie, by how far they go in."""

    def __init__(self) -> None:
        self._lefts: list[float] = []

    def of(self, left: float, size: float) -> int:
        while self._lefts and left < self._lefts[-1] - 0.5 * size:
            self._lefts.pop()
        if not self._lefts or left > self._lefts[-1] + 0.5 * size:
            self._lefts.append(left)
        return len(self._lefts) - 1


def _note_names(passages: Sequence[Passage], texts: Sequence[Text]) -> dict[tuple[int, str], str]:
    """The anchors of footnotes by page and marker."""
    found: dict[tuple[int, str], str] = {}
    for passage, text in zip(passages, texts, strict=True):
        marker = note_marker(text.text)
        if passage.role is Role.NOTE and marker:
            found[passage.lines[0].page, marker] = f"note-{len(found) + 1}"
    return found


def _note_start(text: str) -> int:
    marker = note_marker(text)
    rest = text[len(marker) :]
    return len(text) - len(rest.lstrip(".) "))


def _styles(
    text: Text, kind: BlockKind, notes: Mapping[tuple[int, str], str], links: Mapping[int, str]
) -> Iterator[Style]:
    for flag, style in _STYLES.items():
        if kind is BlockKind.HEADING and flag == BOLD:
            continue
        for start, end in _runs([value & flag for value in text.flags]):
            yield Style(start, end, style)
    for start, _end, said in raised_runs(text.text, text.flags):
        page = text.places[start] >> PAGE_BITS
        if (page, said) in notes and kind is not BlockKind.FOOTNOTE:
            yield Style(start, start + len(said), StyleKind.LINK, f"#{notes[page, said]}")
    if links:
        hrefs = [links.get(place, "") if place >= 0 else None for place in text.places]
        for at, href in enumerate(hrefs):  # a blank that is not printed goes with what stands before it
            hrefs[at] = hrefs[at - 1] if href is None and at else href
        for start, end in _runs(hrefs):
            yield Style(start, end, StyleKind.LINK, str(hrefs[start]))


def _runs(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Stretches of equal values that are not empty."""
    start = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[start]:
            if values[start]:
                yield start, at
            start = at


def _sections(made: Made, entries: Sequence[Entry]) -> list[Section] | None:
    """The sections of the file's own contents; None where it has none to speak of."""
    if len(entries) < 2 or not made.blocks:
        return None
    names: dict[tuple[int, str], int] = {}
    for index, block in enumerate(made.blocks):
        names.setdefault((made.starts[index][0], folded(block.text)), index)
    found = []
    for entry in entries:
        where = (entry.page, entry.top if entry.top is not None else -_NEVER_STARTS)
        after = next((at for at, start in enumerate(made.starts) if start >= where), None)
        target = names.get((entry.page, folded(entry.title)), after)
        if target is not None:
            found.append(Section(entry.title, min(entry.level + _FIRST_LEVEL, _LAST_LEVEL), target))
    return found or None
