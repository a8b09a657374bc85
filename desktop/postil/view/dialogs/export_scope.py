"""What to export, and where to."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ScopeKind(StrEnum):
    """Which annotations."""

    DOCUMENT = "document"
    SEARCH = "search"
    TAG = "tag"
    LIBRARY = "library"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Which annotations: of a document (its id), a search (its query), a tag (its name), all, or those of some ids."""

    kind: ScopeKind
    document: int | None = None
    query: str = ""
    tag: str = ""
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the reader decided. `safe`: cells that a spreadsheet would run as formulas are made harmless."""

    scope: ExportScope
    path: Path
    safe: bool
