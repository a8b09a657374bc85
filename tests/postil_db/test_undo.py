"""Undo and redo: random acts, all taken back, all done again; every row as it was, down to its seal."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.postil_db.desk import Desk, sit_down

from postil_db.changes import Changes
from postil_db.errors import LibraryError
from postil_db.library import Library, Session
from postil_db.records import Color, EntityKind
from postil_db.store import annotations, documents, entities, tags

WORDS = ["Kaja Kallas", "India", "Security", "maritime security", "signed a Security"]
NAMES = ["a", "b", "B", "path/to", "ü"]


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every kept row that is there, as stored, with its revision and its seal."""
    wanted = {
        "document": "SELECT id, title, removed_at, rev, checksum FROM document WHERE removed_at IS NULL",
        "annotation": "SELECT id, note, color, modified_at, rev, checksum FROM annotation WHERE removed_at IS NULL",
        "tag": "SELECT id, name, folded, color, rev, checksum FROM tag",
        "annotation_tag": "SELECT annotation_id, tag_id, ordinal, rev, checksum FROM annotation_tag",
    }
    connection = session.connection()
    return {
        name: sorted((tuple(row) for row in connection.exec_driver_sql(sql)), key=repr) for name, sql in wanted.items()
    }


def an_act(pick: random.Random, desk: Desk) -> Callable[[Session], object]:
    """Something a reader might do next; some of it is refused."""

    def one(session: Session) -> int:
        return pick.choice([it.id for it in annotations.every(session)] or [0])

    def add(session: Session) -> None:
        selector = factories.make_selector(desk.new.content, pick.choice(WORDS))
        given = pick.sample(NAMES, pick.randrange(3))
        annotations.add(session, desk.info.id, selector, color=pick.choice(list(Color)), tags=given)

    acts: list[Callable[[Session], object]] = [
        add,
        add,
        lambda s: annotations.set_note(s, one(s), pick.choice(["", "x", "a *note*"])),
        lambda s: annotations.set_color(s, {one(s), one(s)}, pick.choice(list(Color))),
        lambda s: annotations.remove(s, {one(s), one(s)}),
        lambda s: tags.attach(s, {one(s), one(s)}, pick.choice(NAMES)),
        lambda s: tags.detach(s, {one(s)}, pick.choice(NAMES)),
        lambda s: tags.rename(s, pick.choice(NAMES), pick.choice(NAMES)),
        lambda s: tags.merge(s, pick.choice(NAMES), pick.choice(NAMES)),
        lambda s: tags.delete(s, pick.choice(NAMES)),
        lambda s: tags.set_color(s, pick.choice(NAMES), pick.choice([None, *Color])),
        lambda s: documents.set_title(s, desk.info.id, pick.choice(["One", "Two"])),
        lambda s: documents.remove(s, [desk.info.id]),
        lambda s: documents.set_position(s, desk.info.id, pick.randrange(100)),
    ]
    first, second = pick.choice(acts), pick.choice(acts)
    return (lambda s: (first(s), second(s))) if pick.random() < 0.3 else first


@pytest.mark.slow
@given(seed=st.integers(0, 2**32), count=st.integers(1, 25), restart=st.booleans())
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_all_undone_is_before_and_all_redone_is_after(seed: int, count: int, restart: bool) -> None:
    pick = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "library", Path(name) / "cache"
        with Library.open(folder, cache=cache) as library:
            desk = sit_down(library)
            states = [library.read(rows)]
            for _ in range(count):
                try:
                    done = library.write("Act", an_act(pick, desk)).changes
                except LibraryError:
                    continue
                if done.documents or done.annotations or done.tags:
                    states.append(library.read(rows))
            if not restart:
                _back_and_forth(library, states)
                assert library.check() == []
        if restart:
            with Library.open(folder, cache=cache) as library:
                _back_and_forth(library, states)


def _back_and_forth(library: Library, states: list[dict[str, list[tuple[object, ...]]]]) -> None:
    for wanted in reversed(states[:-1]):
        assert library.undo()
        assert library.read(rows) == wanted
    assert library.undo_label() == "Add document"
    for wanted in states[1:]:
        assert library.redo()
        assert library.read(rows) == wanted
    assert library.redo() is None


