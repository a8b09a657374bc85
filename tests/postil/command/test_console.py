import io
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil

from postil.command import run
from postil.command.console import Console, NotDone
from postil_db.library import Library
from postil_db.places import library_folder


class Terminal(io.StringIO):
    """A stream that says that somebody is watching."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_terminal(tmp_path: Path) -> Callable[..., tuple[str, str]]:
    """Give a function that runs a command as at a terminal."""

    def call(*words: str) -> tuple[str, str]:
        out, err = Terminal(newline=""), Terminal(newline="")
        run([*words, "--library", str(tmp_path / "library")], cwd=tmp_path, stdin=io.StringIO(), out=out, err=err)
        return out.getvalue(), err.getvalue()

    return call


def test_progress_is_one_line_that_goes_away(at_terminal: Callable[..., tuple[str, str]], tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Text of {name}.\n")
    out, err = at_terminal("add", "a.txt", "missing.txt", "b.txt", "--no-entities")
    assert len(out.splitlines()) == 3
    assert "\r\x1b[K[1/3] a.txt: reading …" in err
    assert "\r\x1b[Kpostil: There is no file “missing.txt”" in err
    assert err.endswith("\r\x1b[K")


def test_hit_words_stand_out_at_a_terminal(
    stocked: Postil, at_terminal: Callable[..., tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "New \x1b[1mDelhi\x1b[0m" in at_terminal("search", "title:delhi")[0] + at_terminal("search", "delhi")[0]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in at_terminal("search", "delhi")[0]


def test_a_document_cannot_command_the_terminal(tmp_path: Path, at_terminal: Callable[..., tuple[str, str]]) -> None:
    (tmp_path / "a.txt").write_text("One\u202e line.\n\nAnother line.\n")
    at_terminal("add", "a.txt", "--no-entities")
    assert at_terminal("show", "1", "--text")[0] == "a\nOne line.\nAnother line.\n"


def test_there_may_be_no_standard_input() -> None:
    for stdin in (None, io.StringIO()):
        if stdin is not None:
            stdin.close()
        console = Console(io.StringIO(), io.StringIO(), stdin, Path())
        with pytest.raises(NotDone, match="no standard input"):
            console.read_stdin()


def test_a_library_that_cannot_be_opened_is_explained(postil: Postil, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "library.sqlite3").write_text("this is no database, only some words\n" * 100)
    result = postil("list", "--json")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("postil: ")
    assert result.err.count("\n") == 1
    assert (tmp_path / "library" / "library.sqlite3").read_text().startswith("this is no database")


def test_a_library_that_is_given_is_the_one_used(
    postil: Postil, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTIL_LIBRARY", str(tmp_path / "elsewhere"))
    (tmp_path / "a.txt").write_text("Some words.\n")
    assert postil("add", "a.txt", "--no-entities", library=library).status == 0
    assert len(postil("list", "--json", library=library).json) == 1
    assert not (tmp_path / "elsewhere").exists()


def test_a_tilde_in_a_name_need_not_be_a_home(postil: Postil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word leaves such files beside an open document, and `postil add *` names them."""
    (tmp_path / "~$draft.txt").write_text("Some words.\n")
    assert postil("add", "~$draft.txt", "--no-entities").status == 0
    monkeypatch.setenv("POSTIL_LIBRARY", "~$nobody/library")
    assert library_folder() == Path("~$nobody/library")
