"""What both faces of the page do alike with the selection and with passages, however they show them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication

from postil.view.page.glow import Glow
from postil.view.page.place import Place
from postil_db.records import DocumentInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QAbstractScrollArea as View

    from postil.view.page.geometry import Geometry
    from postil.view.page.marks import Interval
    from postil.view.page.overlay import Overlay
    from postil.view.page.selection import Selection
else:
    View = object  # each face has Qt's own class for its kind of view


class Marked(View):
    """Mixed into a view that shows the marks of `overlay` and the selection `chosen`."""

    selected = Signal(int, int)
    painted = Signal()
    caret_moved = Signal()  # by the reader: not because a passage was selected otherwise

    overlay: "Overlay"
    chosen: "Selection"
    glow: Glow
    info: DocumentInfo | None

    if TYPE_CHECKING:  # each face has its own; not here, where they would come first
        moved = Signal()

        @property
        def place(self) -> Place:
            """The first line in view."""

        def tops(self, offsets: Sequence[int]) -> list[float | None]:
            """The y in the viewport of the line that holds each offset; None for what is not at hand."""

        def scroll_to(self, place: Place) -> None:
            """Bring a line to a height of the view."""

        def repaint_blocks(self, blocks: Iterable[int]) -> None:
            """Paint again what is in view of some blocks, whose marks changed."""

        def offset_at(self, point: QPoint) -> int | None:
            """The character under a point of the viewport, or None where there is none."""

        def caret_at(self, point: QPoint) -> int:
            """The offset of the place for a caret nearest to a point of the viewport."""

        def bounds(self, start: int, end: int) -> QRect:
            """The rectangle around what is in view of a passage, in the viewport; empty if none of it is."""

        def caret_line(self, offset: int) -> tuple[Interval, Geometry] | None:
            """The line on which the caret at an offset stands, from its block's start, and where its characters are."""

        def line_in_view(self, offset: int) -> bool:
            """Whether the line of an offset is in view."""

        def visible_range(self) -> tuple[int, int]:
            """The offsets of the first and last character in view."""

        def show_caret(self, on: bool) -> None:
            """Show the caret, or none."""

    # the selection

    def select(self, anchor: int, caret: int, *, behind: bool = False) -> None:
        """Select from one offset to another. `behind`: see Selection."""
        self.chosen.set(anchor, caret, behind=behind)
        self.show_chosen()
        self.viewport().update()
        self.tell_selection()

    def show_chosen(self) -> None:
        """Called when the selection was set, before it is painted and told."""

    def tell_selection(self) -> None:
        """Say what is selected, if it is something else than before."""
        if (told := self.chosen.news()) is not None:
            self.selected.emit(*told)

    def select_all(self) -> None:
        """Select the whole text."""
        self.select(0, len(self.overlay.content.text))

    def copy_selection(self) -> None:
        """Put the selection on the clipboard."""
        from postil.view.page.copying import copied

        start, end = self.chosen.range
        if end > start:
            QGuiApplication.clipboard().setMimeData(copied(self.overlay.content, start, end))

    def copy_citation(self) -> None:
        """Put the selection on the clipboard as a quotation with its source."""
        from postil.view.page.citing import with_citation

        self._copy(with_citation(self.overlay.content, *self.chosen.range, self.info))

    def copy_markdown(self) -> None:
        """Put the selection on the clipboard as Markdown."""
        from postil.view.page.citing import as_markdown

        self._copy(as_markdown(self.overlay.content, *self.chosen.range))

    def _copy(self, text: str) -> None:
        if self.chosen.range[0] != self.chosen.range[1]:
            QGuiApplication.clipboard().setText(text)

    # passages

    def link_at(self, offset: int | None) -> str:
        """The address of the link over a character; "" where there is none."""
        if offset is None:
            return ""
        content = self.overlay.content
        index = content.block_at(offset)
        within = offset - content.starts[index]
        styles = content.blocks[index].styles
        return next((style.href for style in styles if style.href and style.start <= within < style.end), "")

    def keep_in_view(self, caret: int, direction: int) -> None:
        """Scroll to the caret that the reader moved, if it is out of view: onward (1) or back (-1)."""
        self.caret_moved.emit()
        if not self.line_in_view(caret):
            self.scroll_to(Place(caret, self.viewport().height() * (0.8 if direction > 0 else 0.2)))

    def go_to(self, start: int, end: int | None) -> None:
        """Bring a passage into view, unless it is well in view already; flash it if it has an end."""
        height, (top,) = self.viewport().height(), self.tops([start])
        if top is None or not height * 0.06 <= top <= height * 0.72:
            self.scroll_to(Place(start, height * 0.28))
        if end is not None and end > start:
            self.glow.flash(start, end)
