"""What Postil is, and where it keeps what the reader makes."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from postil import __version__
from postil.view.dialogs.fitting import FittingDialog
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import tint, tool_button
from postil.view.panels.text_block import scaled

PURPOSE = "Read closely, mark what matters, and find it again."
LICENSE = """Free software under the MIT licence. Nothing you read or write leaves this computer.

Names are found with spaCy’s English model (MIT); towns come from GeoNames (CC BY 4.0), states and peoples from the \
Unicode CLDR. Set in Literata and Inter (SIL Open Font License)."""


class AboutDialog(FittingDialog):
    """Version, licence, and the library's folder, which can be copied."""

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Postil")
        self._sign = QLabel()
        name, version, purpose, license_ = (QLabel() for _ in range(4))
        name.setText("Postil")
        name.setFont(scaled(self.font(), 1.6, bold=True))
        version.setText(f"Version {__version__}")
        purpose.setText(PURPOSE)
        license_.setText(LICENSE)
        for label in (version, license_):
            label.setProperty("role", "faint")
        for label in (purpose, license_):
            label.setWordWrap(True)
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder = QLineEdit(str(folder))
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName("Folder of the library")
        self.folder.setCursorPosition(0)
        self.copy_button = tool_button("copy", theme, "Copy the folder’s path")
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.folder.text()))
        head = QHBoxLayout()
        head.setSpacing(16)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(name)
        titles.addWidget(version)
        head.addWidget(self._sign)
        head.addLayout(titles, 1)
        place = QHBoxLayout()
        place.setSpacing(4)
        place.addWidget(self.folder, 1)
        place.addWidget(self.copy_button)
        where = QLabel("Your library is in")
        where.setProperty("role", "faint")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addSpacing(8)
        layout.addWidget(purpose)
        layout.addWidget(license_)
        layout.addSpacing(8)
        layout.addWidget(where)
        layout.addLayout(place)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.resize(480, self.sizeHint().height())
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        self._sign.setPixmap(icon("postil", theme).pixmap(QSize(56, 56), self.devicePixelRatio()))
        tint([self.copy_button], theme)
