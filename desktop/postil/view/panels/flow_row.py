"""A row of small things (chips, buttons) that goes on in the next line where it is narrow, walked through by arrows."""

from typing import override

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from postil.view.panels.flow_layout import FlowLayout

LEAST_WIDTH = 60


class FlowRow(QWidget):
    """As high as its lines. Left and right lead from one that takes keys to the next, Home and End to the ends."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=spacing)
        self._flow.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def stops(self) -> list[QWidget]:
        """What takes keys, in order."""
        items = (self._flow.itemAt(number) for number in range(self._flow.count()))
        found = (item.widget() for item in items if item is not None)
        return [one for one in found if one is not None and one.isVisible() and one.isEnabled()]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End walk; whatever has the keys did not want them."""
        stops, held = self.stops(), self.focusWidget()
        if held is None or held not in stops or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        at, onward = stops.index(held), -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        aims = {
            Qt.Key.Key_Left: at - onward,
            Qt.Key.Key_Right: at + onward,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(stops) - 1,
        }
        aim = aims.get(Qt.Key(event.key()))
        if aim is None:
            super().keyPressEvent(event)
        elif 0 <= aim < len(stops):
            stops[aim].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def hasHeightForWidth(self) -> bool:
        """The lines wrap."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """All lines."""
        return self._flow.heightForWidth(width)

    @override
    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(2 * LEAST_WIDTH, self.heightForWidth(max(self.width(), 2 * LEAST_WIDTH)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(LEAST_WIDTH, 20)
