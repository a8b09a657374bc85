"""`annotate`, `annotations`, `remove`: marking passages and taking marks away."""

from typing import TYPE_CHECKING

from postil.command import shapes
from postil.command.cards import card
from postil.command.console import Call, NotDone
from postil.command.hint import closest
from postil.command.parser import Commands, offset, whole_number
from postil.command.text import counted, shortened
from postil_db.records import Color

if TYPE_CHECKING:
    from argparse import Namespace

    from postil_db.library import Session
    from postil_db.records import Annotation, Document, Selector


def declare(commands: Commands) -> None:
    """Declare `annotate`, `annotations` and `remove`."""
    parser = commands.add(
        "annotate",
        annotate,
        "Mark a passage of a document, with a note and tags",
        more="The passage is found by its words, or by where it starts and ends in the text of `postil show --text`.",
        examples=(
            'postil annotate 1 --quote "maritime security" --tag eu --tag policy --color green',
            'postil annotate 1 --quote India --nth 3 --note "first time as host"',
            "postil annotate 1 --start 120 --end 164",
        ),
        check=_check,
    )
    parser.add_argument("document", metavar="DOCUMENT", help="id, title, or part of a title")
    parser.add_argument("--quote", metavar="Q", help="the words to mark")
    parser.add_argument("--nth", metavar="N", type=whole_number, help="the N-th place where they stand (default: 1)")
    parser.add_argument("--start", metavar="S", type=offset, help="where the passage starts, in characters")
    parser.add_argument("--end", metavar="E", type=offset, help="where it ends: the first character after it")
    parser.add_argument("--note", metavar="TEXT", default="", help="a note, in Markdown")
    parser.add_argument("--tag", metavar="T", action="append", default=[], help="a tag; may be given several times")
    parser.add_argument("--color", choices=[color.value for color in Color], default=Color.YELLOW.value)

    parser = commands.add(
        "annotations",
        annotations,
        "List the annotations of a document or of the library, in the order of the text",
        examples=("postil annotations", "postil annotations 1 --json"),
    )
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", help="id, title, or part of a title")

    parser = commands.add(
        "remove",
        remove,
        "Remove annotations, or documents with their annotations",
        more="All or none of them; `postil undo` brings them back.",
        examples=("postil remove 4 7", "postil remove --document 2"),
        check=lambda args: "" if args.ids or args.document else "give ids of annotations, or --document",
    )
    parser.add_argument("ids", metavar="ID", nargs="*", type=whole_number, help="an annotation's id")
    parser.add_argument("--document", metavar="D", action="append", default=[], help="remove this document")


def annotate(call: Call) -> int:
    """Mark one passage."""
    from postil_db.store import annotations as store
    from postil_db.store import documents

    args = call.args
    document = call.library.read(lambda session: documents.get(session, documents.find(session, args.document).id))
    selector = _selector(document, args)
    made = call.library.write(
        "Mark passage",
        lambda session: store.add(
            session, document.id, selector, color=Color(args.color), note=args.note, tags=args.tag
        ),
    ).result
    if call.as_json:
        call.console.emit(shapes.annotation(made, document.info.title))
    else:
        _show(call, [made], {document.id: document.info.title})
    return 0


def annotations(call: Call) -> int:
    """List annotations."""
    from postil_db.store import annotations as store
    from postil_db.store import documents

    def read(session: "Session") -> "tuple[list[Annotation], dict[int, str]]":
        titles = {info.id: info.title for info in documents.every(session)}
        if call.args.document is None:
            return store.every(session), titles
        return store.of_document(session, documents.find(session, call.args.document).id), titles

    found, titles = call.library.read(read)
    if call.as_json:
        call.console.emit([shapes.annotation(each, titles[each.document_id]) for each in found])
    else:
        _show(call, found, titles)
    if not found:
        call.console.tell("Nothing is marked here yet.")
    return 0


def remove(call: Call) -> int:
    """Remove annotations and documents in one act."""
    from postil_db.store import annotations as store
    from postil_db.store import documents

    ids = sorted(set(call.args.ids))

    def act(session: "Session") -> list[int]:
        gone = sorted({documents.find(session, reference).id for reference in call.args.document})
        store.remove(session, ids)
        documents.remove(session, gone)
        return gone

    gone = call.library.write(_label(len(ids), len(call.args.document)), act).result
    if call.as_json:
        call.console.emit({"annotations": ids, "documents": gone})
        return 0
    told = [counted(len(ids), "annotation", "annotations")] if ids else []
    told += [counted(len(gone), "document", "documents")] if gone else []
    call.console.say(f"Removed {' and '.join(told)}. `postil undo` brings them back.")
    return 0


def _label(annotations: int, documents: int) -> str:
    """What the undo menu calls a removal."""
    if documents:
        return "Remove document" if documents == 1 else "Remove documents"
    return "Remove annotation" if annotations == 1 else "Remove annotations"


def _check(args: "Namespace") -> str:
    if (args.start is None) != (args.end is None):
        return "--start and --end go together"
    if args.quote is None and args.start is None:
        return "give the passage: --quote, or --start and --end"
    if args.nth is not None and (args.quote is None or args.start is not None):
        return "--nth counts the places of a --quote"
    return ""


def _selector(document: "Document", args: "Namespace") -> "Selector":
    """Where the passage is; raises NotDone if it is nowhere."""
    from postil.anchors.describe import describe
    from postil.anchors.find import find_quote

    if args.start is not None:
        try:
            selector = describe(document.content, args.start, args.end)
        except ValueError as error:
            raise NotDone(str(error)) from None
        if args.quote is not None and find_quote(selector.quote, args.quote) != (0, len(selector.quote)):
            raise NotDone(f"From {args.start} to {args.end} the text says “{shortened(selector.quote, 80)}”.")
        return selector
    place = find_quote(document.text, args.quote, args.nth or 1)
    if place is None:
        raise NotDone(_not_there(document.text, args.quote))
    return describe(document.content, *place)


def _not_there(text: str, quote: str) -> str:
    from postil.anchors.find import find_quotes

    quoted = f"“{shortened(quote, 80)}”"
    if not quote.strip():
        return "The quote is empty: give the words to mark."
    places = sum(1 for _ in find_quotes(text, quote))
    if places:
        return f"{quoted} stands there {'only once' if places == 1 else f'{places:,} times only'}."
    near = closest(text, quote)
    return f"{quoted} is not in the text." + (f" The closest passage is “{shortened(near, 120)}”." if near else "")


def _show(call: Call, found: "list[Annotation]", titles: dict[int, str]) -> None:
    for annotation in found:
        for line in card(annotation, titles[annotation.document_id]):
            call.console.say(line)
