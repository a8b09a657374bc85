"""Pages below each other: what is in view, at which size, and how one gets about. Draws nothing itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from postil.view.page.place import EMPTY, Place
from postil.view.page.printed.leaf import Leaf
from postil.view.page.printed.sheets import GAP, MARGIN, Sheets
from postil.view.page.selection import Selection
from postil_db.records import Content, PrintedPage

KEPT = 48
"""Pages whose characters are kept; the others' are asked for again."""


class PrintedScroll(QAbstractScrollArea):
    """Shows pages of one content; asks by `glyphs_wanted` for the characters of those in view."""

    moved = Signal()
    glyphs_wanted = Signal(int)

    def __init__(self, chosen: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chosen = chosen
        self.content: Content = EMPTY
        self.pages: Sequence[PrintedPage] = ()
        self.sheets = Sheets(())
        self._leaves: dict[int, Leaf] = {}
        self._asked: set[int] = set()
        self._pending: Place | None = None
        self._place: Place | None = None
        self._busy = False
        self._settled = QTimer(self, interval=0, singleShot=True)
        self._settled.timeout.connect(self.look_ahead)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    def set_pages(self, content: Content, pages: Sequence[PrintedPage]) -> None:
        """Show other pages, from the first on."""
        self.content, self.pages = content, pages
        self._leaves.clear()
        self._asked.clear()
        self._pending = self._place = None
        self.arrange()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)

    def arrange(self) -> None:
        """Place the pages one below the other."""
        self.sheets = Sheets([(page.width, page.height) for page in self.pages])

    def set_glyphs(self, page: int, leaf: Leaf) -> None:
        """Take the characters of a page that was asked for."""
        self._asked.discard(page)
        self._leaves[page] = leaf
        while len(self._leaves) > KEPT:
            near = self.in_view()
            far = max(self._leaves, key=lambda one: max(near.start - one, one - near.stop))
            del self._leaves[far]
        if self._pending is not None and self.page_of(self._pending.offset) == page:
            self.scroll_to(self._pending)
        self._place = None
        self.moved.emit()

    def leaf(self, page: int) -> Leaf | None:
        """The characters of a page, if they are there; asked for if they are not."""
        leaf = self._leaves.get(page)
        if leaf is None and page not in self._asked and 0 <= page < len(self.pages):
            self._asked.add(page)
            self.glyphs_wanted.emit(page)
            leaf = self._leaves.get(page)
        return leaf

    def leaf_at_hand(self, page: int) -> Leaf | None:
        """The characters of a page, if they are there; not asked for."""
        return self._leaves.get(page)

    def look_ahead(self) -> None:
        """Ask for what is in view and next to it; called once nothing else is to do."""
        for page in self.in_view():
            self.leaf(page)

    # where things are

    @property
    def origin(self) -> QPointF:
        """The view's corner in the pages' coordinates."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def area(self, page: int) -> QRectF:
        """Where a page is in the viewport."""
        return self.sheets.rect(page).translated(-self.origin)

    def in_view(self, above: float = 0, below: float = 0) -> range:
        """The pages of which something is in view, or would be so many pixels further up or down."""
        y = self.origin.y()
        return self.sheets.between(y - above, y + self.viewport().height() - 1 + below)

    def page_of(self, offset: int) -> int:
        """The page on which a character is printed."""
        low, high = 0, len(self.pages)
        while low < high:  # pages without text have the place of the text before them
            middle = (low + high) // 2
            if self.pages[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return min(low, max(0, len(self.pages) - 1))

    def page(self) -> int:
        """The page that fills most of the view's upper half."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() * 0.35)
        pages = self.in_view()
        if len(pages) and self.sheets.two:
            return self.sheets.row(self.sheets.row_of(self.sheets.page_at(middle + self.origin)))[0]
        return self.sheets.page_at(middle + self.origin) if len(pages) else 0

    def on_page(self, point: QPoint | QPointF) -> tuple[int, float, float]:
        """The page at a point of the viewport or nearest to it, and the point on it in points."""
        at = QPointF(point)
        page = self.sheets.page_at(at + self.origin)
        within = at - self.area(page).topLeft()
        scale = self.sheets.scale_of(page)
        return page, within.x() / scale, within.y() / scale

    def line(self, offset: int) -> QRectF | None:
        """The line of a character in the viewport; None while it is not known."""
        page = self.page_of(offset)
        leaf = self._leaves.get(page)
        box = leaf.line_of(offset) if leaf else None
        return self.to_view(page, box) if box else None

    def to_view(self, page: int, box: tuple[float, float, float, float]) -> QRectF:
        """A box of a page, in the viewport."""
        scale, corner = self.sheets.scale_of(page), self.area(page).topLeft()
        left, top, right, bottom = (edge * scale for edge in box)
        return QRectF(left, top, right - left, bottom - top).translated(corner)

    @property
    def place(self) -> Place:
        """The first line in view."""
        if self._place is None:
            self._place = self._pending or self._top()
        return self._place

    def _top(self) -> Place:
        for page in self.in_view():
            rect, leaf = self.area(page), self._leaves.get(page)
            if leaf is None:
                return Place(self.pages[page].start, rect.top())
            scale = self.sheets.scale_of(page)
            if (found := leaf.line_below(-rect.top() / scale - 1)) is not None:
                return Place(found[0], rect.top() + found[1] * scale)
        return Place(self.pages[self.page()].start if self.pages else 0, 0.0)

    def visible_range(self) -> tuple[int, int]:
        """The offsets of the first and last character in view."""
        first = self.place.offset
        for page in reversed(self.in_view()):
            leaf = self._leaves.get(page)
            if leaf is None:
                return first, max(first, self.pages[page].end)
            bottom = (self.viewport().height() - self.area(page).top()) / self.sheets.scale_of(page)
            if (last := leaf.last_above(bottom)) is not None:
                return first, max(first, last + 1)
        return first, first

    def line_in_view(self, offset: int) -> bool:
        """Whether the line of an offset is in view."""
        line = self.line(offset)
        return line is not None and line.top() >= 0 and line.bottom() <= self.viewport().height()

    def tops(self, offsets: Sequence[int]) -> list[float | None]:
        """The y in the viewport of the line that holds each offset; None for those whose page is not at hand."""
        near = self.in_view(self.viewport().height(), self.viewport().height())
        lines = (self.line(offset) if self.page_of(offset) in near else None for offset in offsets)
        return [line.top() if line is not None else None for line in lines]

    # getting about

    def scroll_to(self, place: Place) -> None:
        """Bring a line to a height of the view; near it at once, exactly as soon as its page's characters are known."""
        if not self.pages:
            return
        page = self.page_of(place.offset)
        leaf = self.leaf(page)
        self._pending = None if leaf else place
        with self.moving():
            line = self.line(place.offset)
            below = place.below if line is not None else min(place.below, GAP)
            top = line.top() if line is not None else self.area(page).top()
            self.verticalScrollBar().setValue(round(self.origin.y() + top - below))
            across = line or self.area(page)
            if not 0 <= across.left() <= self.viewport().width() - 40:
                self.horizontalScrollBar().setValue(round(self.origin.x() + across.left() - MARGIN))

    def go_to_page(self, page: int) -> None:
        """Bring the head of a page to the top of the view."""
        if 0 <= page < len(self.pages):
            self._pending = None
            self.verticalScrollBar().setValue(round(self.sheets.rect(page).top() - GAP / 2))

    def turn(self, pages: int) -> None:
        """Go on or back by a row of pages."""
        row = self.sheets.row_of(self.page()) + pages
        self.go_to_page(self.sheets.row(row)[0])

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Move both scroll bars and tell of it once."""
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before
        self.viewport().update()
        self._scrolled()

    def _scrolled(self) -> None:
        self._place = None
        if not self._busy:
            self._settled.start()
            self.moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's
        """Move what is painted; the rest is painted anew."""
        if self.sheets.sharp == round(self.sheets.sharp) and not self._busy:
            self.viewport().scroll(dx, dy)
        else:
            self.viewport().update()
