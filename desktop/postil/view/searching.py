"""Searching: from what stands in the search box to what lies in the sheet below it."""

from PySide6.QtCore import QObject, Signal

from postil.view import acts
from postil.work.run import Work
from postil_db.changes import Changes
from postil_db.records import Hits


class Searching(QObject):
    """Asks the library while the reader types, and again when what was found has changed."""

    found = Signal(object, str)  # Hits, the query they are for
    cleared = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._query, self._sort = "", "relevance"

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    def search(self, query: str) -> None:
        """Search for this; nothing but blanks ends the search."""
        self._query = query.strip()
        if self._query:
            self._ask()
        else:
            self.cleared.emit()

    def set_sort(self, sort: str) -> None:
        """Have what is found in another order."""
        self._sort = sort
        if self._query:
            self._ask()

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Search again when annotations changed."""
        if self._query and (changes.annotations or changes.tags or changes.documents):
            self._ask()

    def _ask(self) -> None:
        self._work.query(acts.search(query=self._query, sort=self._sort), self._take)

    def _take(self, found: tuple[str, Hits]) -> None:
        query, hits = found
        if query == self._query:
            self.found.emit(hits, query)


def tag_query(name: str) -> str:
    """Give the query that finds what carries a tag."""
    plain = all(character.isalnum() or character in "-_/" for character in name)
    return f"tag:{name}" if plain else f'tag:"{name}"'
