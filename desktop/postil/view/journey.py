"""The journey: where the reader was before each leap, for Back and Forward."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from postil.view.desk import Desk

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """An offset in a document."""

    document_id: int
    offset: int


class Journey(QObject):
    """Two stacks of places, as in a browser."""

    went = Signal(int, int)  # document id, offset
    changed = Signal(bool, bool)  # whether one can go back, forward

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offset = 0
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    @property
    def here(self) -> Place | None:
        """Where the reader is."""
        number = self._desk.document_id
        return Place(number, self._offset) if number is not None else None

    def set_position(self, offset: int) -> None:
        """Hear where the page stands."""
        self._offset = offset

    def leave(self, *_: object) -> None:
        """Note this place before the reader leaps away from it."""
        here = self.here
        if here is not None and (not self._behind or self._behind[-1] != here):
            self._behind.append(here)
            del self._behind[:-LONGEST]
            self._ahead.clear()
            self._tell()

    def back(self) -> None:
        """Go to the place before."""
        self._move(self._behind, self._ahead)

    def forward(self) -> None:
        """Go to the place one came back from."""
        self._move(self._ahead, self._behind)

    def keep_only(self, document_ids: frozenset[int]) -> None:
        """Drop every place in documents that are no more."""
        for places in (self._behind, self._ahead):
            places[:] = [place for place in places if place.document_id in document_ids]
        self._tell()

    def _move(self, source: list[Place], target: list[Place]) -> None:
        here = self.here
        while source:
            place = source.pop()
            if place != here:
                if here is not None:
                    target.append(here)
                self.went.emit(place.document_id, place.offset)
                break
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(bool(self._behind), bool(self._ahead))
