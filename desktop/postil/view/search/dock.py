"""Results beside the page: they stay while one goes from one to the next."""

from typing import override

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

BESIDE = 820
"""Results stand beside the page where both have so many pixels, else above it."""
SHARE = 0.42
LEAST = 300


class ResultsDock(QSplitter):
    """The page and, when they are wanted, the results before it."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._held: QWidget | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(page)

    @property
    def held(self) -> QWidget | None:
        """What stands beside the page."""
        return self._held

    def hold(self, results: QWidget) -> None:
        """Have the results here."""
        self._held = results
        results.setMinimumSize(LEAST, 160)
        self.insertWidget(0, results)
        results.show()
        self._share()

    def release(self) -> None:
        """Have the page alone; the results are somebody else's now."""
        if self._held is not None:
            self._held.setMinimumSize(0, 0)
            self._held = None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them one above the other where there is little room."""
        super().resizeEvent(event)
        if self._held is not None and self._wanted() != self.orientation():
            self._share()

    def _wanted(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal if self.width() >= BESIDE else Qt.Orientation.Vertical

    def _share(self) -> None:
        self.setOrientation(self._wanted())
        room = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
        first = round(room * (SHARE if self.orientation() == Qt.Orientation.Horizontal else 0.5))
        self.setSizes([first, max(1, room - first)])
