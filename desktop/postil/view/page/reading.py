"""The page's text as the reader handles it: keys, pointer, hover and the toolbar beside a selection."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from postil.view.look.theme import Theme
from postil.view.page import links, units
from postil.view.page.browser import Browser
from postil.view.page.byline import byline
from postil.view.page.face import Face
from postil.view.page.pointing import Pointing
from postil.view.page.text_keys import TextKeys
from postil.view.page.toolbar import SelectionBar
from postil_db.records import Content, DocumentInfo

KEYBOARD_PAUSE_MS = 250


class Reading(Face, Browser):
    """Turns what the reader does into signals."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._pointing = Pointing(self)
        keys, bar = TextKeys(self), SelectionBar(theme, parent)
        bar.set_bindings(keys.bindings)
        bar.color_chosen.connect(self.mark_asked)
        bar.tag_chosen.connect(self.tag_asked)
        bar.note_chosen.connect(self.note_asked)
        bar.copy_chosen.connect(self._copy_and_dismiss)
        self.take_hold(keys, bar, parent)
        self.setAcceptDrops(False)  # files are for the page around it

    def begin(self, info: DocumentInfo | None, content: Content) -> None:
        """Take what is known about the text that is shown next; its marks are none."""
        self.info = info
        self.byline = byline(info) if info else ""
        self.overlay.clear(content)
        self.bar.hide()
        self.setAccessibleDescription(self.byline)

    def visible_range(self) -> tuple[int, int]:
        """The offsets of the first and last character in view."""
        view = self.viewport().rect()
        last = self.cursorForPosition(QPoint(view.right(), view.bottom() - 2)).position()
        return self.top().offset, self.window_.offset(last)

    def line_in_view(self, offset: int) -> bool:
        """Whether the line of an offset is in view."""
        low, high = self.visible_range()
        return low <= offset <= high

    def _hide_bar(self) -> None:
        if not self.busy:
            super()._hide_bar()

    def _copy_and_dismiss(self) -> None:
        self.copy_selection()
        self.bar.hide()

    # the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection or a click; the third click in a row selects the sentence."""
        third, point = self.begin_press(event), event.position().toPoint()
        offset = self.offset_at(point) if third else None
        if offset is not None and event.button() is Qt.MouseButton.LeftButton:
            self.select(*units.sentence(self.content, offset))
        else:
            super().mousePressEvent(event)
            if event.button() is Qt.MouseButton.LeftButton:
                self._pointing.press(point, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._presses.double(event.position().toPoint())
        super().mouseDoubleClickEvent(event)
        self._pointing.double(self._presses.at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer to mark what was selected, or follow a plain click."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.end_press(event)
        self._idle.start()

    def click_at(self, point: QPoint) -> None:
        """Tell what was clicked."""
        footnote = self._pointing.footnote(point) if self.offset_at(point) is None else None
        back = links.reference_to(self.content, footnote) if footnote is not None else None
        if back is not None:
            self.place_asked.emit(*back)
        else:
            super().click_at(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show with the pointer's shape what can be clicked."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pointing.drag(point)
        if not event.buttons():
            self.show_answer(point)

    def answers(self, point: QPoint, offset: int | None) -> bool:
        """Whether a click at a point would mean anything; also on the marker of a footnote."""
        return super().answers(point, offset) if offset is not None else self._pointing.footnote(point) is not None

    def tip_at(self, point: QPoint) -> str:
        """What there is to say about a point: also what a picture shows."""
        if tip := super().tip_at(point):
            return tip
        described = self._pointing.described(point) if self.offset_at(point) is None else ""
        if not described:
            return ""
        from postil.view.page.tips import tip_for

        return tip_for((), None, "", described)
