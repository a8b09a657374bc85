"""Everything that a reader can do, in the window and on the command line, is undone and done again over restarts."""

import argparse
import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tests import factories
from tests.postil_db.desk import sit_down
from tests.postil_db.test_any_history import FOUND, Rows, rows_of

from postil import view
from postil.command import run
from postil.command.console import console
from postil.command.parser import Parser, parse
from postil.command.running import _declare
from postil.view import acts, acts_entities, acts_safety, acts_search, acts_versions
from postil.work.writing import Act
from postil_db.library import Library
from postil_db.records import Color, EntityKind, NewDecision, Ruling, TrashKind
from postil_db.store import annotations, decisions, documents, entities, views

type Does = Callable[[Library], Act[object]]
"""Gives an act out of what the library holds by then; its first word is the function it tests."""

NEWER = "Kallas said in New Delhi that maritime security comes first of all."

NOT_UNDONE = {
    "note_opening": "no deed: which document was looked at last",
    "keep_position": "no deed: how far somebody has read",
    "remember": "no deed: a fact about the window",
    "remember_shown": "no deed: how a document was looked at",
    "look_for_older": "changes nothing that a reader made",
    "seek_passages": "changes nothing",
    "accept_loss": "an answer to an alarm",
    "back_up": "adds a file; the library stays as it is",
    "back_up_before": "the same",
    "go_back": "comes with a backup of how it was, to go back to",
    "delete_for_good": "asked about first, and said there that it cannot be undone; comes with a backup",
    "take_care": "backs up, and empties the trash if that was chosen in the settings",
    "import_annotations": "the command line's `import` is the same function",
    "import_decisions": "the command line's `decisions import` is the same function",
}

READ_ONLY = {
    "list", "show", "entities", "annotations", "search", "export", "undo", "redo", "index", "self-test", "backup",
    "backups", "screenshot", "check", "restore", "decisions list", "decisions export", "tag list", "trash list",
    "trash empty",
}  # fmt: skip
"""Commands that are no deeds, or those of NOT_UNDONE."""


def mark(library: Library, text: str = "maritime security", **more: object) -> Act[object]:
    document = library.read(lambda session: documents.get(session, 1))
    start = document.text.index(text)
    return acts.mark_passage(document=document, start=start, end=start + len(text), color=Color.GREEN, **more)  # type: ignore[arg-type]


def pin(library: Library) -> Act[object]:
    document = library.read(lambda session: documents.get(session, newest(library)))
    return acts_versions.pin_passage(annotation_id=last(library), document=document, start=0, end=6)


def last(library: Library) -> int:
    return max(one.id for one in library.read(annotations.every))


def newest(library: Library) -> int:
    return max(one.id for one in library.read(documents.every))


def named(library: Library, name: str = "Kaja Kallas") -> int:
    return next(one.id for one in library.read(entities.every) if one.name == name)


def chosen(library: Library) -> acts_search.Chosen:
    return acts_search.Chosen(1, ids=(last(library),))


def some_view(library: Library) -> int:
    return library.read(views.every)[0].id


def places(library: Library) -> list[acts_entities.Wanted]:
    text = library.read(lambda session: documents.get(session, 1)).text
    return [acts_entities.Wanted(1, text.index("India"), text.index("India") + 5)]


def ruling(name: str) -> NewDecision:
    return NewDecision(Ruling.RENAME, EntityKind.PLACE, name, to_name=f"{name} (renamed)")


ACTS: dict[str, Does] = {
    "mark_passage": lambda it: mark(it, note="first", tags=("sea",)),
    "recolor": lambda it: acts.recolor(annotation_ids=[last(it)], color=Color.BLUE),
    "write_note": lambda it: acts.write_note(annotation_id=last(it), note="second"),
    "add_tag": lambda it: acts.add_tag(annotation_ids=[last(it)], name="land"),
    "remove_tag": lambda it: acts.remove_tag(annotation_ids=[last(it)], name="land"),
    "rename_tag": lambda it: acts.rename_tag(old="sea", new="ocean"),
    "color_tag": lambda it: acts.color_tag(name="ocean", color=Color.PINK),
    "tag_chosen": lambda it: acts_search.tag_chosen(chosen=chosen(it), name="water"),
    "merge_tags": lambda it: acts.merge_tags(source="ocean", target="water"),
    "recolor_chosen": lambda it: acts_search.recolor_chosen(chosen=chosen(it), color=Color.PURPLE),
    "save_view": lambda it: acts_search.save_view(name="Mine", query="tag:water"),
    "save_view (again)": lambda it: acts_search.save_view(name="Yours", query="sea"),
    "rename_view": lambda it: acts_search.rename_view(view_id=some_view(it), name="Ours"),
    "reorder_views": lambda it: acts_search.reorder_views(ids=[one.id for one in it.read(views.every)][::-1]),
    "delete_view": lambda it: acts_search.delete_view(view_id=some_view(it)),
    "write_entity_note": lambda it: acts_entities.write_entity_note(entity_id=named(it), note="who this is"),
    "tag_entity": lambda it: acts_entities.tag_entity(entity_id=named(it), name="people"),
    "untag_entity": lambda it: acts_entities.untag_entity(entity_id=named(it), name="people"),
    "tag_places": lambda it: acts_entities.tag_places(places=places(it), name="places", color=Color.BLUE),
    "rule": lambda it: acts_entities.rule(label="Rename name", what=ruling("India")),
    "rule_all": lambda it: acts_entities.rule_all(label="Rename names", what=[ruling("New Delhi")]),
    "withdraw": lambda it: acts_entities.withdraw(decision_ids=[it.read(decisions.every)[0].id]),
    "delete_tag": lambda it: acts.delete_tag(name="water"),
    "rename_document": lambda it: acts.rename_document(document_id=1, title="Another title"),
    "remove_annotations": lambda it: acts.remove_annotations(annotation_ids=[last(it)]),
    "bring_back": lambda it: acts_safety.bring_back(items=[(TrashKind.ANNOTATION, 4)]),
    "replace_document": lambda it: acts_versions.replace_document(old_id=1, new_id=newest(it)),
    "accept_changes": lambda it: acts_versions.accept_changes(annotation_ids=[2]),
    "lose_passages": lambda it: acts_versions.lose_passages(annotation_ids=[last(it)]),
    "pin_passage": pin,
    "remove_chosen": lambda it: acts_search.remove_chosen(chosen=chosen(it)),
    "remove_documents": lambda it: acts.remove_documents(document_ids=[newest(it)]),
}

