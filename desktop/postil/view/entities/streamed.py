"""Names as they are found, before the library has them: they are shown, chosen and walked through meanwhile."""

from collections import Counter
from collections.abc import Sequence

from postil_db.records import Entity, EntityKind, FoundMention, Mention

_FIRST = -2
"""Ids of names that are not stored yet, downwards; -1 is nobody's."""


class Streamed:
    """Gives what is found ids of its own, below zero; names that are stored already keep theirs."""

    def __init__(self) -> None:
        self._known: dict[tuple[EntityKind, str], Entity] = {}
        self._ids: dict[tuple[EntityKind, str], int] = {}
        self._forms: dict[tuple[EntityKind, str], Counter[str]] = {}
        self.mentions: list[Mention] = []

    def begin(self, stored: Sequence[Entity]) -> None:
        """Start afresh, with what is stored."""
        self._known = {(one.kind, one.name): one for one in stored}
        self._ids.clear()
        self._forms.clear()
        self.mentions = []

    def take(self, document_id: int, text: str, found: Sequence[FoundMention]) -> list[Mention]:
        """Take what was found; gives it as mentions."""
        taken = []
        for one in found:
            named = one.kind, one.name
            stored = self._known.get(named)
            number = stored.id if stored else self._ids.setdefault(named, _FIRST - len(self._ids))
            written = text[one.start : one.end]
            self._forms.setdefault(named, Counter())[written] += 1
            taken.append(Mention(number, document_id, one.start, one.end, written, one.kind, one.origin, one.value))
        self.mentions += taken
        return taken

    def entities(self) -> list[Entity]:
        """Every name so far, the most often named ones first."""
        every = dict(self._known)
        for named, forms in self._forms.items():
            kind, name = named
            before = every.get(named)
            aliases = dict.fromkeys(before.aliases if before else ())
            aliases |= dict.fromkeys(form for form, _count in forms.most_common() if form != name)
            count = (before.count if before else 0) + forms.total()
            number = before.id if before else self._ids[named]
            every[named] = Entity(number, kind, name, tuple(aliases), count)
        return sorted(every.values(), key=lambda one: (-one.count, one.name.casefold()))

    def named(self, entity_id: int | None) -> tuple[EntityKind, str] | None:
        """What an id below zero stands for."""
        return next((named for named, number in self._ids.items() if number == entity_id), None)
