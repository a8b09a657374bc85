"""Resting: while the reader pauses, garbage is looked for among everything, also among what is put out of its reach.

A search for garbage would hold the window for as long as a book is large, so what a start and the opening of a book
have made is left out of it ("frozen"). What becomes garbage there, in cycles, would stay for ever.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from postil.work.run import Work

PAUSE_MS = 60_000


class Resting(QObject):
    """Looks every minute whether anything has happened since. `where`: what differs if the reader did anything."""

    def __init__(self, work: Work, where: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._where = where
        self._before: object = None
        self._stirred = self._due = True
        work.busy.connect(self._stir)
        self._minutely = QTimer(self, interval=PAUSE_MS)
        self._minutely.timeout.connect(self.look)
        self._minutely.start()

    def look(self) -> None:
        """Tidy up once, if nothing has happened since the last look."""
        here = self._where()
        rested = here == self._before and not self._stirred
        self._before, self._stirred = here, False
        if rested and self._due:
            tidy()
        self._due = not rested

    def stop(self) -> None:
        """Look no more."""
        self._minutely.stop()

    def _stir(self, _busy: bool) -> None:
        self._stirred = True


def tidy() -> None:
    """Free what nobody can reach, and put the rest out of reach again; on the UI thread, for widgets are among it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
