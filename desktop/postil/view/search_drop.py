"""The results of a search, in a sheet that drops from the search box over the page."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.search.results import SearchResults

WIDEST = 760
SHARE = 0.72
MARGIN = 10
FEW = 12
LOWEST = 220


class SearchDrop(QFrame):
    """Lays itself over its parent, under `box`, as wide as the box and at most a good part of the parent's height."""

    closed = Signal()

    def __init__(self, results: SearchResults, box: QWidget, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search_drop")
        self._results = results
        self._box, self._over = box, parent
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.addWidget(results)
        parent.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    def open(self) -> None:
        """Show it; what is not shown yet has no sizes to go by."""
        self.show()
        self._place()
        self.raise_()

    def close_drop(self) -> None:
        """Put it away and say so."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        ground, line = theme.color("panel").name(), theme.color("line").name()
        self.setStyleSheet(
            f"#search_drop {{ background: {ground}; border: 1px solid {line}; border-top: none;"
            " border-bottom-left-radius: 8px; border-bottom-right-radius: 8px; }"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drop()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        parent = self._over
        box = QRect(self._box.mapTo(parent, self._box.rect().topLeft()), self._box.size())
        width = min(max(box.width(), 420), WIDEST, parent.width() - 2 * MARGIN)
        left = min(max(MARGIN, box.center().x() - width // 2), parent.width() - width - MARGIN)
        top = box.bottom() + 2
        highest = int((parent.height() - top) * SHARE)
        self.setGeometry(left, top, width, highest)
        self._layout.activate()
        self.setGeometry(left, top, width, min(highest, self._height_wanted()))

    def _height_wanted(self) -> int:
        """Give the height that shows every row, if that is not much; measuring many rows would take too long."""
        rows = self._results.list
        count = rows.model().rowCount()
        if not 0 < count <= FEW:
            return LOWEST if count == 0 else self.height()
        last = rows.visualRect(rows.model().index(count - 1, 0))
        return self.height() - rows.viewport().height() + last.bottom() + rows.verticalOffset() + MARGIN
