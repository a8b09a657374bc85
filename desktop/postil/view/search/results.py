"""What a search found."""

from collections.abc import Mapping
from typing import override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.card_list import CardList
from postil.view.panels.furniture import GAP, ElidedLabel, EmptyState, column
from postil.view.panels.words import plural
from postil.view.search.hit_delegate import HitDelegate
from postil.view.search.result_model import ResultModel
from postil_db.records import Color, Hit, Hits

SORTS = {"relevance": "Best first", "newest": "Newest first", "document": "By document"}


class SearchResults(QWidget):
    """Lists hits in the order that the reader chooses; Enter or a double click opens one."""

    opened = Signal(object)  # Hit
    export_requested = Signal(str)  # the query
    sort_changed = Signal(str)  # relevance, newest or document
    left = Signal()  # Escape: back to the box

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query, self._shown = "", ("", "")
        self.advice = ""  # what else can be done where nothing is found
        self._model = ResultModel(self)
        self._delegate = HitDelegate(theme, self)
        self.count = ElidedLabel(role="faint")
        self.export_button = QPushButton("Export…")
        self.export_button.setToolTip("Export these results as a table")
        self.export_button.setAccessibleName("Export results")
        self.order = QComboBox()
        for sort, title in SORTS.items():
            self.order.addItem(title, sort)
        self.order.setToolTip("The order of the results")
        self.order.setAccessibleName("Order of the results")
        self.list = CardList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName("Search results")
        self.empty = EmptyState(theme, "search")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        head = QHBoxLayout()
        head.setContentsMargins(12, GAP, GAP, 0)
        head.setSpacing(GAP)
        head.addWidget(self.count, 1)
        head.addWidget(self.order)
        head.addWidget(self.export_button)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.setAccessibleName("Search results")
        self.setFocusProxy(self.list)
        self.list.entered.connect(self._open)
        self.list.doubleClicked.connect(lambda index: self._open(index.row()))
        self.order.activated.connect(lambda _index: self.sort_changed.emit(self.sort()))
        self.export_button.clicked.connect(lambda: self.export_requested.emit(self._query))
        self.set_theme(theme)
        self.show_hits(Hits((), 0), "")

    def show_hits(self, hits: Hits, query: str) -> None:
        """Show what a query found; the first one becomes the current one when query or order is new."""
        fresh = (query, self.sort()) != self._shown
        self._query, self._shown = query, (query, self.sort())
        self._model.show(hits.hits)
        self.count.set_whole(self._summary(hits))
        self.export_button.setVisible(hits.total > 0)
        self.order.setVisible(hits.total > 1)
        if query.strip():
            self.empty.say(
                "Nothing found",
                f"Your marks, notes, tags, names and titles were searched. {self.advice}".rstrip(),
            )
        else:
            self.empty.say("Search your annotations", "Passages, notes, tags, names and titles are searched.")
        self._stack.setCurrentWidget(self.list if hits.hits else self.empty)
        if hits.hits and (fresh or self.list.current_key() is None):
            self.list.go_to_row(0)

    def sort(self) -> str:
        """The order that is chosen: relevance, newest or document."""
        return str(self.order.currentData())

    def query(self) -> str:
        """What these are the results of."""
        return self._query

    def focus_results(self) -> None:
        """Give the keys to the list, on its current hit."""
        if self._model.rowCount():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_tag_colors(self, colors: Mapping[str, Color | None]) -> None:
        """The colours of tags; those not named are neutral."""
        self._delegate.set_tag_colors(colors)
        self.list.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._delegate.set_theme(theme)
        self.empty.set_theme(theme)
        self.export_button.setIcon(icon("export", theme))
        self.list.measure_again()

    def current(self) -> Hit | None:
        """The current hit, or None."""
        return self._model.record(self.list.currentIndex())

    def _summary(self, hits: Hits) -> str:
        if not hits.hits:
            return ""
        where = f"in {plural(self._model.documents(), 'document')}"
        if hits.total > len(hits.hits):
            return f"{hits.total:,} found; the first {len(hits.hits):,}, {where}"
        return f"{hits.total:,} found {where}"

    def _open(self, row: int) -> None:
        hit = self._model.record(row)
        if hit is not None:
            self.opened.emit(hit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
