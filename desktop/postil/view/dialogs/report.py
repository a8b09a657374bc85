"""What could not be read out of a row of files, and why: all of it, to be copied or saved."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from postil.view.dialogs.fitting import FittingDialog
from postil.view.panels.words import plural
from postil.work.files import Report


class ReportDialog(FittingDialog):
    """One paragraph for each file: its name, and what became of it."""

    def __init__(self, report: Report, folder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What was not read")
        self._folder = folder
        self._groups = [
            ("Could not be read", report.refused),
            ("Read, but not all of it", report.left_out),
        ]
        counts = [plural(len(report.added), "document") + " added"]
        counts += [plural(len(report.known), "document") + " already there"] if report.known else []
        counts += [f"{len(report.refused):,} could not be read"] if report.refused else []
        self.counts = QLabel(", ".join(counts) + ".")
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self.counts.setWordWrap(True)
        self.words = QTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setAccessibleName("What was not read")
        self.words.setMinimumHeight(200)
        self._write()
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button, self.save_button = QPushButton("Copy"), QPushButton("Save…")
        for button, do in ((self.copy_button, self._copy), (self.save_button, self._save)):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
            button.clicked.connect(do)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.counts)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.fault)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.resize(600, 420)

    def text(self) -> str:
        """What the copy button copies and the save button saves."""
        lines = [self.counts.text()]
        for title, entries in self._groups:
            if entries:
                lines += ["", f"{title}:", *(f"{name}: {why}" for name, why in entries)]
        return "\n".join(lines) + "\n"

    def save(self, path: Path) -> None:
        """Write the report into a file; say so if that fails."""
        try:
            path.write_text(self.text(), encoding="utf-8")
        except OSError as error:
            self.fault.setText(f"The report could not be saved ({error.strerror}). Choose another place.")
            self.fault.show()

    def _write(self) -> None:
        plain, strong, head = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        head.setFontWeight(QFont.Weight.DemiBold)
        head.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 1)
        space, wide = QTextBlockFormat(), QTextBlockFormat()
        space.setBottomMargin(8)
        wide.setTopMargin(8)
        wide.setBottomMargin(6)
        cursor, first = QTextCursor(self.words.document()), True
        for title, entries in self._groups:
            if not entries:
                continue
            for number, (name, why) in enumerate([(f"{title} ({len(entries):,})", ""), *entries]):
                form = space if number else wide
                if first:
                    cursor.setBlockFormat(form)
                else:
                    cursor.insertBlock(form)
                first = False
                cursor.insertText(name, strong if number else head)
                if why:
                    cursor.insertText(f"\u2028{why}", plain)
        self.words.moveCursor(QTextCursor.MoveOperation.Start)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _save(self) -> None:
        start = str(Path(self._folder or Path.home(), "not read.txt"))
        name, _filter = QFileDialog.getSaveFileName(self, "Save the report", start, "Text (*.txt)")
        if name:
            self.save(Path(name))
