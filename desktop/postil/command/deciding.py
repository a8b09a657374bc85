"""`decisions`: what the reader ruled about names, for all documents, those that come included."""

from typing import TYPE_CHECKING

from postil.command.console import Call, Json, NotDone
from postil.command.parser import Commands, whole_number
from postil.command.text import counted, plain

if TYPE_CHECKING:
    from postil_db.library import Session
    from postil_db.records import Decision

_STDOUT = "-"


def declare(commands: Commands) -> None:
    """Declare `decisions` and the commands below it."""
    parser = commands.add(
        "decisions",
        None,
        "List what you ruled about names, take it back, carry it out or in",
        more="Decisions are replayed on every document that is recognised, in the order in which they were made.",
        examples=(
            "postil decisions list",
            "postil decisions withdraw 3",
            "postil decisions export -o decisions.json",
            "postil decisions import decisions.json --dry-run",
        ),
    )
    below = commands.group(parser)
    below.add("list", list_decisions, "List the decisions that stand, in the order in which they were made")
    gone = below.add("withdraw", withdraw, "Take decisions back; names are then marked as without them")
    gone.add_argument("ids", metavar="ID", nargs="+", type=whole_number, help="a decision's id")
    out = below.add("export", export, "Write the decisions as JSON")
    out.add_argument("-o", "--output", metavar="FILE", default=_STDOUT, help="where to (default: -, standard output)")
    into = below.add("import", take, "Take over decisions that Postil wrote")
    into.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
    into.add_argument("--dry-run", action="store_true", help="only tell what it would change")


def list_decisions(call: Call) -> int:
    """List the decisions that stand."""
    from postil.exchange.decision_words import said

    made, titles = call.library.read(_made)
    told = [(one, said(one.what, titles.get(one.what.document_id or 0, ""))) for one in made]
    if call.as_json:
        call.console.emit([_shape(one, words) for one, words in told])
    elif told:
        rows = [(str(one.id), f"{one.created_at.astimezone():%Y-%m-%d}", plain(words)) for one, words in told]
        call.console.table(("ID", "WHEN", "WHAT"), rows, right=(0,))
    else:
        call.console.tell("Nothing has been decided about names yet.")
    return 0


def withdraw(call: Call) -> int:
    """Take decisions back."""
    from postil.exchange.decision_words import counted as told
    from postil_db.store import decisions

    ids = call.args.ids
    effect = call.library.read(lambda session: decisions.effect(session, without=ids))
    call.library.write("Withdraw decision", lambda session: decisions.withdraw(session, ids))
    if call.as_json:
        call.console.emit({"withdrawn": ids, "mentions": effect.mentions, "documents": effect.documents})
    else:
        call.console.say(f"Withdrew {counted(len(ids), 'decision', 'decisions')}; this changed {told(effect)}.")
    return 0


def export(call: Call) -> int:
    """Write the decisions as JSON."""
    from postil.exchange.decision_file import dump
    from postil.exchange.safe_file import written_whole
    from postil_db.store import decisions, documents

    made, infos = call.library.read(lambda session: (decisions.every(session), documents.every(session)))
    text = dump(made, infos)
    if call.args.output == _STDOUT:
        call.console.out.write(text)
        return 0
    target = call.console.path(call.args.output)
    with written_whole(target) as file:
        file.write(text.encode())
    if call.as_json:
        call.console.emit({"file": str(target), "decisions": len(made)})
    call.console.tell(f"Exported {counted(len(made), 'decision', 'decisions')} to {target}.")
    return 0


def take(call: Call) -> int:
    """Take over decisions, or tell what that would change."""
    from postil.exchange import decision_file
    from postil.exchange.decision_words import counted as told

    args, console = call.args, call.console
    try:
        text = console.read_stdin() if args.file == _STDOUT else console.path(args.file).read_text(encoding="utf-8")
        wanted = decision_file.load(text)
    except UnicodeDecodeError:
        raise NotDone("This file is no text, so there are no decisions in it.") from None
    except decision_file.NoDecisions as fault:
        raise NotDone(str(fault)) from None
    plan = call.library.read(lambda session: decision_file.plan(session, wanted))
    if plan.new and not args.dry_run:
        call.library.back_up_before("before an import", max(len(plan.new), plan.effect.mentions))
        call.library.write("Import decisions", lambda session: decision_file.carry_out(session, plan))
    if call.as_json:
        console.emit(
            {
                "new": len(plan.new),
                "known": plan.known,
                "homeless": plan.homeless,
                "mentions": plan.effect.mentions,
                "documents": plan.effect.documents,
                "done": not args.dry_run,
            }
        )
        return 0
    verb, changed = ("Would import", "would change") if args.dry_run else ("Imported", "changed")
    console.say(f"{verb} {counted(len(plan.new), 'decision', 'decisions')}; this {changed} {told(plan.effect)}.")
    if plan.known:
        console.say(f"{counted(plan.known, 'decision', 'decisions')} stood already.")
    if plan.homeless:
        console.say(
            f"{counted(plan.homeless, 'decision', 'decisions')} left out: about documents that are not in this library."
        )
    return 0


def _made(session: "Session") -> "tuple[list[Decision], dict[int, str]]":
    from postil_db.store import decisions, documents

    return decisions.every(session), {info.id: info.title for info in documents.every(session)}


def _shape(decision: "Decision", words: str) -> dict[str, Json]:
    what = decision.what
    return {
        "id": decision.id,
        "ruling": what.ruling.value,
        "says": words,
        "kind": what.kind.value if what.kind else None,
        "entity": what.name,
        "text": what.text,
        "document": what.document_id,
        "start": what.start,
        "end": what.end,
        "to_kind": what.to_kind.value if what.to_kind else None,
        "to_entity": what.to_name,
        "created_at": decision.created_at.isoformat(timespec="seconds"),
    }
