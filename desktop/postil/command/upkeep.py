"""`check`, `index`: looking after a library."""

from postil.command import self_test
from postil.command.console import Call
from postil.command.parser import Commands
from postil.command.text import counted
from postil_db.errors import Damaged


def declare(commands: Commands) -> None:
    """Declare the commands for looking after a library."""
    parser = commands.add(
        "check",
        check,
        "Check that the library is whole",
        more="Every row is compared with its checksum, every original with its name. Exit status 1 if anything is "
        "wrong.",
        examples=("postil check", "postil check --repair"),
    )
    parser.add_argument(
        "--repair",
        action="store_true",
        help="mend what can be mended without losing anything; save what can be read of a library too damaged to open",
    )
    parser = commands.add(
        "index",
        index,
        "Bring the search index up to date, or make it anew",
        more="It holds nothing that the library does not hold; making it anew is always safe.",
        examples=("postil index --rebuild",),
    )
    parser.add_argument("--rebuild", action="store_true", help="make it anew from the library")
    self_test.declare(commands)


def check(call: Call) -> int:
    """Check the library, tell each finding; one that cannot be opened is saved row by row, if that is asked for."""
    try:
        library = call.library
    except Damaged as fault:
        if not call.args.repair:
            raise Damaged(f"{fault} To save what can be read without a backup: postil check --repair") from fault
        from postil_db.salvage import salvage

        findings = salvage(call.folder).sentences()
    else:
        findings = library.check(repair=call.args.repair)
    if call.as_json:
        call.console.emit(findings)
    else:
        for finding in findings:
            call.console.say(finding)
        if not findings:
            call.console.say("The library is whole.")
    return 1 if findings else 0


def index(call: Call) -> int:
    """Heal or rebuild the index."""

    def progress(done: int, total: int) -> None:
        call.console.progress(f"indexing {done:,} of {total:,} …")

    rebuild = call.args.rebuild
    count = call.library.rebuild_index(progress) if rebuild else call.library.heal_index(progress)
    call.console.end_progress()
    if call.as_json:
        call.console.emit({"rebuilt": rebuild, "entries": count})
    elif rebuild:
        call.console.say(f"The index was made anew with {counted(count, 'annotation', 'annotations')}.")
    else:
        call.console.say(f"{counted(count, 'entry was', 'entries were')} brought up to date.")
    return 0
