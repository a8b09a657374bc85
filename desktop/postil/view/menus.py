"""Every command of the window, declared once: its name, keys and icon; and the menus they stand in.

Nothing is connected here (wiring.py does that): a command is a QAction found by its name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from postil.settings import STRENGTHS, SYSTEM
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil_db.records import Color


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys`: alternatives, in Qt's portable notation; `group`: one of several to choose from.

    `hint`: a key that does the same, but only on the page, where nobody is typing.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    sign: str = ""
    group: str = ""
    checkable: bool = False
    hint: str = ""


THEME = "&Theme"

MENUS: dict[str, tuple[Command | None, ...]] = {
    "&File": (
        Command("open", "&Open…", ("Ctrl+O",), "open"),
        Command("paste", "&Paste as new document", ("Ctrl+Shift+V",), "paste"),
        Command("export", "&Export annotations…", ("Ctrl+E",), "export"),
        None,
        Command("close", "&Close document", ("Ctrl+W",)),
        Command("quit", "&Quit", ("Ctrl+Q",)),
    ),
    "&Edit": (
        Command("undo", "&Undo", ("Ctrl+Z",), "undo"),
        Command("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
        None,
        Command("copy", "&Copy", sign="copy", hint="Ctrl+C"),
        Command("copy_citation", "Copy w&ith citation", ("Ctrl+Shift+C",)),
        Command("copy_markdown", "Copy as &Markdown", ("Ctrl+Shift+M",)),
        None,
        Command("find", "&Find in document…", ("Ctrl+F",), "find"),
        Command("search", "&Search all annotations", ("Ctrl+K", "Ctrl+Shift+F"), "search"),
        None,
        Command("settings", "Se&ttings…", ("Ctrl+,",), "settings"),
    ),
    "&Mark": (
        *(Command(f"mark_{color}", f"&{color.capitalize()}", hint=str(key)) for key, color in enumerate(Color, 1)),
        None,
        Command("tag", "Add &tag…", sign="tag", hint="T"),
        Command("note", "Write &note…", sign="note", hint="N"),
        None,
        Command("remove", "&Remove annotation", sign="trash", hint="Del"),
    ),
    "&View": (
        Command("zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), "zoom_in"),
        Command("zoom_out", "Zoom &out", ("Ctrl+-",), "zoom_out"),
        Command("zoom_reset", "&Normal size", ("Ctrl+0",)),
        None,
        Command(f"theme_{SYSTEM}", "As the system", group=THEME, checkable=True),
        *(Command(f"strength_{name}", name.capitalize(), group="&Name marks", checkable=True) for name in STRENGTHS),
        None,
        Command("show_library", "&Library sidebar", ("F9",), "library", checkable=True),
        Command("show_side", "&Notes and names", ("Shift+F9",), "note", checkable=True),
        Command("notes_beside", "Notes &beside the text", checkable=True),
        Command("full_screen", "&Full screen", ("F11",), checkable=True),
    ),
    "&Go": (
        Command("back", "&Back", ("Alt+Left",), "previous"),
        Command("forward", "&Forward", ("Alt+Right",), "next"),
        None,
        Command("next_annotation", "&Next annotation", ("Ctrl+J",)),
        Command("previous_annotation", "&Previous annotation", ("Ctrl+Shift+J",)),
        Command("next_name", "Next na&me", hint="E"),
        Command("previous_name", "P&revious name", hint="Shift+E"),
        None,
        Command("to_library", "&Library", ("Ctrl+1",)),
        Command("to_contents", "&Contents", ("Ctrl+2",)),
        Command("to_tags", "&Tags", ("Ctrl+3",)),
        Command("to_notes", "N&otes", ("Ctrl+4",)),
        Command("to_names", "N&ames", ("Ctrl+5",)),
        Command("next_pane", "Ne&xt pane", ("F6",)),
        Command("previous_pane", "Pre&vious pane", ("Shift+F6",)),
    ),
    "&Help": (
        Command("keys", "&Keys", ("F1",), "help"),
        Command("sample", "Open the &sample article"),
        Command("about", "&About Postil", sign="info"),
    ),
}


class Commands:
    """All commands as QActions, by name."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._signs: dict[str, str] = {}
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: list[QMenu] = []

    def __getitem__(self, name: str) -> QAction:
        """Give the action of that name."""
        return self._actions[name]

    def fill(self, bar: QMenuBar, themes: Iterable[Theme]) -> None:
        """Make the menus; `themes`: those to choose from."""
        sections: dict[str, QMenu] = {}
        for title, commands in MENUS.items():
            menu = self._menu(bar, title)
            for command in commands:
                if command is None:
                    menu.addSeparator()
                elif command.group:
                    if command.group not in sections:
                        sections[command.group] = self._menu(menu, command.group)
                    sections[command.group].addAction(self._make(command))
                else:
                    menu.addAction(self._make(command))
        for theme in themes:
            title = theme.title.replace("&", "&&")
            sections[THEME].addAction(self._make(Command(f"theme_{theme.name}", title, group=THEME, checkable=True)))

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        for name, sign in self._signs.items():
            self._actions[name].setIcon(icon(sign, theme))

    def _menu(self, parent: QMenuBar | QMenu, title: str) -> QMenu:
        menu = parent.addMenu(title)
        self._menus.append(menu)  # else Python lets go of it
        return menu

    def _make(self, command: Command) -> QAction:
        action = QAction(f"{command.text}\t{command.hint}" if command.hint else command.text, self._parent)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(not command.checkable)  # there the tick has its place
        if command.group:
            if command.group not in self._groups:
                self._groups[command.group] = QActionGroup(self._parent)
            self._groups[command.group].addAction(action)
        if command.sign:
            self._signs[command.name] = command.sign
        self._actions[command.name] = action
        self._parent.addAction(action)  # keys work with the menu bar hidden, too
        return action
