"""Everything that belongs to the printed face of one page: the view, its scroll bar, the bar at its foot."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from postil.view.look.theme import Theme
from postil.view.page.printed.bar import SheetBar
from postil.view.page.printed.foot import PagesBar
from postil.view.page.printed.reading import PrintedReading
from postil.view.page.reading import Reading
from postil.work.drawing import Drawer, Draws
from postil_db.records import PrintedPage


class PrintedSide(QObject):
    """Shows the same text as `text`, with the same marks and the same selection."""

    def __init__(self, text: Reading, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._drawer: Drawer | None = None
        self.view = PrintedReading(theme, text.overlay, text.chosen, text.bar, parent)
        self.scroll_bar = SheetBar(self.view, parent)
        self.foot = PagesBar(self.view, theme, parent)
        self.foot.left.connect(self.view.setFocus)
        self.set_visible(False)

    def set_visible(self, on: bool) -> None:
        """Show or hide all of it; hidden, it keeps no pictures and no process."""
        for part in (self.view, self.scroll_bar, self.foot):
            part.setVisible(on)
        if not on and self.view.rasters is not None:
            self.view.rasters.rest()

    def show_pages(self, pages: Sequence[PrintedPage], printer: Draws | None) -> None:
        """Show the pages of the document that the text shows; none for one without."""
        self._stop()
        self._drawer = Drawer(printer, self) if printer is not None else None
        self.view.show_pages(self._text.content, self._text.info, pages, self._drawer)
        name = self._text.info.title if self._text.info else ""
        self.view.setAccessibleName(f"Printed pages of {name}")

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self.view.set_theme(theme)
        self.foot.set_theme(theme)

    def _stop(self) -> None:
        if self._drawer is not None:
            self._drawer.close()
            self._drawer.deleteLater()
            self._drawer = None
