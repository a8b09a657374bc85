"""The scroll bar of the whole document: exact pixels while all of it is laid out, characters otherwise."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from postil.view.page.place import Place
from postil.view.page.scrolling import ScrollingText


class BookBar(QScrollBar):
    """Mirrors where a text stands, and moves it.

    `part`: where the text holds only a part of a document, what comes before it and the length of all, in characters.
    """

    def __init__(self, text: ScrollingText, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._text = text
        self._mirroring = False
        self.part: tuple[int, int] | None = None
        self.setAccessibleName("Place in the document")
        self.valueChanged.connect(self._move)
        text.moved.connect(self.mirror)

    def mirror(self) -> None:
        """Take over where the text stands."""
        self._mirroring = True
        native = self._text.verticalScrollBar()
        if self._text.window_.whole and not self.part:
            self.setRange(0, native.maximum())
            self.setPageStep(max(1, self._text.viewport().height()))
            self.setSingleStep(native.singleStep())
            self.setValue(native.value())
        else:
            before, length = self.part or (0, len(self._text.content.text))
            screen = self._screen()
            self.setRange(0, max(0, length - screen))
            self.setPageStep(screen)
            self.setSingleStep(max(1, screen // 20))
            self.setValue(self.maximum() if self._text.at_end() else before + self._text.place.offset)
        self._mirroring = False

    def _screen(self) -> int:
        """About how many characters fit in the view."""
        em = self._text.formats.em
        lines = self._text.viewport().height() / (1.6 * em)
        return max(200, round(lines * self._text.column_width / (0.47 * em) * 0.8))

    def _move(self, value: int) -> None:
        if self._mirroring:
            return
        if self._text.window_.whole:
            self._text.verticalScrollBar().setValue(value)
        elif value >= self.maximum():
            self._text.scroll_to(Place(len(self._text.content.text), self._text.viewport().height() * 0.8))
        else:
            self._text.scroll_to(Place(value, 0.0))
