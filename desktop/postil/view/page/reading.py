"""The page's text as the reader handles it: keys, pointer, hover and the toolbar beside a selection."""

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from postil.view.look.theme import Theme
from postil.view.page import units
from postil.view.page.browser import Browser
from postil.view.page.keys import Keyboard
from postil.view.page.tips import tip_for
from postil.view.page.toolbar import GAP, SelectionBar

KEYBOARD_PAUSE_MS = 250


class Reading(Browser):
    """Turns what the reader does into signals."""

    mark_asked = Signal(object)
    tag_asked = Signal()
    note_asked = Signal()
    annotation_clicked = Signal(int)
    mention_clicked = Signal(int, int, int)
    link_clicked = Signal(str)
    step_asked = Signal(int)
    entity_step_asked = Signal(int)
    remove_asked = Signal()
    let_go_asked = Signal()
    find_asked = Signal()
    zoom_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._keys = Keyboard(self)
        self._over = parent
        self._pressed_at = QPoint()
        self._doubled = QElapsedTimer()
        self.caret_mode = False
        self.bar = SelectionBar(theme, parent)
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
        """Show the toolbar beside the selection, if there is one; it covers it only where that fills the view."""
        start, end = self.chosen.range
        words = self.bounds(start, end) if end > start else QRect()
        if words.isEmpty():
            self.bar.hide()
            return
        inside = QRect(self.viewport().mapTo(self._over, QPoint(0, 0)), self.viewport().size())
        words.translate(inside.topLeft())
        if self.bar.place(words, inside):
            return
        short = words.bottom() + self.bar.sizeHint().height() + 2 * GAP - inside.bottom()
        scroll = self.verticalScrollBar()
        if short < inside.height() // 4 and self.line_in_view(end):
            scroll.setValue(scroll.value() + short)
            self.bar.place(words.translated(0, -short) & inside.adjusted(0, -inside.height(), 0, 0), inside)
        else:
            self.bar.place_over(inside)

    def line_in_view(self, offset: int) -> bool:
        """Whether the line of an offset is in view."""
        low, high = self.visible_range()
        return low <= offset <= high

    def dismiss(self) -> None:
        """Put the toolbar away; if there was none, the selection; if neither, let go of what is current."""
        if self.bar.isVisible():
            self.bar.hide()
        elif self.chosen.range[0] != self.chosen.range[1]:
            self.select(self.chosen.caret, self.chosen.caret)
        else:
            self.let_go_asked.emit()

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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._pressed_at = event.position().toPoint()
        self._doubled.start()
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer to mark what was selected, or follow a plain click."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        start, end = self.chosen.range
        point = event.position().toPoint()
        if end > start:
            self.offer_marks()
        elif (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
            self._click(point)
        self._idle.start()

    def _click(self, point: QPoint) -> None:
        """Tell what was clicked: a link, else the shortest mark there. Overlapping highlights take turns."""
        offset = self.offset_at(point)
        href = self.anchorAt(point)
        if href and offset is not None:
            self.link_clicked.emit(href)
            return
        if offset is None:
            return
        highlights, name = self.overlay.highlights_at(offset), self.overlay.name_at(offset)
        if highlights:
            ids = [mark.id for mark in highlights]
            shortest = highlights[0]
            current = self.overlay.manner.current
            if name is None or shortest.end - shortest.start <= name.end - name.start:
                again = ids.index(current) + 1 if current in ids else 0
                self.annotation_clicked.emit(ids[again % len(ids)])
                return
        if name is not None:
            self.mention_clicked.emit(name.entity, name.start, name.end)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show with the pointer's shape what can be clicked."""
        super().mouseMoveEvent(event)
        if event.buttons():
            return
        offset = self.offset_at(event.position().toPoint())
        clickable = offset is not None and bool(
            self.overlay.name_at(offset)
            or self.overlay.highlights_at(offset)
            or self.anchorAt(event.position().toPoint())
        )
        text = Qt.CursorShape.IBeamCursor
        shape = Qt.CursorShape.PointingHandCursor if clickable else text
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a mark is, or the note on it, as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            offset = self.offset_at(event.pos())
            tip = ""
            if offset is not None:
                tip = tip_for(
                    self.overlay.highlights_at(offset), self.overlay.name_at(offset), self.anchorAt(event.pos())
                )
            if tip:
                QToolTip.showText(event.globalPos(), tip, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the text."""
        self.context_menu().popup(event.globalPos())

    def context_menu(self) -> QMenu:
        """The menu of the right mouse button; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.chosen.range[0] != self.chosen.range[1]
        for text, key, act, needs in (
            (self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy_selection, True),
            (self.tr("Copy with citation"), "Ctrl+Shift+C", self.copy_citation, True),
            (self.tr("Copy as Markdown"), "Ctrl+Shift+M", self.copy_markdown, True),
            (self.tr("Tag…"), "T", self.tag_asked.emit, True),
            (self.tr("Note…"), "N", self.note_asked.emit, True),
            (self.tr("Select all"), QKeySequence.StandardKey.SelectAll, self._select_all, False),
            (self.tr("Find…"), QKeySequence.StandardKey.Find, self.find_asked.emit, False),
        ):
            action = menu.addAction(text)
            action.setShortcut(key)
            action.setEnabled(selected or not needs)
            action.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def _select_all(self) -> None:
        self.select(0, len(self.content.text))
