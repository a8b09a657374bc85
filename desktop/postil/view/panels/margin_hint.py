"""What stands in the margin where there is no note: how many there are above and below, and the way to them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget


class MarginHint(QWidget):
    """Two quiet buttons; each is there only if there are notes that way."""

    asked = Signal(int)  # -1: to the nearest above, +1: below

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.above, self.below = QPushButton(flat=True), QPushButton(flat=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(4)
        for button, way in ((self.above, -1), (self.below, 1)):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _on=False, way=way: self.asked.emit(way))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.hide()

    def say(self, above: int, below: int) -> None:
        """Tell how many there are each way; nothing is shown for none."""
        for button, count, arrow, way in ((self.above, above, "↑", "above"), (self.below, below, "↓", "below")):
            notes = "1 note" if count == 1 else f"{count:,} notes"
            button.setText(f"{arrow} {notes} {way}")
            button.setAccessibleName(f"{notes} {way}")
            button.setToolTip(f"Go to the nearest note {way}")
            button.setVisible(count > 0)
        self.setVisible(above + below > 0)

    def stand_in(self, width: int, height: int) -> None:
        """Take the middle of a room."""
        wanted = self.sizeHint().height()
        self.setGeometry(0, max(0, (height - wanted) // 2 - height // 12), width, wanted)
