"""Drawing printed pages off the UI thread: the latest wish first, and what nobody wishes any more not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Thread
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from postil.documents.faults import DocumentError, Stopped

if TYPE_CHECKING:
    from postil.documents.printing import Raster

PATIENCE_S = 2.0
"""How long closing waits for a page that is being drawn."""


class Draws(Protocol):
    """What draws pages: a Printer."""

    def draw(self, page: int, width: int) -> "Raster":
        """Draw a page `width` device pixels wide; raises DocumentError."""

    def stop(self) -> None:
        """End its process; the next page starts it again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A page to be drawn, `width` device pixels wide. `finish` makes the picture of it, off the UI thread."""

    page: int
    width: int
    finish: "Callable[[Raster], QImage]"


class Drawer(QObject):
    """Draws what is wished for, one page after the other, on a thread of its own that begins with the first wish."""

    drawn = Signal(object, QImage)  # Wish, its picture
    failed = Signal(object, str)  # Wish, a sentence for the reader

    def __init__(self, printer: Draws, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer = printer
        self._wishes: list[Wish] = []
        self._changed = Condition()
        self._thread: Thread | None = None
        self._over = False

    def want(self, wishes: Sequence[Wish]) -> None:
        """Draw these, in this order, and no others; the page that is being drawn is still finished."""
        with self._changed:
            self._wishes = list(wishes)
            self._changed.notify()
        if self._thread is None and wishes and not self._over:
            self._thread = Thread(target=self._work, name="pages", daemon=True)
            self._thread.start()

    def rest(self) -> None:
        """Let go of the process that draws, until the next wish."""
        self.want(())
        self._printer.stop()

    def close(self) -> None:
        """Draw no more."""
        self._over = True
        self.rest()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
            self._thread = None

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wishes or self._over)
                if self._over:
                    return
                wish = self._wishes.pop(0)
            try:
                picture = wish.finish(self._printer.draw(wish.page, wish.width))
            except Stopped:
                continue
            except DocumentError as fault:
                if not self._over:
                    self.failed.emit(wish, str(fault))
            else:
                if not self._over:
                    self.drawn.emit(wish, picture)
