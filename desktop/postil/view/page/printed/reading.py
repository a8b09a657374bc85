"""Printed pages as the reader handles them: keys, pointer, hover and the toolbar beside a selection."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from postil.view.look.theme import Theme
from postil.view.page import units
from postil.view.page.face import Face
from postil.view.page.marks import Interval
from postil.view.page.overlay import Overlay
from postil.view.page.printed.browser import PrintedBrowser
from postil.view.page.printed.keys import PrintedKeys
from postil.view.page.printed.spoken import SpokenPages
from postil.view.page.printed.zooming import Fit
from postil.view.page.selection import Selection
from postil.view.page.speaking import Speaking
from postil.view.page.toolbar import SelectionBar
from postil_db.records import Content

DRAG_MS = 25
"""Between two steps of the scrolling that a drag beyond the view sets off."""


class PrintedReading(Face, PrintedBrowser):
    """Turns what the reader does into signals."""

    def __init__(self, theme: Theme, overlay: Overlay, chosen: Selection, bar: SelectionBar, parent: QWidget) -> None:
        super().__init__(theme, overlay, chosen, parent)
        self._drag: Interval | None = None
        self._unit: Callable[[Content, int], Interval] | None = None
        self._pointer = QPoint()
        self._onward = QTimer(self, interval=DRAG_MS)
        self._onward.timeout.connect(self._drag_on)
        self.take_hold(PrintedKeys(self), bar, parent)
        self._told = -1
        self.spoken: SpokenPages | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Printed pages")
        self.moved.connect(self._tell_page)
        self.zoomed.connect(self._settled.start)
        self.zoom_asked.connect(self.step_zoom)

    # who cannot see

    def _tell_page(self) -> None:
        """Say which page is in view, and let its text be read."""
        if self.pages and (page := self.page()) != self._told:
            self._told = page
            where = f"Page {page + 1} of {len(self.pages)}"
            self.setAccessibleDescription(where)
            if self.speaking is not None and self.hasFocus():
                self.speaking.say(where)

    def look_ahead(self) -> None:
        """Have what is in view drawn, and heard where somebody listens."""
        super().look_ahead()
        if self.pages and self.isVisible() and QAccessible.isActive():
            if self.spoken is None:
                self.spoken = SpokenPages(self)
                self.speaking = Speaking(self.spoken, self)
                self.speaking.dressed.connect(self.spoken.lay)
            else:
                self.spoken.follow()

    def show_chosen(self) -> None:
        """Set the selection of the text that is heard."""
        if self.spoken is not None:
            self.spoken.show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is in view."""
        super().showEvent(event)
        self._told = -1
        self._settled.start()
        self._tell_page()

    # the pointer

    def zoom_at(self, step: int, point: QPointF) -> None:
        """Show pages larger or smaller; what is at a point stays there."""
        self.step_zoom(step, point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection or a click; the third click in a row selects the sentence."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.pages:
            return
        third = self.begin_press(event)
        point = self._pointer = self._presses.at
        if third:
            self._begin(units.sentence, point)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._unit, self._drag = None, (self.chosen.anchor, self.chosen.anchor)
            self._drag_to(point)
        else:
            self._begin(None, point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if event.button() is Qt.MouseButton.LeftButton and self.pages:
            self._presses.double(event.position().toPoint())
            self._pointer = self._presses.at
            self._begin(units.word, self._pointer)

    def _begin(self, unit: Callable[[Content, int], Interval] | None, point: QPoint) -> None:
        """Begin to select by characters, or by larger pieces."""
        self._unit = unit
        self._drag = self._piece(point)
        self.select(*self._drag)

    def _piece(self, point: QPoint) -> Interval:
        if self._unit is None:
            at = self.caret_at(point)
            return at, at
        under = self.offset_at(point)
        return self._unit(self.content, under if under is not None else self.caret_at(point))

    def _drag_to(self, point: QPoint) -> None:
        if self._drag is None:
            return
        view = self.viewport().rect()
        inside = QPoint(point.x(), min(max(view.top(), point.y()), view.bottom()))
        start, end = self._drag
        low, high = self._piece(inside)
        if high >= end and low >= start:
            self.select(start, high)
        else:
            self.select(end, low)

    def _drag_on(self) -> None:
        """Scroll while a drag is held beyond the view: the further, the faster."""
        over = self._beyond(self._pointer)
        if not over or self._drag is None:
            self._onward.stop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + over)
        self._drag_to(self._pointer)

    def _beyond(self, point: QPoint) -> int:
        view = self.viewport().rect()
        over = min(0, point.y() - view.top()) + max(0, point.y() - view.bottom())
        return max(-160, min(160, over + (over > 0) * 4 - (over < 0) * 4)) if over else 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select while the button is held; else show with the pointer's shape what can be clicked."""
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton and self._drag is not None:
            self._pointer = point
            if self._unit is None and (point - self._presses.at).manhattanLength() < 3:
                return
            self._drag_to(point)
            if self._beyond(point) and not self._onward.isActive():
                self._onward.start()
            return
        self.show_answer(point)

    def plain_shape(self, offset: int | None) -> Qt.CursorShape:
        """The pointer's shape where a click means nothing: on print it stands on letters or on paper."""
        return Qt.CursorShape.ArrowCursor if offset is None else Qt.CursorShape.IBeamCursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer to mark what was selected, or follow a plain click."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._onward.stop()
        self._drag = None
        self.end_press(event)

    def zoom_by(self, factor: float, point: QPointF) -> None:
        """Show pages larger or smaller by a factor, without steps; what is at a point stays there."""
        self.fit = Fit.FREE
        self._change(lambda: setattr(self, "zoom", self.zoom * factor), point)
