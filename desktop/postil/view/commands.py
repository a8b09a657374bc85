"""The commands of one window as QActions, with the keys that the reader gave them. Nothing is connected here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from postil import settings
from postil.settings import Settings
from postil.view.keys import Bindings
from postil.view.look.icons import dot, icon
from postil.view.look.theme import Theme
from postil.view.menus import MENUS, PAGE, THEME, Command
from postil_db.records import Color

RECENT_MOST = 6


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as palette and shortcuts page list it. `place`: the menu it stands in."""

    command: Command
    place: str


class Commands(QObject):
    """All commands by name: their actions, and whose keys are whose."""

    keys_changed = Signal()
    kept = Signal()  # there is something for the settings file
    themes_asked = Signal()  # the menu of themes opens
    theme_chosen = Signal(str)  # a theme's name

    def __init__(self, parent: QWidget, chosen: Settings) -> None:
        super().__init__(parent)
        self._window, self._settings = parent, chosen
        self._actions: dict[str, QAction] = {}
        self._texts: dict[str, str] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: list[QMenu] = []
        self._listed: dict[str, Listed] = {}
        self.bindings = Bindings({})

    def __getitem__(self, name: str) -> QAction:
        """Give the action of that name."""
        return self._actions[name]

    def __contains__(self, name: str) -> bool:
        """Whether there is a command of that name."""
        return name in self._actions

    @property
    def listed(self) -> Mapping[str, Listed]:
        """Every command by name, in the order of the menus."""
        return self._listed

    def fill(self, bar: QMenuBar, themes: Iterable[Theme]) -> None:
        """Make the menus; `themes`: those to choose from."""
        sections: dict[str, QMenu] = {}
        for title, commands in MENUS.items():
            menu = self._menu(bar, title) if title != PAGE else None
            for command in commands:
                if command is None:
                    if menu is not None:
                        menu.addSeparator()
                    continue
                action = self._make(command, title)
                if menu is None:
                    continue
                if command.group and command.group not in sections:
                    sections[command.group] = self._menu(menu, command.group)
                (sections[command.group] if command.group else menu).addAction(action)
                if command.group == THEME:
                    self._place_of_themes = sections[THEME], title
                    for theme in themes:
                        self._add_theme(theme)
        self._place_of_themes[0].aboutToShow.connect(self.themes_asked)
        known = {name: one.command for name, one in self._listed.items()}
        self.bindings = Bindings(known, self._settings.get(settings.KEYS))
        self._bind()

    def show_themes(self, themes: Iterable[Theme]) -> None:
        """Offer these themes: those found since the start, too, and none that is gone."""
        offered = {f"theme_{theme.name}": theme for theme in themes}
        for name, theme in offered.items():
            if name not in self._actions:
                self._add_theme(theme)
                self.bindings.know(self._listed[name].command)
            self._texts[name] = _text_of(theme)
            self._actions[name].setVisible(True)
            self._name(name)
        for name, one in self._listed.items():
            if one.command.group == THEME and name not in offered and name != f"theme_{settings.SYSTEM}":
                self._actions[name].setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        for name, one in self._listed.items():
            if one.command.sign:
                self._actions[name].setIcon(icon(one.command.sign, theme))
        for color in Color:
            self._actions[f"mark_{color}"].setIcon(dot(color, theme))

    def set_text(self, name: str, text: str) -> None:
        """Call a command something else in its menu, as long as that says more."""
        self._texts[name] = text
        self._name(name)

    def title(self, name: str) -> str:
        """What a command is called where it stands alone."""
        command = self._listed[name].command
        text = self._texts.get(name, "")
        return text.replace("&", "") if text != command.text and not command.words else command.title

    def set_keys(self, name: str, keys: Sequence[str]) -> None:
        """Give a command these keys; they are taken from whatever had them."""
        self.bindings.set(name, keys)
        self._keep()

    def reset_keys(self, name: str = "") -> None:
        """Give a command, or all of them, the usual keys."""
        if name:
            self.bindings.reset(name)
        else:
            self.bindings.reset_all()
        self._keep()

    @property
    def recent(self) -> tuple[str, ...]:
        """The commands last chosen by name, the latest first."""
        return tuple(name for name in self._settings.get(settings.RECENT) if name in self._listed)

    def note_use(self, name: str) -> None:
        """Remember that a command was chosen by name."""
        self._settings.set(settings.RECENT, (name, *(one for one in self.recent if one != name))[:RECENT_MOST])
        self.kept.emit()

    def _keep(self) -> None:
        self._settings.set(settings.KEYS, dict(self.bindings.chosen))
        self._bind()
        self.keys_changed.emit()
        self.kept.emit()

    def _bind(self) -> None:
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in self.bindings.window_keys(name)])
            self._name(name)

    def _name(self, name: str) -> None:
        """Say what an action does and, in menu and tip, its first key, also where Qt knows nothing of that key."""
        action, text, hint = self._actions[name], self._texts[name], self.bindings.hint(name)
        keys, window = self.bindings.keys(name), self.bindings.window_keys(name)
        action.setText(f"{text}\t{hint}" if hint and keys[:1] != window[:1] else text)
        title = self.title(name)
        action.setToolTip(f"{title} ({hint})" if hint else title)

    def _add_theme(self, theme: Theme) -> None:
        menu, place = self._place_of_themes
        action = self._make(Command(f"theme_{theme.name}", _text_of(theme), group=THEME, checkable=True), place)
        action.triggered.connect(lambda: self.theme_chosen.emit(theme.name))
        menu.addAction(action)

    def _menu(self, parent: QMenuBar | QMenu, title: str) -> QMenu:
        menu = parent.addMenu(title)
        self._menus.append(menu)  # else Python lets go of it
        return menu

    def _make(self, command: Command, place: str) -> QAction:
        action = QAction(self._window)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(not command.checkable)  # there the tick has its place
        if command.group:
            if command.group not in self._groups:
                self._groups[command.group] = QActionGroup(self._window)
            self._groups[command.group].addAction(action)
        self._actions[command.name] = action
        self._texts[command.name] = command.text
        self._listed[command.name] = Listed(command, place.replace("&", ""))
        self._window.addAction(action)  # keys work with the menu bar hidden, too
        return action


def _text_of(theme: Theme) -> str:
    return theme.title.replace("&", "&&")
