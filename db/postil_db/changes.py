"""What a write touched: drives refresh, the index and undo."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids that one write touched, by what they are ids of.

    `label` names the act for the undo menu ("Add tag"). `mentions`: documents whose mentions changed.
    `positions`: documents of which only the reading position or the time of opening changed.
    """

    label: str = ""
    documents: frozenset[int] = frozenset()
    annotations: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    mentions: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        return bool(self.documents or self.annotations or self.tags or self.mentions or self.positions)
