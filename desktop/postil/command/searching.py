"""`search`: over every annotation of the library."""

import os

from postil.command import shapes
from postil.command.cards import card
from postil.command.console import Call
from postil.command.parser import Commands, whole_number
from postil.command.text import plain

_LIMIT = 50
_HIT, _PLAIN = "\x1b[1m", "\x1b[0m"


def declare(commands: Commands) -> None:
    """Declare `search`."""
    parser = commands.add(
        "search",
        search,
        "Find annotations by words of their quote, note, tags, entities or document's title",
        more='Words, "a phrase", prefix*, tag:name, -not, AND, OR; whatever is no clause is plain text.',
        examples=(
            "postil search maritime",
            "postil search '\"naval base\"' tag:eu -draft",
            "postil search tag:eu --json",
        ),
    )
    parser.takes_any_word = True
    parser.add_argument("query", metavar="QUERY", nargs="+", help="what to look for; several words need no quotes")
    parser.add_argument("--limit", metavar="N", type=whole_number, default=_LIMIT, help="at most N (default: 50)")
    parser.add_argument("--sort", choices=("relevance", "newest", "document"), default="relevance")


def search(call: Call) -> int:
    """Search; exit 1 when nothing is found."""
    args, console = call.args, call.console
    found = call.library.search(" ".join(args.query), limit=args.limit, sort=args.sort)
    if call.as_json:
        console.emit([shapes.hit(hit) for hit in found.hits])
    else:
        for hit in found.hits:
            for line in card(hit.annotation, hit.title):
                console.say(line)
            if hit.snippet and plain(hit.snippet) not in (
                plain(hit.annotation.selector.quote),
                plain(hit.annotation.note),
            ):
                console.say(f"      … {_marked(call, hit.snippet, hit.marks)}")
        if len(found.hits) < found.total:
            console.tell(f"{found.total:,} found; the first {len(found.hits)} are shown (--limit shows more).")
    if found.hits:
        return 0
    console.tell("Nothing was found.")
    return 1


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
