"""The line over the results: how many there are, their order, and what can be done with the search as a whole."""

from typing import override

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP, ElidedLabel, tint, tool_button

SORTS = {"relevance": "Best first", "newest": "Newest first", "document": "By document"}
SHORT = 440
"""With less pixels some buttons make room for the count."""


class ResultsHead(QWidget):
    """Count, order, and buttons."""

    sort_changed = Signal(str)
    save_requested = Signal()
    form_requested = Signal()
    export_requested = Signal()
    pin_requested = Signal(bool)
    close_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pinned = False
        self.count = ElidedLabel(role="faint")
        self.order = QComboBox()
        for sort, title in SORTS.items():
            self.order.addItem(title, sort)
        self.order.setToolTip("The order of the results")
        self.order.setAccessibleName("Order of the results")
        self.narrow_button = tool_button("filter", theme, "Narrow the search", "Narrow by tag, name, colour, document…")
        self.narrow_button.setCheckable(True)
        self.form_button = tool_button("settings", theme, "Advanced search", "Advanced: the same search as a form")
        self.save_button = tool_button("star", theme, "Save as smart view")
        self.export_button = tool_button("export", theme, "Export results", "Export these results as a table")
        self.pin_button = tool_button("beside", theme, "Keep results beside the page")
        self.pin_button.setCheckable(True)
        self.close_button = tool_button("close", theme, "Close the results")
        self._tools: list[QToolButton] = [
            self.narrow_button, self.form_button, self.save_button, self.export_button, self.pin_button,
            self.close_button,
        ]  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(12, GAP // 2, GAP // 2, 0)
        row.setSpacing(0)
        row.addWidget(self.count, 1)
        row.addSpacing(GAP)
        row.addWidget(self.order)
        row.addSpacing(GAP // 2)
        for tool in self._tools:
            row.addWidget(tool)
        self.order.activated.connect(lambda _index: self.sort_changed.emit(str(self.order.currentData())))
        self.form_button.clicked.connect(self.form_requested)
        self.save_button.clicked.connect(self.save_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.pin_button.clicked.connect(self.pin_requested)
        self.close_button.clicked.connect(self.close_requested)
        self.close_button.hide()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in this order."""
        return [self.order, *self._tools]

    def show_state(self, *, found: bool, query: str) -> None:
        """Offer what makes sense for a search that found something, or nothing."""
        self.order.setEnabled(found)
        self.export_button.setEnabled(found)
        self.save_button.setEnabled(bool(query.strip()))

    def set_pinned(self, pinned: bool) -> None:
        """Whether the results stay beside the page."""
        self.pinned = pinned
        self.pin_button.setChecked(pinned)
        self.close_button.setVisible(pinned)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spare what menus have, too, where there is little room, so that the count can be read."""
        super().resizeEvent(event)
        for tool in (self.form_button, self.export_button):
            tool.setVisible(self.width() >= SHORT)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        tint(self._tools, theme)

    @override
    def minimumSizeHint(self) -> QSize:
        """Its buttons must fit, the count need not."""
        return QSize(220, super().minimumSizeHint().height())
