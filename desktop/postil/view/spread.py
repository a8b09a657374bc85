"""The spread: one page, or two beside one another; one above the other where there is too little room for that."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.page.page import Page
from postil.view.panels.furniture import ElidedLabel, tint, tool_button

BESIDE = 720
"""Pages stand side by side where both together have so many pixels."""
BAR = 30


class TitleBar(QWidget):
    """Over each of two pages: what is read on it, whether it has the panels, and a button that takes it away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("half_title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(BAR)
        self._active = False
        self._title = ElidedLabel()
        self.close_button = tool_button("close", theme, "Close this half", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 4, 2)
        row.addWidget(self._title, 1)
        row.addWidget(self.close_button)
        self.set_theme(theme)

    def set_title(self, title: str) -> None:
        """Name the document."""
        self._title.set_whole(title)
        self.setAccessibleName(title)

    def set_active(self, active: bool) -> None:
        """Say whether the panels show this half."""
        self._active = active
        self._dress()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        tint([self.close_button], theme)
        self._dress()

    def _dress(self) -> None:
        line, words = ("accent", "text") if self._active else ("line", "faint")
        weight = 600 if self._active else 400
        width = 2 if self._active else 1
        color = self._theme.color
        self.setStyleSheet(
            f"#half_title {{ background: {color('panel').name()};"
            f" border-bottom: {width}px solid {color(line).name()}; }}"
            f"#half_title QLabel {{ color: {color(words).name()}; font-weight: {weight}; }}"
        )


class _Cell(QWidget):
    """A page under its bar; the bar is made with the first split."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.bar: TitleBar | None = None
        self.title = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        self._column = column

    def add_bar(self, bar: TitleBar) -> None:
        """Put a bar over the page."""
        self.bar = bar
        bar.set_title(self.title)
        self._column.insertWidget(0, bar)


class Spread(QSplitter):
    """Shows pages and says which of them the reader turns to. `page`: the active one."""

    turned_to = Signal(object)  # Page: the keyboard came into it
    close_asked = Signal(object)  # Page

    def __init__(self, page: Page, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._cells: list[_Cell] = []
        self.page = page
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setMinimumWidth(0)
        self._cell(page)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def pages(self) -> list[Page]:
        """Every page there is, in view or not."""
        return [cell.page for cell in self._cells]

    @property
    def shown(self) -> list[Page]:
        """The pages in view."""
        return [cell.page for cell in self._cells if not cell.isHidden()]

    def show_pages(self, pages: Sequence[Page], active: Page) -> None:
        """Show these, each with a bar if there are several; the active one takes the keyboard."""
        for page in pages:
            self._cell(page)
        several = len(pages) > 1
        for cell in self._cells:
            if several and cell.bar is None:
                self._add_bar(cell)
            if cell.bar is not None:
                cell.bar.setVisible(several)
            cell.setVisible(cell.page in pages)
        if several:
            self._turn()
            half = (self.width() if self.orientation() is Qt.Orientation.Horizontal else self.height()) // 2
            self.setSizes([half] * len(self._cells))
        self.set_active(active)
        active.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_active(self, page: Page) -> None:
        """Show which one the panels belong to."""
        self.page = page
        for cell in self._cells:
            if cell.bar is not None:
                cell.bar.set_active(cell.page is page)

    def set_title(self, page: Page, title: str) -> None:
        """Name what is read on a page."""
        cell = self._cell(page)
        cell.title = title
        if cell.bar is not None:
            cell.bar.set_title(title)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        for cell in self._cells:
            cell.page.set_theme(theme)
            if cell.bar is not None:
                cell.bar.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the pages where they would become too narrow."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        side_by_side = self.width() >= BESIDE
        self.setOrientation(Qt.Orientation.Horizontal if side_by_side else Qt.Orientation.Vertical)

    def _cell(self, page: Page) -> _Cell:
        for cell in self._cells:
            if cell.page is page:
                return cell
        cell = _Cell(page)
        self._cells.append(cell)
        self.addWidget(cell)
        return cell

    def _add_bar(self, cell: _Cell) -> None:
        bar = TitleBar(self._theme, cell)
        bar.close_button.clicked.connect(lambda: self.close_asked.emit(cell.page))
        cell.add_bar(bar)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        for cell in self._cells:
            if now is not None and cell.page is not self.page and cell.page.isAncestorOf(now):
                self.turned_to.emit(cell.page)
