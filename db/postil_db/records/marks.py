"""What a reader marked: places in a text, annotations, tags."""

from dataclasses import dataclass
from datetime import datetime

from postil_db.records.kinds import AnchorState, Color


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
