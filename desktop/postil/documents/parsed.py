"""What a reader of one kind of file found in it."""

from dataclasses import dataclass, field

from postil_db.records import Block


@dataclass
class Parsed:
    """Blocks and what the file says about itself; "" or () for what it does not say.

    `notes`: sentences for the reader about what could not be read as it was meant.
    """

    blocks: list[Block]
    media_type: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    source: str = ""
    notes: list[str] = field(default_factory=list)
