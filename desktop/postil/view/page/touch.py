"""Fingers on the page: a drag scrolls, a tap clicks, one that rests selects a word and then draws the selection on.

Two fingers that part or meet zoom.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputDevice, QMouseEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QScroller

from postil.view.page import units

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.marks import Interval


class Touch(QObject):
    """Answers the events of the mouse that Qt makes of a finger's; the scroller hears the finger itself."""

    def __init__(self, face: "Face") -> None:
        super().__init__(face)
        self._face = face
        self._at: QPoint | None = None
        self._word: Interval | None = None
        self._hold = QTimer(self, singleShot=True)
        self._hold.timeout.connect(self._held)
        face.viewport().grabGesture(Qt.GestureType.PinchGesture)
        QScroller.grabGesture(face.viewport(), QScroller.ScrollerGestureType.TouchGesture)

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
                self._face.bar.hide()
                self._hold.start(QGuiApplication.styleHints().mousePressAndHoldInterval())
            case QEvent.Type.MouseMove:
                self._moved(point)
            case QEvent.Type.MouseButtonRelease:
                self._lifted(point)
            case _:
                pass
        event.accept()
        return True

    def pinched(self, event: QGestureEvent) -> bool:
        """Zoom as far as two fingers parted since they were last heard of."""
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self._hold.stop()
        self._at = self._word = None
        middle = self._face.viewport().mapFromGlobal(pinch.centerPoint())
        if pinch.state() is Qt.GestureState.GestureUpdated and pinch.lastScaleFactor() > 0:
            self._face.zoom_by(pinch.scaleFactor(), middle)
        event.accept(pinch)
        return True

    def _moved(self, point: QPoint) -> None:
        if self._word is not None:
            start, end = self._word
            to = self._face.caret_at(point)
            self._face.select(*((start, max(end, to)) if to >= start else (end, to)))
        elif self._at is not None and (point - self._at).manhattanLength() >= QApplication.startDragDistance():
            self._hold.stop()
            self._at = None

    def _lifted(self, point: QPoint) -> None:
        self._hold.stop()
        if self._word is not None:
            self._face.offer_marks()
        elif self._at is not None:
            caret = self._face.caret_at(point)
            self._face.select(caret, caret)
            self._face.click_at(point)
        self._at = self._word = None

    def _held(self) -> None:
        offset = self._face.offset_at(self._at) if self._at is not None else None
        if offset is not None:
            self._word = units.word(self._face.overlay.content, offset)
            self._face.select(*self._word)
            QScroller.scroller(self._face.viewport()).stop()
