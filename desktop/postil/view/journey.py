"""The journey: where the reader was before each leap, for Back and Forward."""

from dataclasses import dataclass

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """An offset in a document."""

    document_id: int
    offset: int


class Journey:
    """Two stacks of places, as in a browser."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Note a place that the reader leaps away from."""
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
            del self._behind[:-LONGEST]
        self._ahead.clear()

    def back(self, here: Place | None) -> Place | None:
        """Give the place before, or None."""
        return self._move(self._behind, self._ahead, here)

    def forward(self, here: Place | None) -> Place | None:
        """Give the place one came back from, or None."""
        return self._move(self._ahead, self._behind, here)

    def _move(self, source: list[Place], target: list[Place], here: Place | None) -> Place | None:
        while source:
            place = source.pop()
            if place != here:
                if here is not None:
                    target.append(here)
                return place
        return None

    def forget(self, document_ids: set[int]) -> None:
        """Drop every place in documents that are no more."""
        self._behind = [place for place in self._behind if place.document_id not in document_ids]
        self._ahead = [place for place in self._ahead if place.document_id not in document_ids]
