"""Pages below each other: what is in view, at which size, and how one gets about. Draws nothing itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from postil.view.page.printed.leaf import Leaf
from postil.view.page.printed.sheets import GAP, MARGIN, SCREEN, Sheets
from postil.view.page.scrolling import EMPTY, Place
from postil.view.page.selection import Selection
from postil_db.records import Content, PrintedPage

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
"""1 is the size on paper, where a screen has 96 pixels to the inch."""
KEPT = 48
"""Pages whose characters are kept; the others' are asked for again."""


class Fit(StrEnum):
    """How large pages are shown: as wide as the view, as a whole, or as the reader says."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Hold:
    """A point of a page that stays at a point of the view. `x`, `y`: in points of the page."""

    page: int
    x: float
    y: float
    at: QPointF


class PrintedScroll(QAbstractScrollArea):
    """Shows pages of one content; asks by `glyphs_wanted` for the characters of those in view."""

    moved = Signal()
    zoomed = Signal()
    glyphs_wanted = Signal(int)

    def __init__(self, chosen: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chosen = chosen
        self.content: Content = EMPTY
        self.pages: Sequence[PrintedPage] = ()
        self.sheets = Sheets(())
        self.fit, self.zoom, self.two = Fit.WIDTH, 1.0, False
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
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)

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
        with self._moving():
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
    def _moving(self) -> Iterator[None]:
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

    # sizes

    def set_fit(self, fit: Fit, zoom: float | None = None) -> None:
        """Show pages as wide as the view, as a whole, or at `zoom`."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() * 0.35)
        self.fit = fit
        self._change(lambda: setattr(self, "zoom", zoom or self.zoom), middle)

    def step_zoom(self, step: int, at: QPointF | None = None) -> None:
        """Show pages larger or smaller, 0: at their own size; what is at a point of the view stays there."""
        if step > 0:
            zoom = next((zoom for zoom in ZOOMS if zoom > self.zoom * 1.02), ZOOMS[-1])
        elif step < 0:
            zoom = next((zoom for zoom in reversed(ZOOMS) if zoom < self.zoom / 1.02), ZOOMS[0])
        else:
            zoom = 1.0
        self.fit = Fit.FREE
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() * 0.35)
        self._change(lambda: setattr(self, "zoom", zoom), at or middle)

    def set_two(self, two: bool) -> None:
        """Show pages in pairs, or one below the other."""
        if two != self.two:
            self.two = two
            self._change(self._arrange, QPointF(self.viewport().width() / 2, 1))

    def _change(self, change: Callable[[], object], at: QPointF) -> None:
        """Change sizes while what is at a point of the view stays there."""
        hold = Hold(*self.on_page(at), at) if self.pages else None
        change()
        self._measure()
        if hold is not None:
            self._restore(hold)
        self.zoomed.emit()

    def _restore(self, hold: Hold) -> None:
        with self._moving():
            rect, scale = self.sheets.rect(hold.page), self.sheets.scale_of(hold.page)
            self.verticalScrollBar().setValue(round(rect.top() + hold.y * scale - hold.at.y()))
            if self.fit is Fit.FREE:
                self.horizontalScrollBar().setValue(round(rect.left() + hold.x * scale - hold.at.x()))

    def _arrange(self) -> None:
        self.sheets = Sheets([(page.width, page.height) for page in self.pages], two=self.two)
        self._measure()

    def _measure(self) -> None:
        """Take the view's size and screen over into the pages' places."""
        room, height = self.viewport().width(), self.viewport().height()
        sheets = self.sheets
        if self.fit is Fit.WIDTH:
            self.zoom = sheets.fitting_width(room) / SCREEN
        elif self.fit is Fit.PAGE:
            self.zoom = sheets.fitting_page(room, height) / SCREEN
        self.zoom = min(max(ZOOMS[0] / 4, self.zoom), ZOOMS[-1])
        sheets.scale, sheets.sharp, sheets.room = self.zoom * SCREEN, self.devicePixelRatioF(), room
        with self._moving():
            for bar, size, shown, step in (
                (self.verticalScrollBar(), sheets.height, height, 20 * max(1.0, self.zoom)),
                (self.horizontalScrollBar(), sheets.width, room, 20),
            ):
                bar.setRange(0, max(0, round(size - shown)))
                bar.setPageStep(max(1, shown))
                bar.setSingleStep(round(step))
            if self.fit is not Fit.FREE:  # every page stands about the middle, also beside a wider one
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is at the top where it is."""
        super().resizeEvent(event)
        at = QPointF(event.oldSize().width() / 2, 1)
        pending = self._pending
        self._change(lambda: None, at)
        if pending is not None:
            self.scroll_to(pending)

    def event(self, event: QEvent) -> bool:
        """Draw in the pixels of the screen that the window was moved to."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._change(lambda: None, QPointF(0, 1))
        return super().event(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's
        """Move what is painted; the rest is painted anew."""
        if self.sheets.sharp == round(self.sheets.sharp) and not self._busy:
            self.viewport().scroll(dx, dy)
        else:
            self.viewport().update()
