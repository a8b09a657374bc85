"""The records that leave this package: frozen and plain, so that any thread may hold them.

Every offset is a count of Unicode code points into a document's canonical text: its blocks' texts joined by one line
feed.
Every time is an aware UTC `datetime`.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class Color(StrEnum):
    """What a reader may mark a passage with, in the order of the keys 1 to 5."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    PURPLE = "purple"


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    DATE = "date"
    EVENT = "event"
    DOCUMENT = "document"
    GROUP = "group"
    PRODUCT = "product"
    QUANTITY = "quantity"


class Origin(StrEnum):
    """Who said that a span is a mention."""

    MODEL = "model"
    RULE = "rule"
    YOU = "you"


class Ruling(StrEnum):
    """What a reader can rule about an entity, or about a text; see `Decision`."""

    NOT_ENTITY = "not_entity"
    KIND = "kind"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    ALWAYS = "always"
    IGNORE = "ignore"


class AnchorState(StrEnum):
    """How well an annotation's selector still fits its document."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHAN = "orphan"


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


@dataclass(frozen=True, slots=True)
class Selector:
    """A place in a text, described so that it can be found again.

    W3C TextPositionSelector (`start`, `end`) and TextQuoteSelector (`quote`, `prefix`, `suffix`; 32 code points of
    context at most). `section`: title of the section it lies in, or "". `text_hash`: SHA-256 in hex of the canonical
    text it was made on.
    """

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    section: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A passage that a reader marked, with a note (Markdown) and tags, in the order they were given."""

    id: int
    document_id: int
    selector: Selector
    color: Color
    note: str
    tags: tuple[str, ...]
    anchor_state: AnchorState
    created_at: datetime
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the library; names may be paths (`policy/defence`). `count`: annotations that carry it."""

    id: int
    name: str
    color: Color | None
    count: int


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention as a recogniser reports it. `name`: the entity's name, the fullest form seen ("Kaja Kallas").

    `value`: what a date means, in ISO 8601 ("2026-01-27", "2026-01"), or "".
    """

    start: int
    end: int
    kind: EntityKind
    name: str
    origin: Origin
    value: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names an entity. `value`: what a date means, in ISO 8601, or ""."""

    entity_id: int
    document_id: int
    start: int
    end: int
    text: str
    kind: EntityKind
    origin: Origin
    value: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name with a kind. `aliases`: other forms it was seen in. `count`: mentions, where it was asked for."""

    id: int
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a reader ruled. Decisions are replayed one after the other on all that a recogniser finds.

    An entity goes by `kind` and `name`, as the decisions before this one left them. What is ruled holds everywhere;
    with `document_id`, in that document; with `start` and `end` too, of the one mention there.

    NOT_ENTITY: the entity (or the mention) is none. KIND, RENAME, MERGE: it is `to_kind`, `to_name` (None and "" leave
    that as it is). SPLIT: where it is written as `text`, it is `to_kind`, `to_name` (or `text`) instead. ALWAYS: `text`
    is `to_kind`, `to_name` (or `text`) wherever it stands as a word of its own. IGNORE: `text` is never marked.
    """

    ruling: Ruling
    kind: EntityKind | None = None
    name: str = ""
    text: str = ""
    document_id: int | None = None
    start: int | None = None
    end: int | None = None
    to_kind: EntityKind | None = None
    to_name: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling that stands."""

    id: int
    what: NewDecision
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision changes: how many mentions, in how many documents."""

    mentions: int
    documents: int


@dataclass(frozen=True, slots=True)
class EntityNote:
    """What a reader wrote about an entity (Markdown), and the tags they gave it."""

    note: str = ""
    tags: tuple[str, ...] = ()


class Unit(StrEnum):
    """What two things that stand together stand in."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document, with its text."""

    document_id: int
    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Together:
    """How often things stand together. `counts`: by (index into `rows`, index into `columns`); absent for never.

    `columns` are the same entities as `rows`, each pair counted once (row before column), or the names of tags.
    """

    rows: tuple[Entity, ...]
    columns: tuple[Entity, ...] | tuple[str, ...]
    counts: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date that a text names. `value`: what it means, in ISO 8601 ("2026", "2026-01", "2026-01-27")."""

    value: str
    passage: Passage


class TrashKind(StrEnum):
    """What can lie in the trash."""

    DOCUMENT = "document"
    ANNOTATION = "annotation"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Trashed:
    """Something in the trash. `name`: title, quote or tag; `detail`: an annotation's note and document, or "".

    `count`: how many annotations go with a document or carried a tag.
    """

    kind: TrashKind
    id: int
    name: str
    detail: str
    count: int
    removed_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """An annotation that a search found.

    `snippet`: the part of quote, note, tags or title that fits best; `marks`: the hit words in it, as (start, end).
    """

    annotation: Annotation
    title: str
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of search results, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int
