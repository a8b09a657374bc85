"""Focus mode: the page alone, and everything else as it was when the reader leaves it.

What the reader calls up meanwhile (a note, the search box, a panel) comes, and goes again when they turn back to the
page.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from postil.view.window import Window

PANELS = ("show_library", "show_side")


class FocusMode(QObject):
    """Puts away and brings back what stands around the page. `on`: whether it is put away."""

    changed = Signal(bool)

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._before: dict[str, bool] = {}  # which panels were shown, by their commands
        self._around: list[QWidget] = []  # what was in view besides
        self.on = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def set_on(self, on: bool) -> None:
        """Enter it or leave it."""
        if on == self.on:
            return
        self.on = on
        if on:
            self._enter()
        else:
            self._leave()
        self.changed.emit(on)

    def leave(self) -> None:
        """Leave it, if the reader is in it."""
        self.set_on(False)

    def _enter(self) -> None:
        window = self._window
        self._before = {name: window.commands[name].isChecked() for name in PANELS}
        parts = (window.header, window.status, window.hint, window.menuBar())
        self._around = [part for part in parts if not part.isHidden()]
        window.page.setFocus()
        self._put_away()
        for part in self._around:
            part.hide()

    def _leave(self) -> None:
        for part in self._around:
            part.show()
        for name, shown in self._before.items():
            self._window.commands[name].setChecked(shown)

    def _put_away(self) -> None:
        for name in PANELS:
            self._window.commands[name].setChecked(False)
        self._window.header.hide()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.on and now is not None and self._window.spread.isAncestorOf(now):
            self._put_away()
