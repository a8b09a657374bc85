"""Which key belongs to which command: the declared ones, the reader's own, and what a key that is pressed may mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from postil.view.positions import latin_key

if TYPE_CHECKING:
    from postil.view.menus import Command  # here and below: the first page needs keys, but no menus

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HELD = (
    _SHIFT | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)  # not the keypad's mark nor that of another layout
_LAST_CHARACTER = 0x00FF_FFFF
"""Qt's numbers of keys are code points up to here; beyond are keys without a character."""
_TAKEN = {
    "Tab": "Tab goes to the next part of the window.",
    **dict.fromkeys(("Shift+Tab", "Backtab", "Shift+Backtab"), "Shift+Tab goes to the part before."),
    **dict.fromkeys(("Return", "Enter"), "Enter does what is chosen."),
    **dict.fromkeys(("Left", "Right", "Up", "Down"), "The arrows move the caret."),
    **dict.fromkeys(("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"), "The arrows move the caret."),
}
_NO_KEYS = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_Hyper_L,
    Qt.Key.Key_Hyper_R, Qt.Key.Key_Mode_switch, Qt.Key.Key_Multi_key, Qt.Key.Key_unknown, Qt.Key(0),
}  # fmt: skip


class Bindings:
    """The keys of every command. `chosen`: the commands whose keys the reader changed, with all they have now."""

    def __init__(self, commands: "Mapping[str, Command]", chosen: Mapping[str, Sequence[str]] | None = None) -> None:
        self._commands = dict(commands)
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._whose: dict[str, str] | None = None
        for name, keys in (chosen or {}).items():
            self._chosen[name] = tuple(dict.fromkeys(spelled for key in keys if (spelled := normal(key))))
        self._gather()

    def know(self, command: "Command") -> None:
        """Take in a command that came since."""
        self._commands[command.name] = command
        self._gather()

    @property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """What the reader changed, also for commands that this version does not know."""
        return self._chosen

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command, in portable notation; those that are shown first come first."""
        wanted = self._chosen.get(name, self._declared(name))
        return tuple(key for key in wanted if self._mine.get(key) == name)

    def window_keys(self, name: str) -> tuple[str, ...]:
        """Those that work in the whole window."""
        return tuple(key for key in self.keys(name) if not self._on_page(name, key))

    def hint(self, name: str) -> str:
        """The first of its keys as the desktop spells it; "" if it has none."""
        return native(keys[0]) if (keys := self.keys(name)) else ""

    def changed(self, name: str) -> bool:
        """Whether a command has other keys than the usual ones."""
        return self.keys(name) != self._declared(name)

    def owner(self, key: str) -> str:
        """The command that a key belongs to; "" for none."""
        return self._mine.get(normal(key), "")

    def set(self, name: str, keys: Sequence[str]) -> None:
        """Give a command these keys and no others; they are taken from whatever had them."""
        wanted = tuple(dict.fromkeys(spelled for key in keys if (spelled := normal(key))))
        for key in wanted:
            if (other := self._mine.get(key, name)) != name:
                self._choose(other, tuple(one for one in self.keys(other) if one != key))
        self._choose(name, wanted)
        self._gather()

    def reset(self, name: str) -> None:
        """Give a command its usual keys, also where the reader has given them to another."""
        self.set(name, self._declared(name))

    def reset_all(self) -> None:
        """Give every command its usual keys."""
        self._chosen.clear()
        self._gather()

    def command(self, event: QKeyEvent, *, on_page: bool | None = None) -> str:
        """The command that a key is pressed for; `on_page`: only of the page's keys, or only the window's."""
        for key in spellings(event):
            if (name := self._mine.get(key)) and on_page in (None, self._on_page(name, key)):
                return name
        return ""

    def _on_page(self, name: str, key: str) -> bool:
        return self._commands[name].on_page or typed(key)

    def _declared(self, name: str) -> tuple[str, ...]:
        return tuple(normal(key) for key in self._commands[name].keys)

    def _choose(self, name: str, keys: tuple[str, ...]) -> None:
        if keys == self._declared(name):
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = keys

    def _gather(self) -> None:
        """Find out anew whose each key is, when that is asked for: a page has other keys before anybody presses one."""
        self._whose = None

    @property
    def _mine(self) -> dict[str, str]:
        """Whose each key is; what the reader chose goes before what is declared."""
        if self._whose is None:
            self._whose = {}
            own = [(name, keys) for name, keys in self._chosen.items() if name in self._commands]
            usual = [(name, self._declared(name)) for name in self._commands if name not in self._chosen]
            for name, keys in own + usual:
                for key in keys:
                    self._whose.setdefault(key, name)
        return self._whose


def normal(keys: str) -> str:
    """The one portable spelling of a key or a combination; "" for what is none, or several in a row."""
    sequence = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or _pressed(sequence).key() in _NO_KEYS:
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def native(keys: str) -> str:
    """A key as this desktop spells it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def typed(keys: str) -> bool:
    """Whether a key is one of those that type or move in a text: it then works on the page alone."""
    pressed = _pressed(QKeySequence(keys))
    held = pressed.keyboardModifiers() & _HELD & ~_SHIFT
    return held == Qt.KeyboardModifier.NoModifier and not Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35


