"""`list`, `show`: the documents of the library."""

from typing import TYPE_CHECKING

from postil.command import shapes
from postil.command.console import Call
from postil.command.parser import Commands
from postil.command.text import counted, plain, shortened, shown

if TYPE_CHECKING:
    from postil_db.records import Document, DocumentInfo


def declare(commands: Commands) -> None:
    """Declare `list` and `show`."""
    parser = commands.add(
        "list",
        list_documents,
        "List the documents of the library",
        more="The ones last opened or added come first.",
        examples=("postil list", "postil list --query defence --json"),
    )
    parser.add_argument(
        "--query", metavar="Q", default="", help="only those with all these words in title, authors or source"
    )
    parser = commands.add(
        "show",
        show,
        "Show what is known about a document, or its text",
        examples=("postil show 1", "postil show 1 --text > article.txt"),
    )
    parser.add_argument("document", metavar="DOCUMENT", help="id, title, or part of a title")
    parser.add_argument("--text", action="store_true", help="the text itself, which all offsets count in")


def list_documents(call: Call) -> int:
    """List the documents, or those that fit a query."""
    from postil_db.store import documents

    words = call.args.query.casefold().split()
    every = call.library.read(documents.every)
    found = [info for info in every if all(word in _searched(info) for word in words)]
    if call.as_json:
        call.console.emit([shapes.document(info) for info in found])
    elif found:
        rows = [_line(info) for info in found]
        call.console.table(("ID", "TITLE", "WORDS", "MARKS", "PUBLISHED", "ADDED"), rows, right=(0, 2, 3))
    if found:
        return 0
    call.console.tell("No document fits." if words else "The library is empty. Put a file into it: postil add FILE")
    return 1 if words else 0


def show(call: Call) -> int:
    """Show one document."""
    from postil_db.store import documents

    document = call.library.read(lambda session: documents.get(session, documents.find(session, call.args.document).id))
    console = call.console
    if call.as_json:
        console.emit(shapes.whole_document(document, text=call.args.text))
    elif call.args.text:
        console.say(shown(document.text) if console.out.isatty() else document.text)
    else:
        console.table(("Title", plain(document.info.title)), _facts(document))
    return 0


def _facts(document: "Document") -> list[tuple[str, str]]:
    info = document.info
    facts = [
        ("Id", str(info.id)),
        ("Authors", "; ".join(info.authors)),
        ("Published", info.published),
        ("Source", info.source),
        ("Kind", info.media_type),
        ("Language", info.language),
        ("Length", counted(info.words, "word", "words")),
        ("Annotations", str(info.annotations)),
        ("Added", f"{info.added_at.astimezone():%Y-%m-%d %H:%M}"),
        ("Opened", f"{info.opened_at.astimezone():%Y-%m-%d %H:%M}" if info.opened_at else ""),
    ]
    sections = [
        ("Sections" if number == 0 else "", "  " * (section.level - 1) + section.title)
        for number, section in enumerate(document.content.sections)
    ]
    return [(name, shown(value)) for name, value in [*facts, *sections] if value]


def _line(info: "DocumentInfo") -> tuple[str, ...]:
    return (
        str(info.id),
        shortened(info.title, 60),
        f"{info.words:,}",
        str(info.annotations),
        plain(info.published[:10]),
        f"{info.added_at.astimezone():%Y-%m-%d}",
    )


def _searched(info: "DocumentInfo") -> str:
    return "\n".join((info.title, *info.authors, info.source)).casefold()
