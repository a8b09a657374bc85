"""What a reader can do with a search: ask, have completed, work on many results at once, keep a query under a name.

One function for each, as in acts.py; what is inside the functions runs on the worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postil.view.panels.words import plural
from postil.work.reading import Query, reading
from postil.work.writing import Act, writing
from postil_db.records import Answer, Color, Completion, SmartView

if TYPE_CHECKING:
    from postil_db.library import Library, Session


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `limit`: at most so many results of each group; `offset`: without so many, which come before."""

    query: str
    sort: str = "relevance"
    limit: int = 50
    facets: bool = True
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The annotations that a reader chose out of results: these ids, or all that `query` finds; `count` of them."""

    count: int
    ids: tuple[int, ...] = ()
    query: str = ""

    def of(self, library: "Library") -> tuple[int, ...]:
        """The ids, best first."""
        return library.search_ids(self.query) if self.query else self.ids


# what there is to look at


def ask(question: Question) -> Query[tuple[Question, Answer]]:
    """Ask for what fits; gives the question back with the answer."""

    def run(library: "Library") -> tuple[Question, Answer]:
        page = {"limit": question.limit, "offset": question.offset}
        return question, library.ask(question.query, **page, sort=question.sort, facets=question.facets)

    return Query(run, "search")


def complete(*, query: str, at: int) -> Query[tuple[str, int, tuple[Completion, ...]]]:
    """Ask for what may stand at a place of a query, in code points; gives query and place back with it."""
    return Query(lambda library: (query, at, library.completions(query, at)), "completions")


def load_views() -> Query[list[SmartView]]:
    """Ask for the smart views, in the reader's order."""

    def op(session: "Session") -> list[SmartView]:
        from postil_db.store import views

        return views.every(session)

    return reading(op, "views")


def count_view(*, view: SmartView) -> Query[tuple[SmartView, int]]:
    """Ask how much a smart view finds now."""
    return Query(lambda library: (view, library.count(view.query)))


# many results at once


def tag_chosen(*, chosen: Chosen, name: str) -> Act[int]:
    """Attach a tag to all of them; gives how many there are."""

    def op(session: "Session", ids: Sequence[int]) -> None:
        from postil_db.store import tags

        tags.attach(session, ids, name)

    return _on_many(f"Tag {plural(chosen.count, 'annotation')}", chosen, op)


def recolor_chosen(*, chosen: Chosen, color: Color) -> Act[int]:
    """Give all of them another colour; gives how many there are."""

    def op(session: "Session", ids: Sequence[int]) -> None:
        from postil_db.store import annotations

        annotations.set_color(session, ids, color)

    return _on_many(f"Recolour {plural(chosen.count, 'annotation')}", chosen, op)


def remove_chosen(*, chosen: Chosen) -> Act[int]:
    """Move all of them to the trash; gives how many there are."""

    def op(session: "Session", ids: Sequence[int]) -> None:
        from postil_db.store import annotations

        annotations.remove(session, ids)

    return _on_many(f"Remove {plural(chosen.count, 'annotation')}", chosen, op)


def _on_many(label: str, chosen: Chosen, op: "Callable[[Session, Sequence[int]], None]") -> Act[int]:
    def run(library: "Library") -> int:
        ids = chosen.of(library)
        library.write(label, lambda session: op(session, ids))
        return len(ids)

    return Act(label, run)


# smart views


def save_view(*, name: str, query: str) -> Act[SmartView]:
    """Keep a query under a name; one of that name asks this from now on."""

    def op(session: "Session") -> SmartView:
        from postil_db.store import views

        return views.save(session, name, query)

    return writing("Save smart view", op)


def rename_view(*, view_id: int, name: str) -> Act[None]:
    """Give a smart view another name."""

    def op(session: "Session") -> None:
        from postil_db.store import views

        views.rename(session, view_id, name)

    return writing("Rename smart view", op)


def reorder_views(*, ids: Sequence[int]) -> Act[None]:
    """Put the smart views in this order."""

    def op(session: "Session") -> None:
        from postil_db.store import views

        views.reorder(session, ids)

    return writing("Move smart view", op)


def delete_view(*, view_id: int) -> Act[None]:
    """Forget a smart view; what it finds stays."""

    def op(session: "Session") -> None:
        from postil_db.store import views

        views.delete(session, view_id)

    return writing("Delete smart view", op)
