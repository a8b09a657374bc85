"""The stock: what the library around the desk holds, and what can be undone. One for the window, however many desks."""

from PySide6.QtCore import QObject, QTimer, Signal

from postil.view import acts
from postil.work.run import Work
from postil.work.writing import REDO, UNDO, Act
from postil_db.changes import Changes
from postil_db.records import Color

PAUSE_MS = 200
"""After one mark more, counts and labels wait until the reader pauses."""


class Stock(QObject):
    """Loads through Work, and again when documents, annotations or tags were written. `shelf`: what was last told."""

    shelf_changed = Signal(object)  # Shelf
    recolored = Signal()  # tags have other colours now

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.shelf: acts.Shelf | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.look_around)

    @property
    def tag_colors(self) -> dict[str, Color | None]:
        """The colour of each tag."""
        return {tag.name: tag.color for tag in self.shelf.tags} if self.shelf else {}

    def look_around(self) -> None:
        """Load what the library holds."""
        self._soon.stop()
        self._work.query(acts.look_around(), self._take)

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Load anew what was touched; for what changes no list, not at once, unless it is the first to be undone."""
        if changes.documents or changes.tags or changes.everything:
            self.look_around()
        elif changes.annotations or changes.decisions or changes.entity_notes or changes.views:
            self._soon.start(PAUSE_MS if self.shelf and self.shelf.undo else 0)

    def take_done(self, act: Act[object]) -> None:
        """After undo and redo, say at once what can be done next."""
        if act in (UNDO, REDO) and self._soon.isActive():
            self.look_around()

    def _take(self, shelf: acts.Shelf) -> None:
        before = self.tag_colors if self.shelf else None
        self.shelf = shelf
        self.shelf_changed.emit(shelf)
        if before is not None and before != self.tag_colors:
            self.recolored.emit()
