"""The pictures of pages that are kept: sharp ones near the view, and old ones to stretch until they come."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from postil.view.page.printed.paper import Paper
from postil.work.drawing import Drawer, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from postil.documents.printing import Raster

MOST_MB = 96
"""Of pictures that are kept although they are out of view."""


class Rasters(QObject):
    """Asks for the pictures of pages, and keeps the last used."""

    arrived = Signal(int)  # page

    def __init__(self, drawer: Drawer, paper: Paper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawer = drawer
        self._finish: Callable[[Raster], QImage] = paper.finish
        self._kept: OrderedDict[int, tuple[int, QImage]] = OrderedDict()  # page: width asked for, picture
        self._faults: dict[int, tuple[int, str]] = {}
        self._asked: list[tuple[int, int]] = []
        self._held: frozenset[int] = frozenset()
        drawer.drawn.connect(self._take)
        drawer.failed.connect(self._miss)

    def set_paper(self, paper: Paper) -> None:
        """Show other paper from now on; what there is stays until it is drawn anew."""
        self._finish = paper.finish
        self._kept = OrderedDict((page, (0, image)) for page, (_, image) in self._kept.items())
        self._faults.clear()
        self._asked = []

    def want(self, pages: Sequence[tuple[int, int]], in_view: int) -> None:
        """Have these pages drawn at these device widths, in this order; the first `in_view` are kept in any case."""
        for page, _ in reversed(pages):
            if page in self._kept:
                self._kept.move_to_end(page)
        self._held = frozenset(page for page, _ in pages[:in_view])
        missing = [(page, width) for page, width in pages if not self.has(page, width)]
        if missing != self._asked:
            self._asked = missing
            self._drawer.want([Wish(page, width, self._finish) for page, width in missing])

    def image(self, page: int) -> QImage | None:
        """The picture of a page, at whatever size it was drawn last."""
        kept = self._kept.get(page)
        return kept[1] if kept else None

    def fault(self, page: int) -> str:
        """Why there is no picture of a page, if there will be none."""
        return self._faults.get(page, (0, ""))[1]

    def megabytes(self) -> float:
        """How much the kept pictures hold."""
        return sum(image.sizeInBytes() for _, image in self._kept.values()) / 1e6

    def rest(self) -> None:
        """Let go of all pictures and of the process that draws."""
        self._kept.clear()
        self._asked = []
        self._drawer.rest()

    def has(self, page: int, width: int) -> bool:
        """Whether a page is drawn at this device width, or cannot be."""
        return self._kept.get(page, (0, None))[0] == width or self._faults.get(page, (0, ""))[0] == width

    def _take(self, wish: Wish, image: QImage) -> None:
        if (wish.page, wish.width) not in self._asked or wish.finish != self._finish:
            return  # nobody wants it any more
        self._asked.remove((wish.page, wish.width))
        self._kept[wish.page] = (wish.width, image)
        self._kept.move_to_end(wish.page)
        self._faults.pop(wish.page, None)
        self._make_room()
        self.arrived.emit(wish.page)

    def _make_room(self) -> None:
        """Let go of what was not looked at for longest, but of nothing that is in view."""
        for page in [page for page in self._kept if page not in self._held]:
            if self.megabytes() <= MOST_MB:
                return
            del self._kept[page]

    def _miss(self, wish: Wish, fault: str) -> None:
        if (wish.page, wish.width) in self._asked:
            self._asked.remove((wish.page, wish.width))
        self._faults[wish.page] = (wish.width, fault)
        self.arrived.emit(wish.page)
