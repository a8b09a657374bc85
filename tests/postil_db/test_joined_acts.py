"""What goes on doing the same is one act: a note that is saved at each pause of the typing is undone at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from tests import factories

from postil_db import history
from postil_db.library import Library, Session
from postil_db.store import annotations
from postil_db.tables import ChangeRow


@pytest.fixture
def noted(library: Library) -> int:
    """Put one annotation without a note into the library; gives its id."""
    new = factories.make_document()
    document = library.add(new, new.content.text.encode()).result.info.id
    selector = factories.make_selector(new.content, "Kallas")
    return library.write("Mark", lambda session: annotations.add(session, document, selector)).result.id


def note(library: Library, annotation: int) -> str:
    return library.read(lambda session: annotations.get(session, annotation)).note


def type_note(library: Library, annotation: int, *pauses: str, joins: str = "note") -> None:
    """Save a note at each pause, as the window does while one types."""
    for text in pauses:

        def save(session: Session, text: str = text) -> None:
            annotations.set_note(session, annotation, text)

        library.write("Edit note", save, joins=joins)


def test_pauses_of_one_typing_are_undone_and_redone_together(library: Library, noted: int) -> None:
    type_note(library, noted, "Com", "Compare", "Compare with 2022")
    library.undo()
    assert note(library, noted) == ""
    assert library.undo_label() == "Mark"
    library.redo()
    assert note(library, noted) == "Compare with 2022"
    assert library.redo_label() == ""
    assert library.check() == []


def test_a_joined_act_keeps_only_its_ends(library: Library, noted: int) -> None:
    type_note(library, noted, *("x" * length for length in range(1, 20)))
    logged = library.read(lambda session: session.scalars(select(ChangeRow.after)).all())
    assert [after for after in logged if '"note":"x' in after] == [logged[-1]]


def test_what_joins_under_another_word_is_another_act(library: Library, noted: int) -> None:
    type_note(library, noted, "one", joins="a")
    type_note(library, noted, "two", joins="b")
    library.undo()
    assert note(library, noted) == "one"


def test_another_act_between_ends_the_joining(library: Library, noted: int) -> None:
    type_note(library, noted, "one")
    type_note(library, noted, "two", joins="")
    type_note(library, noted, "three")
    library.undo()
    assert note(library, noted) == "two"


def test_what_was_undone_is_not_joined(library: Library, noted: int) -> None:
    type_note(library, noted, "one", "two")
    library.undo()
    type_note(library, noted, "three")
    library.undo()
    assert note(library, noted) == ""
    assert library.undo_label() == "Mark"


def test_a_long_pause_begins_another_act(library: Library, noted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    type_note(library, noted, "one")

    def later() -> datetime:
        return datetime.now(UTC) + history.PAUSE + timedelta(seconds=1)

    monkeypatch.setattr("postil_db.history.now", later)
    type_note(library, noted, "two")
    library.undo()
    assert note(library, noted) == "one"
