"""The two faces of the page that shows a document: its text set anew, and its pages as printed.

What is written for both takes a `Face`: what they do alike when the reader handles them, by keys, pointer or fingers.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QMenu, QToolTip, QWidget

from postil.view.keys import Bindings
from postil.view.page import links, offering
from postil.view.page.marked import Marked
from postil.view.page.presses import Presses
from postil.view.page.touch import Touch

if TYPE_CHECKING:
    from postil.view.page.keys import Keyboard
    from postil.view.page.speaking import Speaking
    from postil.view.page.toolbar import SelectionBar

KEYBOARD_PAUSE_MS = 250
PARTED = 1.15
"""How much further apart two fingers are for one step of the zoom."""


class Face(Marked):
    """Turns what the reader does into signals. `bar`: the page's toolbar, shared by its faces."""

    mark_asked = Signal(object)
    tag_asked = Signal()
    note_asked = Signal()
    annotation_clicked = Signal(int)
    mention_clicked = Signal(int, int, int)
    menu_filled = Signal(object, list)  # the menu, and the mention under the pointer
    link_clicked = Signal(str)
    place_asked = Signal(int, int)
    step_asked = Signal(int)
    entity_step_asked = Signal(int)
    remove_asked = Signal()
    let_go_asked = Signal()
    find_asked = Signal()
    zoom_asked = Signal(int)
    command_asked = Signal(str)

    bar: "SelectionBar"
    caret_mode = False
    speaking: "Speaking | None" = None

    def take_hold(self, keys: "Keyboard", bar: "SelectionBar", over: QWidget) -> None:
        """Begin to answer: called once, when the view is made. `over`: the widget that the toolbar floats over."""
        self._keys, self.bar, self._over = keys, bar, over
        self._presses = Presses()
        self._touch = Touch(self)
        self._parted = 1.0
        self._offer = QTimer(self, singleShot=True, interval=KEYBOARD_PAUSE_MS)
        self._offer.timeout.connect(self.offer_marks)
        self.verticalScrollBar().valueChanged.connect(self._hide_bar)

    # the toolbar

    def offer_marks(self) -> None:
        """Show the toolbar beside the selection, if there is one."""
        offering.offer_marks(self, self._over)

    def dismiss(self) -> None:
        """Put the toolbar away; if there was none, the selection; if neither, let go of what is current."""
        offering.dismiss(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the toolbar along to where the selection stands now."""
        offered = self.bar.isVisible()
        super().resizeEvent(event)
        if offered:
            self.offer_marks()

    def ask_removal(self) -> None:
        """Have the annotation removed that is current, if there is one."""
        if self.overlay.manner.current is not None:
            self.remove_asked.emit()

    def _hide_bar(self) -> None:
        if self.isVisible():
            self.bar.hide()

    # keys

    def event(self, event: QEvent) -> bool:
        """Claim the page's plain keys before a shortcut of the window takes them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._keys.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the page's keys, and leave those that mean nothing here to Qt."""
        before = self.chosen.range
        if not self._keys.press(event):
            super().keyPressEvent(event)
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

    def _after_keys(self, before: tuple[int, int]) -> None:
        start, end = self.chosen.range
        if (start, end) != before:
            self.bar.hide()
            if end > start:
                self._offer.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret when the keyboard brought the focus here."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._keys.wake_caret()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the caret no more."""
        super().focusOutEvent(event)
        self.viewport().update()

    # the pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl held, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_at(1 if event.angleDelta().y() > 0 else -1, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def zoom_at(self, step: int, point: QPointF) -> None:  # noqa: ARG002
        """Show everything one step larger (1) or smaller (-1), as the reader asked at a point."""
        self.zoom_asked.emit(step)

    def zoom_by(self, factor: float, point: QPointF) -> None:
        """Show everything larger or smaller by a factor, as two fingers ask that part or meet: step by step."""
        self._parted *= factor
        if not 1 / PARTED < self._parted < PARTED:
            step, self._parted = (1 if self._parted > 1 else -1), 1.0
            self.zoom_at(step, point)

    def begin_press(self, event: QMouseEvent) -> bool:
        """Put away what is in the way of a selection; whether it is the third press in a row."""
        self.show_caret(self.caret_mode)
        self._offer.stop()
        self.bar.hide()
        return self._presses.press(event.position().toPoint())

    def end_press(self, event: QMouseEvent) -> None:
        """Offer to mark what was selected, or follow a plain click."""
        start, end = self.chosen.range
        point = event.position().toPoint()
        if end > start:
            self.offer_marks()
        elif self._presses.near(point):
            self.click_at(point)

    def click_at(self, point: QPoint) -> None:
        """Tell what was clicked."""
        offset = self.offset_at(point)
        offering.click(self, offset, self.link_at(offset))

    def show_answer(self, point: QPoint) -> None:
        """Show with the pointer's shape, and on the mark under it, what can be clicked."""
        offset = self.offset_at(point)
        self.glow.hover(offset)
        shape = Qt.CursorShape.PointingHandCursor if self.answers(point, offset) else self.plain_shape(offset)
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def answers(self, point: QPoint, offset: int | None) -> bool:  # noqa: ARG002
        """Whether a click at a point, with this character under it, would mean anything."""
        if offset is None:
            return False
        return bool(self.overlay.name_at(offset) or self.overlay.highlights_at(offset) or self.link_at(offset))

    def plain_shape(self, offset: int | None) -> Qt.CursorShape:  # noqa: ARG002
        """The pointer's shape where a click means nothing."""
        return Qt.CursorShape.IBeamCursor

    def viewportEvent(self, event: QEvent) -> bool:
        """Answer fingers; show what a mark is, or the note on it, as a tool tip."""
        if isinstance(event, QMouseEvent) and self._touch.takes(event):
            return True
        if isinstance(event, QGestureEvent) and self._touch.pinched(event):
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        if event.type() is QEvent.Type.Scroll and self._touch.selecting:
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            if tip := self.tip_at(event.pos()):
                QToolTip.showText(event.globalPos(), tip, self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() is QEvent.Type.Leave:
            self.glow.hover(None)
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """What there is to say about a point; "" for nothing."""
        from postil.view.page.tips import tip_for

        offset = self.offset_at(point)
        if offset is None:
            return ""
        href, marks = self.link_at(offset), self.overlay.highlights_at(offset)
        return tip_for(marks, self.overlay.name_at(offset), href, links.text_at(self.overlay.content, href))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the text."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.context_menu(None if by_key else self.offset_at(event.pos())).popup(event.globalPos())

    def context_menu(self, offset: int | None = None) -> QMenu:
        """The menu of the right mouse button; it deletes itself when it closes."""
        return offering.context_menu(self, offset)