def spellings(event: QKeyEvent) -> Iterator[str]:
    """What a pressed key may be called, the likeliest first.

    A sign that needs Shift on this keyboard is that sign without it, too; a letter of another script is also the Latin
    letter at its place, and the first row is digits where it types other signs.
    """
    held, key = event.modifiers() & _HELD, event.key()
    if Qt.Key(key) in _NO_KEYS if key in _KEYS else key <= 0:
        return
    yield _spell(held, key)
    character = chr(key) if 0x20 < key <= 0x7F else ""
    if held & _SHIFT and character and not character.isalpha():
        yield _spell(held & ~_SHIFT, key)
    at_place = latin_key(event)
    foreign = 0x7F < key <= _LAST_CHARACTER
    if at_place and (foreign or (chr(at_place).isdigit() and not held & _SHIFT)):
        yield _spell(held, at_place)


def recorded(event: QKeyEvent) -> str:
    """The combination that a reader presses as the new keys of a command; "" while it is only Shift, Ctrl or Alt."""
    found = list(spellings(event))
    foreign = 0x7F < event.key() <= _LAST_CHARACTER
    sign = 0x20 < event.key() <= 0x7F and not chr(event.key()).isalnum()
    return found[-1] if found and (foreign or sign) else found[0] if found else ""


def refusal(key: str) -> str:
    """Why a key cannot be given to a command, as a sentence; "" if it can."""
    from postil.view.menus import MENUS

    if key in _TAKEN:
        return _TAKEN[key]
    for title in MENUS:
        letter = title.partition("&")[2][:1].upper()
        if letter and key == f"Alt+{letter}":
            return f"{native(key)} opens the menu {title.replace('&', '')}."
    return ""


def readme_table(names: Sequence[str]) -> str:
    """Rows of a Markdown table: the declared keys of some commands and what they do."""
    from postil.view.menus import MENUS

    commands = {one.name: one for rows in MENUS.values() for one in rows if one is not None}
    rows = (
        f"| {', '.join(f'`{key}`' for key in commands[name].keys)} | {commands[name].title[0].lower()}"
        f"{commands[name].title[1:]} |"
        for name in names
    )
    return "\n".join(rows)


def _pressed(sequence: QKeySequence) -> QKeyCombination:
    """The first combination of a sequence; the type stubs do not know that it can be indexed."""
    first: QKeyCombination = sequence[0]  # type: ignore[index]
    return first


_KEYS = {key.value for key in Qt.Key}


def _spell(held: Qt.KeyboardModifier, key: int) -> str:
    code = QKeyCombination(held, Qt.Key(key)) if key in _KEYS else held.value | key
    return QKeySequence(code).toString(QKeySequence.SequenceFormat.PortableText)
