"""Presses of the pointer's button: which of them belong together."""

from PySide6.QtCore import QElapsedTimer, QPoint
from PySide6.QtWidgets import QApplication


class Presses:
    """Knows where the button of one view went down, and whether that was the third time in a row."""

    def __init__(self) -> None:
        self.at = QPoint()
        self._doubled = QElapsedTimer()

    def press(self, point: QPoint) -> bool:
        """Take a press; whether it is the third in a row at one place."""
        near, self.at = self.near(point), point
        soon = self._doubled.isValid() and self._doubled.elapsed() < QApplication.doubleClickInterval()
        self._doubled.invalidate()
        return soon and near

    def double(self, point: QPoint) -> None:
        """Take the second press in a row."""
        self.at = point
        self._doubled.start()

    def near(self, point: QPoint) -> bool:
        """Whether a point is where the button went down, as far as a hand is steady."""
        return (point - self.at).manhattanLength() < QApplication.startDragDistance()
