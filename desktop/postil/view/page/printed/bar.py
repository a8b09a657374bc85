"""The scroll bar of printed pages: beside the strip of marks, where the text's own would stand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget


class SheetBar(QScrollBar):
    """Mirrors the hidden scroll bar of a view, and moves it."""

    def __init__(self, view: QAbstractScrollArea, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._inner = view.verticalScrollBar()
        self.setAccessibleName("Place in the document")
        self._inner.rangeChanged.connect(self._take_range)
        self._inner.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._inner.setValue)
        self._take_range(self._inner.minimum(), self._inner.maximum())

    def _take_range(self, low: int, high: int) -> None:
        self.setRange(low, high)
        self.setPageStep(self._inner.pageStep())
        self.setSingleStep(self._inner.singleStep())
        self.setValue(self._inner.value())
