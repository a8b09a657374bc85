"""Files are added one after the other; what cannot be read is told, and stops nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.postil.documents.a_server import serving

from postil.work.files import Files, Report
from postil.work.run import FailedAct, Work
from postil_db.errors import NoSpace
from postil_db.library import Library
from postil_db.store import documents


@pytest.fixture
def work(tmp_path: Path, qapp: object) -> Iterator[Work]:
    work = Work()
    work.open(lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"))
    yield work
    work.close()


@pytest.fixture
def files(work: Work) -> Iterator[Files]:
    files = Files(work)
    yield files
    files.close()


def article(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"# {text}\n\nThe first paragraph of {text} says a thing or two.\n")
    return path


def finish(files: Files, qtbot: QtBot) -> Report:
    with qtbot.waitSignal(files.finished, timeout=60_000) as finished:
        pass
    report = finished.args[0]
    assert isinstance(report, Report)
    return report


def titles(work: Work) -> list[str]:
    return sorted(info.title for info in work.library().read(documents.every))


def test_good_and_bad_files_together(files: Files, work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, str]] = []
    files.progress.connect(lambda *args: seen.append(args))
    empty = tmp_path / "empty.txt"
    empty.touch()
    paths = [article(tmp_path, "a.md", "Alpha"), tmp_path / "gone.txt", empty, article(tmp_path, "b.md", "Beta")]
    files.add(paths)
    report = finish(files, qtbot)
    assert titles(work) == ["Alpha", "Beta"]
    assert [info.title for info in report.added] == ["Alpha", "Beta"]
    assert [name for name, _reason in report.refused] == ["gone.txt", "empty.txt"]
    assert seen == [(0, 4, "a.md"), (1, 4, "gone.txt"), (2, 4, "empty.txt"), (3, 4, "b.md")]
    assert "no file" in str(report)
    assert "empty" in str(report)
    assert not files.running


def test_the_same_file_again_is_known(files: Files, work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    path = article(tmp_path, "a.md", "Alpha")
    files.add([path])
    finish(files, qtbot)
    files.add([path])
    report = finish(files, qtbot)
    assert not report.added
    assert [info.title for info in report.known] == ["Alpha"]
    assert str(report) == "Already in the library."
    assert titles(work) == ["Alpha"]


def test_pasted_text_becomes_a_document(files: Files, work: Work, qtbot: QtBot) -> None:
    files.paste("A headline\n\nAnd then a paragraph of text that follows it.")
    assert len(finish(files, qtbot).added) == 1
    files.paste("   ")
    assert len(finish(files, qtbot).refused) == 1


def test_cancelling_leaves_out_what_waits(files: Files, work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    files.add([article(tmp_path, f"{number}.md", f"Title {number}") for number in range(4)])
    with qtbot.waitSignal(files.finished) as finished:
        files.cancel()
    assert finished.args[0].left == 4
    files.add([article(tmp_path, "late.md", "Late")])
    assert [info.title for info in finish(files, qtbot).added] == ["Late"]
    assert titles(work) == ["Late"]


def test_a_full_disk_is_told_once_and_can_be_tried_again(
    files: Files, work: Work, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NoSpace("The disk is full; free some space.")

    failed: list[FailedAct] = []
    work.act_failed.connect(failed.append)
    work.library()
    with monkeypatch.context() as patch:
        patch.setattr(Library, "add", full)
        files.add([article(tmp_path, "a.md", "Alpha"), article(tmp_path, "b.md", "Beta")])
        report = finish(files, qtbot)
    assert len(failed) == 1
    assert report.left == 1
    with qtbot.waitSignal(files.added):
        work.again(failed[0])
    assert titles(work) == ["Alpha"]


def test_a_folder_stands_for_what_is_in_it(files: Files, work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "papers"
    (folder / "more").mkdir(parents=True)
    article(folder, "a.md", "Alpha")
    article(folder / "more", "b.md", "Beta")
    (folder / "empty.txt").touch()
    (folder / "song.mp3").touch()
    seen: list[tuple[int, int, str]] = []
    files.progress.connect(lambda *args: seen.append(args))
    files.add([folder, article(tmp_path, "c.md", "Gamma")])
    report = finish(files, qtbot)
    assert [info.title for info in report.added] == ["Alpha", "Beta", "Gamma"]
    assert [name for name, _reason in report.refused] == ["empty.txt"]
    assert report.left_out == [("papers", "“papers”: 1 file is of a kind that is not read, and left out.")]
    assert seen[0] == (0, 2, "papers")
    assert seen[1:] == [(0, 4, "a.md"), (1, 4, "empty.txt"), (2, 4, "b.md"), (3, 4, "c.md")]
    (tmp_path / "none").mkdir()
    files.add([tmp_path / "none"])
    assert "nothing to read" in str(finish(files, qtbot))


def test_an_address_is_fetched_and_called_off(files: Files, work: Work, qtbot: QtBot) -> None:
    with serving() as site:
        files.fetch(site.put("/words", b"Some words of the web.\n", "text/plain"))
        report = finish(files, qtbot)
        assert [info.source for info in report.added] == [site.at("/words")]
        with qtbot.waitSignal(files.progress, timeout=30_000, check_params_cb=lambda _d, _t, name: " MB" in name):
            files.fetch(site.put("/slow", b"x", Content_Length="999", X_Hang="1"))
        files.cancel()
        assert not files.running
    files.fetch(site.at("/words"))
    ((name, reason),) = finish(files, qtbot).refused
    assert name == site.at("/words")
    assert "could not be reached" in reason