def test_undo_and_redo_name_what_they_touch(desk: Desk, library: Library) -> None:
    made = desk.mark(tags=["a"])
    tag = desk.see(tags.every)[0].id
    done = library.write("Rename tag", lambda session: tags.rename(session, "a", "b")).changes
    assert library.undo() == done == Changes("Rename tag", annotations=frozenset({made.id}), tags=frozenset({tag}))
    assert library.redo_label() == "Rename tag"
    assert library.redo() == done
    desk.act(documents.set_title, desk.info.id, "Other")
    assert library.undo() == Changes("set_title", documents=frozenset({desk.info.id}))


def test_undo_of_a_removed_document_brings_back_everything(desk: Desk, library: Library) -> None:
    made = desk.mark(tags=["a"], note="n")
    desk.act(documents.remove, [desk.info.id])
    assert library.undo() == Changes("remove", documents=frozenset({desk.info.id}), annotations=frozenset({made.id}))
    assert library.read(annotations.every) == [made]


def test_an_added_document_is_undone_and_redone_with_its_text(desk: Desk, library: Library) -> None:
    library.undo()
    assert library.read(documents.every) == []
    library.redo()
    assert desk.see(documents.get, desk.info.id).content == desk.new.content


def test_a_new_act_drops_what_could_be_redone(desk: Desk, library: Library) -> None:
    desk.mark()
    library.undo()
    assert library.redo_label() == "Mark"
    desk.act(documents.set_title, desk.info.id, "Other")
    assert library.redo_label() == ""
    assert library.redo() is None
    assert library.undo_label() == "set_title"


def test_reading_on_does_not_drop_what_could_be_redone(desk: Desk, library: Library) -> None:
    made = desk.mark()
    library.undo()
    desk.act(documents.set_position, desk.info.id, 9)
    desk.act(documents.opened, desk.info.id)
    library.write("", lambda s: entities.replace(s, desk.info.id, "v", []), undoable=False)
    library.redo()
    assert library.read(annotations.every) == [made]
    assert desk.see(documents.info, desk.info.id).position == 9


def test_undo_keeps_the_reading_position(desk: Desk, library: Library) -> None:
    desk.act(documents.set_title, desk.info.id, "Other")
    desk.act(documents.set_position, desk.info.id, 9)
    library.undo()
    info = desk.see(documents.info, desk.info.id)
    assert (info.title, info.position) == (desk.info.title, 9)


def test_nothing_to_undo(library: Library) -> None:
    assert (library.undo(), library.redo(), library.undo_label(), library.redo_label()) == (None, None, "", "")


def test_mentions_survive_the_undoing_of_their_document(desk: Desk, library: Library) -> None:
    mention = factories.make_found(desk.new.content, "India", EntityKind.PLACE)
    library.write("", lambda s: entities.replace(s, desk.info.id, "v", [mention]), undoable=False)
    library.undo()
    library.redo()
    assert [it.text for it in desk.see(entities.mentions, desk.info.id)] == ["India"]


def test_the_log_is_bounded(desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postil_db.history.DEPTH", 3)
    made = desk.mark()
    for number in range(6):
        desk.act(annotations.set_note, made.id, str(number))
    undone = 0
    while library.undo():
        undone += 1
    assert undone == 3
    assert desk.see(annotations.get, made.id).note == "2"


def test_a_thousand_rows_in_one_act(desk: Desk, library: Library) -> None:
    selector = factories.make_selector(desk.new.content, "India")

    def many(session: Session) -> list[int]:
        return [annotations.add(session, desk.info.id, selector).id for _ in range(1000)]

    ids = library.write("Import", many).result
    desk.act(tags.attach, ids, "x")
    desk.act(tags.delete, "x")
    library.undo()
    assert desk.see(tags.every)[0].count == 1000
    library.undo()
    library.undo()
    assert library.read(annotations.every) == []
