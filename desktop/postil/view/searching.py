"""Searching: from what stands in the search box to what lies in the sheet below it."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from postil.view import acts_search as acts
from postil.view.acts_search import Question
from postil.work.run import Work
from postil_db.changes import Changes
from postil_db.errors import LibraryError
from postil_db.records import Answer

FIRST = 50
"""So many results of each group are fetched first; more as the reader scrolls."""
GROWTH = 4
MOST = 3_200
"""Nobody reads more than so many of a group; each takes the library's one thread some time to be cut out."""
AGAIN_MS = 400
"""While the library is still being indexed, the same is asked again that often."""
SOON_MS, LATER_MS = 100, 800
"""So long after the last change the same is asked again: later where many results are shown, which take their time."""


class Searching(QObject):
    """Asks the library while the reader types, again when what was found has changed, and for more of the same."""

    found = Signal(object, object)  # Answer, Question
    cleared = Signal()
    completed = Signal(str, int, object)  # the query, the place in it, completions

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._question = Question("", limit=FIRST)
        self._awaited: Question | None = None
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask)

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._question.query

    @property
    def waiting(self) -> bool:
        """Whether an answer is on its way."""
        return self._awaited is not None

    def search(self, query: str) -> None:
        """Search for this; nothing but blanks ends the search."""
        self._question = replace(self._question, query=query.strip(), limit=FIRST, facets=True)
        if self.query:
            self._ask()
        else:
            self._again.stop()
            self._awaited = None
            self.cleared.emit()

    def set_sort(self, sort: str) -> None:
        """Have what is found in another order."""
        self._question = replace(self._question, sort=sort, limit=FIRST, facets=True)
        if self.query:
            self._ask()

    def fetch_more(self) -> None:
        """Have more of what was found."""
        if self.query and self._awaited is None and self._question.limit < MOST:
            self._question = replace(self._question, limit=self._question.limit * GROWTH)
            self._ask(facets=False)

    def complete(self, query: str, at: int) -> None:
        """Ask what may stand at a place of a query; `at` in code points."""
        self._work.query(
            acts.complete(query=query, at=at), lambda told: self.completed.emit(*told), lambda _error: None
        )

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Search again when what can be found changed."""
        there = changes.annotations or changes.tags or changes.documents or changes.mentions or changes.entity_notes
        if self.query and (there or changes.everything):
            self._again.start(SOON_MS if self._question.limit <= FIRST * GROWTH else LATER_MS)

    def stop(self) -> None:
        """Ask no more: the window closes."""
        self._again.stop()

    def _ask(self, *, facets: bool = True) -> None:
        self._again.stop()
        self._awaited = replace(self._question, facets=facets)
        self._work.query(acts.ask(self._awaited), self._take, self._give_up)

    def _give_up(self, error: LibraryError) -> None:
        self._awaited = None
        self._work.query_failed.emit(str(error))

    def _take(self, told: tuple[Question, Answer]) -> None:
        question, answer = told
        if question != self._awaited:
            return
        self._awaited = None
        self.found.emit(answer, question)
        if answer.ready < 1.0:
            self._again.start(AGAIN_MS)


def tag_query(name: str) -> str:
    """Give the query that finds what carries a tag."""
    plain = all(character.isalnum() or character in "-_/" for character in name)
    return f"tag:{name}" if plain else f'tag:"{name}"'
