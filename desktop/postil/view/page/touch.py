"""Fingers on the page: a drag scrolls, a tap clicks, one that rests selects a word and then draws the selection on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QInputDevice, QMouseEvent
from PySide6.QtWidgets import QApplication, QScroller

from postil.view.page import units

if TYPE_CHECKING:
    from postil.view.page.marks import Interval
    from postil.view.page.reading import Reading


class Touch(QObject):
    """Answers the events of the mouse that Qt makes of a finger's; the scroller hears the finger itself."""

    def __init__(self, text: "Reading") -> None:
        super().__init__(text)
        self._text = text
        self._at: QPoint | None = None
        self._word: Interval | None = None
        self._hold = QTimer(self, singleShot=True)
        self._hold.timeout.connect(self._held)
        QScroller.grabGesture(text.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    @property
    def selecting(self) -> bool:
        """Whether a finger draws a selection now, so that the page must not scroll under it."""
        return self._word is not None

    def takes(self, event: QMouseEvent) -> bool:
        """Answer an event that came from a finger; False for one of a mouse or pen."""
        device = event.device()
        if device is None or device.type() != QInputDevice.DeviceType.TouchScreen:
            return False
        point = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                self._at, self._word = point, None
                self._text.bar.hide()
                self._hold.start(QGuiApplication.styleHints().mousePressAndHoldInterval())
            case QEvent.Type.MouseMove:
                self._moved(point)
            case QEvent.Type.MouseButtonRelease:
                self._lifted(point)
            case _:
                pass
        event.accept()
        return True

    def _moved(self, point: QPoint) -> None:
        if self._word is not None:
            start, end = self._word
            to = self._text.caret_at(point)
            self._text.select(*((start, max(end, to)) if to >= start else (end, to)))
        elif self._at is not None and (point - self._at).manhattanLength() >= QApplication.startDragDistance():
            self._hold.stop()
            self._at = None

    def _lifted(self, point: QPoint) -> None:
        self._hold.stop()
        if self._word is not None:
            self._text.offer_marks()
        elif self._at is not None:
            caret = self._text.caret_at(point)
            self._text.select(caret, caret)
            self._text.click_at(point)
        self._at = self._word = None

    def _held(self) -> None:
        offset = self._text.offset_at(self._at) if self._at is not None else None
        if offset is not None:
            self._word = units.word(self._text.content, offset)
            self._text.select(*self._word)
            QScroller.scroller(self._text.viewport()).stop()
