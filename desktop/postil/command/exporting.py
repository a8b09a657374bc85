"""`export`: annotations and entities out of the library, as CSV."""

from typing import TYPE_CHECKING

from postil.command.console import Call
from postil.command.parser import Commands
from postil.command.text import counted
from postil.exchange.scope import Scope

if TYPE_CHECKING:
    from argparse import Namespace

_STDOUT = "-"
FORMAT_NAMES = ("csv", "entities")  # as in exchange.formats, named here so that help needs not load it


def declare(commands: Commands) -> None:
    """Declare `export`."""
    parser = commands.add(
        "export",
        export,
        "Write annotations, or entities, as CSV for any spreadsheet",
        more="A file that is there is replaced only when the new one is complete.",
        examples=(
            "postil export -o library.csv",
            "postil export --tag policy -o policy.csv",
            "postil export --document 1 > article.csv",
            "postil export --format entities -o names.csv",
        ),
        check=_check,
    )
    parser.add_argument(
        "--format", choices=FORMAT_NAMES, default="csv", help="csv: one row for each annotation (default); entities"
    )
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--query", metavar="Q", help="only what this search finds")
    scope.add_argument("--tag", metavar="T", help="only what carries this tag")
    scope.add_argument("--document", metavar="D", help="only this document: id, title, or part of a title")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default=_STDOUT, help="where to (default: -, standard output)"
    )
    parser.add_argument(
        "--keep-formulas",
        action="store_true",
        help="leave cells as they are that begin with = + - @ and that a spreadsheet would run as formulas",
    )


def export(call: Call) -> int:
    """Write the table; exit 1 when what was asked for holds nothing."""
    from postil.exchange.formats import FORMATS
    from postil_db.store import documents

    args, console = call.args, call.console
    chosen = FORMATS[args.format]
    document = call.library.read(lambda session: documents.find(session, args.document).id) if args.document else None
    scope = Scope(query=args.query or "", tag=args.tag or "", document=document)
    target = console.out if args.output == _STDOUT else console.path(args.output)
    count = chosen.write(call.library, scope, target, guarded=not args.keep_formulas)
    if call.as_json:
        console.emit({"file": str(target), "format": args.format, "rows": count})
    place = "" if args.output == _STDOUT else f" to {target}"
    console.tell(f"Exported {counted(count, *chosen.noun)}{place}.")
    return 0 if count or scope == Scope() else 1


def _check(args: "Namespace") -> str:
    if getattr(args, "json", False) and args.output == _STDOUT:
        return "--json needs -o FILE: standard output cannot hold both"
    for name in ("query", "tag", "document"):
        if getattr(args, name) is not None and not getattr(args, name).strip():
            return f"--{name} is empty"
    return ""
