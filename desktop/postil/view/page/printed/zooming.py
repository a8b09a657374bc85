"""How large printed pages are shown, and what stays where it is when that changes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from postil.view.page.printed.scrolling import PrintedScroll
from postil.view.page.printed.sheets import SCREEN, Sheets
from postil.view.page.selection import Selection

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
"""1 is the size on paper, where a screen has 96 pixels to the inch."""


class Fit(StrEnum):
    """How large pages are shown: as wide as the view, as a whole, or as the reader says."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Hold:
    """A point of a page that stays at a point of the view. `x`, `y`: in points of the page."""

    page: int
    x: float
    y: float
    at: QPointF


class PrintedZoom(PrintedScroll):
    """Shows pages as large as the reader wants them."""

    zoomed = Signal()

    def __init__(self, chosen: Selection, parent: QWidget | None = None) -> None:
        super().__init__(chosen, parent)
        self.fit, self.zoom, self.two = Fit.WIDTH, 1.0, False

    def set_fit(self, fit: Fit, zoom: float | None = None) -> None:
        """Show pages as wide as the view, as a whole, or at `zoom`."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() * 0.35)
        self.fit = fit
        self._change(lambda: setattr(self, "zoom", zoom or self.zoom), middle)

    def step_zoom(self, step: int, at: QPointF | None = None) -> None:
        """Show pages larger or smaller, 0: at their own size; what is at a point of the view stays there."""
        if step > 0:
            zoom = next((zoom for zoom in ZOOMS if zoom > self.zoom * 1.02), ZOOMS[-1])
        elif step < 0:
            zoom = next((zoom for zoom in reversed(ZOOMS) if zoom < self.zoom / 1.02), ZOOMS[0])
        else:
            zoom = 1.0
        self.fit = Fit.FREE
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() * 0.35)
        self._change(lambda: setattr(self, "zoom", zoom), at or middle)

    def set_two(self, two: bool) -> None:
        """Show pages in pairs, or one below the other."""
        if two != self.two:
            self.two = two
            self._change(self.arrange, QPointF(self.viewport().width() / 2, 1))

    def _change(self, change: Callable[[], object], at: QPointF) -> None:
        """Change sizes while what is at a point of the view stays there."""
        hold = Hold(*self.on_page(at), at) if self.pages else None
        change()
        self._measure()
        if hold is not None:
            self._restore(hold)
        self.zoomed.emit()

    def _restore(self, hold: Hold) -> None:
        with self.moving():
            rect, scale = self.sheets.rect(hold.page), self.sheets.scale_of(hold.page)
            self.verticalScrollBar().setValue(round(rect.top() + hold.y * scale - hold.at.y()))
            if self.fit is Fit.FREE:
                self.horizontalScrollBar().setValue(round(rect.left() + hold.x * scale - hold.at.x()))

    def arrange(self) -> None:
        """Place the pages one below the other, or in pairs."""
        self.sheets = Sheets([(page.width, page.height) for page in self.pages], two=self.two)
        self._measure()

    def _measure(self) -> None:
        """Take the view's size and screen over into the pages' places."""
        room, height = self.viewport().width(), self.viewport().height()
        sheets = self.sheets
        if self.fit is Fit.WIDTH:
            self.zoom = sheets.fitting_width(room) / SCREEN
        elif self.fit is Fit.PAGE:
            self.zoom = sheets.fitting_page(room, height) / SCREEN
        self.zoom = min(max(ZOOMS[0] / 4, self.zoom), ZOOMS[-1])
        sheets.scale, sheets.sharp, sheets.room = self.zoom * SCREEN, self.devicePixelRatioF(), room
        with self.moving():
            for bar, size, shown, step in (
                (self.verticalScrollBar(), sheets.height, height, 20 * max(1.0, self.zoom)),
                (self.horizontalScrollBar(), sheets.width, room, 20),
            ):
                bar.setRange(0, max(0, round(size - shown)))
                bar.setPageStep(max(1, shown))
                bar.setSingleStep(round(step))
            if self.fit is not Fit.FREE:  # every page stands about the middle, also beside a wider one
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is at the top where it is."""
        super().resizeEvent(event)
        at = QPointF(event.oldSize().width() / 2, 1)
        pending = self._pending
        self._change(lambda: None, at)
        if pending is not None:
            self.scroll_to(pending)

    def event(self, event: QEvent) -> bool:
        """Draw in the pixels of the screen that the window was moved to."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._change(lambda: None, QPointF(0, 1))
        return super().event(event)
