"""Errors of our own are told once, and the log holds no word of what somebody reads."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from postil.view import faults as module
from postil.view.faults import TRAIL, Faults

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
