"""Searching: from what stands in the search box to what lies in the sheet below it."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from postil.view import acts_search as acts
from postil.view.acts_search import Question
from postil.work.run import Work
from postil_db.changes import Changes
from postil_db.errors import LibraryError
from postil_db.records import Answer, Result

FIRST = 50
"""So many results of each group are fetched first; more as the reader scrolls."""
MORE = 200
"""So many more of each group are fetched at a time, as the reader scrolls."""
MOST = 10_000
"""Nobody reads more than so many of a group, and the list would grow slow."""
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
        self._held = Answer("")
        self._reached = 0  # of each group, so many are held
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
        if self.query and self._awaited is None and self._reached < MOST:
            self._question = replace(self._question, limit=min(self._reached + MORE, MOST))
            self._ask_page(self._reached)

    def complete(self, query: str, at: int) -> None:
        """Ask what may stand at a place of a query; `at` in code points."""
        self._work.query(
            acts.complete(query=query, at=at), lambda told: self.completed.emit(*told), lambda _error: None
        )

    def take_changes(self, changes: Changes, _initiator: object = None) -> None:
        """Search again when what can be found changed."""
        there = changes.annotations or changes.tags or changes.documents or changes.mentions or changes.entity_notes
        if self.query and (there or changes.everything):
            self._again.start(SOON_MS if self._question.limit <= MORE else LATER_MS)

    def stop(self) -> None:
        """Ask no more: the window closes."""
        self._again.stop()

    def _ask(self) -> None:
        self._again.stop()
        self._ask_page(0)

    def _ask_page(self, offset: int) -> None:
        """Ask for a part of what is wanted: a long list is fetched so that others come to the library in between."""
        room = self._question.limit - offset
        self._awaited = replace(self._question, offset=offset, limit=min(room, MORE), facets=not offset)
        self._work.query(acts.ask(self._awaited), self._take, self._give_up)

    def _give_up(self, error: LibraryError) -> None:
        self._awaited = None
        self._work.query_failed.emit(str(error))

    def _take(self, told: tuple[Question, Answer]) -> None:
        question, answer = told
        if question != self._awaited:
            return
        self._awaited = None
        self._held = _joined(self._held, answer) if question.offset else answer
        self._reached = question.offset + question.limit
        if self._reached < self._question.limit and any(self._reached < total for total in answer.totals.values()):
            self._ask_page(self._reached)
            return
        self.found.emit(self._held, self._question)
        if answer.ready < 1.0:
            self._again.start(AGAIN_MS)


def _joined(held: Answer, more: Answer) -> Answer:
    """An answer with the next page of it; what came with both, because something changed between them, once."""
    known = {_identity(one) for one in held.results}
    return replace(
        more, facets=held.facets, results=(*held.results, *(one for one in more.results if _identity(one) not in known))
    )


def _identity(one: Result) -> tuple[object, ...]:
    number = one.annotation.id if one.annotation else one.entity.id if one.entity else one.document_id
    return one.annotation is None, one.group if one.annotation is None else "", number, one.start


def tag_query(name: str) -> str:
    """Give the query that finds what carries a tag."""
    plain = all(character.isalnum() or character in "-_/" for character in name)
    return f"tag:{name}" if plain else f'tag:"{name}"'
