"""The marked words of the open card."""

from math import ceil
from typing import override

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.annotation_delegate import QUOTE_LINES
from postil.view.panels.text_block import TextBlock


class Quote(QWidget):
    """The marked words; four lines of them unless all are asked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._text, self.whole = theme, "", False
        self._laid: tuple[tuple[str, str, int, bool], TextBlock] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, theme: Theme) -> None:
        """Show a quote."""
        self._text, self._theme = text, theme
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def show_whole(self, whole: bool) -> None:
        """Show all of it, or four lines."""
        self.whole = whole
        self.updateGeometry()
        self.update()

    def cut(self, width: int) -> bool:
        """Whether four lines of `width` do not hold it."""
        return TextBlock(self._text, self.font(), width, max_lines=QUOTE_LINES).cut

    @override
    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """All its lines."""
        return ceil(self._block(width).height)

    @override
    def sizeHint(self) -> QSize:
        """As high as it is wide."""
        return QSize(120, self.heightForWidth(max(self.width(), 40)))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        self._block(self.width()).draw(painter, 0, 0, self._theme.color("text"))

    def _block(self, width: int) -> TextBlock:
        """The words laid out: once for all who ask for the same."""
        wanted = self._text, self.font().key(), width, self.whole
        if self._laid is None or self._laid[0] != wanted:
            block = TextBlock(self._text, self.font(), width, max_lines=0 if self.whole else QUOTE_LINES)
            self._laid = wanted, block
        return self._laid[1]
