"""A note as it reads: rendered Markdown in the open card. A click begins to edit it."""

from math import ceil
from typing import Any, override

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.card_style import code_ground, note_font, note_ink
from postil.view.panels.note_text import NoteDocument, render


class NoteView(QTextBrowser):
    """Shows a note; opens nothing by itself."""

    edit_requested = Signal()
    link_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._theme: Theme | None = None
        self._pressed_on = ""
        self.setDocument(NoteDocument(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setStyleSheet("QTextBrowser { background: transparent; border: none; padding: 0; }")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Note")
        self.setToolTip("Click to edit (N)")
        self.anchorClicked.connect(lambda url: self.link_clicked.emit(url.toString()))

    def show_note(self, text: str, theme: Theme) -> None:
        """Show a note in a theme."""
        self._text, self._theme = text, theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, note_ink(theme))
        self.setPalette(palette)
        render(self.document(), text, note_font(self.font()), theme.color("link"), code_ground(theme))
        self.updateGeometry()

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Answer as the document does: nothing is loaded."""
        return NoteDocument.loadResource(NoteDocument(), kind, QUrl(name))

    @override
    def hasHeightForWidth(self) -> bool:
        """Its height follows its text."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """The height of the whole note."""
        self.document().setTextWidth(width)
        return ceil(self.document().size().height())

    @override
    def sizeHint(self) -> QSize:
        """As high as its text is now."""
        return QSize(120, self.heightForWidth(max(self.width(), 40)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(40, 16)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether a link was pressed."""
        self._pressed_on = self.anchorAt(event.position().toPoint())
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Begin to edit after a click that neither selected text nor followed a link."""
        super().mouseReleaseEvent(event)
        plain = not self._pressed_on and not self.textCursor().hasSelection()
        if plain and event.button() == Qt.MouseButton.LeftButton:
            self.edit_requested.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows the link in focus, else edits."""
        on_link = self.textCursor().charFormat().isAnchor() and self.textCursor().hasSelection()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not on_link:
            self.edit_requested.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Set the note anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._theme is not None:
            self.show_note(self._text, self._theme)
