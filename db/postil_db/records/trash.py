"""What lies in the trash."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
