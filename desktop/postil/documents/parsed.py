"""What a reader of one kind of file found in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from postil.documents.canonical import Places
from postil_db.records import Block, PrintedPage, Section


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that a file holds: on what stands from a place in one block to a place in the same or a later one."""

    block: int
    start: int
    last_block: int
    end: int
    text: str


@dataclass
class Parsed:
    """Blocks and what the file says about itself; "" or () for what it does not say.

    `notes`: sentences for the reader about what could not be read as it was meant.
    `images`: the bytes of the pictures that blocks name, by their SHA-256 in hex (see `pictures.Pictures`).
    `sections`: where the file has a table of contents, its entries in order of their blocks, which count in `blocks`;
    None where the headings are all there is.
    `pages`: makes the printed pages once the canonical text stands: asked with the `Places` that tell where each of
    `blocks` went in it, because a title may be put before them and a long block be split. None without pages.
    """

    blocks: list[Block]
    media_type: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    source: str = ""
    notes: list[str] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    sections: list[Section] | None = None
    pages: Callable[[Places], tuple[PrintedPage, ...]] | None = None
    comments: list[Remark] = field(default_factory=list)
