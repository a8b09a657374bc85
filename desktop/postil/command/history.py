"""`undo`, `redo`: they work over restarts, and on what was done in the window too."""

from typing import TYPE_CHECKING

from postil.command.console import Call
from postil.command.parser import Commands

if TYPE_CHECKING:
    from postil_db.changes import Changes


def declare(commands: Commands) -> None:
    """Declare `undo` and `redo`."""
    commands.add("undo", undo, "Take back what was last done", more="Again and again, act by act.")
    commands.add("redo", redo, "Do again what was last taken back")


def undo(call: Call) -> int:
    """Take back one act."""
    label = call.library.undo_label()
    return _report(call, "undone", label, call.library.undo())


def redo(call: Call) -> int:
    """Do one act again."""
    label = call.library.redo_label()
    return _report(call, "redone", label, call.library.redo())


def _report(call: Call, what: str, label: str, changes: "Changes | None") -> int:
    if changes is None:
        if call.as_json:
            call.console.emit(None)
        call.console.tell(f"There is nothing to be {what}.")
        return 1
    if call.as_json:
        call.console.emit(
            {
                what: label,
                "documents": sorted(changes.documents),
                "annotations": sorted(changes.annotations),
                "tags": sorted(changes.tags),
            }
        )
    else:
        call.console.say(f"{what.capitalize()}: {label}")
    return 0
