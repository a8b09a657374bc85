"""`trash`: what was deleted, and how it comes back."""

from typing import TYPE_CHECKING

from postil.command.console import Call, NotDone
from postil.command.parser import Commands
from postil.command.text import counted, shortened
from postil_db.records import TrashKind

if TYPE_CHECKING:
    from postil.command.console import Json
    from postil_db.records import Trashed

_DIGITS = 16  # no id has more


def declare(commands: Commands) -> None:
    """Declare `trash` and the commands below it."""
    parser = commands.add(
        "trash",
        None,
        "List, bring back or delete for good what was removed",
        examples=("postil trash list", "postil trash restore annotation:12", "postil trash empty"),
    )
    below = commands.group(parser)
    below.add("list", list_trash, "List what lies in the trash, the last removed first")
    restoring = below.add("restore", restore, "Bring things back")
    emptying = below.add("empty", empty, "Delete things for good; there is a backup before, and no undo")
    restoring.add_argument("items", metavar="ITEM", nargs="+", help="as in the list: annotation:12, document:3, tag:1")
    emptying.add_argument("items", metavar="ITEM", nargs="*", help="as in the list; everything if none is given")


def list_trash(call: Call) -> int:
    """List what lies in the trash."""
    from postil_db.store import trash

    lying = call.library.read(trash.every)
    if call.as_json:
        call.console.emit([_shape(one) for one in lying])
    elif lying:
        rows = [(_name(one), f"{one.removed_at.astimezone():%Y-%m-%d %H:%M}", shortened(one.name, 70)) for one in lying]
        call.console.table(("ITEM", "REMOVED", "WHAT"), rows)
    else:
        call.console.tell("The trash is empty.")
    return 0


def restore(call: Call) -> int:
    """Bring things back."""
    from postil_db.store import trash

    items = [_meant(word) for word in call.args.items]
    call.library.write("Restore from the trash", lambda session: trash.restore(session, items))
    if call.as_json:
        call.console.emit({"restored": call.args.items})
    call.console.tell(f"{counted(len(items), 'thing is', 'things are')} back.")
    return 0


def empty(call: Call) -> int:
    """Delete things for good."""
    items = [_meant(word) for word in call.args.items] or None
    count = call.library.empty_trash(items)
    if call.as_json:
        call.console.emit({"deleted": count})
    else:
        call.console.say(f"{counted(count, 'thing was', 'things were')} deleted for good.")
    return 0


def _meant(word: str) -> tuple[TrashKind, int]:
    kind, _, number = word.partition(":")
    if kind not in list(TrashKind) or not number.isdecimal() or len(number) > _DIGITS:
        raise NotDone(f"“{word}” names nothing in the trash. Write it as in postil trash list: annotation:12")
    return TrashKind(kind), int(number)


def _name(one: "Trashed") -> str:
    return f"{one.kind.value}:{one.id}"


def _shape(one: "Trashed") -> "Json":
    return {
        "item": _name(one),
        "kind": one.kind.value,
        "id": one.id,
        "name": one.name,
        "detail": one.detail,
        "annotations": one.count,
        "removed_at": one.removed_at.isoformat(),
    }
