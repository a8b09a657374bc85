"""The library's documents: to open, to add to, to remove from."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.card_list import CardList
from postil.view.panels.furniture import (
    GAP,
    CountLabel,
    EmptyState,
    FilterBox,
    column,
    count_words,
    header,
    tint,
    tool_button,
)
from postil.view.panels.library_delegate import DocumentDelegate, DocumentModel, origin
from postil.view.panels.library_sorting import in_order
from postil_db.records import DocumentInfo

ROOMY = 300
"""Pixels from which the count has room for its word."""


class LibraryPanel(QWidget):
    """Lists the library's documents; the open one is marked."""

    opened = Signal(int)
    beside_requested = Signal(int)
    rename_requested = Signal(int)
    remove_requested = Signal(list)
    add_requested = Signal()
    paste_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all: list[DocumentInfo] = []
        self._model = DocumentModel(self)
        self._delegate = DocumentDelegate(theme, self)
        self.filter = FilterBox(theme, "Filter documents")
        self.count = CountLabel()
        self.order_button = tool_button("sort", theme, "Sort the documents")
        self._order = "read"
        self.list = CardList()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName("Documents")
        self.empty = EmptyState(theme, "library")
        self.open_button, self.paste_button = QPushButton("Open…"), QPushButton("Paste")
        self.set_tips("Add files to the library", "Add what is on the clipboard")
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._refilter()

    def set_tips(self, opening: str, pasting: str) -> None:
        """Say what the buttons do, and by which keys the same is done."""
        self.open_button.setToolTip(opening)
        self.paste_button.setToolTip(pasting)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, GAP, GAP, GAP)
        foot.setSpacing(GAP)
        foot.addWidget(self.open_button, 1)
        foot.addWidget(self.paste_button, 1)
        layout = column(self)
        layout.addLayout(header(self.filter, self.count, self.order_button))
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.setAccessibleName("Library")

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._refilter())
        self.filter.left.connect(self._enter_list)
        self.list.entered.connect(self._open)
        self.list.clicked.connect(self._clicked)
        self.list.context_requested.connect(self._open_menu)
        self.open_button.clicked.connect(self.add_requested)
        self.paste_button.clicked.connect(self.paste_requested)
        rename = QShortcut(QKeySequence(Qt.Key.Key_F2), self.list)
        rename.setContext(Qt.ShortcutContext.WidgetShortcut)
        rename.activated.connect(self._rename)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)

    def show_documents(self, documents: Sequence[DocumentInfo]) -> None:
        """Show the library's documents; they come with the one last read first."""
        self._all = list(documents)
        self._refilter()

    def set_order(self, order: str) -> None:
        """Sort the documents: one of LIBRARY_ORDERS."""
        self._order = order
        self._refilter()

    def set_current(self, document_id: int | None) -> None:
        """Mark the open document and bring it into view; None: none is open."""
        self._delegate.open_id = document_id
        row = self._model.row_of(document_id) if document_id is not None else -1
        if row >= 0:
            self.list.go_to_row(row)
        self.list.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = self._delegate.theme = theme
        self.filter.set_theme(theme)
        tint([self.order_button], theme)
        self.empty.set_theme(theme)
        self.open_button.setIcon(icon("open", theme))
        self.paste_button.setIcon(icon("paste", theme))
        self.list.measure_again()

    # --- inside

    def _refilter(self) -> None:
        words = self.filter.text().casefold().split()
        fitting = (one for one in self._all if all(word in f"{one.title}\n{origin(one)}".casefold() for word in words))
        shown = in_order(tuple(fitting), self._order)
        current = self.list.current_key()
        self._model.show(shown)
        row = self._model.row_of(current)
        if row >= 0 and self.list.current_key() != current:
            self.list.setCurrentIndex(self._model.index(row))
        self._say_count()
        self.filter.setEnabled(bool(self._all))
        self.order_button.setVisible(len(self._all) > 1)
        if self._all:
            self.empty.say("No document has these words", "Press Escape in the filter to show all of them.")
        else:
            self.empty.say("Your library is empty", "Open a file, drop one here, or paste an article.")
        self._stack.setCurrentWidget(self.list if shown else self.empty)

    def _say_count(self) -> None:
        """How many there are; without the word where the filter needs the room."""
        shown, total = self._model.rowCount(), len(self._all)
        words = count_words(shown, total, "document") if total else ""
        self.count.say(words if self.width() >= ROOMY else words.removesuffix("s").removesuffix(" document"))
        self.count.setAccessibleName(words)
        self.count.setToolTip(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count in as many words as there is room for."""
        super().resizeEvent(event)
        self._say_count()

    def _clicked(self) -> None:
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier  # adds to the selection
        if len(self.list.selected_rows()) == 1 and not held:
            self._open(self.list.currentIndex().row())

    def _open(self, row: int) -> None:
        document = self._model.record(row)
        if document is not None:
            self.opened.emit(document.id)

    def _selected(self) -> list[DocumentInfo]:
        found = (self._model.record(row) for row in self.list.selected_rows())
        return [document for document in found if document is not None]

    def _rename(self) -> None:
        if len(chosen := self._selected()) == 1:
            self.rename_requested.emit(chosen[0].id)

    def _remove(self) -> None:
        if chosen := [document.id for document in self._selected()]:
            self.remove_requested.emit(chosen)

    def _enter_list(self) -> None:
        if self._model.rowCount():
            if self.list.current_key() is None:
                self.list.go_to_row(0)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_menu(self, at: QPoint) -> None:
        if chosen := self._selected():
            self.menu(chosen).popup(at)

    def menu(self, chosen: Sequence[DocumentInfo]) -> QMenu:
        """What can be done with the chosen documents."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("open", self._theme), "Open\tEnter", lambda: self.opened.emit(chosen[0].id))
        if len(chosen) == 1:
            number = chosen[0].id
            menu.addAction("Open in the other half\tCtrl+Enter", lambda: self.beside_requested.emit(number))
            menu.addAction(icon("edit", self._theme), "Rename…\tF2", lambda: self.rename_requested.emit(number))
        menu.addSeparator()
        what = "Remove from library" if len(chosen) == 1 else f"Remove {len(chosen)} documents"
        menu.addAction(icon("trash", self._theme), f"{what}\tDel", self._remove)
        return menu
