"""Keys in the table of names: letters find a name, and do with Alt what they do without it elsewhere."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from postil.view.keys import Bindings, native, typed

REMOVE = "name_remove"
"""What Delete asks for: that it is no name, wherever one looks."""
PAUSE_MS = 1_200
"""After such a pause, typing begins anew."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_OWN = {Qt.Key.Key_Delete: REMOVE, Qt.Key.Key_F2: "name_rename"}
"""What these keys do in any list."""


def deed_for(event: QKeyEvent, bindings: Bindings | None) -> str:
    """The command on a name that a key is pressed for; "" for none."""
    held = event.modifiers() & _HELD
    if not held and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in _OWN:
        return _OWN[Qt.Key(event.key())]
    if bindings is None or held != Qt.KeyboardModifier.AltModifier:
        return ""
    plain = QKeyEvent(
        QEvent.Type.KeyPress,
        event.key(),
        event.modifiers() & ~Qt.KeyboardModifier.AltModifier,
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
    )
    name = bindings.command(plain)
    return name if name.startswith("name_") else ""


def hint(bindings: Bindings, command: str) -> str:
    """The key of a command in the table, as the desktop spells it; "" if it has none there."""
    key = next((one for one in bindings.keys(command) if typed(one)), "")
    return native(f"Alt+{key}") if key else ""


class Typing(QObject):
    """What is being typed to find a name, until there is a pause."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.text = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.stop)

    @property
    def wanted(self) -> str:
        """What to look for: the same letter over and over goes through the names that begin with it."""
        return self.text[0] if self._repeated else self.text

    @property
    def on(self) -> int:
        """How many rows on from the current one to begin: a longer word may be where one is already."""
        return int(len(self.text) == 1 or self._repeated)

    @property
    def _repeated(self) -> bool:
        return len(self.text) > 1 and len(set(self.text)) == 1

    def takes(self, event: QKeyEvent) -> bool:
        """Take a key, if it types something."""
        if event.key() == Qt.Key.Key_Backspace and self.text:
            self.text = self.text[:-1]
        elif event.modifiers() & _HELD or not event.text().isprintable() or not event.text():
            return False
        else:
            self.text += event.text()
        if self.text:
            self._pause.start()
        else:
            self.stop()
        return True

    def stop(self) -> None:
        """Begin anew with the next key."""
        self._pause.stop()
        self.text = ""
        self.over.emit()
