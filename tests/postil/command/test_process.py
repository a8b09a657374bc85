"""The command line as a process: what it loads, how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlalchemy", "alembic", "whoosh", "numpy", "spacy", "lxml", "trafilatura", "PySide6")
LOADED = "import sys, json; {code}; print(json.dumps([name for name in {heavy} if name in sys.modules]))"


def loaded(code: str, folder: Path) -> list[str]:
    """The heavy modules that some code loads, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code, heavy=HEAVY)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "postil", *words]


@pytest.mark.parametrize(
    "code",
    [
        "import postil.command",
        "import io; from postil.command import run; run(['--help'], out=io.StringIO(), err=io.StringIO())",
        "import io; from postil.command import run; run(['search', '--help'], out=io.StringIO(), err=io.StringIO())",
        "import io; from postil.command import run; run(['nonsense'], out=io.StringIO(), err=io.StringIO())",
    ],
)
def test_help_loads_nothing_heavy(code: str, tmp_path: Path) -> None:
    assert loaded(code, tmp_path) == []


def test_work_loads_no_window(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Maritime security comes first.")
    code = (
        "import io; from postil.command import run; out = io.StringIO(); "
        "[run([*words, '--library', 'lib'], out=out, err=out) for words in (['add', 'a.txt', '--no-entities'], "
        "['annotate', '1', '--quote', 'security', '--note', 'sea'], ['search', 'sea'], ['export'], ['list'])]; "
        "assert 'sea' in out.getvalue()"
    )
    assert not {"PySide6", "spacy", "lxml", "trafilatura"} & set(loaded(code, tmp_path))


def test_what_stands_on_stdout_is_exact_whatever_the_locale(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    run = {"cwd": tmp_path, "env": environment, "capture_output": True}
    words = command("--library", "lib", "add", "-", "--title", "Zoë 印度", "--no-entities", "--json")
    added = subprocess.run(words, input="Zoë met 印度.\n".encode(), check=True, **run)  # type: ignore[call-overload]
    assert json.loads(added.stdout.decode("utf-8"))[0]["title"] == "Zoë 印度"
    words = command("annotate", "1", "--quote", "印度", "--library", "lib")
    assert subprocess.run(words, check=True, **run).stdout.decode("utf-8").startswith("   1  “印度”\n")  # type: ignore[call-overload]
    table = subprocess.run(command("--library", "lib", "export"), check=True, **run).stdout  # type: ignore[call-overload]
    assert table.startswith(b"\xef\xbb\xbfid,created_at")
    assert table.count(b"\r\n") == 2
    assert "印度".encode() in table


@pytest.mark.parametrize(
    ("given", "said"),
    [(b"%PDF-1.7\n...", "“standard input” is a PDF"), (bytes(range(256)) * 9, "“standard input” holds no text")],
)
def test_input_that_is_no_text_is_refused(tmp_path: Path, given: bytes, said: str) -> None:
    words = command("--library", "lib", "add", "-", "--no-entities")
    done = subprocess.run(words, input=given, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert said in done.stderr.decode()


def test_the_encoding_of_input_is_guessed_as_a_files_is(tmp_path: Path) -> None:
    text = "Le café était fermé, dit le maître d’hôtel."
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        words = command("--library", "lib", "add", "-", "--no-entities", "--title", "Café", "--json")
        done = subprocess.run(words, input=text.encode(encoding), cwd=tmp_path, capture_output=True, check=True)
        assert [json.loads(done.stdout)[0][name] for name in ("id", "new")] == [1, encoding == "utf-8-sig"]
    shown = subprocess.run(
        command("--library", "lib", "show", "1", "--text"), cwd=tmp_path, capture_output=True, check=True
    )
    assert shown.stdout.decode() == f"Café\n{text}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_pipe_that_nobody_reads_is_no_fault(tmp_path: Path) -> None:
    words = command("--library", "lib", "add", "-", "--no-entities")
    subprocess.run(words, input=b"Some words.", cwd=tmp_path, check=True, capture_output=True)
    for words in (["show", "1", "--text"], ["list"], ["export"]):
        process = subprocess.Popen(
            command("--library", "lib", *words), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(60) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_ends_quietly_and_leaves_a_whole_library(tmp_path: Path) -> None:
    words = command("--library", "lib", "add", "-", "--no-entities")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, cwd=tmp_path, **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write(b"Some words")
        process.stdin.flush()
        # The library being there means that the command is at work.
        while not (tmp_path / "lib" / "library.sqlite3").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b"postil: Stopped.\n"
        assert process.stdout.read() == b""
    words = command("--library", "lib", "list", "--json")
    listed = subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(listed.stdout) == []
