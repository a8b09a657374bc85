import io
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil

from postil import __version__
from postil.command import COMMANDS, is_command
from postil.command.console import Console
from postil.command.exporting import FORMAT_NAMES
from postil.command.parser import Stop, parse
from postil.exchange.formats import FORMATS

PROMISED = (
    "add list show entities annotate tag annotations remove undo redo search export import check index backup backups"
    " restore trash self-test screenshot decisions"
)


def test_the_commands_are_the_promised_ones() -> None:
    assert set(PROMISED.split()) == COMMANDS


def test_no_command_is_taken_for_a_file_to_open(postil: Postil) -> None:
    """What is declared and not among the words that `is_command` knows would open a window."""
    listed = postil("--help").out.partition("\ncommands:\n")[2].partition("\nexamples:")[0]
    declared = {line.split()[0] for line in listed.splitlines() if line.startswith("    ") and line[4] != " "}
    assert declared - {"COMMAND"} == COMMANDS


def test_help_lists_every_command_with_its_purpose(postil: Postil) -> None:
    result = postil("--help")
    assert result.status == 0
    assert result.err == ""
    for command in COMMANDS:
        assert f"\n    {command} " in result.out
    assert "examples:" in result.out


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_of_its_own(postil: Postil, command: str) -> None:
    result = postil(command, "--help")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"usage: postil {command} ")
    assert "--library DIR" in result.out


def test_help_opens_no_library(postil: Postil, tmp_path: Path) -> None:
    postil("list", "--help")
    postil("--version")
    postil("list", "--nonsense")
    assert not (tmp_path / "library").exists()


def test_the_formats_offered_are_those_there_are() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES


def test_version(postil: Postil) -> None:
    result = postil("--version")
    assert (result.status, result.out) == (0, f"postil {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["add"],
        ["add", "a.md", "b.md", "--title", "One for two"],
        ["add", "-", "-"],
        ["show"],
        ["entities"],
        ["entities", "1", "--all"],
        ["annotate", "1"],
        ["annotate", "1", "--start", "3"],
        ["annotate", "1", "--start", "3", "--end", "9", "--nth", "2"],
        ["annotate", "1", "--start", "-3", "--end", "9"],
        ["annotate", "1", "--quote", "x", "--nth", "0"],
        ["annotate", "1", "--quote", "x", "--color", "orange"],
        ["remove"],
        ["remove", "one"],
        ["remove", "99999999999999999999"],
        ["decisions", "withdraw", "99999999999999999999"],
        ["tag"],
        ["tag", "rename", "a"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--sort", "colour"],
        ["export", "--tag", "a", "--query", "b"],
        ["export", "--tag", " "],
        ["export", "--format", "xlsx"],
        ["export", "--json"],
        ["screenshot"],
        ["screenshot", "a.png", "--size", "large"],
        ["screenshot", "a.png", "--scale", "-1"],
        ["list", "--lib", "x"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_explained(postil: Postil, tmp_path: Path, words: list[str]) -> None:
    result = postil(*words)
    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith("usage: postil")
    assert "error: " in result.err.splitlines()[-1]
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["list"], True),
        (["--library", "somewhere", "list"], True),
        (["--library=somewhere", "--json", "list"], True),
        (["--help"], True),
        (["--version"], True),
        ([], False),
        (["--library", "list"], False),
        (["article.html", "list"], False),
        (["./list"], False),
    ],
)
def test_commands_are_told_from_files(words: list[str], expected: bool) -> None:
    assert is_command(words) is expected


@pytest.mark.parametrize(("words", "status"), [(["--version"], 0), (["--help"], 0), ([], 2), (["--nonsense"], 2)])
def test_parsing_ends_a_command_without_ending_the_process_that_hosts_it(words: list[str], status: int) -> None:
    console = Console(io.StringIO(), io.StringIO(), None, Path())
    with pytest.raises(Stop) as stopped:
        parse(words, console, lambda commands: None)
    assert stopped.value.status == status
