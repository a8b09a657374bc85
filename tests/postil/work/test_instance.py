"""A second start finds the window that owns the library, and has it do the work."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from postil.work.address import address
from postil.work.instance import Answer, Owner, Request, ask_owner

type Caller = Callable[..., list[Any] | None]

CALLER = """
import json, sys
from pathlib import Path
from postil.work.instance import ask_owner
answer = ask_owner(Path(sys.argv[1]), sys.argv[3:], sys.argv[2], sys.stdin.read())
print(json.dumps(answer and [answer.status, answer.out, answer.err]))
"""


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def run(request: Request) -> Answer:
    if request.argv[1:] == ["fail"]:
        raise RuntimeError("a bug")
    return Answer(3, f"{request.argv} in {Path(request.cwd).name}: {request.stdin}", "beware")


@pytest.fixture
def owner(folder: Path, qapp: object) -> Iterator[Owner]:
    owner = Owner(folder, frozenset({"add", "list"}), run)
    assert owner.listen()
    yield owner
    owner.close()


@pytest.fixture
def call(folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Caller]:
    started: list[subprocess.Popen[bytes]] = []

    def call(*argv: str, stdin: str = "") -> list[Any] | None:
        (tmp_path / "in").write_text(stdin)
        with (tmp_path / "in").open("rb") as given, (tmp_path / "out").open("wb") as out:
            command: list[str] = [sys.executable, "-c", CALLER, str(folder), str(folder), *argv]
            process = subprocess.Popen(command, stdin=given, stdout=out)
        started.append(process)
        qtbot.waitUntil(lambda: process.poll() is not None)
        answer: list[Any] | None = json.loads((tmp_path / "out").read_bytes())
        return answer

    yield call
    for process in started:
        process.kill()
        process.wait()


def test_the_owner_runs_a_command(owner: Owner, call: Caller) -> None:
    text = "pasted ☃\n" * 20_000
    assert call("add", "-", stdin=text) == [3, f"['add', '-'] in library: {text}", "beware"]


def test_the_owner_is_handed_files(owner: Owner, call: Caller, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(owner.files_handed) as handed:
        assert call("news.html", "/elsewhere/a.md") == [0, "", ""]
    assert handed.args == [[folder / "news.html", Path("/elsewhere/a.md")]]
    with qtbot.waitSignal(owner.files_handed) as raised:
        assert call() == [0, "", ""]
    assert raised.args == [[]]


def test_a_bug_in_a_command_is_answered_and_shown(owner: Owner, call: Caller, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        answer = call("add", "fail")
    assert answer
    assert answer[:2] == [1, ""]
    assert "error" in answer[2]
    assert [str(error) for _kind, error, _trace in caught] == ["a bug"]


def test_nobody_answers_for_another_library(owner: Owner, tmp_path: Path) -> None:
    assert ask_owner(tmp_path / "other", ["list"], str(tmp_path), patience_s=0) is None


def test_one_library_has_one_address(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert address(tmp_path / "link") == address(folder) == address(folder / ".." / "library")
    assert address(folder) != address(tmp_path)


def test_what_a_dead_owner_left_is_replaced(folder: Path, call: Caller, qapp: object) -> None:
    Path(address(folder)).touch()
    assert ask_owner(folder, ["list"], "/", patience_s=0) is None
    owner = Owner(folder, frozenset({"list"}), run)
    try:
        assert owner.listen()
        assert call("list") == [3, "['list'] in library: ", "beware"]
    finally:
        owner.close()
    assert not Path(address(folder)).exists()


def test_a_hanging_owner_does_not_hang_the_caller(folder: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setattr("postil.work.instance.GREETING_MS", 50)
    server = QLocalServer()
    assert server.listen(address(folder))  # accepts, and never says a word
    assert ask_owner(folder, ["list"], "/", patience_s=0) is None
    server.close()


@pytest.mark.parametrize(
    "noise", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x02[]", b"\x00\x00\x00\x02{]", b'\x00\x00\x00\x07{"a":1}']
)
def test_noise_is_hung_up_on(owner: Owner, folder: Path, noise: bytes, qtbot: QtBot) -> None:
    socket = QLocalSocket()
    socket.connectToServer(address(folder))
    with qtbot.waitSignal(socket.disconnected):
        socket.write(noise)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_may_ask(owner: Owner, folder: Path) -> None:
    assert Path(address(folder)).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names pipes, not files")
def test_a_folder_that_somebody_else_prepared_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ours = Path(address(folder)).parent
    assert ours.parent == tmp_path
    assert ours.stat().st_mode & 0o077 == 0
    ours.rmdir()
    (tmp_path / "trap").mkdir()
    ours.symlink_to(tmp_path / "trap")
    assert tmp_path / "trap" not in Path(address(folder)).resolve().parents


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names pipes, not files")
def test_a_folder_that_everybody_may_write_to_is_not_used(folder: Path, tmp_path: Path) -> None:
    assert Path(address(folder)).parent == tmp_path
    tmp_path.chmod(0o1777)
    assert Path(address(folder)).parent != tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="there, Ctrl+C is no signal to send to one process")
def test_ctrl_c_ends_the_waiting(folder: Path, qtbot: QtBot) -> None:
    running, gate = threading.Event(), threading.Event()

    def hang(_request: Request) -> Answer:
        running.set()
        gate.wait(20)
        return Answer(0)

    owner = Owner(folder, frozenset({"add"}), hang)
    assert owner.listen()
    command = [sys.executable, "-c", CALLER, str(folder), str(folder), "add"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as caller:
        qtbot.waitUntil(running.is_set)
        caller.send_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: caller.poll() is not None)
        assert b"KeyboardInterrupt" in caller.communicate()[1]
    gate.set()
    owner.close()


def test_closing_waits_for_a_command_that_needs_the_window(folder: Path, qtbot: QtBot) -> None:
    """A picture is taken on the thread of the window, which is the one that closes."""
    began, closing, done = threading.Event(), threading.Event(), threading.Event()
    served = QObject()

    def picture(_request: Request) -> Answer:
        began.set()
        closing.wait()
        QTimer.singleShot(0, served, done.set)
        return Answer(0 if done.wait(3) else 1, "taken")

    owner = Owner(folder, frozenset({"screenshot"}), picture)
    assert owner.listen()
    answers: list[Answer | None] = []
    caller = threading.Thread(target=lambda: answers.append(ask_owner(folder, ["screenshot"], str(folder))))
    caller.start()
    qtbot.waitUntil(began.is_set)
    closing.set()
    owner.close()
    caller.join()
    assert answers == [Answer(0, "taken")]
