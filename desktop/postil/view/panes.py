"""The three panes of the window: the page takes what is left, and gets what it needs before the panels beside it."""

from typing import override

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

PAGE_NEEDS = 560
NARROWEST = 408
"""What the line above the page and the find bar need; with less than that one panel makes room for the other."""
USUAL = (250, 340)
HEIGHT = 48
"""Of the line above the page and, so that they stand in one row, of the tabs beside it; in pixels."""


class _Line(QSplitterHandle):
    """Between two panes; it says that it can be drawn when the pointer is on it. Needs no style sheet."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        palette = self.palette()
        QPainter(self).fillRect(event.rect(), palette.accent() if self.underMouse() else palette.mid())


class Panes(QSplitter):
    """Keeps the widths that the reader gave the panels, and spares of them only while the window is too narrow."""

    def __init__(self, left: QWidget, page: QWidget, right: QWidget, widths: tuple[int, ...] = ()) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        for pane in (left, page, right):
            self.addWidget(pane)
        self._panels = left, right
        self._wanted, self._latest = [True, True], 1
        self._widths = list(widths) if len(widths) == 2 else list(USUAL)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._take_widths)

    @override
    def createHandle(self) -> QSplitterHandle:
        """Give the line between two panes."""
        return _Line(self.orientation(), self)

    @property
    def widths(self) -> tuple[int, int]:
        """The widths wanted for the left and the right panel, in pixels."""
        left, right = self._widths
        return left, right

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self.share()

    def want(self, panel: QWidget, wanted: bool) -> None:
        """Show or hide a panel; where there is no room for both, the one wanted last is shown."""
        index = self._panels.index(panel)
        self._wanted[index] = wanted
        if wanted:
            self._latest = index
        self.share()

    def share(self) -> None:
        """Give the panels what is wanted for them, less what the page needs."""
        least = NARROWEST + sum(panel.minimumWidth() for panel in self._panels)
        for index, panel in enumerate(self._panels):
            room = self.width() >= least or index == self._latest or not all(self._wanted)
            panel.setVisible(self._wanted[index] and room)
        shown = [0 if panel.isHidden() else width for panel, width in zip(self._panels, self._widths, strict=True)]
        missing = PAGE_NEEDS - (self.width() - sum(shown))
        for index in (1, 0):
            spared = min(missing, shown[index] - self._panels[index].minimumWidth())
            if spared > 0:
                shown[index] -= spared
                missing -= spared
        left, right = shown
        self.setSizes([left, max(1, self.width() - left - right), right])

    def _take_widths(self) -> None:
        sizes = self.sizes()
        for index, size in ((0, sizes[0]), (1, sizes[2])):
            if size:
                self._widths[index] = size
