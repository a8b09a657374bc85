"""An HTML tree to blocks: the one walk that web pages and Markdown share.

Only text and http, https and mailto links leave it; whatever else a page holds has no way into a block.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from lxml import etree

from postil.documents.canonical import DEEPEST_LEVEL, one_line
from postil.documents.elements import HIDDEN, INLINE
from postil.documents.inline import Inline
from postil.documents.shapes import code_lines, holds_data, is_head
from postil_db.records import Block, BlockKind, Style, StyleKind

_STYLES = {
    **dict.fromkeys(("b", "strong"), StyleKind.BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), StyleKind.ITALIC),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), StyleKind.CODE),
    **dict.fromkeys(("s", "strike", "del"), StyleKind.STRIKE),
    "sup": StyleKind.SUPER,
    "sub": StyleKind.SUB,
}
_SCHEMES = frozenset({"http", "https", "mailto"})
_UNSAFE = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_NOTES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)


def safe_link(href: str, base: str = "") -> str:
    """Return the address a link leads to, if a reader may follow it: http, https and mailto only; else ""."""
    try:
        href = _UNSAFE.sub("", urljoin(base, href.strip()) if base else href.strip())
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES:
        return ""
    return href if parts.scheme.lower() == "mailto" or parts.hostname else ""


def blocks_of(root: etree._Element, base: str = "", *, prepared: bool = False) -> list[Block]:
    """Return the blocks of a tree, in reading order. `base`: the address that relative links start from.

    `prepared`: a reader of ours has gone through the tree before: the `src` of a picture is the SHA-256 of its bytes,
    an `id` is the name of an anchor, a link to "#…" leads to one, and what has `data-note` is a footnote.
    """
    walk = _Walk(base, prepared)
    walk.element(root)
    walk.flush()
    walk.end()
    return walk.blocks


@dataclass
class _Walk:
    base: str
    prepared: bool = False
    blocks: list[Block] = field(default_factory=list)
    _inline: Inline = field(default_factory=Inline)
    _heading: int = 0
    _quotes: int = 0
    _lists: list[str] = field(default_factory=list)
    _marker: str = ""
    _anchors: list[str] = field(default_factory=list)
    _pictures: list[Block] = field(default_factory=list)

    def element(self, node: etree._Element) -> None:
        """Walk one element, not what follows it."""
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        if not tag or tag in HIDDEN or node.get("hidden") is not None:
            return
        if self.prepared and node.get("id"):
            self._anchors.append(node.get("id", ""))
        act = _ACTS.get(tag)
        if self.prepared and node.get("data-note") is not None:
            self.note(node)
        elif act is not None:
            act(self, node)
        elif tag in _STYLES:
            self._styled(node, _STYLES[tag])
        elif tag in INLINE:
            self._children(node)
        elif re.fullmatch("h[1-6]", tag):
            self._headed(node, int(tag[1]))
        else:
            self._box(node)

    def flush(self) -> None:
        """End the block that is being put together."""
        text, styles = self._inline.finish()
        if text:
            self.put(self._block(text, styles))
        pictures, self._pictures = self._pictures, []
        for picture in pictures:
            self.put(picture)

    def put(self, block: Block) -> None:
        """Add a block; links to what was begun since the last one lead to it."""
        if self._anchors:
            block = replace(block, anchor=" ".join(filter(None, (block.anchor, *self._anchors))))
            self._anchors = []
        self.blocks.append(block)

    def end(self) -> None:
        """Let what ended without a block of its own lead to the last one."""
        if self._anchors and self.blocks:
            last = self.blocks.pop()
            self.put(last)

    def _block(self, text: str, styles: tuple[Style, ...]) -> Block:
        if self._heading:
            return Block(BlockKind.HEADING, text, self._heading, styles=styles)
        if self._lists:
            marker, self._marker = self._marker, ""
            return Block(BlockKind.LIST_ITEM, text, min(len(self._lists) - 1, DEEPEST_LEVEL), marker, styles)
        if self._quotes:
            return Block(BlockKind.QUOTE, text, min(self._quotes - 1, DEEPEST_LEVEL), styles=styles)
        return Block(BlockKind.PARAGRAPH, text, styles=styles)

    def _children(self, node: etree._Element) -> None:
        self._inline.add(node.text or "")
        for child in node:
            self.element(child)
            self._inline.add(child.tail or "")

    def _box(self, node: etree._Element) -> None:
        self.flush()
        self._children(node)
        self.flush()

    def _headed(self, node: etree._Element, level: int) -> None:
        self.flush()
        before, self._heading = self._heading, level
        self._children(node)
        self.flush()
        self._heading = before

    def _styled(self, node: etree._Element, kind: StyleKind, href: str = "") -> None:
        self._inline.open(kind, href)
        self._children(node)
        self._inline.close()

    def link(self, node: etree._Element) -> None:
        href = node.get("href") or ""
        if not (self.prepared and href.startswith("#")):
            href = safe_link(href, self.base)
        if href:
            self._styled(node, StyleKind.LINK, href)
        else:
            self._children(node)

    def line_end(self, node: etree._Element) -> None:
        """A line of verse or of an address is a block of its own, since no block holds a line break."""
        if self._heading:
            self._inline.space()
        else:
            self.flush()
        self._children(node)

    def rule(self, _node: etree._Element) -> None:
        self.flush()
        if self.blocks and self.blocks[-1].kind is not BlockKind.RULE:
            self.put(Block(BlockKind.RULE, ""))

    def listed(self, node: etree._Element) -> None:
        self.flush()
        start = node.get("start") or "1"
        number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        self._lists.append(str(number) if node.tag == "ol" else "")
        outer, self._marker = self._marker, ""
        self._children(node)
        self.flush()
        self._lists.pop()
        self._marker = outer

    def item(self, node: etree._Element) -> None:
        self.flush()
        alone = not self._lists
        if alone:
            self._lists.append("")
        value = node.get("value") or ""
        if re.fullmatch(r"-?\d{1,6}", value) and self._lists[-1]:
            self._lists[-1] = value
        number = self._lists[-1]
        self._marker = f"{number}." if number else "•"
        if number:
            self._lists[-1] = str(int(number) + 1)
        self._children(node)
        self.flush()
        self._marker = ""
        if alone:
            self._lists.pop()

    def quote(self, node: etree._Element) -> None:
        self.flush()
        self._quotes += 1
        self._children(node)
        self.flush()
        self._quotes -= 1

    def code(self, node: etree._Element) -> None:
        """One block a line, so that no block holds a line break."""
        self.flush()
        for line in code_lines(node):
            self.put(Block(BlockKind.CODE, line))

    def picture(self, node: etree._Element) -> None:
        """A picture stands behind the paragraph that it is in, before one that it begins."""
        digest, alt = node.get("src") or "", one_line(node.get("alt") or "")
        if not self.prepared or not digest:
            return
        if len(alt) == 1 and alt.isalpha():  # a letter that was drawn: the first of a chapter, or one without a font
            self._inline.add(alt)
            return
        self._pictures.append(Block(BlockKind.IMAGE, alt, image=digest))
        if self._inline.empty:
            self.flush()

    def figure(self, node: etree._Element) -> None:
        """The caption stands right behind the picture."""
        self.flush()
        before = len(self.blocks)
        self._children(node)
        self.flush()
        made = self.blocks[before:]
        if any(block.image for block in made):
            # A stable sort: what is neither stays where it was, in front.
            self.blocks[before:] = sorted(made, key=lambda block: block.kind is BlockKind.CAPTION)

    def caption(self, node: etree._Element) -> None:
        before = len(self.blocks)
        self._box(node)
        if self.prepared:
            self.blocks[before:] = [
                replace(block, kind=BlockKind.CAPTION, level=0, marker="") if block.text and not block.image else block
                for block in self.blocks[before:]
            ]

    def note(self, node: etree._Element) -> None:
        self.flush()
        before = len(self.blocks)
        self._children(node)
        self.flush()
        self.blocks[before:] = [
            replace(block, kind=BlockKind.FOOTNOTE, level=0, marker="") if block.kind in _IN_NOTES else block
            for block in self.blocks[before:]
        ]

    def table(self, node: etree._Element) -> None:
        self.flush()
        rows = [row for row in node.iter("tr") if row.getparent() is not None]
        if not holds_data(node, rows):
            self._box(node)
            return
        for caption in node.iter("caption"):
            self._box(caption)
        for row in rows:
            self.row(row)

    def row(self, row: etree._Element) -> None:
        """Cells are put together each for itself, then joined by tabs."""
        text, styles = "", []
        for number, cell in enumerate(cell for cell in row if cell.tag in ("td", "th")):
            text += "\t" if number else ""
            if not len(cell):  # by far the most: nothing in it but words
                words = Inline()
                words.add(cell.text or "")
                text += words.finish()[0]
                continue
            outer, self._inline = self._inline, Inline()
            held, self.blocks = self.blocks, []
            self._children(cell)
            piece, pictures = self._joined_cell()
            self._inline, self.blocks = outer, held
            self._pictures += pictures
            text += piece.text
            offset = len(text) - len(piece.text)
            styles += [replace(run, start=run.start + offset, end=run.end + offset) for run in piece.styles]
            self._anchors += piece.anchor.split()
        if text.strip():
            self.put(Block(BlockKind.TABLE_ROW, text, int(is_head(row)), styles=tuple(styles)))
        self.flush()

    def _joined_cell(self) -> tuple[Block, list[Block]]:
        """Make one block of what a cell held, beside its pictures."""
        self.flush()
        texts = [block for block in self.blocks if not block.image]
        if len(texts) == 1:
            return texts[0], [block for block in self.blocks if block.image]
        whole = Block(
            BlockKind.PARAGRAPH,
            " ".join(block.text for block in texts if block.text),
            anchor=" ".join(block.anchor for block in texts if block.anchor),
        )
        return whole, [block for block in self.blocks if block.image]


_ACTS: dict[str, Callable[[_Walk, etree._Element], None]] = {
    "a": _Walk.link,
    "br": _Walk.line_end,
    "hr": _Walk.rule,
    "ul": _Walk.listed,
    "ol": _Walk.listed,
    "menu": _Walk.listed,
    "dl": _Walk.listed,
    "li": _Walk.item,
    "dd": _Walk.item,
    "blockquote": _Walk.quote,
    "pre": _Walk.code,
    "table": _Walk.table,
    "img": _Walk.picture,
    "figure": _Walk.figure,
    "figcaption": _Walk.caption,
}
