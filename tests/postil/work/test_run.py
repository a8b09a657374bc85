"""Work: acts are written in order and told to all, answers come back on the UI thread, nothing given is lost."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from tests import factories

from postil.work.reading import Query, reading
from postil.work.run import FailedAct, Work
from postil.work.writing import Act, writing
from postil_db.changes import Changes
from postil_db.errors import InUse, NoSpace
from postil_db.library import Library
from postil_db.records import Color
from postil_db.store import annotations, documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def work(folder: Path, tmp_path: Path, qapp: object) -> Iterator[Work]:
    work = Work()
    work.open(lambda: Library.open(folder, cache=tmp_path / "cache"))
    yield work
    work.close()


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    yield
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("library")] == []


def add(title: str = "A title") -> Act[int]:
    new = factories.make_document(title, "One.", "Two.")
    return Act("Add", lambda library: library.add(new, new.content.text.encode()).result.info.id)


def titles(work: Work, qtbot: QtBot) -> list[str]:
    got: list[list[str]] = []
    work.query(reading(lambda session: [each.title for each in documents.every(session)]), got.append)
    qtbot.waitUntil(lambda: bool(got))
    return sorted(got[0])


def reopened(folder: Path, tmp_path: Path) -> list[str]:
    with Library.open(folder, cache=tmp_path / "cache") as library:
        return sorted(each.title for each in library.read(documents.every))


def test_an_act_is_told_to_all_before_its_own_end(work: Work, qtbot: QtBot) -> None:
    heard: list[object] = []
    me = QObject()
    work.changed.connect(lambda changes, who: heard.append((bool(changes.documents), who)))
    work.act(add(), lambda _id: heard.append("done"), initiator=me)
    qtbot.waitUntil(lambda: "done" in heard)
    assert heard == [(True, me), "done"]
    assert not work.writing


def test_answers_come_on_the_ui_thread(work: Work, qtbot: QtBot) -> None:
    threads: list[int] = []

    def op(_library: Library) -> int:
        threads.append(threading.get_ident())
        return 1

    work.query(Query(op), lambda _one: threads.append(threading.get_ident()))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threading.get_ident() == threads[1]


def test_asking_before_the_library_is_open_waits_for_it(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    work = Work()
    got: list[object] = []
    work.act(add("Early"))
    work.query(reading(lambda session: [each.title for each in documents.every(session)]), got.append)
    work.open(lambda: Library.open(folder, cache=tmp_path / "cache"))
    qtbot.waitUntil(lambda: got == [["Early"]])
    work.close()


def test_only_the_latest_of_a_topic_is_answered(work: Work, qtbot: QtBot) -> None:
    gate, got = threading.Event(), list[object]()
    work.query(Query(lambda _library: gate.wait(10), "search"), got.append)
    numbers = iter(range(100))
    for _ in range(5):
        work.query(Query(lambda _library: next(numbers), "search"), got.append)
    gate.set()
    with qtbot.waitSignal(work.idle):
        pass
    assert got == [0], "the others were not even run"


def test_a_dead_receiver_is_left_out(work: Work, qtbot: QtBot) -> None:
    heard: list[object] = []

    class Receiver(QObject):
        def take(self, result: object) -> None:
            heard.append(result)

    dead, alive = Receiver(), Receiver()
    work.query(Query(lambda _library: 1), dead.take)
    work.query(Query(lambda _library: 2), alive.take)
    shiboken6.delete(dead)
    qtbot.waitUntil(lambda: heard == [2])


def test_a_failed_act_can_be_tried_again(work: Work, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    full = [True]

    def op(library: Library) -> int:
        if full[0]:
            raise NoSpace("The disk is full; free some space.")
        return add("Kept").run(library)

    failed, done, told = list[FailedAct](), list[int](), list[object]()
    work.act_failed.connect(failed.append)
    work.act(Act("Add", op), done.append, told.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].reason == "The disk is full; free some space."
    assert len(told) == 1
    assert not done
    assert titles(work, qtbot) == []
    full[0] = False
    work.again(failed[0])
    qtbot.waitUntil(lambda: bool(done))
    assert titles(work, qtbot) == ["Kept"]


def test_a_failing_query_is_told_once(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.query_failed) as told:
        work.query(reading(lambda session: documents.get(session, 99)), pytest.fail)
    assert "99" in told.args[0] or "document" in told.args[0]
    mine: list[object] = []
    work.query(reading(lambda session: documents.get(session, 99)), pytest.fail, mine.append)
    qtbot.waitUntil(lambda: len(mine) == 1)


def test_a_bug_is_raised_on_the_ui_thread(work: Work, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(work.idle):
        work.query(Query(lambda _library: 1 // 0), pytest.fail)
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert titles(work, qtbot) == [], "it works on"


def test_undo_and_redo(work: Work, qtbot: QtBot) -> None:
    new = factories.make_document()
    got: list[int] = []
    work.act(Act("Add", lambda library: library.add(new, new.content.text.encode()).result.info.id), got.append)
    qtbot.waitUntil(lambda: bool(got))
    selector = factories.make_selector(new.content, "New Delhi")

    def mark(session: Any) -> None:
        annotations.add(session, got[0], selector, color=Color.BLUE)

    def marked() -> int:
        counts: list[int] = []
        work.query(reading(lambda session: len(annotations.of_document(session, got[0]))), counts.append)
        qtbot.waitUntil(lambda: bool(counts))
        return counts[0]

    work.act(writing("Mark passage", mark))
    assert marked() == 1
    with qtbot.waitSignal(work.changed) as changed:
        work.undo()
    assert isinstance(changed.args[0], Changes)
    assert changed.args[0].annotations
    assert marked() == 0
    work.redo()
    assert marked() == 1


def test_closing_writes_what_was_given(folder: Path, tmp_path: Path, qapp: object) -> None:
    work = Work()
    work.open(lambda: Library.open(folder, cache=tmp_path / "cache"))
    for number in range(5):
        work.act(add(f"Title {number}"))
    work.query(Query(lambda _library: pytest.fail("a query after the end")), pytest.fail)
    assert work.writing
    work.close()
    work.close()
    assert reopened(folder, tmp_path) == [f"Title {number}" for number in range(5)]


@pytest.mark.parametrize("give", [lambda _work: None, lambda work: work.act(add())])
def test_closing_without_ever_opening(give: Callable[[Work], None], qapp: object) -> None:
    work = Work()
    give(work)
    work.close()


def test_a_library_that_cannot_be_opened(work: Work, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    titles(work, qtbot)  # it is open
    other = Work()
    failures: list[object] = []
    with qtbot.waitSignal(other.open_failed) as failed:
        other.query(Query(lambda _library: 1), pytest.fail, failures.append)
        other.open(lambda: Library.open(folder, cache=tmp_path / "cache"))
    assert isinstance(failed.args[0], InUse)
    qtbot.waitUntil(lambda: len(failures) == 1)
    other.close()


def test_another_thread_writes_without_an_initiator(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.changed) as changed:
        thread = threading.Thread(target=lambda: add().run(work.library()))
        thread.start()
    thread.join()
    assert changed.args[1] is None


def test_nobody_is_answered_after_closing(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    work = Work()
    work.open(lambda: Library.open(folder, cache=tmp_path / "cache"))
    work.act(add("Kept"), pytest.fail)
    work.query(Query(lambda _library: 1), pytest.fail)
    with qtbot.waitSignal(work.idle):
        work.close()
    assert reopened(folder, tmp_path) == ["Kept"]
