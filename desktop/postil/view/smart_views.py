"""Smart views: the queries that a reader keeps, and how much each finds now."""

from PySide6.QtCore import QObject, QTimer, Signal

from postil.view import acts_search as acts
from postil.work.run import Work
from postil_db.changes import Changes
from postil_db.errors import LibraryError
from postil_db.records import SmartView

PAUSE_MS = 700
"""Counts follow that long after the last change: a note that is being typed need not be counted letter by letter."""


class SmartViews(QObject):
    """Loads them through Work and counts one after another, so that whatever else is asked comes in between.

    `views`: what was last told. `counts`: by their ids, what is known so far.
    """

    changed = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.views: list[SmartView] = []
        self.counts: dict[int, int] = {}
        self._to_count: list[SmartView] = []
        self._counting = self._loaded = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._count_all)

    def load_once(self) -> None:
        """Load what there is, if that was not done yet."""
        if not self._loaded:
            self.load()

    def load(self) -> None:
        """Load what there is."""
        self._loaded = True
        self._work.query(acts.load_views(), self._take)

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Load anew what was touched, and count again where something was written."""
        if changes.views or changes.everything:
            self.load()
        elif self.views and (changes.annotations or changes.tags or changes.documents or changes.mentions):
            self._pause.start()

    def stop(self) -> None:
        """Count no more: the window closes."""
        self._pause.stop()
        self._to_count.clear()

    def named(self, name: str) -> SmartView | None:
        """The view of that name, without regard to case."""
        return next((one for one in self.views if one.name.casefold() == name.strip().casefold()), None)

    def _take(self, views: list[SmartView]) -> None:
        same = {one.id for one in views if one in self.views or one.query in {old.query for old in self.views}}
        self.views = views
        self.counts = {number: count for number, count in self.counts.items() if number in same}
        self.changed.emit()
        if len(self.counts) < len(views):
            self._pause.start(0 if same else PAUSE_MS)  # no start waits for a count

    def _count_all(self) -> None:
        self._to_count = list(self.views)
        if not self._counting:
            self._count_next()

    def _count_next(self) -> None:
        self._counting = bool(self._to_count)
        if self._to_count:
            view = self._to_count.pop(0)
            self._work.query(acts.count_view(view=view), self._take_count, self._give_up)

    def _take_count(self, counted: tuple[SmartView, int]) -> None:
        view, count = counted
        if view in self.views and self.counts.get(view.id) != count:
            self.counts[view.id] = count
            self.changed.emit()
        self._count_next()

    def _give_up(self, _error: LibraryError) -> None:
        """A count is not worth a message."""
        self._counting = False
        self._to_count.clear()
