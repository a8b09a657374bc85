"""What stands beside the page: panels behind tabs, in one row with the line above the page.

Draws its own lines, and not by a style sheet: one on it would have everything in it dressed at each change of theme.
"""

from typing import override

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QTabWidget

from postil.view.panes import HEIGHT

EDGES = 3
"""The line under the chosen tab, and the one under the tabs, in pixels."""
RULES = f"QTabBar::tab {{ height: {HEIGHT - EDGES}px; padding-top: 0; padding-bottom: 0; margin-bottom: 1px; }}"
"""The style sheet's, for the tabs alone."""


class _Tabs(QTabBar):
    """With a line under them, as wide as the panel."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs, and the line."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self.palette().mid())


class Sidebar(QTabWidget):
    """Panels behind tabs. `name`: what a screen reader calls it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        bar = _Tabs()
        self.setTabBar(bar)
        self.setDocumentMode(True)
        for part in (self, bar):
            part.setAccessibleName(name)
        bar.setStyleSheet(RULES)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing: tabs and panels leave no room."""
