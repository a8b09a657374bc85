"""Sweeping: garbage is looked for on the window's thread alone.

Python looks for it in whatever thread makes things, and frees what it finds right there. A closed dialog that holds
itself is such garbage, and a widget that another thread frees takes the whole process with it.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
MANY = 5_000
"""So many new things that may hold themselves are worth a look: a few milliseconds."""
WHOLE_AFTER = 10


class Sweeping(QObject):
    """Looks now and then, in place of Python, until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._usual = gc.get_threshold()
        gc.set_threshold(0)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look, if enough was made, unless somebody is at work who wants no search."""
        if gc.isenabled():
            sweep()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.set_threshold(*self._usual)


def sweep() -> None:
    """Free what nobody can reach of the things made lately, and at times of all that is not put out of reach."""
    new, _, looked = gc.get_count()
    if new > MANY:
        gc.collect(2 if looked >= WHOLE_AFTER else 1)
