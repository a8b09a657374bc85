"""An HTML tree to blocks: the one walk that web pages and Markdown share.

Only text and http, https and mailto links leave it; whatever else a page holds has no way into a block.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree

from postil.documents.canonical import DEEPEST_LEVEL, clean
from postil.documents.elements import HIDDEN, INLINE
from postil.documents.inline import Inline
from postil_db.records import Block, BlockKind, StyleKind

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
_LONG_CELL = 400


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


def blocks_of(root: etree._Element, base: str = "") -> list[Block]:
    """Return the blocks of a tree, in reading order. `base`: the address that relative links start from."""
    walk = _Walk(base)
    walk.element(root)
    walk.flush()
    return walk.blocks


@dataclass
class _Walk:
    base: str
    blocks: list[Block] = field(default_factory=list)
    _inline: Inline = field(default_factory=Inline)
    _heading: int = 0
    _quotes: int = 0
    _lists: list[str] = field(default_factory=list)
    _marker: str = ""

    def element(self, node: etree._Element) -> None:
        """Walk one element, not what follows it."""
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        if not tag or tag in HIDDEN or node.get("hidden") is not None:
            return
        act = _ACTS.get(tag)
        if act is not None:
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
        if not text:
            return
        if self._heading:
            self.blocks.append(Block(BlockKind.HEADING, text, self._heading, styles=styles))
        elif self._lists:
            self.blocks.append(
                Block(BlockKind.LIST_ITEM, text, min(len(self._lists) - 1, DEEPEST_LEVEL), self._marker, styles)
            )
            self._marker = ""
        elif self._quotes:
            self.blocks.append(Block(BlockKind.QUOTE, text, min(self._quotes - 1, DEEPEST_LEVEL), styles=styles))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text, styles=styles))

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
        href = safe_link(node.get("href") or "", self.base)
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
            self.blocks.append(Block(BlockKind.RULE, ""))

    def list(self, node: etree._Element) -> None:
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
        for line in _code_lines(node):
            self.blocks.append(Block(BlockKind.CODE, line))

    def table(self, node: etree._Element) -> None:
        self.flush()
        rows = [row for row in node.iter("tr") if row.getparent() is not None]
        if not _holds_data(node, rows):
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
            outer, self._inline = self._inline, Inline()
            held, self.blocks = self.blocks, []
            self._children(cell)
            self._join_cell()
            piece = self.blocks[0] if self.blocks else Block(BlockKind.PARAGRAPH, "")
            self._inline, self.blocks = outer, held
            text += ("\t" if number else "") + piece.text
            offset = len(text) - len(piece.text)
            styles += [type(run)(run.start + offset, run.end + offset, run.kind, run.href) for run in piece.styles]
        if text.strip():
            self.blocks.append(Block(BlockKind.TABLE_ROW, text, styles=tuple(styles)))

    def _join_cell(self) -> None:
        """Make one block of what a cell held."""
        self.flush()
        if len(self.blocks) > 1:
            self.blocks = [Block(BlockKind.PARAGRAPH, " ".join(block.text for block in self.blocks if block.text))]


_ACTS: dict[str, Callable[[_Walk, etree._Element], None]] = {
    "a": _Walk.link,
    "br": _Walk.line_end,
    "hr": _Walk.rule,
    "ul": _Walk.list,
    "ol": _Walk.list,
    "menu": _Walk.list,
    "dl": _Walk.list,
    "li": _Walk.item,
    "dd": _Walk.item,
    "blockquote": _Walk.quote,
    "pre": _Walk.code,
    "table": _Walk.table,
}


def _code_lines(node: etree._Element) -> list[str]:
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = clean("".join(node.itertext()))
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def _holds_data(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Whether a table tells of rows and columns; else it only lays out a page."""
    if next(table.iter("table"), None) is not table or sum(1 for _ in table.iter("table")) > 1:
        return False
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if not any(len(row) > 1 for row in cells):
        return False
    for cell in (cell for row in cells for cell in row):
        if next(cell.iter("h1", "h2", "h3", "pre", "blockquote"), None) is not None:
            return False
        if len("".join(cell.itertext())) > _LONG_CELL:
            return False
    return True
