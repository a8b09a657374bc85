"""Selecting by keyboard in pieces larger than a character: growing a selection, and going by larger pieces."""

from typing import TYPE_CHECKING

from postil.view.page import units

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.marks import Interval
    from postil_db.records import Content


class Growth:
    """Makes the selection of one page larger and smaller, unit by unit."""

    def __init__(self, page: "Face") -> None:
        self._page = page
        self._before: list[Interval] = []
        self._last: Interval = (0, 0)

    def grow(self) -> None:
        """Select the next larger piece: word, name, sentence, paragraph, section, everything."""
        page, now = self._page, self._page.chosen.range
        page.show_caret(True)
        if now != self._last:
            self._before.clear()
        larger = units.grown(page.overlay.content, *now, page.overlay.names_at(now[0]))
        if larger != now:
            self._before.append(now)
            self._last = larger
            page.select(*larger)

    def shrink(self) -> None:
        """Go back to what was selected before it grew."""
        self._page.show_caret(True)
        if self._before and self._page.chosen.range == self._last:
            self._last = self._before.pop()
            self._page.select(*self._last)

    def reach(self, edge: "units.Edge", direction: int, *, extend: bool = True) -> None:
        """Move the caret by one unit, with the selection's beginning left where it is, unless `extend` is off."""
        page = self._page
        page.show_caret(True)
        caret = edge(page.overlay.content, page.chosen.caret, direction)
        page.select(page.chosen.anchor if extend else caret, caret)
        page.keep_in_view(caret, direction)

    def name_edge(self, content: "Content", at: int, direction: int) -> int:
        """Where the caret goes by one name: the next end (1) or the last beginning (-1) of one, else nowhere."""
        last = len(content.blocks)
        index = content.block_at(at)
        while 0 <= index < last:
            names = self._page.overlay.names_in(index)
            edges = [name.end if direction > 0 else name.start for name in names]
            beyond = [edge for edge in edges if (edge - at) * direction > 0]
            if beyond:
                return min(beyond, key=lambda edge: abs(edge - at))
            index += direction
        return at
