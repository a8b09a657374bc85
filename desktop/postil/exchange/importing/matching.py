"""What of a file is in the library already: the same document, the same place, the same quote."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from postil.exchange.importing import fit
from postil.exchange.importing.incoming import Incoming
from postil_db.records import AnchorState, Annotation, Selector


class Fate(StrEnum):
    """What becomes of an annotation of a file: one that is said twice in it comes in once."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotation of a file, and where in its document it belongs."""

    said: Incoming
    state: AnchorState
    selector: Selector

    @property
    def key(self) -> Hashable:
        """What makes two passages of a document the same; of lost ones, their words."""
        place = self.selector
        return ("lost", place.quote) if self.state is AnchorState.ORPHAN else (place.start, place.end)


@dataclass(frozen=True, slots=True)
class Match:
    """What becomes of an annotation of a file. `known`: the library's, if it is there already."""

    placed: Placed
    fate: Fate
    known: Annotation | None = None

    @property
    def lost(self) -> bool:
        """Whether it comes without its passage."""
        return self.fate is Fate.NEW and self.placed.state is AnchorState.ORPHAN


def match(placed: Sequence[Placed], there: Iterable[Annotation]) -> list[Match]:
    """Match what comes for one document with what is in it; each of the library's annotations with one at most.

    What a file says twice over is new once.
    """
    standing = _Standing(there)
    fates: dict[int, Match] = {}
    for pick in (standing.alike, standing.numbered, standing.there):
        for at, one in enumerate(placed):
            if at not in fates and (known := pick(one)) is not None:
                fates[at] = Match(one, Fate.CHANGED if differences(one.said, known) else Fate.KNOWN, known)
    said_before = set[Hashable]()
    found = list[Match]()
    for at, one in enumerate(placed):
        said = one.said
        whole = (one.key, said.note, said.tags, said.color)
        twice = not said.number and whole in said_before
        said_before.add(whole)
        found.append(fates.get(at) or Match(one, Fate.TWICE if twice else Fate.NEW))
    return found


def differences(said: Incoming, known: Annotation) -> tuple[str, ...]:
    """What a file says otherwise than the library: "note", "tags", "colour"."""
    return tuple(
        name
        for name, differ in (
            ("note", said.note is not None and _plain(said.note) != _plain(known.note)),
            ("tags", said.tags is not None and _folded(said.tags) != _folded(known.tags)),
            ("colour", said.color is not None and said.color is not known.color),
        )
        if differ
    )


class _Standing:
    """What a document's annotations are known by; each is given once."""

    def __init__(self, there: Iterable[Annotation]) -> None:
        self._numbers: dict[int, Annotation] = {}
        self._places: defaultdict[Hashable, list[Annotation]] = defaultdict(list)
        self._given: set[int] = set()
        for one in there:
            self._numbers[one.id] = one
            self._places[_key(one)].append(one)

    def alike(self, one: Placed) -> Annotation | None:
        """One that stands there and says the same."""
        return self._give(known for known in self._places.get(one.key, ()) if not differences(one.said, known))

    def numbered(self, one: Placed) -> Annotation | None:
        """The one that has its number and was made in the same second, wherever its passage went since."""
        said, known = one.said, self._numbers.get(one.said.number)
        if known is None or said.created_at is None or not fit.soon(said.created_at, known.created_at):
            return None
        same = known.selector.quote == said.quote or known.anchor_state is not AnchorState.EXACT
        return self._give([known]) if same else None

    def there(self, one: Placed) -> Annotation | None:
        """One that stands there."""
        return self._give(self._places.get(one.key, ()))

    def _give(self, found: Iterable[Annotation]) -> Annotation | None:
        for one in found:
            if one.id not in self._given:
                self._given.add(one.id)
                return one
        return None


def _key(known: Annotation) -> Hashable:
    place = known.selector
    return ("lost", place.quote) if known.anchor_state is AnchorState.ORPHAN else (place.start, place.end)


def _plain(note: str) -> str:
    return "\n".join(note.splitlines()).strip()


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
