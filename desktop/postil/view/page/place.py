"""Where a reader is in a text, whichever face of the page shows it."""

from dataclasses import dataclass

from postil_db.records import Block, BlockKind, Content

EMPTY = Content((Block(BlockKind.PARAGRAPH, ""),))


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the text, by the offset it begins with, and how far below the top of the view it stands."""

    offset: int = 0
    below: float = 0.0
