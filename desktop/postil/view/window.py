"""The main window: which parts there are and where they stand. What they do to each other is in wiring.py."""

from functools import partial
from pathlib import Path
from typing import override

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMainWindow, QVBoxLayout, QWidget

from postil import settings
from postil.settings import Settings
from postil.view.appearance import Appearance
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.look.wardrobe import Wardrobe
from postil.view.page.page import Page
from postil.view.panes import HEIGHT, Panes
from postil.view.search.dock import ResultsDock
from postil.view.sidebar import RULES, Sidebar
from postil.view.spread import Spread
from postil.view.status import Status

NAME = "Postil"
SMALLEST = (560, 360)
USUAL = (1360, 880)


class Window(QMainWindow):
    """Library, contents and tags on the left, the page in the middle, notes and names on the right."""

    painted = Signal()  # the first time only
    leaving = Signal()  # the reader wants to close it: set `may_close` and close it again when all is kept
    closed = Signal()
    files_dropped = Signal(list)

    def __init__(self, appearance: Appearance, chosen: Settings) -> None:
        super().__init__()
        self.may_close = self.was_painted = False
        self._chosen, self.appearance = chosen, appearance
        theme = appearance.theme
        self.spread = Spread(Page(theme), theme)
        self.status = Status(theme)
        self.sidebar, self.side = Sidebar("Library, contents and tags"), Sidebar("Notes and names")
        self.sidebar.setMinimumWidth(190)
        self.side.setMinimumWidth(230)
        self._middle = QWidget()
        self._room = QFrame()
        self._room.setFixedHeight(HEIGHT)
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._room)
        self.dock = ResultsDock(self.spread)
        self._column.addWidget(self.dock, 1)
        self.splitter = Panes(self.sidebar, self._middle, self.side, chosen.get(settings.WIDTHS))
        self.menuBar().addAction(" ")
        self.setCentralWidget(self.splitter)
        self.setStatusBar(self.status)
        self.setWindowTitle(NAME)
        self.setMinimumSize(*SMALLEST)
        self.wardrobe = Wardrobe(self, theme)
        self.wardrobe.hang(self.dock, self.spread)
        self.wardrobe.hang(self.status, self.status)
        for tabs in (self.sidebar, self.side):
            self.wardrobe.hang(tabs.tabBar(), rules=RULES)
        self._restore_shape()

    def furnish(self) -> None:
        """Put in everything but the page, so that the page can be there first."""
        from postil.view.commands import Commands

        theme = self.appearance.theme
        self.menuBar().clear()
        self.commands = Commands(self, self._chosen)
        self.commands.fill(self.menuBar(), self.appearance.themes.values())
        self._make_parts(theme)
        self._lay_out()
        self.setAcceptDrops(True)
        self.commands.set_theme(theme)
        self.setWindowIcon(icon("postil", theme))
        self._hang()
        self._restore()

    def _make_parts(self, theme: Theme) -> None:
        from postil.view.hint_bar import HintBar
        from postil.view.message_bar import MessageBar
        from postil.view.panels.annotations import AnnotationsPanel
        from postil.view.panels.contents import ContentsPanel
        from postil.view.panels.entities import EntitiesPanel
        from postil.view.panels.library import LibraryPanel
        from postil.view.panels.tags import TagsPanel
        from postil.view.panels.views import ViewsPanel
        from postil.view.safety_bar import SafetyBar
        from postil.view.search.bar import SearchBar
        from postil.view.search.results import SearchResults

        self.library_panel, self.views_panel = LibraryPanel(theme), ViewsPanel(theme)
        self.contents_panel = ContentsPanel(theme)
        self.tags_panel = TagsPanel(theme)
        self.notes_panel = AnnotationsPanel(theme)
        self.names_panel = EntitiesPanel(theme)
        self.search_bar = SearchBar(theme)
        self.search_results = SearchResults(theme)
        self.messages = MessageBar(theme)
        self.hint = HintBar(theme)
        self.safety_bar = SafetyBar(theme)

    def _lay_out(self) -> None:
        from postil.view.header import Header
        from postil.view.search_drop import SearchDrop

        for tabs, title, panel in (
            (self.sidebar, "Library", self.library_panel),
            (self.sidebar, "Contents", self.contents_panel),
            (self.sidebar, "Tags", self.tags_panel),
            (self.side, "Notes", self.notes_panel),
            (self.side, "Names", self.names_panel),
        ):
            tabs.addTab(panel, title)
        above = self.library_panel.layout()
        if isinstance(above, QVBoxLayout):
            above.insertWidget(0, self.views_panel)
        self.sidebar.setMinimumWidth(max(190, self.sidebar.tabBar().sizeHint().width() + 8))
        self.header = Header(self.commands, self.search_bar)
        self._column.replaceWidget(self._room, self.header)
        self._room.deleteLater()
        self._column.insertWidget(1, self.messages)
        self._column.insertWidget(1, self.safety_bar)
        self._column.addWidget(self.hint)
        self.search_drop = SearchDrop(self.search_results, self.search_bar, self._middle)

    def _hang(self) -> None:
        """Have everything dressed that came after the page."""
        hang = self.wardrobe.hang
        hang(self.menuBar(), self.commands)
        hang(self.header, self.search_bar)
        hang(self.library_panel, self.library_panel, self.views_panel)
        for panel in (self.contents_panel, self.tags_panel, self.notes_panel, self.names_panel):
            hang(panel, panel)
        for bar in (self.messages, self.hint, self.safety_bar):
            hang(bar, bar)
        hang(self.search_drop)

    @property
    def page(self) -> Page:
        """The page that the panels and commands belong to; of two, another one from time to time."""
        return self.spread.page

    @property
    def panes(self) -> list[QWidget]:
        """What F6 goes through, in this order."""
        beside = [self.search_results.pane] if self.dock.held is not None else []
        panes = [*self.spread.shown, *beside, self.side.currentWidget(), self.search_bar, self.sidebar.currentWidget()]
        return [pane for pane in panes if pane is not None and pane.isVisible()]

    def set_theme(self, theme: Theme) -> None:
        """Dress every part that is in view; the others when they are shown."""
        self.wardrobe.wear(theme)
        self.search_results.set_theme(theme)
        self.setWindowIcon(icon("postil", theme))

    def show_title(self, title: str) -> None:
        """Name the document in the title bar."""
        self.setWindowTitle(f"{title} — {NAME}" if title else NAME)

    def show_panel(self, panel: QWidget) -> None:
        """Bring a panel to the front, and its sidebar with it."""
        for tabs, command in ((self.sidebar, "show_library"), (self.side, "show_side")):
            if tabs.indexOf(panel) >= 0:
                tabs.setCurrentWidget(panel)
                self.commands[command].setChecked(True)
                self.splitter.want(tabs, True)

    def to_search(self) -> None:
        """Put the keyboard into the search box, with what is in it selected."""
        self.header.show()  # it may be put away in focus mode
        self.search_bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_bar.line.selectAll()

    @property
    def furnished(self) -> bool:
        """Whether there is more than the page yet."""
        return hasattr(self, "commands")

    @property
    def idle_focus(self) -> bool:
        """Whether the keyboard is nowhere, or where Qt puts it before a reader has chosen."""
        return self.focusWidget() in (None, self.sidebar.tabBar())

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: through header, page and panels, and in each in the order of reading."""
        if not self.furnished:
            return super().focusNextPrevChild(forward)
        from postil.view.tab_order import step

        middle = [self.header, self.search_drop, self._middle]
        return step([*middle, self.sidebar, self.side, self.status, self], forward=forward)

    def step_pane(self, direction: int) -> None:
        """Put the keyboard into the next or previous pane."""
        panes = self.panes
        now = next((n for n, pane in enumerate(panes) if pane.isAncestorOf(self.focusWidget() or self)), -1)
        for distance in range(1, len(panes) + 1):
            pane = panes[(now + direction * distance) % len(panes)]
            if enter(pane):
                return

    def keep_shape(self) -> None:
        """Put size, place and panes into the settings."""
        kept = self._chosen
        kept.set(settings.GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        kept.set(settings.WIDTHS, self.splitter.widths)
        kept.set(settings.LIBRARY_TAB, float(self.sidebar.currentIndex()))
        kept.set(settings.SIDE_TAB, float(self.side.currentIndex()))
        kept.set(settings.SHOW_LIBRARY, self.commands["show_library"].isChecked())
        kept.set(settings.SHOW_SIDE, self.commands["show_side"].isChecked())
        kept.set(settings.NOTES_BESIDE, self.commands["notes_beside"].isChecked())
        kept.set(settings.SEARCH_PINNED, self.search_results.query() if self.dock.held is not None else "")

    def come_forward(self) -> None:
        """Raise the window over the others."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def _restore_shape(self) -> None:
        self.resize(QSize(*USUAL).boundedTo(self.screen().availableSize()))
        self.restoreGeometry(QByteArray.fromBase64(self._chosen.get(settings.GEOMETRY).encode()))
        self.splitter.want(self.sidebar, self._chosen.get(settings.SHOW_LIBRARY))
        self.splitter.want(self.side, self._chosen.get(settings.SHOW_SIDE))

    def _restore(self) -> None:
        self.sidebar.setCurrentIndex(int(self._chosen.get(settings.LIBRARY_TAB)))
        self.side.setCurrentIndex(int(self._chosen.get(settings.SIDE_TAB)))
        for name, pane, option in (
            ("show_library", self.sidebar, settings.SHOW_LIBRARY),
            ("show_side", self.side, settings.SHOW_SIDE),
        ):
            self.commands[name].toggled.connect(partial(self.splitter.want, pane))
            self.commands[name].setChecked(self._chosen.get(option))
            self.splitter.want(pane, self._chosen.get(option))
        self.commands["notes_beside"].toggled.connect(self.notes_panel.set_beside)
        self.notes_panel.beside_changed.connect(self.commands["notes_beside"].setChecked)
        self.commands["notes_beside"].setChecked(self._chosen.get(settings.NOTES_BESIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing else takes it, leads back to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.furnished and (name := self.commands.bindings.command(event, on_page=False)):
            self.commands[name].trigger()  # Qt did not know it from a keyboard without Latin letters
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when the window stands for the first time."""
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first that all is kept."""
        if not self.may_close:
            self.leaving.emit()
        if self.may_close:
            event.accept()
            self.closed.emit()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand files on."""
        if paths := _files_of(event.mimeData()):
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the full-screen command in step with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.furnished:
            self.commands["full_screen"].setChecked(self.isFullScreen())


def _files_of(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def enter(pane: QWidget) -> bool:
    """Put the keyboard into a pane, on its list if it has one; False if nothing there can take it."""
    parts = [*pane.findChildren(QAbstractItemView), pane, *pane.findChildren(QWidget)]
    for part in parts:
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(part, QAbstractItemView) and not part.selectedIndexes():
                current = part.currentIndex()
                part.setCurrentIndex(current if current.isValid() else part.model().index(0, 0))
            return True
    return False
