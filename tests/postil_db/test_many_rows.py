"""Acts on thousands of rows: SQLite is asked by the hundred, never row by row."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.library import Library, Session
from postil_db.records import Color
from postil_db.store import annotations, documents, tags

MANY = 1500


@pytest.fixture
def made(desk: Desk) -> list[int]:
    """Mark many passages; gives their ids."""
    place = factories.make_selector(desk.new.content, "India")
    new = [annotations.NewAnnotation(place, note=f"note {number}", tags=("sea", "all")) for number in range(MANY)]
    return [one.id for one in desk.act(annotations.add_all, desk.info.id, new)]


@pytest.fixture
def asked(library: Library) -> Iterator[list[str]]:
    """All that SQLite is told to run, from here on."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(library._engine, "before_cursor_execute", note)
    yield statements
    event.remove(library._engine, "before_cursor_execute", note)


def test_they_are_as_if_made_one_by_one(desk: Desk, made: list[int]) -> None:
    one = desk.mark("India", note="note 0", tags=["sea", "all"])
    first = desk.see(annotations.get, made[0])
    assert (first.selector, first.note, first.tags) == (one.selector, one.note, one.tags)
    assert desk.library.check() == []


@pytest.mark.parametrize(
    "act",
    [
        lambda session, ids: annotations.set_color(session, ids, Color.PINK),
        annotations.remove,
        lambda session, ids: tags.attach(session, ids, "new"),
        lambda session, ids: tags.detach(session, ids, "sea"),
        lambda session, _ids: tags.rename(session, "sea", "ocean"),
        lambda session, _ids: tags.merge(session, "sea", "all"),
        lambda session, _ids: tags.delete(session, "all"),
        lambda session, _ids: documents.remove(session, [1]),
    ],
    ids=["color", "remove", "attach", "detach", "rename", "merge", "delete", "document"],
)
def test_no_act_and_no_undo_asks_row_by_row(
    library: Library, made: list[int], asked: list[str], act: Callable[[Session, list[int]], None]
) -> None:
    before = library.read(annotations.every)
    library.write("Act", lambda session: act(session, made))
    after = library.read(annotations.every)
    assert after != before
    library.undo()
    assert library.read(annotations.every) == before
    library.redo()
    assert library.read(annotations.every) == after
    assert len(asked) < MANY / 5
    assert library.check() == []
