"""The page's text as the reader handles it: keys, pointer, hover and the toolbar beside a selection."""

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from postil.view.keys import Bindings
from postil.view.look.theme import Theme
from postil.view.page import links, offering, units
from postil.view.page.browser import Browser
from postil.view.page.keys import Keyboard
from postil.view.page.pointing import Pointing
from postil.view.page.toolbar import SelectionBar
from postil.view.page.touch import Touch

KEYBOARD_PAUSE_MS = 250


class Reading(Browser):
    """Turns what the reader does into signals."""

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

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._keys = Keyboard(self)
        self._pointing = Pointing(self)
        self._touch = Touch(self)
        self._over = parent
        self._pressed_at = QPoint()
        self._doubled = QElapsedTimer()
        self.caret_mode = False
        self.bar = SelectionBar(theme, parent)
        self.bar.set_bindings(self._keys.bindings)
        self.bar.color_chosen.connect(self.mark_asked)
        self.bar.tag_chosen.connect(self.tag_asked)
        self.bar.note_chosen.connect(self.note_asked)
        self.bar.copy_chosen.connect(self._copy_and_dismiss)
        self._offer = QTimer(self, singleShot=True, interval=KEYBOARD_PAUSE_MS)
        self._offer.timeout.connect(self.offer_marks)
        self.verticalScrollBar().valueChanged.connect(self._hide_bar)
        self.setAcceptDrops(False)  # files are for the page around it

    def visible_range(self) -> tuple[int, int]:
        """The offsets of the first and last character in view."""
        view = self.viewport().rect()
        last = self.cursorForPosition(QPoint(view.right(), view.bottom() - 2)).position()
        return self.top().offset, self.window_.offset(last)

    # the toolbar

    def offer_marks(self) -> None:
        """Show the toolbar beside the selection, if there is one."""
        offering.offer_marks(self, self._over)

    def line_in_view(self, offset: int) -> bool:
        """Whether the line of an offset is in view."""
        low, high = self.visible_range()
        return low <= offset <= high

    def dismiss(self) -> None:
        """Put the toolbar away; if there was none, the selection; if neither, let go of what is current."""
        offering.dismiss(self)

    def _hide_bar(self) -> None:
        if not self.busy:
            self.bar.hide()

    def _copy_and_dismiss(self) -> None:
        self.copy_selection()
        self.bar.hide()

    # keys

    def event(self, event: QEvent) -> bool:
        """Claim the page's plain keys before a shortcut of the window takes them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._keys.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the page's keys, and leave the caret's to Qt."""
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

    # the pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl held, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection or a click; the third click in a row selects the sentence."""
        if self._touch.takes(event):
            return
        self.setCursorWidth(2 if self.caret_mode else 0)
        self._offer.stop()
        self.bar.hide()
        point, before = event.position().toPoint(), self._pressed_at
        self._pressed_at = point
        third = self._doubled.isValid() and self._doubled.elapsed() < QApplication.doubleClickInterval()
        self._doubled.invalidate()
        offset = self.offset_at(point)
        near = (point - before).manhattanLength() < QApplication.startDragDistance()
        if third and near and offset is not None and event.button() is Qt.MouseButton.LeftButton:
            self.select(*units.sentence(self.content, offset))
        else:
            super().mousePressEvent(event)
            if event.button() is Qt.MouseButton.LeftButton:
                self._pointing.press(point, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if self._touch.takes(event):
            return
        self._pressed_at = event.position().toPoint()
        self._doubled.start()
        super().mouseDoubleClickEvent(event)
        self._pointing.double(self._pressed_at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer to mark what was selected, or follow a plain click."""
        if self._touch.takes(event):
            return
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        start, end = self.chosen.range
        point = event.position().toPoint()
        if end > start:
            self.offer_marks()
        elif (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
            self.click_at(point)
        self._idle.start()

    def click_at(self, point: QPoint) -> None:
        """Tell what was clicked."""
        offset = self.offset_at(point)
        footnote = self._pointing.footnote(point) if offset is None else None
        back = links.reference_to(self.content, footnote) if footnote is not None else None
        if back is not None:
            self.place_asked.emit(*back)
        else:
            offering.click(self, offset, self.link_at(offset) if offset is not None else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show with the pointer's shape what can be clicked."""
        if self._touch.takes(event):
            return
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pointing.drag(point)
        if event.buttons():
            return
        offset = self.offset_at(point)
        self.hover(offset)
        clickable = bool(
            self.overlay.name_at(offset) or self.overlay.highlights_at(offset) or self.link_at(offset)
            if offset is not None
            else self._pointing.footnote(point) is not None
        )
        text = Qt.CursorShape.IBeamCursor
        shape = Qt.CursorShape.PointingHandCursor if clickable else text
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a mark is, or the note on it, as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            if tip := self._tip(event.pos()):
                QToolTip.showText(event.globalPos(), tip, self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() is QEvent.Type.Scroll and self._touch.selecting:
            return True
        if event.type() is QEvent.Type.Leave:
            self.hover(None)
        return super().viewportEvent(event)

    def _tip(self, point: QPoint) -> str:
        from postil.view.page.tips import tip_for

        offset = self.offset_at(point)
        if offset is None:
            described = self._pointing.described(point)
            return tip_for((), None, "", described) if described else ""
        href = self.link_at(offset)
        marks, name = self.overlay.highlights_at(offset), self.overlay.name_at(offset)
        return tip_for(marks, name, href, links.text_at(self.content, href))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the text."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.context_menu(None if by_key else self.offset_at(event.pos())).popup(event.globalPos())

    def context_menu(self, offset: int | None = None) -> QMenu:
        """The menu of the right mouse button; it deletes itself when it closes."""
        return offering.context_menu(self, offset)

    def select_all(self) -> None:
        """Select the whole text."""
        self.select(0, len(self.content.text))
