"""Plain text to blocks: paragraphs, wrapped lines joined again, lists, quoted mail, chapter headings."""

import re
from collections.abc import Iterator
from itertools import pairwise

from postil.documents.canonical import DEEPEST_LEVEL, clean
from postil.documents.parsed import Parsed
from postil.documents.text_about import about_text
from postil_db.records import Block, BlockKind

_BULLET = re.compile(r"(\s*)([-*•–‣◦]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
_MAIL_QUOTE = re.compile(r"((?:>\s?)+)")
_CHAPTER = re.compile(
    r"(?:chapter|part|book|section|appendix|volume|act|scene|canto)\s+[\divxlc]+\b.{0,60}$", re.IGNORECASE
)
_ALONE = re.compile(
    r"(?:prologue|epilogue|preface|foreword|introduction|contents|conclusion|abstract|afterword)\.?$", re.IGNORECASE
)
_UNDERLINE = re.compile(r"([=\-~*_])\1{2,}$")
_RULE = re.compile(r"(?:[-_=~]\s*){3,}$|(?:\*\s*){3,}$|(?:#\s*){3,}$")
_TITLE_ENDS = (".", ",", ";", ":", "…", "-")
_TITLE_LENGTH = 120
_NARROWEST, _WIDEST, _WIDEST_VERSE = 40, 110, 65
_NO_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def parse_text(text: str) -> Parsed:
    """Read plain text. The title is the first line if it looks like one; it stays "" otherwise."""
    about = about_text(clean(text))
    lines = [line.rstrip() for line in about.text.split("\n")]
    groups = list(_groups(lines))
    title = ""
    if about.title:
        groups = groups if [" ".join(line.split()) for line in groups[0]] != [about.title] else groups[1:]
    elif groups and len(groups[0]) == 1 and _is_title(groups[0][0]):
        title = " ".join(groups[0][0].split())
        groups = groups[1:]
    width = _wrap_width(groups)
    blocks = [block for group in groups for block in _blocks(group, width)]
    return Parsed(
        [Block(BlockKind.HEADING, title, 1), *blocks] if title else blocks,
        "text/plain",
        title=about.title or title,
        authors=about.authors,
        language=about.language,
        notes=list(about.notes),
    )


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines without a blank line between them."""
    group: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            group.append(line)
        elif group:
            yield group
            group = []


def _is_title(line: str) -> bool:
    line = line.strip()
    return (
        len(line) <= _TITLE_LENGTH
        and any(sign.isalpha() for sign in line)
        and not line.endswith(_TITLE_ENDS)
        and not _BULLET.match(line)
        and not line.startswith((">", "|"))
    )


def _wrap_width(groups: list[list[str]]) -> int:
    """The width at which this text's lines may have been broken by a program, or 0 if they were not."""
    lengths = sorted(len(line) for group in groups for line in group[:-1])
    narrow = [length for length in lengths if length <= _WIDEST]
    if not narrow or len(narrow) < 0.7 * len(lengths):
        return 0
    width = narrow[min(len(narrow) - 1, len(narrow) * 98 // 100)]
    sample = "".join(line for group in groups[:200] for line in group)
    dense = len(_NO_BLANKS.findall(sample)) > 0.3 * len(sample)
    return 0 if width < _NARROWEST or dense else width


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted into this one."""
    word = after.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > width - 2


def _blocks(group: list[str], width: int) -> Iterator[Block]:
    """The blocks of one group of lines."""
    if len(group) == 1 and _RULE.match(group[0].strip()):
        yield Block(BlockKind.RULE, "")
        return
    if len(group) == 2 and _UNDERLINE.match(group[1].strip()) and len(group[0]) <= _TITLE_LENGTH:
        yield Block(BlockKind.HEADING, _plain(group[0]), 1 if group[1].strip()[0] == "=" else 2)
        return
    if len(group) == 1 and (_CHAPTER.match(group[0].strip()) or _ALONE.match(group[0].strip())):
        yield Block(BlockKind.HEADING, _plain(group[0]), 2)
        return
    wrapped = bool(width) and _is_wrapped(group, width)
    depth, marker, lines = -1, "", [""]
    for number, line in enumerate(group):
        before = group[number - 1] if number else ""
        quote = _MAIL_QUOTE.match(line)
        rest = line[quote.end() :] if quote else line
        now = _depth(line)
        # In wrapped prose a line may begin with "12." by chance: a list begins a group, or follows a colon.
        listed = not wrapped or not number or bool(marker) or before.endswith(":")
        bullet = _BULLET.match(rest) if listed and not quote else None
        goes_on = number and not bullet and now == depth
        if goes_on and ((wrapped and not _starts_paragraph(before, line)) or (marker and rest.startswith(" "))):
            lines.append(rest)
            continue
        if number:
            yield from _block(depth, marker, lines)
        depth, marker = now, bullet[2] if bullet else ""
        lines = [rest[bullet.end() :] if bullet else rest]
    yield from _block(depth, marker, lines)


def _depth(line: str) -> int:
    """How deep a line of mail is quoted, from 0; -1 for one that is not."""
    quote = _MAIL_QUOTE.match(line)
    return quote[0].count(">") - 1 if quote else -1


def _is_wrapped(group: list[str], width: int) -> bool:
    """Whether this group's lines were broken by a program: those of verse and of addresses were not.

    Broken lines had no room for the first word of the next one, and the next one seldom begins with a capital.
    """
    pairs = [(line, after) for line, after in pairwise(group) if _depth(line) == _depth(after)]
    full = sum(_is_full(line, after, width) or bool(_BULLET.match(after)) for line, after in pairs)
    capitals = sum(after.lstrip(" \t>")[:1].isupper() for _line, after in pairs)
    verse = width < _WIDEST_VERSE and capitals >= 0.75 * len(pairs)
    return full >= 0.7 * len(pairs) and not verse


def _starts_paragraph(before: str, line: str) -> bool:
    """Whether a line is set in behind one that is not: how books begin paragraphs without a blank line."""
    return line.startswith(("  ", "\t")) and not before.startswith((" ", "\t")) and not _BULLET.match(before)


def _block(depth: int, marker: str, lines: list[str]) -> Iterator[Block]:
    text = _plain(" ".join(lines))
    if not text:
        return
    if depth >= 0:
        yield Block(BlockKind.QUOTE, text, min(depth, DEEPEST_LEVEL))
    elif marker:
        yield Block(BlockKind.LIST_ITEM, text, 0, "•" if marker in "-*•–‣◦" else marker)
    else:
        yield Block(BlockKind.PARAGRAPH, text)


def _plain(line: str) -> str:
    return re.sub("[ \t]+", " ", line).strip()
