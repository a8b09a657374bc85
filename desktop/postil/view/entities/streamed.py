"""Names as they are found, before the library has them: they are shown, chosen and walked through meanwhile."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from postil_db.records import Entity, EntityKind, FoundMention, Mention

_FIRST = -2
"""Ids of names that are not stored yet, downwards; -1 is nobody's."""

type _Named = tuple[EntityKind, str]
type _Rank = tuple[int, str, EntityKind, str]


class Streamed:
    """Gives what is found ids of its own, below zero; names that are stored already keep theirs.

    What a batch costs depends on the batch, not on the names before it.
    """

    def __init__(self) -> None:
        self.begin(())

    def begin(self, stored: Sequence[Entity]) -> None:
        """Start afresh, with what is stored."""
        self._stored: Sequence[Entity] | None = stored
        self._names: dict[int, _Named] = {}
        self._known: dict[_Named, Entity] = {}
        self._before: dict[_Named, Entity] = {}
        self._forms: dict[_Named, Counter[str]] = {}
        self._changed: set[_Named] = set()
        self._ordered: list[Entity] = []
        self._ranks: list[_Rank] = []  # of these, one by one

    def take(self, document_id: int, text: str, found: Sequence[FoundMention]) -> list[Mention]:
        """Take what was found; gives it as mentions."""
        self._take_stored()
        taken = []
        for one in found:
            named = one.kind, one.name
            known = self._known.get(named)
            if known is None:
                known = self._known[named] = Entity(_FIRST - len(self._names), one.kind, one.name, (), 0)
                self._names[known.id] = named
            written = text[one.start : one.end]
            self._forms.setdefault(named, Counter())[written] += 1
            self._changed.add(named)
            taken.append(Mention(known.id, document_id, one.start, one.end, written, one.kind, one.origin, one.value))
        return taken

    def entities(self) -> list[Entity]:
        """Every name so far, the most often named ones first."""
        self._take_stored()
        for named in self._changed:
            now = self._known[named]
            if now.count:
                at = bisect_left(self._ranks, _rank(now))
                del self._ranks[at], self._ordered[at]
            self._known[named] = now = self._counted(named)
            at = bisect_left(self._ranks, _rank(now))
            self._ranks.insert(at, _rank(now))
            self._ordered.insert(at, now)
        self._changed.clear()
        return self._ordered.copy()

    @property
    def count(self) -> int:
        """How many names there are so far."""
        return len(self._known)

    def named(self, entity_id: int | None) -> _Named | None:
        """What an id below zero stands for."""
        return None if entity_id is None else self._names.get(entity_id)

    def _take_stored(self) -> None:
        """Sort what is stored, which is done only if anything is found besides."""
        if self._stored is not None:
            self._known = {(one.kind, one.name): one for one in self._stored}
            self._before = dict(self._known)
            self._ordered = sorted(self._stored, key=_rank)
            self._ranks = [_rank(one) for one in self._ordered]
            self._stored = None

    def _counted(self, named: _Named) -> Entity:
        forms, before, now = self._forms[named], self._before.get(named), self._known[named]
        aliases = dict.fromkeys(before.aliases if before else ())
        aliases |= dict.fromkeys(form for form, _count in forms.most_common() if form != now.name)
        count = (before.count if before else 0) + forms.total()
        return Entity(now.id, now.kind, now.name, tuple(aliases), count)


def _rank(one: Entity) -> _Rank:
    return -one.count, one.name.casefold(), one.kind, one.name
