"""The search is made ready before anybody searches, and never after the library was closed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from postil.work.run import Work
from postil.work.warming import Warming
from postil_db.library import Library


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    work = Work()
    work.open(lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"))
    yield work
    work.close()


@pytest.fixture
def healed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What each comparison of the index with the database came to."""
    results, heal = list[int](), Library.heal_index
    monkeypatch.setattr(Library, "heal_index", lambda library: results.append(heal(library)))
    return results


def test_the_index_is_ready_before_the_first_search(work: Work, healed: list[int], qtbot: QtBot) -> None:
    warming = Warming(work)
    warming.start()
    warming.start()
    qtbot.waitUntil(lambda: bool(healed))
    warming.close()
    assert healed == [0], "once"
    assert "postil_db.index.annotation_index" in sys.modules


def test_closing_before_it_began_leaves_it_undone(work: Work, healed: list[int], qtbot: QtBot) -> None:
    warming = Warming(work)
    warming.start()
    warming.close()
    warming._begin()
    work.library()
    assert healed == []
