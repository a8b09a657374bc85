"""Articles of our own with hand labels in the text: `[Solheim|person|Ingrid Solheim]`, or `[Oslo|place]`."""

import re
from dataclasses import dataclass
from pathlib import Path

from postil_db.records import Block, BlockKind, Content, EntityKind

MARK = re.compile(r"\[([^|\]]+)\|([a-z]+)(?:\|([^\]]+))?\]")
FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Labelled:
    """An article and its mentions: (start, end, kind, entity's name)."""

    content: Content
    mentions: frozenset[tuple[int, int, EntityKind, str]]


def labelled(marked: str) -> Labelled:
    """The text without its marks, and what they say."""
    text, mentions, at = "", set(), 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        surface, kind, name = match.groups()
        mentions.add((len(text), len(text) + len(surface), EntityKind(kind), name or surface))
        text += surface
        at = match.end()
    text += marked[at:]
    first, *rest = text.rstrip("\n").split("\n")
    blocks = [Block(BlockKind.HEADING, first, level=1), *(Block(BlockKind.PARAGRAPH, line) for line in rest)]
    return Labelled(Content(tuple(blocks)), frozenset(mentions))


def articles() -> dict[str, Labelled]:
    """Every article by its name."""
    return {path.stem: labelled(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))}
