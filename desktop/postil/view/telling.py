"""What the status bar says of acts that leave nothing to see where the reader looks: removals, undo, redo."""

from postil.view import acts
from postil.view.acts import Shelf
from postil.view.parts import Parts
from postil.work.writing import REDO, UNDO, Act


def connect_telling(parts: Parts) -> None:
    """Say what was removed, taken back or done again. What undo meant is known when the shelf names it for redo."""
    status, bindings = parts.window.status, parts.window.commands.bindings
    steps = list[Act[object]]()

    def hear(act: Act[object]) -> None:
        if act in (UNDO, REDO):
            steps.append(act)
        elif act.label.startswith(acts.REMOVAL):
            what, back = ("Annotation", "it") if act.label == acts.REMOVAL else ("Annotations", "them")
            key = bindings.hint("undo")
            status.say(f"{what} removed. {key} brings {back} back." if key else f"{what} removed.")

    def tell(shelf: Shelf) -> None:
        if steps:
            undone, steps[:] = steps[-1] is UNDO, []
            label = shelf.redo if undone else shelf.undo
            if label:
                status.say(f"{'Undone' if undone else 'Done again'}: {label[:1].lower()}{label[1:]}.")

    parts.work.act_done.connect(hear)
    parts.stock.shelf_changed.connect(tell)
