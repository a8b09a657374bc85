"""The words of the command line: which commands there are, what each one takes, and help for all of it."""

import argparse
from collections.abc import Callable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, NoReturn

from postil.command.console import Call, Console

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

type Handler = Callable[[Call], int]
type Check = Callable[["Namespace"], str]

_WIDTH = 80
_NONE_SO_LARGE = 1 << 53  # no id is: and SQLite knows none beyond its 64 bits
_EXAMPLES = """\
examples:
  postil article.html                              open a file in the window
  postil add *.html notes.md                       put files into the library
  postil annotate 1 --quote "maritime security" --tag eu --note "compare 2024"
  postil search "maritime tag:eu"                  find it again
  postil export --tag eu -o eu.csv                 take it along

DOCUMENT is a document's id, its title, or a part of its title that no other one has.
Every command has its own help: postil COMMAND --help
"""


class Stop(Exception):
    """Parsing has ended the command: help was shown, or the words made no sense."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Parser(argparse.ArgumentParser):
    """An argument parser that writes to a console and ends by raising Stop, so that a window can host it.

    `takes_any_word`: a word with one hyphen in front is an argument too, unless it is an option (`-draft` in a query).
    """

    takes_any_word = False

    def __init__(self, console: Console, **how: Any) -> None:  # noqa: ANN401 - argparse's own keywords
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, add_help=False, **how
        )
        self.add_argument("-h", "--help", action="help", help="show this help and exit")
        self._console = console

    def _parse_optional(self, arg_string: str) -> Any:  # noqa: ANN401 - argparse's signature
        is_option = arg_string.startswith("--") or arg_string in self._option_string_actions
        if self.takes_any_word and not is_option:
            return None
        return super()._parse_optional(arg_string)

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401 - argparse's signature
        """Write the help as a result."""
        (file or self._console.out).write(self.format_help())

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the command."""
        if message:
            self._console.err.write(message)
        raise Stop(status)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, and how the command is used."""
        self._console.err.write(self.format_usage())
        self.exit(2, f"{self.prog}: error: {message}\n")


class Commands:
    """Where each group of commands declares its own."""

    def __init__(self, console: Console, common: "ArgumentParser", subparsers: Any) -> None:  # noqa: ANN401
        self._common = common
        self._subparsers = subparsers
        self._console = console

    def add(
        self,
        name: str,
        handler: Handler | None,
        summary: str,
        *,
        more: str = "",
        examples: Sequence[str] = (),
        check: Check | None = None,
    ) -> Parser:
        """Declare a command.

        `summary`: its line in the list of commands. `check`: what is wrong with its arguments taken together, or "".
        """
        parser: Parser = self._subparsers.add_parser(
            name,
            console=self._console,
            parents=[self._common],
            help=summary[0].lower() + summary[1:],
            description=fill(f"{summary}. {more}".rstrip(), _WIDTH),
            epilog="\n".join(["examples:", *(f"  {example}" for example in examples)]) if examples else None,
        )
        if handler is not None:
            parser.set_defaults(handler=handler, check=check, parser=parser)
        return parser

    def group(self, parser: Parser) -> "Commands":
        """Make room for commands below a command, as in `tag rename`."""
        below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
        return Commands(self._console, self._common, below)


def parse(argv: Sequence[str], console: Console, declare: Callable[[Commands], None]) -> "Namespace":
    """Read the words of a command line; raises Stop when that is all there is to do."""
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    common.add_argument(
        "--library",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the library's folder (else $POSTIL_LIBRARY, else the one of your account)",
    )
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON value instead of text")
    parser = Parser(
        console,
        prog="postil",
        usage="postil [--library DIR] [FILE …]\n       postil [--library DIR] COMMAND …",
        description="Read closely, mark what matters, and find it again. Without a command, Postil opens its window.",
        epilog=_EXAMPLES,
        parents=[common],
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", prog="postil")
    declare(Commands(console, common, subparsers))
    args = parser.parse_args(argv)
    if args.version:
        from postil import __version__

        console.say(f"postil {__version__}")
        raise Stop(0)
    if args.command is None:
        parser.error("which command?")
    if args.check and (fault := args.check(args)):
        args.parser.error(fault)
    return args


def whole_number(word: str) -> int:
    """Read a number from 1 on."""
    number = int(word)
    if not 1 <= number < _NONE_SO_LARGE:
        raise ValueError
    return number


def offset(word: str) -> int:
    """Read a number from 0 on."""
    number = int(word)
    if number < 0:
        raise ValueError
    return number


whole_number.__name__ = "whole number from 1 on"  # what argparse calls it in "invalid … value"
offset.__name__ = "offset"
