"""Printed pages as the reader handles them: keys, pointer, hover and the toolbar beside a selection."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from postil.view.keys import Bindings
from postil.view.look.theme import Theme
from postil.view.page import links, offering, units
from postil.view.page.marks import Interval
from postil.view.page.overlay import Overlay
from postil.view.page.printed.browser import PrintedBrowser
from postil.view.page.printed.keys import PrintedKeys
from postil.view.page.printed.scrolling import Fit
from postil.view.page.reading import KEYBOARD_PAUSE_MS
from postil.view.page.selection import Selection
from postil.view.page.tips import tip_for
from postil.view.page.toolbar import SelectionBar
from postil_db.records import Content

DRAG_MS = 25
"""Between two steps of the scrolling that a drag beyond the view sets off."""
SPOKEN = 4_000
"""Characters of a page that are given to a screen reader."""


class PrintedReading(PrintedBrowser):
    """Turns what the reader does into signals. `bar`: the page's toolbar, shared by its faces."""

    mark_asked = Signal(object)
    tag_asked = Signal()
    note_asked = Signal()
    annotation_clicked = Signal(int)
    mention_clicked = Signal(int, int, int)
    menu_filled = Signal(object, list)  # the menu, and the mention under the pointer
    link_clicked = Signal(str)
    step_asked = Signal(int)
    entity_step_asked = Signal(int)
    remove_asked = Signal()
    let_go_asked = Signal()
    find_asked = Signal()
    zoom_asked = Signal(int)
    command_asked = Signal(str)

    def __init__(self, theme: Theme, overlay: Overlay, chosen: Selection, bar: SelectionBar, parent: QWidget) -> None:
        super().__init__(theme, overlay, chosen, parent)
        self._keys = PrintedKeys(self)
        self._over = parent
        self.bar = bar
        self.caret_mode = False
        self._pressed_at = QPoint()
        self._doubled = QElapsedTimer()
        self._drag: Interval | None = None
        self._unit: Callable[[Content, int], Interval] | None = None
        self._pointer = QPoint()
        self._onward = QTimer(self, interval=DRAG_MS)
        self._onward.timeout.connect(self._drag_on)
        self._offer = QTimer(self, singleShot=True, interval=KEYBOARD_PAUSE_MS)
        self._offer.timeout.connect(self.offer_marks)
        self._told = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Printed pages"))
        self.verticalScrollBar().valueChanged.connect(self._hide_bar)
        self.moved.connect(self._tell_page)
        self.zoom_asked.connect(self.step_zoom)

    # the toolbar

    def offer_marks(self) -> None:
        """Show the toolbar beside the selection, if there is one."""
        offering.offer_marks(self, self._over)

    def dismiss(self) -> None:
        """Put the toolbar away; if there was none, the selection; if neither, let go of what is current."""
        offering.dismiss(self)

    def _hide_bar(self) -> None:
        if self.isVisible():
            self.bar.hide()

    # who cannot see

    def _tell_page(self) -> None:
        """Say which page is in view, and what stands on it. Not through an interface of our own: see the research."""
        page = self.page()
        if page == self._told or not self.pages:
            return
        self._told = page
        here = self.pages[page]
        words = self.content.text[here.start : min(here.end, here.start + SPOKEN)] or self.tr("No text")
        where = self.tr("Page {page} of {pages}").format(page=page + 1, pages=len(self.pages))
        self.setAccessibleDescription(f"{where}. {words}")
        if QAccessible.isActive() and self.hasFocus():
            announce(self, where)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is in view."""
        super().showEvent(event)
        self._told = -1
        self._settled.start()
        self._tell_page()

    # keys

    def event(self, event: QEvent) -> bool:
        """Claim the page's plain keys before a shortcut of the window takes them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._keys.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the page's keys."""
        before = self.chosen.range
        if not self._keys.press(event):
            event.ignore()
        self._after_keys(before)

    def set_bindings(self, bindings: Bindings) -> None:
        """Answer to these keys from now on."""
        self._keys.bindings = bindings
        self.bar.set_bindings(bindings)

    @property
    def bindings(self) -> Bindings:
        """The keys that it answers to."""
        return self._keys.bindings

    def do(self, name: str) -> None:
        """Do what a command of the page says, as if its key were pressed."""
        before = self.chosen.range
        self._keys.do(name)
        self._after_keys(before)

    def _after_keys(self, before: Interval) -> None:
        start, end = self.chosen.range
        if (start, end) != before:
            self.bar.hide()
            if end > start:
                self._offer.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret when the keyboard brought the focus here."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.setCursorWidth(2)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the caret no more."""
        super().focusOutEvent(event)
        self.viewport().update()

    # the pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl held, zoom to the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.step_zoom(1 if event.angleDelta().y() > 0 else -1, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection or a click; the third click in a row selects the sentence."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.pages:
            return
        self.setCursorWidth(2 if self.caret_mode else 0)
        self._offer.stop()
        self.bar.hide()
        point, before = event.position().toPoint(), self._pressed_at
        self._pressed_at = self._pointer = point
        third = self._doubled.isValid() and self._doubled.elapsed() < QApplication.doubleClickInterval()
        self._doubled.invalidate()
        near = (point - before).manhattanLength() < QApplication.startDragDistance()
        if third and near:
            self._begin(units.sentence, point)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._unit, self._drag = None, (self.chosen.anchor, self.chosen.anchor)
            self._drag_to(point)
        else:
            self._begin(None, point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if event.button() is Qt.MouseButton.LeftButton and self.pages:
            self._pressed_at = self._pointer = event.position().toPoint()
            self._doubled.start()
            self._begin(units.word, self._pressed_at)

    def _begin(self, unit: Callable[[Content, int], Interval] | None, point: QPoint) -> None:
        """Begin to select by characters, or by larger pieces."""
        self._unit = unit
        self._drag = self._piece(point)
        self.select(*self._drag)

    def _piece(self, point: QPoint) -> Interval:
        if self._unit is None:
            at = self.nearest(point)
            return at, at
        under = self.offset_at(point)
        return self._unit(self.content, under if under is not None else self.nearest(point))

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
            if self._unit is None and (point - self._pressed_at).manhattanLength() < 3:
                return
            self._drag_to(point)
            if self._beyond(point) and not self._onward.isActive():
                self._onward.start()
            return
        offset = self.offset_at(point)
        self.hover(offset)
        marked = offset is not None and bool(
            self.overlay.name_at(offset) or self.overlay.highlights_at(offset) or self.href_at(offset)
        )
        shapes = Qt.CursorShape
        plain = shapes.ArrowCursor if offset is None else shapes.IBeamCursor
        shape = shapes.PointingHandCursor if marked else plain
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer to mark what was selected, or follow a plain click."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._onward.stop()
        self._drag = None
        start, end = self.chosen.range
        point = event.position().toPoint()
        if end > start:
            self.offer_marks()
        elif (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
            offset = self.offset_at(point)
            offering.click(self, offset, self.href_at(offset))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a mark is, or the note on it, as a tool tip; zoom by two fingers."""
        if event.type() is QEvent.Type.Leave:
            self.hover(None)
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            offset = self.offset_at(event.pos())
            tip = ""
            if offset is not None:
                name = self.overlay.name_at(offset)
                href = self.href_at(offset)
                tip = tip_for(self.overlay.highlights_at(offset), name, href, links.text_at(self.content, href))
            if tip:
                QToolTip.showText(event.globalPos(), tip, self.viewport())
            else:
                QToolTip.hideText()
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._pinch(event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def _pinch(self, by: float, at: QPointF) -> None:
        self.fit = Fit.FREE
        self._change(lambda: setattr(self, "zoom", self.zoom * (1 + by)), at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the text."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.context_menu(None if by_key else self.offset_at(event.pos())).popup(event.globalPos())

    def context_menu(self, offset: int | None = None) -> QMenu:
        """The menu of the right mouse button; it deletes itself when it closes."""
        return offering.context_menu(self, offset)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something."""
    from PySide6.QtGui import QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
