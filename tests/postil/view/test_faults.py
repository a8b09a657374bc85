"""Errors of our own are told once, and the log holds no word of what somebody reads."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.view.at_the_window import Reader

from postil.view import faults as module
from postil.view.faults import TRAIL, Faults
from postil.work.reading import Query
from postil.work.writing import Act
from postil_db.library import Library
from postil_db.store import documents

SECRET = "the minister's private telephone number"


@pytest.fixture
def faults(tmp_path: Path, qapp: object) -> Iterator[Faults]:
    before = sys.excepthook, threading.excepthook
    faults = Faults(tmp_path / "log" / "errors.log")
    faults.watch()
    yield faults
    faults.stop()
    assert (sys.excepthook, threading.excepthook) == before


def fail() -> None:
    try:
        dict[str, int]()[SECRET]
    except KeyError as error:
        raise ValueError(f"could not read {SECRET}") from error


def report() -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_an_error_is_told_and_logged_without_its_words(faults: Faults, qtbot: QtBot) -> None:
    with qtbot.waitSignal(faults.told) as told:
        report()
    logged = faults.log.read_text()
    for written in (told.args[0], logged):
        assert "ValueError" in written
        assert "KeyError" in written
        assert "test_faults.py" in written
        assert "minister" not in written
    assert faults.log.stat().st_mode & 0o077 == 0


def test_the_same_error_is_told_once_but_logged_each_time(faults: Faults, qtbot: QtBot) -> None:
    heard: list[str] = []
    faults.told.connect(heard.append)
    for _ in range(3):
        report()
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert faults.log.read_text().count("ValueError") == 3


def test_a_thread_that_fails_is_told_of(faults: Faults, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail)
    with qtbot.waitSignal(faults.told) as told:
        thread.start()
    thread.join()
    assert "ValueError" in told.args[0]


def test_an_operating_system_error_keeps_its_reason(faults: Faults, qtbot: QtBot) -> None:
    with qtbot.waitSignal(faults.told) as told:
        error = OSError(28, "No space left on device", f"/home/{SECRET}")
        sys.excepthook(OSError, error, None)
    assert "No space left on device" in told.args[0]
    assert "minister" not in told.args[0]


def test_a_report_tells_what_was_done_before(faults: Faults, qtbot: QtBot) -> None:
    for number in range(TRAIL + 3):
        faults.note(f"Deed {number}")
    faults.note(f"Add “{SECRET}”")
    with qtbot.waitSignal(faults.told) as told:
        report()
    assert "minister" not in told.args[0]
    assert f"done before: {', '.join(f'Deed {n}' for n in range(4, TRAIL + 3))}, Add\n" in told.args[0]
    assert faults.doing == "Add"


def test_the_log_is_begun_anew_when_it_is_long(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOG_LIMIT", 2_000)
    for _ in range(40):
        report()
    logs = sorted(faults.log.parent.iterdir())
    assert [path.name for path in logs] == ["errors.log", "errors.old.log"]
    assert all(path.stat().st_size < 4_000 for path in logs)


MARKER = "Quodlibetarian"


def test_no_word_of_a_document_note_or_query_is_in_any_log(
    start: Callable[..., Reader],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Whatever fails: a query, an act, a slot, a thread, the index, the reading of a file."""
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        document = factories.make_document(f"{MARKER} title", f"The {MARKER} speaks of {MARKER} things.")
        info = library.add(document, document.content.text.encode()).result.info
        library.write("", lambda session: documents.opened(session, info.id), undoable=False)
    reader = start()
    told: list[str] = []
    faults = reader.parts.faults
    faults.told.disconnect()
    faults.told.connect(told.append)

    def broken(*given: object, **more: object) -> None:
        raise ValueError(f"{MARKER}: {given} {more}")

    reader.select(MARKER)
    work = reader.parts.work
    monkeypatch.setattr("postil_db.store.annotations.add", broken)
    reader.window.commands["mark_yellow"].trigger()  # an act
    reader.wait(lambda: len(told) == 1)
    work.act(Act(f"Add “{MARKER}”", broken))
    work.query(Query(broken), print)
    QTimer.singleShot(0, broken)
    thread = threading.Thread(target=broken, args=(MARKER,))
    thread.start()
    thread.join()
    reader.wait(lambda: faults.log.read_text().count("ValueError") == 5)
    monkeypatch.setattr("postil_db.answering.Asking.annotations", broken)
    monkeypatch.setattr("postil_db.answering.Asking.answer", broken)
    reader.window.search_bar.set_text(f"{MARKER} things")  # the index, which is done without then
    reader.wait(lambda: "the index failed" in faults.log.read_text())
    (tmp_path / f"{MARKER}.pdf").write_bytes(b"%PDF-1.4 " + MARKER.encode() * 50)
    with reader.qtbot.waitSignal(reader.parts.files.finished, timeout=60_000):
        reader.parts.files.add([tmp_path / f"{MARKER}.pdf"])
    reader.settle()
    out, err = capfd.readouterr()
    written = {path: path.read_text() for path in faults.log.parent.rglob("*") if path.is_file()}
    assert faults.log in written
    for text in (out, err, *told, *written.values()):
        assert MARKER.lower() not in text.lower()
    assert "ValueError" in written[faults.log]
