"""Finding in the document: what the find bar asks for, shown as marks on the page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from postil.view.page.find_bar import FindBar
from postil.view.page.find_text import BadPattern, TextFinder
from postil.view.page.place import EMPTY
from postil.view.page.reading import Reading
from postil_db.records import Content

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.marks import Interval


class Finding(QObject):
    """Searches the text that is shown and steps through its hits."""

    found = Signal()

    def __init__(self, text: Reading, bar: FindBar) -> None:
        super().__init__(bar)
        self._text: Face = text
        self._bar = bar
        self._finder = TextFinder(EMPTY)
        self.hits: list[Interval] = []
        bar.words_changed.connect(self._find)
        bar.step_requested.connect(self._step)
        bar.closed.connect(self._end)

    def turn_to(self, face: "Face") -> None:
        """Show hits on another face of the page from now on."""
        self._text = face

    def begin(self, content: Content) -> None:
        """Search another text from now on."""
        self._finder, self.hits = TextFinder(content), []
        self._bar.hide()

    def open_bar(self, words: str) -> None:
        """Show the find bar, with what is selected in it if that is a few words."""
        self._text.bar.hide()
        self._bar.open_bar(words if len(words) < 80 and "\n" not in words else "")
        self._find(self._bar.field.text())

    def _find(self, words: str) -> None:
        try:
            self.hits, fault = self._finder.find(words, self._bar.how()), ""
        except BadPattern as bad:
            self.hits, fault = [], str(bad)
        start, end = self._text.chosen.range
        here = start if start != end else self._text.place.offset
        self._show(next((n for n, (start, _) in enumerate(self.hits) if start >= here), 0))
        if fault:
            self._bar.show_fault(fault)

    def _step(self, step: int) -> None:
        current = self._text.overlay.manner.hit
        if self.hits and current in self.hits:
            self._show((self.hits.index(current) + step) % len(self.hits))

    def _show(self, at: int) -> None:
        hit = self.hits[at] if self.hits else None
        self._text.overlay.set_hits(self.hits, hit)
        self._bar.show_count(at + 1 if hit else 0, len(self.hits))
        if hit:
            self._text.go_to(hit[0], None)
        self._text.viewport().update()
        self.found.emit()

    def _end(self) -> None:
        self.hits = []
        self._text.overlay.set_hits([], None)
        self._text.viewport().update()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.found.emit()