COMMANDS: tuple[str, ...] = (
    "add --no-entities one.txt",
    "annotate 1 --quote maritime --tag a --note n",
    "tag add b 3",
    "tag remove b 3",
    "tag rename a c",
    "tag add d 3",
    "tag merge c d",
    "tag delete d",
    "remove 3",
    "trash restore annotation:3",
    "decisions withdraw 1",
    "decisions import decisions.json",
    "import annotations.csv",
    "add --no-entities two.txt --replace 3",
    "remove --document 4",
)


@pytest.fixture
def furnished(tmp_path: Path) -> Library:
    """A library with an article, names in it, two annotations and a newer copy; closed."""
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        desk = sit_down(library)
        desk.mark("New Delhi", note="where")
        desk.mark("Kallas said that", note="who")
        found = sorted((factories.make_found(desk.new.content, *one) for one in FOUND), key=lambda one: one.start)
        library.write("", lambda session: entities.replace(session, desk.info.id, "1", found), undoable=False)
        newer = factories.make_document(*factories.ARTICLE[:3], NEWER)
        library.add(newer, newer.content.text.encode())
    return library


def undone_and_redone(folder: Path, deeds: Mapping[str, Callable[[Library], object]]) -> None:
    """Do one after the other, take all back over a restart, and do them again over another one."""

    def opened() -> Library:
        return Library.open(folder / "library", cache=folder / "cache")

    with opened() as library:
        states: list[Rows] = [rows_of(library)]
        for name, do in deeds.items():
            do(library)
            states.append(rows_of(library))
            assert states[-1] != states[-2], f"{name} did nothing"
            assert library.undo_label(), name
    names = list(deeds)
    with opened() as library:
        for at in range(len(names) - 1, -1, -1):
            assert library.undo(), names[at]
            assert rows_of(library) == states[at], f"{names[at]} is not undone"
    with opened() as library:
        for at, name in enumerate(names, 1):
            assert library.redo(), name
            assert rows_of(library) == states[at], f"{name} is not done again"
        assert library.check() == []


def test_every_act_of_the_window_is_undone_and_done_again(tmp_path: Path, furnished: Library) -> None:
    undone_and_redone(tmp_path, {name: lambda it, do=do: do(it).run(it) for name, do in ACTS.items()})  # type: ignore[misc]


def test_every_command_is_undone_and_done_again(tmp_path: Path, furnished: Library) -> None:
    for name, words in (("one", "A ferry sails to the harbour."), ("two", "A ferry sails to the old harbour.")):
        (tmp_path / f"{name}.txt").write_text(words)

    def call(library: Library, *words: str) -> str:
        out, err = io.StringIO(newline=""), io.StringIO()
        status = run(words, library=library, cwd=tmp_path, stdin=io.StringIO(), out=out, err=err)
        assert status == 0, (words, err.getvalue())
        return out.getvalue()

    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        library.write("Rename", lambda session: decisions.decide(session, ruling("India")))
        call(library, "decisions", "export", "-o", "decisions.json")
        call(library, "export", "-o", "annotations.csv")
        library.write("Note", lambda session: annotations.remove(session, [2]))
    undone_and_redone(tmp_path, {line: lambda it, line=line: call(it, *line.split()) for line in COMMANDS})  # type: ignore[misc]


def functions_that_act() -> Iterator[str]:
    """Every function that gives an Act, in the modules of what a reader can do."""
    for module in pkgutil.iter_modules(view.__path__):
        if "acts" in module.name:
            for name, function in vars(importlib.import_module(f"postil.view.{module.name}")).items():
                if inspect.isfunction(function) and not name.startswith("_"):
                    given = str(inspect.get_annotations(function).get("return"))
                    if "Act[" in given and function.__module__.endswith(module.name):
                        yield name


def test_no_act_is_left_out() -> None:
    tested = {name.split(" ")[0] for name in ACTS}
    assert tested | NOT_UNDONE.keys() == set(functions_that_act())
    assert tested.isdisjoint(NOT_UNDONE)


def commands_of(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from list(commands_of(below, f"{before}{name} ")) or [f"{before}{name}"]


def test_no_command_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Parser] = []

    def keep(parser: Parser, _argv: object) -> None:
        made.append(parser)
        raise KeyboardInterrupt

    monkeypatch.setattr(Parser, "parse_args", keep)
    with pytest.raises(KeyboardInterrupt):
        parse([], console(None, None, None, None), _declare)
    every = set(commands_of(made[0]))
    done = {name for name in every if any(line.startswith(f"{name} ") for line in COMMANDS)}
    assert every == done | READ_ONLY
    assert done.isdisjoint(READ_ONLY)
