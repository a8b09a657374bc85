"""A command on a library that a window owns: answered by the window, or refused with a sentence."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from postil.command import COMMANDS, run
from postil.work.instance import Answer, Owner, Request
from postil_db.library import Library


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "lib") as library:
        yield library


@pytest.fixture
def owner(qtbot: QtBot, tmp_path: Path, opened: Library) -> Iterator[list[list[str]]]:
    """Give the words that reach the owner of the library, who runs them as the window does."""
    asked: list[list[str]] = []

    def answer(request: Request) -> Answer:
        asked.append(request.argv)
        out, err = io.StringIO(newline=""), io.StringIO(newline="")
        stdin = io.StringIO(request.stdin)
        status = run(request.argv, library=opened, cwd=Path(request.cwd), stdin=stdin, out=out, err=err)
        return Answer(status, out.getvalue(), err.getvalue())

    listening = Owner(tmp_path / "lib", COMMANDS, answer)
    assert listening.listen()
    yield asked
    listening.close()


def ask(qtbot: QtBot, folder: Path, *words: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run a command as a process, while this one answers it."""
    outputs = [folder / "stdout", folder / "stderr"]
    (folder / "stdin").write_bytes(stdin)
    with (folder / "stdin").open("rb") as given, outputs[0].open("wb") as out, outputs[1].open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "postil", *words], cwd=folder, stdin=given, stdout=out, stderr=err
        )
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=60_000)
    return subprocess.CompletedProcess(words, process.returncode, *(path.read_bytes() for path in outputs))


def result(done: "subprocess.CompletedProcess[bytes]") -> Any:
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


@pytest.mark.slow
def test_the_owner_answers_for_its_library(qtbot: QtBot, tmp_path: Path, owner: list[list[str]]) -> None:
    text = "Zoë spoke of maritime security.\n".encode()
    add = ("--library", "lib", "--json", "add", "-", "--no-entities", "--title", "Zoë")
    assert result(ask(qtbot, tmp_path, *add, stdin=text))[0]["new"] is True
    assert owner == [["add", "--json", "-", "--no-entities", "--title", "Zoë"]]
    (tmp_path / "b.txt").write_text("Another text altogether.\n")
    assert result(ask(qtbot, tmp_path, "add", "b.txt", "--no-entities", "--json", "--library=lib"))[0]["id"] == 2
    made = result(ask(qtbot, tmp_path, "annotate", "Zoë", "--quote", "maritime", "--library", "lib", "--json"))
    assert made["quote"] == "maritime"
    exported = ask(qtbot, tmp_path, "--library", "lib", "export", "-o", "out.csv")
    assert exported.returncode == 0
    assert b"Exported 1 annotation" in exported.stderr
    assert (tmp_path / "out.csv").read_bytes().count(b"\r\n") == 2
    table = ask(qtbot, tmp_path, "--library", "lib", "export")
    assert table.stdout == (tmp_path / "out.csv").read_bytes()


def test_the_owners_status_and_sentence_come_back(qtbot: QtBot, tmp_path: Path, owner: list[list[str]]) -> None:
    none = ask(qtbot, tmp_path, "--library", "lib", "search", "nowhere", "--json")
    assert (none.returncode, json.loads(none.stdout), none.stderr) == (1, [], b"postil: Nothing was found.\n")
    wrong = ask(qtbot, tmp_path, "--library", "lib", "search")
    assert wrong.returncode == 2
    assert [words[0] for words in owner] == ["search"]


def test_a_library_in_use_by_one_that_does_not_answer_is_left_alone(
    qtbot: QtBot, tmp_path: Path, opened: Library
) -> None:
    done = ask(qtbot, tmp_path, "--library", "lib", "list", "--json")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"postil: ")
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_words_after_two_hyphens_are_left_as_they_are(qtbot: QtBot, tmp_path: Path, owner: list[list[str]]) -> None:
    done = ask(qtbot, tmp_path, "--library", "lib", "search", "--json", "--", "--library", "-x")
    assert done.returncode == 1
    assert owner == [["search", "--json", "--", "--library", "-x"]]


def test_what_is_imported_from_standard_input_reaches_the_owner(
    qtbot: QtBot, tmp_path: Path, owner: list[list[str]], opened: Library
) -> None:
    rows = b"document,quote,note,start\nNowhere,some words,mine,4\n"
    done = ask(qtbot, tmp_path, "--library", "lib", "--json", "import", "-", stdin=rows)
    assert (done.returncode, json.loads(done.stdout)["left_out"]) == (1, 1)
    assert owner[0][0] == "import"
