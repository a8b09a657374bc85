"""What may stand in a canonical text, and how anything else becomes it.

The text that every offset counts in: NFC, no line breaks inside a block, no characters that a database, a page or an
export would stumble over. Tabs stay only in code and between the cells of a table row.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from postil_db.records import Block, BlockKind, Content, Section, Style

LONGEST_BLOCK = 20_000
"""In code points. Longer blocks are split: layout and recognition work block by block."""

DEEPEST_LEVEL = 8
"""Of lists and quotes: a page has no room for more."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u202d\u202e"  # overrides of the reading direction: what is shown would not be what is there
    "\u00ad\u2060\ufeff"  # soft hyphens and joiners: invisible, and in the way of every search
    "\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff]"  # noncharacters, interlinear marks, a page's own objects
)
_SIGNS = re.compile(r"[^\w\s!-~]{100,}")
_MOST_MARKS = (
    30  # on one letter, as Unicode's own stream-safe texts have them; Python sorts long runs of them for hours
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile("[ \t\n]+")
_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s|[。！？]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return `text` with nothing in it but what may be read, line ends as line feeds, in NFC."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _DROPPED.sub("", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _SIGNS.sub(_with_few_marks, _SURROGATES.sub("\ufffd", text)))


def _with_few_marks(run: re.Match[str]) -> str:
    """A run of signs, with a joiner wherever more marks are piled on one letter than any writing has."""
    kept, marks = list[str](), 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > _MOST_MARKS:
            kept.append("\u034f")
            marks = 1
        kept.append(sign)
    return "".join(kept)


def one_line(text: str) -> str:
    """Return `text` as it may stand in a title or a name: one line, and nothing that turns the reading direction."""
    return _BIDI.sub("", _BLANKS.sub(" ", clean(text))).strip()


def normalized(text: str, styles: tuple[Style, ...]) -> tuple[str, tuple[Style, ...]]:
    """Return `text` in NFC, with its styles where they belong in it."""
    if unicodedata.is_normalized("NFC", text):
        return text, styles
    composed = unicodedata.normalize("NFC", text)
    moved = _moves(text, {offset for style in styles for offset in (style.start, style.end)})
    found = (replace(style, start=moved[style.start], end=moved[style.end]) for style in styles)
    return composed, tuple(style for style in found if style.start < style.end)


def _moves(text: str, offsets: set[int]) -> dict[int, int]:
    """Where offsets of a text are in its composed form."""
    moved, start, length = dict[int, int](), 0, 0
    for offset in sorted(offsets):
        # What stands before a letter is composed without it: from the last one on there is something left to do.
        cut = next((at for at in range(min(offset, len(text) - 1), start, -1) if _begins_anew(text[at])), start)
        length += len(unicodedata.normalize("NFC", text[start:cut]))
        start = cut
        moved[offset] = length + len(unicodedata.normalize("NFC", text[start:offset]))
    return moved


def _begins_anew(sign: str) -> bool:
    """Whether nothing of what stands before a sign is ever composed with it."""
    return sign.isascii() or (unicodedata.category(sign)[0] == "L" and not "\u1100" <= sign <= "\u11ff")


@dataclass(frozen=True)
class Places:
    """Where the blocks that a reader found went in the canonical text.

    `parts`: for each of those blocks the parts it was split into, as (where in the block, index in the content).
    """

    content: Content
    parts: tuple[tuple[tuple[int, int], ...], ...]

    def runs(self, block: int) -> list[tuple[int, int]]:
        """Pairs of (offset in the block, offset in the canonical text) from which on both count alike."""
        return [(start, self.content.starts[index]) for start, index in self.parts[block]]

    def offset(self, block: int, at: int) -> int:
        """The offset in the canonical text of the place `at` in a block; blanks lost at a cut count as its end."""
        parts = self.parts[block]
        start, index = parts[bisect_right(parts, at, key=lambda part: part[0]) - 1]
        return self.content.starts[index] + min(at - start, len(self.content.blocks[index].text))


def contents(title: str, blocks: list[Block], sections: Sequence[Section] | None = None) -> Places:
    """Make one content of the blocks that a reader found: it begins with its title, once, and no block is too long.

    `sections`: those of the file's own contents, which count in `blocks`; by default every heading begins one.
    """
    whole: list[Block] = []
    parts: list[tuple[tuple[int, int], ...]] = [()] * len(blocks)
    for found, block in titled(title, blocks):
        cut = list[tuple[int, int]]()
        for start, piece in pieces(block):
            cut.append((start, len(whole)))
            whole.append(piece)
        if found is not None:
            parts[found] = tuple(cut)
    if sections is None:
        made = [
            Section(block.text, block.level, at) for at, block in enumerate(whole) if block.kind is BlockKind.HEADING
        ]
    else:
        made = [replace(section, block=parts[section.block][0][1]) for section in sections]
        made = _without_gaps(
            [Section(title, 1, 0), *sorted((one for one in made if one.block), key=lambda one: one.block)]
        )
    return Places(Content(tuple(whole), tuple(made)), tuple(parts))


def _without_gaps(sections: Iterable[Section]) -> list[Section]:
    """The sections, each at most one level below the one that it belongs to."""
    outer: list[tuple[int, int]] = []
    whole = []
    for section in sections:
        while outer and outer[-1][0] >= section.level:
            outer.pop()
        level = outer[-1][1] + 1 if outer else 1
        outer.append((section.level, level))
        whole.append(replace(section, level=level))
    return whole


def titled(title: str, blocks: list[Block]) -> list[tuple[int | None, Block]]:
    """Put the title first, as a heading; where it already stands near the beginning it moves there.

    Each block comes with its index in `blocks`, the title with None where it was added.
    Letters decide whether it stands there: a page and what it says about itself often differ in quotation marks.
    """
    folded, all_of_them = _folded(title), list[tuple[int | None, Block]](enumerate(blocks))
    for index, block in enumerate(blocks[:8]):
        if _folded(block.text) == folded and (block.kind is BlockKind.HEADING or index == 0):
            same = block if block.text == title else replace(block, text=title, styles=())
            first = replace(same, kind=BlockKind.HEADING, level=1, marker="")
            return [(index, first), *all_of_them[:index], *all_of_them[index + 1 :]]
    return [(None, Block(BlockKind.HEADING, title, level=1)), *all_of_them]


def _folded(text: str) -> str:
    """The letters of a text, by which a title is known again; of one without any, the text itself."""
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())) or text.strip()


def pieces(block: Block) -> Iterator[tuple[int, Block]]:
    """Yield the block, in parts that end with a sentence or at least a word if it is too long, with their offsets."""
    start, text = 0, block.text
    while len(text) - start > LONGEST_BLOCK:
        end = _cut(text, start)
        yield start, _part(block, start, end)
        start = end
    yield start, _part(block, start, len(text))


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
        if style.end > start and style.start < start + len(text)
    )
    later = block.kind is BlockKind.HEADING and start > 0
    return replace(
        block,
        kind=BlockKind.PARAGRAPH if later else block.kind,
        text=text,
        level=0 if later else block.level,
        marker="" if start else block.marker,
        styles=tuple(style for style in styles if style.start < style.end),
        anchor="" if start else block.anchor,
    )
