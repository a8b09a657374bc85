"""Fingers for tests of the page."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea


def touch(face: QAbstractScrollArea, finger: QPointingDevice, *points: QPoint, lift: bool = True) -> None:
    """Put one finger down, draw it from point to point, and lift it."""
    viewport = face.viewport()
    QTest.touchEvent(viewport, finger).press(0, points[0], viewport).commit()
    for point in points[1:]:
        QTest.touchEvent(viewport, finger).move(0, point, viewport).commit()
    if lift:
        QTest.touchEvent(viewport, finger).release(0, points[-1], viewport).commit()


def pinch(face: QAbstractScrollArea, finger: QPointingDevice, middle: QPoint, widths: tuple[int, ...]) -> None:
    """Put two fingers down, so many pixels apart, and draw them further apart or together."""
    viewport = face.viewport()

    def ends(width: int) -> tuple[QPoint, QPoint]:
        return middle - QPoint(width // 2, 0), middle + QPoint(width // 2, 0)

    one, other = ends(widths[0])
    QTest.touchEvent(viewport, finger).press(0, one, viewport).press(1, other, viewport).commit()
    for width in widths[1:]:
        one, other = ends(width)
        QTest.touchEvent(viewport, finger).move(0, one, viewport).move(1, other, viewport).commit()
    QTest.touchEvent(viewport, finger).release(0, one, viewport).release(1, other, viewport).commit()
