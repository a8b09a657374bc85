"""Hinting: the texts outside the menus that name a key, kept in step with the keys that the reader chose."""

from postil.view.parts import Parts
from postil_db.records import Color


def connect_hints(parts: Parts) -> None:
    """Tell every part by which keys its commands are done, now and whenever they change."""
    parts.window.commands.keys_changed.connect(lambda: _tell(parts))
    _tell(parts)


def _tell(parts: Parts) -> None:
    window, hint = parts.window, parts.window.commands.bindings.hint
    tips = (("Add files to the library", "open"), ("Add what is on the clipboard", "paste"))
    window.library_panel.set_tips(*(f"{tip} ({key})" if (key := hint(name)) else tip for tip, name in tips))
    window.search_results.advice = f"{key} searches the text of this page." if (key := hint("find")) else ""
    marks = [hint(f"mark_{color}") for color in Color]
    window.hint.set_keys(f"{marks[0]}–{marks[-1]}", hint("note"), hint("tag"))
    window.notes_panel.list.bindings = window.commands.bindings
    for half in parts.halves.shown:
        half.page.set_bindings(window.commands.bindings)
