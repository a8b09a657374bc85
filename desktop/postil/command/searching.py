"""`search`: over all that the library holds."""

import os
from typing import TYPE_CHECKING

from postil.command import shapes
from postil.command.cards import card
from postil.command.console import Call
from postil.command.parser import Commands, whole_number
from postil.command.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postil_db.records import Result

_LIMIT = 50
_HIT, _PLAIN = "\x1b[1m", "\x1b[0m"


def declare(commands: Commands) -> None:
    """Declare `search`."""
    parser = commands.add(
        "search",
        search,
        "Find highlights, notes, entities and passages of documents",
        more='Words, "a phrase", prefix*, wild?card, misspelt~, -not, AND, OR, NEAR/5, brackets; and fields like tag: '
        "note: title: person: created:2026-01 is:changed has:note in:text. Whatever is no clause is plain text.",
        examples=(
            "postil search maritime",
            "postil search '\"naval base\"' tag:eu -draft",
            "postil search tag:eu --json",
        ),
    )
    parser.takes_any_word = True
    parser.add_argument("query", metavar="QUERY", nargs="+", help="what to look for; several words need no quotes")
    parser.add_argument("--limit", metavar="N", type=whole_number, default=_LIMIT, help="at most N (default: 50)")
    parser.add_argument("--offset", metavar="N", type=whole_number, default=0, help="without the first N")
    parser.add_argument("--sort", choices=("relevance", "newest", "document"), default="relevance")


def search(call: Call) -> int:
    """Search; exit 1 when nothing is found."""
    args, console = call.args, call.console
    query = " ".join(args.query)
    call.library.heal_index(lambda done, total: console.progress(f"indexing {done:,} of {total:,} …"))
    console.end_progress()
    last = args.offset + args.limit
    answer = call.library.ask(query, limit=last, sort=args.sort, facets=False)
    shown, total = answer.results[args.offset : last], sum(answer.totals.values())
    if call.as_json:
        console.emit([shapes.result(one) for one in shown])
    else:
        for one in shown:
            for line in _lines(call, one):
                console.say(line)
        if len(shown) < total:
            which = f"{args.offset + 1:,} to {args.offset + len(shown):,}" if args.offset else f"the first {len(shown)}"
            console.tell(f"{total:,} found; {which} are shown (--limit and --offset show more).")
    if shown:
        return 0
    console.tell(f"Nothing was found. Did you mean: {answer.suggestion}" if answer.suggestion else "Nothing was found.")
    return 1


def _lines(call: Call, one: "Result") -> "Iterator[str]":
    """A result as a reader at a terminal sees it."""
    snippet = _marked(call, one.snippet, one.marks)
    where = f"{plain(one.title)} ({one.document_id})"
    if one.annotation is not None:
        yield from card(one.annotation, one.title)
        if one.snippet and plain(one.snippet) not in (plain(one.annotation.selector.quote), plain(one.annotation.note)):
            yield f"      … {snippet}"
    elif one.entity is not None:
        yield f"      {plain(one.entity.name)} · {one.entity.kind.value}, named {one.entity.count:,} times"
        if one.snippet and plain(one.snippet) != plain(one.entity.name):
            yield f"      … {snippet}"
    else:
        yield f"      … {snippet}"
        yield f"      text · {where}"


def _marked(call: Call, snippet: str, marks: tuple[tuple[int, int], ...]) -> str:
    """The snippet, its hit words bold where a terminal can show that."""
    if not call.console.out.isatty() or "NO_COLOR" in os.environ:
        return plain(snippet)
    parts, at = [], 0
    for start, end in marks:
        parts += [_flat(snippet[at:start]), _HIT, _flat(snippet[start:end]), _PLAIN]
        at = end
    return "".join([*parts, _flat(snippet[at:])])


def _flat(part: str) -> str:
    """A piece made plain, keeping the blanks at its ends that part it from its neighbours."""
    core = plain(part)
    if not core:
        return " " if part else ""
    return f"{' ' * part[0].isspace()}{core}{' ' * part[-1].isspace()}"
