"""A folder to choose, or none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from postil.view.panels.furniture import ElidedLabel


class FolderChoice(QWidget):
    """The folder's name, a button that asks for another, and one that goes back to none."""

    changed = Signal(str)

    def __init__(self, name: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._folder = name, folder
        self.words = ElidedLabel()
        self.choose = QPushButton("Choose…")
        self.stop = QPushButton("Stop")
        self.choose.setAccessibleName(f"{name}: choose")
        self.stop.setAccessibleName(f"{name}: stop")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        for button in (self.choose, self.stop):
            button.setAutoDefault(False)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.choose.clicked.connect(self._ask)
        self.stop.clicked.connect(lambda: self.set_folder(""))
        self._show()

    def folder(self) -> str:
        """What is chosen, "" for none."""
        return self._folder

    def set_folder(self, folder: str) -> None:
        """Choose, and tell it."""
        if folder != self._folder:
            self._folder = folder
            self._show()
            self.changed.emit(folder)

    def _ask(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, self._name, self._folder):
            self.set_folder(folder)

    def _show(self) -> None:
        self.words.set_whole(self._folder or "None")
        self.words.setToolTip(self._folder)
        self.stop.setVisible(bool(self._folder))
