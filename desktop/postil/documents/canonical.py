"""What may stand in a canonical text, and how anything else becomes it.

The text that every offset counts in: NFC, no line breaks inside a block, no characters that a database, a page or an
export would stumble over. Tabs stay only in code and between the cells of a table row.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from postil_db.records import Block, BlockKind, Content, Section, Style

LONGEST_BLOCK = 20_000
"""In code points. Longer blocks are split: layout and recognition work block by block."""

DEEPEST_LEVEL = 8
"""Of lists and quotes: a page has no room for more."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u2060\ufeff"  # soft hyphens and joiners: invisible, and in the way of every search
    "\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff]"  # noncharacters, interlinear marks, a page's own objects
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile("[ \t\n]+")
_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s|[。！？]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return `text` with nothing in it but what may be read, line ends as line feeds, in NFC."""
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _DROPPED.sub("", text)
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


def one_line(text: str) -> str:
    """Return `text` as it may stand in a title or a name: one line, and nothing that turns the reading direction."""
    return _BIDI.sub("", _BLANKS.sub(" ", clean(text))).strip()


def normalized(text: str, styles: tuple[Style, ...]) -> tuple[str, tuple[Style, ...]]:
    """Return `text` in NFC, with its styles where they belong in it."""
    if unicodedata.is_normalized("NFC", text):
        return text, styles
    composed = unicodedata.normalize("NFC", text)

    def moved(offset: int) -> int:
        return min(len(unicodedata.normalize("NFC", text[:offset])), len(composed))

    found = (replace(style, start=moved(style.start), end=moved(style.end)) for style in styles)
    return composed, tuple(style for style in found if style.start < style.end)


def contents(title: str, blocks: list[Block]) -> Content:
    """Make one content of the blocks that a reader found: it begins with its title, once, and no block is too long."""
    whole: list[Block] = []
    for block in titled(title, blocks):
        whole.extend(pieces(block))
    sections = tuple(
        Section(block.text, block.level, index) for index, block in enumerate(whole) if block.kind is BlockKind.HEADING
    )
    return Content(tuple(whole), sections)


def titled(title: str, blocks: list[Block]) -> list[Block]:
    """Put the title first, as a heading; where it already stands near the beginning it moves there.

    Letters decide whether it does: a page and what it says about itself often differ in quotation marks or capitals.
    """
    folded = _folded(title)
    for index, block in enumerate(blocks[:8]):
        if _folded(block.text) == folded and (block.kind is BlockKind.HEADING or index == 0):
            same = block if block.text == title else Block(block.kind, title)
            return [replace(same, kind=BlockKind.HEADING, level=1, marker=""), *blocks[:index], *blocks[index + 1 :]]
    return [Block(BlockKind.HEADING, title, level=1), *blocks]


def _folded(text: str) -> str:
    """The letters of a text, by which a title is known again; of one without any, the text itself."""
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())) or text.strip()


def pieces(block: Block) -> Iterator[Block]:
    """Yield the block, in parts that end with a sentence or at least a word if it is too long."""
    start, text = 0, block.text
    while len(text) - start > LONGEST_BLOCK:
        end = _cut(text, start)
        yield _part(block, start, end)
        start = end
    yield _part(block, start, len(text))


def _cut(text: str, start: int) -> int:
    """Where a part that begins at `start` should end."""
    limit = start + LONGEST_BLOCK
    half = start + LONGEST_BLOCK // 2
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, half, limit)]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", half, limit)
    if blank >= 0:
        return blank + 1
    while limit > half and unicodedata.combining(text[limit]):
        limit -= 1
    return limit


def _part(block: Block, start: int, end: int) -> Block:
    if start == 0 and end == len(block.text):
        return block
    text = block.text[start:end]
    text = text if block.kind is BlockKind.CODE else text.rstrip()
    styles = (
        replace(style, start=max(style.start, start) - start, end=min(style.end, start + len(text)) - start)
        for style in block.styles
    )
    later = block.kind is BlockKind.HEADING and start > 0
    return Block(
        kind=BlockKind.PARAGRAPH if later else block.kind,
        text=text,
        level=0 if later else block.level,
        marker="" if start else block.marker,
        styles=tuple(style for style in styles if style.start < style.end),
    )
