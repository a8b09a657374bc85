"""What lights up on a face of the page for a while: the mark under the pointer, and a passage one was led to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath

from postil.view.look.theme import Theme
from postil.view.page import paint
from postil.view.page.marks import Interval
from postil.view.page.overlay import Overlay

FLASH_MS = 900


class Glow(QObject):
    """Keeps what glows on one face. `repaint`: paints again what is in view of a passage."""

    def __init__(self, overlay: Overlay, repaint: Callable[[Interval], None], parent: QObject) -> None:
        super().__init__(parent)
        self._overlay, self._repaint = overlay, repaint
        self._hovered: tuple[Interval, QColor] | None = None
        self._flashed: Interval | None = None
        self._over = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._over.timeout.connect(self._end_flash)

    def hover(self, offset: int | None) -> None:
        """Show that the mark over a character answers to a click; None for the pointer being nowhere."""
        found = self._overlay.hovered(offset) if offset is not None else None
        if found != self._hovered:
            changed, self._hovered = (self._hovered, found), found
            for mark in changed:
                if mark is not None:
                    self._repaint(mark[0])

    def forget(self) -> None:
        """Hover over nothing: the mark may be gone."""
        self._hovered = None

    def flash(self, start: int, end: int) -> None:
        """Show for a moment where a passage is."""
        if self._flashed is not None:
            self._repaint(self._flashed)
        self._flashed = (start, end)
        self._over.start()
        self._repaint(self._flashed)

    def _end_flash(self) -> None:
        if self._flashed is not None:
            gone, self._flashed = self._flashed, None
            self._repaint(gone)

    def paint(
        self, painter: QPainter, around: Callable[[Interval, float], QPainterPath], em: float, theme: Theme
    ) -> None:
        """Draw what glows. `around`: the outline of a passage as far as it is in view, with some pixels about it."""
        if self._hovered is not None:
            paint.hover(painter, around(self._hovered[0], em / 9), self._hovered[1], em)
        if self._flashed is not None and not (path := around(self._flashed, 3)).isEmpty():
            paint.flash(painter, path, theme.color("current"))
