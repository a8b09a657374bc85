"""Which face a page shows: its text set anew, or its pages as printed. The second is made when it is asked for.

Both show the same marks and the same selection, and turning keeps the passage in view.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.page.book_bar import BookBar
from postil.view.page.place import Place
from postil.view.page.reading import Reading
from postil_db.records import PrintedPage

if TYPE_CHECKING:
    from postil.documents.printed import Glyphs
    from postil.view.keys import Bindings
    from postil.view.page.face import Face
    from postil.view.page.printed.side import PrintedSide
    from postil.work.drawing import Draws


BELOW = 24.0
"""How far below the top the line may stand that was the first in view: paper has more blank room above than text."""


NOWHERE = (-1_000, Place())
A_LINE = 120
"""Who has gone no further than so many characters finds the other face as it was left, so that nothing creeps."""


@dataclass(frozen=True, slots=True)
class PrintManner:
    """How printed pages are shown. `fit`: "width", "page", or "free" for `zoom`; `white`: whatever the theme."""

    fit: str = "width"
    zoom: float = 1.0
    two: bool = False
    white: bool = False


class Faces(QObject):
    """Holds the faces of one page; `now` is the one in view."""

    turned = Signal(bool)  # whether printed pages are in view
    offered = Signal(bool)  # whether there are any
    made = Signal(object)  # PrintedReading: connect it
    glyphs_wanted = Signal(int)
    manner_changed = Signal(object)  # PrintManner: as the reader has it now

    def __init__(self, text: Reading, strip: QWidget, book_bar: BookBar, find_bar: QWidget, over: QWidget) -> None:
        """Lay them out in the widget `over`."""
        super().__init__(text)
        self.text = text
        self.now: Face = text
        self.side: PrintedSide | None = None
        self._book_bar, self._over = book_bar, over
        self._across = QHBoxLayout()
        self._across.setSpacing(0)
        self._across.addWidget(text, 1)
        for beside in (strip, book_bar):
            self._across.addWidget(beside)
        self._down = QVBoxLayout(over)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addLayout(self._across, 1)
        self._down.addWidget(find_bar)
        self._theme: Theme | None = None
        self._bindings: Bindings | None = None
        self._pages: Sequence[PrintedPage] = ()
        self._printer: Draws | None = None
        self._shown = False
        self._came = NOWHERE
        self.manner = PrintManner()

    @property
    def printed(self) -> bool:
        """Whether printed pages are in view."""
        return self.now is not self.text

    @property
    def pages(self) -> Sequence[PrintedPage]:
        """The pages of the document, as printed; none for one that has none."""
        return self._pages

    @property
    def complete(self) -> bool:
        """Whether nothing that is in view is still being loaded or drawn."""
        return self.side is None or not self.printed or self.side.view.complete

    def set_pages(self, pages: Sequence[PrintedPage], printer: "Draws | None") -> None:
        """Offer the pages of the document that the text shows; `printer` draws them."""
        self.turn(False)
        self._pages, self._printer, self._shown, self._came = pages, printer, False, NOWHERE
        if self.side is not None:
            self.side.show_pages((), None)
        self.offered.emit(bool(pages))

    def take_glyphs(self, page: int, glyphs: "Glyphs") -> None:
        """Take the characters of a page that was asked for."""
        if self.side is not None:
            self.side.view.take_glyphs(page, glyphs)

    def turn(self, printed: bool) -> None:
        """Show the one or the other; what is at the top of the view stays there."""
        if printed == self.printed or (printed and not self._pages):
            return
        place, focused = self.now.place, self.now.hasFocus()
        side = self.side or self._make()
        self.text.bar.hide()
        self.text.setVisible(not printed)
        self._book_bar.setVisible(not printed)
        side.set_visible(printed)
        if printed:
            if not self._shown:
                self._shown = True
                side.show_pages(self._pages, self._printer)
            self.now = side.view
        else:
            self.now = self.text
            with self.text.quietly():
                self.text.show_selection(self.text.chosen)
        self._across.activate()
        if place.offset > 0:
            arrived, left = self._came
            stayed = abs(place.offset - arrived) < A_LINE
            self.now.scroll_to(left if stayed else Place(place.offset, min(place.below, BELOW)))
            self._came = self.now.place.offset, place
        if focused:
            self.now.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(printed)
        self.now.moved.emit()

    def set_manner(self, manner: PrintManner) -> None:
        """Show printed pages in another way."""
        before, self.manner = self.manner, manner
        if self.side is not None and manner != before:
            self._apply()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        if self.side is not None:
            self.side.set_theme(theme)

    def set_bindings(self, bindings: "Bindings") -> None:
        """Answer to these keys from now on."""
        self._bindings = bindings
        self.text.set_bindings(bindings)
        if self.side is not None:
            self.side.view.set_bindings(bindings)

    def repaint_blocks(self, blocks: set[int]) -> None:
        """Paint again what is in view of some blocks."""
        self.now.repaint_blocks(blocks)

    def _make(self) -> "PrintedSide":
        from postil.view.page.printed.side import PrintedSide  # numpy and more, that a page of text needs not

        if self._theme is None:
            raise AssertionError("a page without a theme")
        side = self.side = PrintedSide(self.text, self._theme, self._over)
        self._across.insertWidget(1, side.view, 1)
        self._across.addWidget(side.scroll_bar)
        self._down.insertWidget(1, side.foot)
        if self._bindings is not None:
            side.view.set_bindings(self._bindings)
        side.view.glyphs_wanted.connect(self.glyphs_wanted)
        side.view.zoomed.connect(self._tell_manner)
        side.foot.two_asked.connect(side.view.set_two)
        side.foot.fit_asked.connect(side.view.set_fit)
        self._apply()
        self.made.emit(side.view)
        return side

    def _apply(self) -> None:
        from postil.view.page.printed.zooming import Fit

        if self.side is not None:
            view, manner = self.side.view, self.manner
            view.set_white(manner.white)
            view.set_two(manner.two)
            view.set_fit(Fit(manner.fit), manner.zoom if manner.fit == Fit.FREE else None)

    def _tell_manner(self) -> None:
        if self.side is not None and self.side.view.isVisible():
            view = self.side.view
            zoom = round(view.zoom, 3) if view.fit == "free" else self.manner.zoom
            manner = PrintManner(str(view.fit), zoom, view.two, view.white)
            if manner != self.manner:
                self.manner = manner
                self.manner_changed.emit(manner)
