"""What a document says: blocks of text, sections, printed pages."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class BlockKind(StrEnum):
    """What a block is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table_row"
    RULE = "rule"
    IMAGE = "image"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


class StyleKind(StrEnum):
    """How a run of text inside a block is set."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    STRIKE = "strike"
    SUPER = "super"
    SUB = "sub"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Style:
    """A run of one style; `start` and `end` count from the start of its block. Runs may overlap.

    `href`: an address, or "#" and the anchor of a block of the same document.
    """

    start: int
    end: int
    kind: StyleKind
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of a document. Its text never holds a line break except in code.

    `level`: 1 to 6 for headings; nesting depth from 0 for list items and quotes; 1 for a row of a table's head; else 0.
    `marker`: what stands before a list item or a footnote ("•", "3."), not part of the text.
    `image`: of a picture, the SHA-256 in hex of its bytes; its text is the description that it came with.
    `anchor`: the names by which links lead here, separated by blanks.
    Cells of a table row are separated by one tab.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    styles: tuple[Style, ...] = ()
    image: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with a title; it runs from its first block to the next section's."""

    title: str
    level: int
    block: int


@dataclass(frozen=True)
class Content:
    """What a document says: its blocks, in order, and the sections they make."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()

    @cached_property
    def text(self) -> str:
        """The canonical text: NFC as read, one line break between blocks."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block begins in the canonical text."""
        starts, position = [], 0
        for block in self.blocks:
            starts.append(position)
            position += len(block.text) + 1
        return tuple(starts)

    def block_at(self, offset: int) -> int:
        """The index of the block that holds `offset`; the last one for offsets beyond the end."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds `offset`, or None before the first one."""
        at = bisect_right([section.block for section in self.sections], self.block_at(offset)) - 1
        return self.sections[at] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a document as it is printed: where on it the characters of the canonical text stand.

    `width`, `height`: in points. `start`, `end`: the part of the canonical text that is on it; equal where none is.
    `glyphs`: the place of each character, packed by the reader of printed documents; opaque to the library.
    """

    width: float
    height: float
    start: int
    end: int
    glyphs: bytes


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about a passage of a document before it came here: it becomes an annotation."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What a reader of files hands to the library.

    `language`: BCP 47 primary subtag ("en"), or "" if unknown. `published`: ISO 8601 date or date-time, or "".
    `source`: the address or absolute path it came from, or "". `sha256`: of the original's bytes, in hex. `pages`: as
    printed, in order, where the document has pages.
    """

    title: str
    content: Content
    media_type: str
    sha256: str
    authors: tuple[str, ...] = ()
    language: str = ""
    published: str = ""
    source: str = ""
    pages: tuple[PrintedPage, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document of the library without its text. `position`: the offset at the top of the page when last read."""

    id: int
    title: str
    authors: tuple[str, ...]
    language: str
    published: str
    source: str
    media_type: str
    sha256: str
    text_hash: str
    words: int
    position: int
    annotations: int
    added_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the library with its text."""

    info: DocumentInfo
    content: Content

    @property
    def id(self) -> int:
        """The document's id in its library."""
        return self.info.id

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.content.text
