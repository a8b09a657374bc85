"""Beside: what lies open on a second half is there again when the library is opened next."""

from PySide6.QtCore import QObject

from postil.view import acts
from postil.view.halves import Half, Halves
from postil.work.reading import Query
from postil.work.run import Work

KEY = "beside"


class Beside(QObject):
    """Keeps a fact in the library: both documents with their places, or nothing."""

    def __init__(self, work: Work, halves: Halves, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._halves = work, halves
        self._kept = ""

    def restore(self) -> None:
        """Split the view again if it was; the half that is active stays so."""
        self._work.query(Query(lambda library: library.recall(KEY)), self._take)

    def keep(self) -> None:
        """Remember what is in view now."""
        halves = self._halves
        pair = (halves.active, halves.other)
        fact = " ".join(_told(half) for half in pair if half is not None) if halves.split else ""
        if fact != self._kept:
            self._kept = fact
            self._work.act(acts.remember(key=KEY, value=fact))

    def _take(self, fact: str) -> None:
        self._kept = fact
        numbers = [int(part) for part in self._kept.split() if part.isdecimal()]
        here = self._halves.active.desk.document_id
        if len(numbers) != 4 or here is None:
            return
        active, _active_offset, other, offset = numbers
        self._halves.lay_beside(active if here == other != active else other, offset, quietly=True)


def _told(half: Half) -> str:
    return f"{half.desk.document_id} {half.page.position()}"
