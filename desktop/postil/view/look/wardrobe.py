"""What a main window wears: each of its parts has the style sheet for itself, and those out of view take it when shown.

One sheet for the whole window would have Qt dress every widget in it at each change of the theme, three in four of
which nobody sees. What belongs to the window but is no part of it (dialogs, menus, what lies over it) is dressed when
it is first shown, and again when it is shown after another theme was chosen.
"""

from dataclasses import dataclass
from typing import Protocol, override

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from postil.view.look import theme as look
from postil.view.look.theme import Theme

_WORN = "worn"  # a property of each widget: the number of the theme it wears


class Tinted(Protocol):
    """Whatever has colours of its own besides the style sheet."""

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the window.

    `tinted`: what changes its colours with it. `rules`: a style sheet's, for it alone. `made`: in which theme it was.
    """

    tinted: tuple[Tinted, ...] = ()
    rules: str = ""
    made: int = 0


class Wardrobe(QObject):
    """Dresses a window; see the module's text."""

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._parts: dict[QWidget, _Part] = {}
        self._number = 0
        self._take_up(theme)
        window.installEventFilter(self)

    def hang(self, widget: QWidget, *tinted: Tinted, rules: str = "") -> None:
        """Dress a part of the window from now on, and at once if it is to be seen."""
        self._parts[widget] = _Part(tinted, rules, self._number)
        widget.installEventFilter(self)
        if widget.isVisibleTo(self._window):
            self._dress(widget)

    def wear(self, theme: Theme) -> None:
        """Dress what is in view; the rest follows when it is shown."""
        self._take_up(theme)
        for widget in [*self._parts, *self._others()]:
            if widget.isVisibleTo(self._window):
                self._dress(widget)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress what comes into view."""
        if event.type() is QEvent.Type.Show:
            if watched is not self._window and isinstance(watched, QWidget):
                self._dress(watched)
        elif event.type() is QEvent.Type.ChildPolished and watched is self._window:
            child = event.child() if isinstance(event, QChildEvent) else None
            if isinstance(child, QWidget) and child in self._others():
                child.installEventFilter(self)
                self._dress(child)
        return False

    def _take_up(self, theme: Theme) -> None:
        self._theme, self._sheet, self._number = theme, look.style(theme), self._number + 1

    def _others(self) -> list[QWidget]:
        """What the window has besides its parts and what holds them."""
        return [
            child
            for child in self._window.children()
            if isinstance(child, QWidget) and child not in self._parts and child is not self._window.centralWidget()
        ]

    def _dress(self, widget: QWidget) -> None:
        if widget.property(_WORN) == self._number:
            return
        widget.setProperty(_WORN, self._number)
        part = self._parts.get(widget, _Part())
        widget.setStyleSheet(self._sheet + part.rules)
        if part.made != self._number:
            for one in part.tinted:
                one.set_theme(self._theme)
