"""What a write touched: drives refresh, the index and undo."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids that one write touched, by what they are ids of.

    `label` names the act for the undo menu ("Add tag"). `mentions`: documents whose mentions changed.
    `positions`: documents of which only the reading position or the time of opening changed. `decisions`, `views`:
    rulings about entities, and smart views. `entity_notes`: notes and tags on entities. `trashed_tags`: tags that were
    deleted and can come back. `everything`: the library is another one than before (it went back to a backup):
    whatever is shown of it is to be loaded anew.
    """

    label: str = ""
    documents: frozenset[int] = frozenset()
    annotations: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    mentions: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    decisions: frozenset[int] = frozenset()
    entity_notes: frozenset[int] = frozenset()
    views: frozenset[int] = frozenset()
    trashed_tags: frozenset[int] = frozenset()
    everything: bool = False

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        kinds = (self.documents, self.annotations, self.tags, self.mentions, self.positions)
        return any(kinds) or any((self.decisions, self.entity_notes, self.views, self.trashed_tags, self.everything))
