"""The whole library against a model: any acts, undo, redo, restart, in any order; every row as it was.

POSTIL_EXAMPLES: how many histories are tried (a few by default).
"""

import os
import random
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests import factories
from tests.postil_db.desk import sit_down

from postil_db.errors import LibraryError
from postil_db.keeping import COLUMNS, KEPT
from postil_db.library import Library, Session
from postil_db.records import Color, EntityKind, NewDecision, NewDocument, Ruling
from postil_db.store import annotations, decisions, documents, entities, entity_notes, tags, trash, versions, views

WORDS = ("Kaja Kallas", "India", "Security", "maritime security", "signed a Security")
NAMES = ("a", "b", "B", "path/to", "ü")
FOUND = (
    ("Kaja Kallas", EntityKind.PERSON),
    ("New Delhi", EntityKind.PLACE),
    ("European Union", EntityKind.ORG),
    ("India", EntityKind.PLACE),
)
DERIVED = (
    "SELECT mention.document_id, start, end, text, entity.kind, entity.name, hidden FROM mention "
    "JOIN entity ON entity.id = entity_id JOIN document ON document.id = mention.document_id "
    "WHERE document.removed_at IS NULL"
)
type Rows = Mapping[str, list[tuple[Any, ...]]]


def rows(session: Session) -> Rows:
    """Every kept row that is there, as stored, and what follows from them."""
    run = session.connection().exec_driver_sql
    found = {}
    for table, row in KEPT.items():
        names = ", ".join(f'"{column.name}"' for column in COLUMNS[row])
        there = "WHERE removed_at IS NULL" if table in ("document", "annotation") else ""
        found[table] = sorted((tuple(one) for one in run(f'SELECT {names} FROM "{table}" {there}')), key=repr)
    found["mentions"] = sorted((tuple(one) for one in run(DERIVED)), key=repr)
    return found


def second(pick: random.Random) -> NewDocument:
    words = " ".join(pick.choices(("Kaja Kallas", "met", "India", "again", "in winter"), k=6))
    return factories.make_document(f"Document {pick.randrange(3)}", f"{words}.", "It says maritime security, too.")


class Histories(RuleBasedStateMachine):
    """A reader who does anything, changes their mind, and starts Postil anew in between."""

    def __init__(self) -> None:
        super().__init__()
        self._work = tempfile.TemporaryDirectory()
        self.folder = Path(self._work.name)
        self.library = self._opened()

    @initialize()
    def begin(self) -> None:
        self.desk = sit_down(self.library)
        found = [factories.make_found(self.desk.new.content, name, kind) for name, kind in FOUND]
        found.sort(key=lambda one: one.start)
        number = self.desk.info.id
        self.library.write("", lambda session: entities.replace(session, number, "1", found), undoable=False)
        self.states = [rows_of(self.library)]
        self.at = 0

    @rule(seed=st.integers(0, 2**32))
    def act(self, seed: int) -> None:
        pick = random.Random(seed)
        do = pick.choice(self._acts(pick))
        try:
            do()
        except LibraryError:
            return  # it made no sense here, and nothing was changed: the next comparison shows it
        now = rows_of(self.library)
        if now != self.states[self.at]:
            self.states[self.at + 1 :] = [now]
            self.at += 1

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        assert self.library.undo()
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        assert self.library.redo()
        self.at += 1

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = self._opened()

    @invariant()
    def it_is_as_it_was(self) -> None:
        if not hasattr(self, "states"):
            return
        now = rows_of(self.library)
        for table, wanted in self.states[self.at].items():
            assert now[table] == wanted, table
        assert bool(self.library.redo_label()) == (self.at < len(self.states) - 1)

    def teardown(self) -> None:
        assert self.library.check() == []
        assert {one.id for one in self.library.read(annotations.every)} == set(self.library.search_ids(""))
        self.library.close()
        self._work.cleanup()

    def _opened(self) -> Library:
        return Library.open(self.folder / "library", cache=self.folder / "cache")

    def _acts(self, pick: random.Random) -> list[Callable[[], object]]:
        see = self.library.read
        kinds = list(EntityKind)

        def write(function: Callable[..., object], *given: object, **more: object) -> Callable[[], object]:
            return lambda: self.library.write(function.__name__, lambda session: function(session, *given, **more))

        def some(found: list[Any]) -> list[int]:
            return [one.id for one in pick.sample(found, min(len(found), pick.randrange(1, 3)))] or [0]

        def one(found: list[Any]) -> int:
            return some(found)[0]

        marks, shelf, names = see(annotations.every), see(documents.every), see(entities.every)
        lying = [(it.kind, it.id) for it in see(trash.every)]
        name, other = pick.choice(NAMES), pick.choice(NAMES)
        place = factories.make_selector(self.desk.new.content, pick.choice(WORDS))
        entity = pick.choice(names) if names else None
        ruling = NewDecision(
            pick.choice(list(Ruling)),
            kind=entity.kind if entity else None,
            name=entity.name if entity else "",
            text=pick.choice(("India", "Security", "Kallas")),
            to_kind=pick.choice(kinds),
            to_name=pick.choice(("", "Somebody", "India")),
        )
        added = second(pick)
        return [
            write(annotations.add, self.desk.info.id, place, color=pick.choice(list(Color)), tags=[name]),
            write(annotations.add, self.desk.info.id, place, note="x", tags=[name, other]),
            write(annotations.set_note, one(marks), pick.choice(["", "x", "a *note*"])),
            write(annotations.set_color, some(marks), pick.choice(list(Color))),
            write(annotations.remove, some(marks)),
            write(tags.attach, some(marks), name),
            write(tags.rename, name, other),
            write(tags.merge, name, other),
            write(tags.delete, name),
            write(tags.set_color, name, pick.choice([None, *Color])),
            write(documents.set_title, one(shelf), pick.choice(["One", "Two"])),
            write(documents.remove, some(shelf)),
            write(trash.restore, pick.sample(lying, min(len(lying), 2))),
            write(decisions.decide, ruling),
            write(decisions.withdraw, some(see(decisions.every))),
            write(entity_notes.set_note, one(names), pick.choice(["", "who this is"])),
            write(entity_notes.attach, some(names), name),
            write(entity_notes.detach, some(names), name),
            write(views.save, pick.choice(["Mine", "Yours"]), f"tag:{name}"),
            write(views.rename, one(see(views.every)), "Ours"),
            write(views.delete, one(see(views.every))),
            write(versions.lose, some(marks)),
            lambda: self.library.add(added, added.content.text.encode()),
        ]


def rows_of(library: Library) -> Rows:
    return library.read(rows)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=int(os.environ.get("POSTIL_EXAMPLES", "2")),
    stateful_step_count=20,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
