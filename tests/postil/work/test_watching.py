"""A watched folder: only what is new and whole comes in, once, also after a pause."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from postil.work import watching as module
from postil.work.run import Work
from postil.work.watching import Watching
from postil_db.library import Library


@pytest.fixture
def work(tmp_path: Path, qapp: object) -> Iterator[Work]:
    work = Work()
    work.open(lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"))
    yield work
    work.close()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SOON_MS", 20)
    monkeypatch.setattr(module, "LATER_MS", 50)


def watch(work: Work, folder: Path) -> tuple[Watching, list[str]]:
    watching, came = Watching(work), list[str]()
    watching.came.connect(lambda paths: came.extend(path.name for path in paths))
    watching.came.connect(watching.settle)
    watching.watch(str(folder))
    return watching, came


def remembered(work: Work) -> str:
    return work.library().recall(module.KEY)


def test_new_files_come_once_they_are_whole_and_old_ones_stay_out(work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "old.txt").write_text("old")
    watching, came = watch(work, folder)
    qtbot.waitUntil(lambda: "old.txt" in remembered(work))
    (folder / "deep").mkdir()
    (folder / "new.txt").write_text("new")
    (folder / "deep" / "b.md").write_text("# b")
    (folder / "c.part").write_text("half")
    qtbot.waitUntil(lambda: sorted(came) == ["b.md", "new.txt"])
    (folder / "new.txt").write_text("newer")
    (folder / "c.part").rename(folder / "c.txt")
    qtbot.waitUntil(lambda: "c.txt" in came)
    assert sorted(came) == ["b.md", "c.txt", "new.txt"]
    qtbot.waitUntil(lambda: "c.txt" in remembered(work))
    watching.watch("")
    # while nobody watched
    (folder / "d.txt").write_text("d")
    again, later = watch(work, folder)
    qtbot.waitUntil(lambda: later == ["d.txt"])
    again.watch("")


def test_a_folder_that_goes_away_and_comes_back_is_not_new(work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    folder, away = tmp_path / "in", tmp_path / "away"
    folder.mkdir()
    (folder / "old.txt").write_text("old")
    watching, came = watch(work, folder)
    qtbot.waitUntil(lambda: "old.txt" in remembered(work))
    folder.rename(away)
    with qtbot.waitSignal(work.idle):
        watching.look()
    away.rename(folder)
    (folder / "new.txt").write_text("new")
    qtbot.waitUntil(lambda: came == ["new.txt"])
    watching.watch("")


def test_what_postil_was_closed_over_comes_again(work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    watching, came = watch(work, folder)
    watching.came.disconnect(watching.settle)  # whoever adds them is closed before the first one is read
    qtbot.waitUntil(lambda: str(folder) in remembered(work))
    (folder / "new.txt").write_text("new")
    qtbot.waitUntil(lambda: came == ["new.txt"])
    with qtbot.waitSignal(work.idle):
        watching.look()
    watching.watch("")
    again, later = watch(work, folder)
    qtbot.waitUntil(lambda: later == ["new.txt"])
    qtbot.waitUntil(lambda: "new.txt" in remembered(work))
    again.watch("")
