"""A dialog that fits the screen: as high as its words need, and scrolling where the screen has less room than that."""

from typing import override

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from postil.view.tab_order import step

FRAME = QSize(16, 48)
"""Room for a window's frame and title, in pixels."""


class FittingDialog(QDialog):
    """Grows with the reader's text size; what does not fit the screen can be scrolled to."""

    def room(self) -> QSize:
        """What the screen has room for."""
        return self.screen().availableSize() - FRAME

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: from top to bottom, as one reads."""
        return step([self], forward=forward)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that is needed, now that the fonts are known."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        layout, room = self.layout(), self.room()
        if layout is None:
            return
        for part in self.findChildren(QWidget):
            part.ensurePolished()  # else they ask for the room of another font
            if isinstance(part, QLineEdit | QComboBox | QPushButton):
                part.setMinimumHeight(part.minimumSizeHint().height())
        layout.activate()
        least = layout.totalMinimumSize()
        width = max(self.width(), least.width())
        tall = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if tall else max(least.height(), layout.totalSizeHint().height())
        if width <= room.width() and height <= room.height():
            self.resize(width, min(max(self.height(), height), room.height()))
            return
        content, area = QWidget(), QScrollArea()
        content.setLayout(layout)  # takes it, and what it lays out, from the dialog
        content.setMinimumSize(least.width(), max(height, least.height()))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the keys in it is scrolled to by itself
        area.setWidget(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        self.setMinimumSize(0, 0)
        bar = area.verticalScrollBar().sizeHint().width()
        self.resize(QSize(width + bar, height).boundedTo(room))
