"""A file's own table of contents to sections, together with the headings that it does not mention."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from postil_db.records import Block, BlockKind, Section

_TOP = 2  # below the title
_DEEPEST, _NEAR = 9, 12
_NO_TEXT = (BlockKind.HEADING, BlockKind.IMAGE, BlockKind.RULE, BlockKind.CAPTION)


def outlined(entries: Sequence[tuple[str, int, int]], blocks: Sequence[Block]) -> list[Section] | None:
    """Make sections of the entries (title, level from 0, index of the block they lead to), in order of their blocks.

    Headings between them come in below the entry that they belong to. None where headings tell more than the entries.
    """
    headings = [at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    entries = sorted(entries, key=lambda entry: entry[2])
    if not entries or (len(entries) < 2 and len(headings) > 1):
        return None
    sections = [Section(title, _TOP + level, block) for title, level, block in entries]
    starts = [section.block for section in sections]
    top: dict[int, int] = {}  # of each section, the level of the heading that is its own
    more = []
    for at in headings:
        mine = bisect_right(starts, at) - 1
        if mine < 0:
            continue
        section, level = sections[mine], blocks[at].level
        own = all(block.kind in _NO_TEXT for block in blocks[section.block : at][:_NEAR])
        if own or _names(section.title, blocks[at].text):
            top[mine] = min(level, top.get(mine, level))
            continue
        below = max(1, level - top.get(mine, level - 1))
        more.append(Section(blocks[at].text, min(section.level + below, _DEEPEST), at))
    return sorted([*sections, *more], key=lambda section: section.block)


def _names(title: str, heading: str) -> bool:
    """Whether a title repeats the heading, alone or with the number of the chapter."""
    whole, part = _letters(title), _letters(heading)
    return whole == part or (len(part) > 3 and (whole.endswith(part) or whole.startswith(part)))


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))
