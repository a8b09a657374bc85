"""What drops from the search box over the page: examples while it is empty, then the results."""

from typing import override

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from postil.view.search.examples import Examples
from postil.view.search.results import SearchResults

WIDEST = 820
SHARE = 0.78
MARGIN = 10
FEW = 12
LOWEST = 260


class SearchDrop(QFrame):
    """Lays itself over its parent, under `box`, as wide as the box and at most a good part of the parent's height.

    It goes by itself when the keyboard goes elsewhere in the window.
    """

    closed = Signal()  # by Escape

    def __init__(self, results: SearchResults, box: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search_drop")
        self._results = results
        self._box, self._over = box, parent
        self.examples = Examples()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.addWidget(self.examples)
        self._layout.addWidget(results)
        self.examples.hide()
        parent.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    @property
    def holds_results(self) -> bool:
        """Whether the results are here, and not beside the page."""
        return self._results.parentWidget() is self

    def open(self) -> None:
        """Show the results; what is not shown yet has no sizes to go by."""
        if self.holds_results:
            self.examples.hide()
            self._results.show()
            self._rise()

    def open_examples(self) -> None:
        """Show what can be asked."""
        if self.holds_results:
            self._results.hide()
        self.examples.show()
        self._rise()

    def take_back(self) -> None:
        """Have the results here again, out of sight until there is a search."""
        self._layout.addWidget(self._results)

    def put_away(self) -> None:
        """Go; the keyboard is where it is."""
        self.hide()

    def close_drop(self) -> None:
        """Put it away and say so."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drop()
        else:
            super().keyPressEvent(event)

    def _rise(self) -> None:
        self.show()
        self._place()
        self.raise_()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Go when the keyboard went to another part of this window; a dialog over it is no other part."""
        if self.isHidden() or now is None or now.window() is not self.window():
            return
        if not (self.isAncestorOf(now) or self._box.isAncestorOf(now) or now is self._box):
            self.put_away()

    def _place(self) -> None:
        parent = self._over
        box = QRect(self._box.mapTo(parent, self._box.rect().topLeft()), self._box.size())
        width = min(max(box.width(), WIDEST), parent.width() - 2 * MARGIN)
        left = min(max(MARGIN, box.center().x() - width // 2), parent.width() - width - MARGIN)
        top = box.bottom() + 2
        highest = int((parent.height() - top) * SHARE)
        self.setGeometry(left, top, width, highest)
        self._layout.activate()
        wanted = self._height_wanted() if self.examples.isHidden() else self._layout.totalHeightForWidth(width)
        self.setGeometry(left, top, width, min(highest, max(wanted, 80)))

    def _height_wanted(self) -> int:
        """Give the height that shows every row, if that is not much; measuring many rows would take too long."""
        rows = self._results.list
        count = rows.model().rowCount()
        if not 0 < count <= FEW:
            return LOWEST if count == 0 else self.height()
        last = rows.visualRect(rows.model().index(count - 1, 0))
        needed = self.height() - rows.viewport().height() + last.bottom() + rows.verticalOffset() + MARGIN
        facets = self._results.facets
        return max(needed, LOWEST) if facets.isVisibleTo(self) else needed
