"""Every key there is, for the dialog that lists them: those of the menus, and those that work on the page."""

from PySide6.QtGui import QKeySequence

from postil.view.menus import MENUS

ON_THE_PAGE = (
    ("1 – 5", "Mark the selection"),
    ("N", "Write a note on the selection or the current annotation"),
    ("T", "Tag the selection or the current annotation"),
    ("Delete", "Remove the current annotation"),
    ("J, K", "Next, previous annotation"),
    ("E, Shift+E", "Next, previous name"),
    ("Ctrl+C", "Copy the selection"),
    ("Arrows with Shift", "Select with the keyboard"),
    ("Space, Shift+Space", "A screen down, up"),
    ("Home, End", "To the document's ends"),
    ("Esc", "Let go of the selection; back to the page"),
)


def shortcuts() -> list[tuple[str, str]]:
    """Give (key, what it does), the page's first."""
    rows = list(ON_THE_PAGE)
    for commands in MENUS.values():
        for command in commands:
            if command is not None and command.keys:
                shown = (QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in command.keys)
                rows.append((", ".join(shown), command.text.replace("&", "").rstrip("…")))
    return rows
