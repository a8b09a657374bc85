"""What a search needs besides the segments: where it looks, what is known of documents, what it found out so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np

from postil_db.index.entry import How, Loose
from postil_db.index.expand import beginning, chosen
from postil_db.index.flat import NONE, Array, Postings
from postil_db.index.fold import Step

if TYPE_CHECKING:
    from postil_db.index.nodes import About, Near


class Holding(StrEnum):
    """What an index holds."""

    ANNOTATIONS = "annotations"
    ENTITIES = "entities"
    TEXTS = "texts"


class Segment(Protocol):
    """Entries numbered from 0, on disk or in memory."""

    @property
    def count(self) -> int:
        """How many entries, hidden ones included."""

    @property
    def columns(self) -> Mapping[str, Array]:
        """The numbers of all entries."""

    @property
    def weight(self) -> int:
        """The sizes of all entries together."""

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands."""

    def prefixed(self, field: str, prefix: str) -> Postings:
        """Where terms stand that begin so."""

    def vocabulary(self, prefix: str) -> list[str]:
        """The words that begin so."""

    def labels(self, field: str, prefix: str) -> list[str]:
        """The labels that begin so."""

    def carried(self, field: str) -> tuple[list[str], Array, Array]:
        """The labels; and each label of each entry: the entry, and which label it is."""


class Known(Protocol):
    """What is known of documents; see `Catalogue`."""

    def about(self, wanted: "About") -> Array:
        """The ids of the documents of which this holds."""

    def foreign(self) -> Array:
        """The ids of the documents in another language than English."""


type Nearness = Callable[["Near", Holding, Segment], Array | None]
"""Which entries of a segment stand near, by their places in the documents; None if that says nothing."""


@dataclass
class Context:
    """The circumstances of one search in one index. `words`: those that rank and mark. `segments`: all of them.

    `scores`: of all entries of a segment, once they are known.
    """

    holding: Holding = Holding.ANNOTATIONS
    places: Known | None = None
    near: Nearness | None = None
    words: tuple[Step, ...] = ()
    segments: tuple[Segment, ...] = ()
    scores: dict[int, Array] = field(default_factory=dict)
    _known: dict[tuple[int, Step], Postings] = field(default_factory=dict)
    _documents: dict["About", Array] = field(default_factory=dict)

    def look_up(self, segment: Segment, step: Step) -> Postings:
        """Where a word stands, or what it stands for; an entry may come several times, in no order."""
        if step.how is None:
            return segment.prefixed("text", step.text) if step.open else segment.postings("text", step.text)
        key = (id(segment), Step(step.text, 0, step.open, step.how))
        if key not in self._known:
            self._known[key] = self._loose(segment, step, step.how)
        return self._known[key]

    def documents(self, wanted: "About") -> Array:
        """The ids of the documents of which this holds."""
        if wanted not in self._documents:
            self._documents[wanted] = self.places.about(wanted) if self.places else np.zeros(0, "i8")
        return self._documents[wanted]

    def _loose(self, segment: Segment, step: Step, how: How) -> Postings:
        loose = Loose(how, step.text)
        words = chosen(loose, segment.vocabulary(beginning(loose)))
        if how is not How.STEM:
            return joined([segment.postings("text", word) for word in words])
        own = segment.prefixed("text", step.text) if step.open else segment.postings("text", step.text)
        others = [word for word in words if word != step.text and not (step.open and word.startswith(step.text))]
        more = joined([segment.postings("text", word) for word in others])
        foreign = self.places.foreign() if self.places and len(more.ids) else ()
        if len(foreign):
            more = more.within(~np.isin(segment.columns["document"], foreign))
        return joined([own, more])


def joined(found: list[Postings]) -> Postings:
    """Postings one after the other."""
    found = [each for each in found if len(each.ids)]
    if len(found) < 2:
        return found[0] if found else NONE
    return Postings(
        np.concatenate([each.ids for each in found]),
        np.concatenate([each.counts for each in found]),
        np.concatenate([each.weights for each in found]),
        np.concatenate([each.positions for each in found]),
    )
