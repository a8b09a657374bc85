"""Every key there is, for the dialog that lists them: those of the menus, and those that work on the page."""

from PySide6.QtGui import QKeySequence

from postil.view.menus import MENUS
from postil.view.page.keys import ON_THE_PAGE


def shortcuts() -> list[tuple[str, str]]:
    """Give (key, what it does), the page's first."""
    rows = list(ON_THE_PAGE)
    for commands in MENUS.values():
        for command in commands:
            if command is not None and command.keys:
                shown = (QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in command.keys)
                rows.append((", ".join(shown), command.text.replace("&", "").rstrip("…")))
    return rows
