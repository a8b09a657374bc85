"""The search is made ready before anybody searches, and never after the library was closed."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from postil.work.run import Work
from postil.work.warming import Warming
from postil_db.library import Library


def test_the_index_stands_before_the_first_search(tmp_path: Path, qtbot: QtBot) -> None:
    work = Work()
    work.open(lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"))
    warming = Warming(work)
    warming.start()
    warming.start()
    qtbot.waitUntil(lambda: bool(list((tmp_path / "cache").glob("*/index/*"))), timeout=15_000)
    warming.close()
    work.close()


def test_closing_before_it_began_leaves_it_undone(tmp_path: Path, qtbot: QtBot) -> None:
    work = Work()
    work.open(lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"))
    warming = Warming(work)
    warming.start()
    warming.close()
    warming._begin()
    work.close()
    assert not list((tmp_path / "cache").glob("*/index/*"))
