"""The window of all names: a table to sort, filter and correct, beside the page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import override

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from postil.view.entities.table_bars import DeedBar, WhichBar
from postil.view.entities.table_rows import Arrangement, Column, Shown, Sort, after_click
from postil.view.entities.table_view import NamesTable
from postil.view.keys import Bindings
from postil.view.look.theme import Theme, dress
from postil.view.message_bar import MessageBar
from postil.view.panels.furniture import EmptyState, column, count_words

USUAL = QSize(1080, 720)


class NamesWindow(QWidget):
    """Says what it wants to show by signals, and shows what comes."""

    wanted = Signal()  # the same names in another order, or others of them: `arrangement`
    scope_changed = Signal()
    sorts_changed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, sorts: tuple[Sort, ...]) -> None:
        super().__init__()
        self.setWindowTitle("Names")
        self.setObjectName("frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(480, 320)
        self.sorts = sorts
        self.which = WhichBar(theme)
        self.messages = MessageBar(theme)
        self.table = NamesTable(theme)
        self.empty = EmptyState(theme, "person")
        self.show_all = QPushButton("Show all names")
        self.deeds = DeedBar()
        self._loaded = False
        nothing = QWidget()
        middle = column(nothing)
        middle.addWidget(self.empty, 1)
        middle.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(nothing)
        self.stack.addWidget(self.table)
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.which)
        layout.addWidget(line)
        layout.addWidget(self.messages)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.deeds)
        self._connect()
        self.set_theme(theme)
        self.resize(USUAL.boundedTo(self.screen().availableSize()))
        self._say_empty()

    def _connect(self) -> None:
        self.which.changed.connect(self.wanted)
        self.which.scope_changed.connect(self.scope_changed)
        self.which.filter.left.connect(self.table.enter)
        self.show_all.clicked.connect(self.which.clear)
        self.table.sort_asked.connect(self.sort_by)
        self.table.typed.connect(self._show_typed)
        self.table.chosen_changed.connect(self._show_chosen)

    @property
    def arrangement(self) -> Arrangement:
        """Which names to show, in which order."""
        return self.which.wanted(self.sorts)

    def sort_by(self, by: Column) -> None:
        """Sort by a column; by the same one again: the other way round."""
        self.sorts = after_click(self.sorts, by)
        self.sorts_changed.emit(self.sorts)
        self.wanted.emit()

    def show_names(self, sight: Shown, became: Mapping[int, int] = MappingProxyType({})) -> None:
        """Show an answer. `became`: the ids that names have now which are there no more, by those they had."""
        had_focus = self.table.hasFocus()
        self._loaded = True
        self.table.show_names(sight, became)
        shown, total = len(sight.places), len(sight.listing.rows)
        self.which.count.setText(count_words(shown, total, "name") if total else "")
        self.which.export.setEnabled(total > 0)
        self.stack.setCurrentIndex(int(shown > 0))
        if had_focus and not shown:
            self.which.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_empty()
        self._show_chosen()

    def set_bindings(self, bindings: Bindings) -> None:
        """Answer to these keys from now on."""
        self.table.bindings = bindings
        self.deeds.set_bindings(bindings)

    def set_theme(self, theme: Theme) -> None:
        """Dress every part."""
        dress(self, theme)
        panel, rule, text = (theme.color(role).name() for role in ("panel", "line", "text"))
        self.setStyleSheet(
            f"{self.styleSheet()}\n#frame {{ background: {panel}; }} #rule {{ background: {rule}; border: none; }}"
            f"QTableView {{ background: {panel}; border: none; border-radius: 0; }}"
            f"QHeaderView, QHeaderView::section {{ background: {panel}; color: {text}; }}"
            f"QHeaderView::section {{ padding: 6px 10px; }}"
        )
        for part in (self.which, self.messages, self.table, self.empty):
            part.set_theme(theme)

    # inside

    def _show_chosen(self) -> None:
        count = self.table.chosen_count
        self.deeds.show_chosen(count, len(self.table.chosen()[0].aliases) if count == 1 else 0)

    def _show_typed(self, text: str, found: bool) -> None:
        if text:
            self.deeds.show_typed(text, found)
        else:
            self._show_chosen()

    def _say_empty(self) -> None:
        listed = self.table.names.sight.listing
        self.show_all.setVisible(bool(listed.rows))
        if not self._loaded:
            self.empty.say("Counting names…")
        elif listed.rows:
            elsewhere = ", or look in the whole library" if self.which.here else ""
            self.empty.say("No name is like that", f"Take a filter away{elsewhere}.")
        elif self.which.here:
            self.empty.say("No names in this document yet", "They appear here as soon as they are found.")
        else:
            self.empty.say("The library knows no names yet", "They are found in the documents that you open.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; Ctrl+F goes to the filter."""
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.which.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.which.filter.selectAll()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so, for the keyboard to go back to the page."""
        super().closeEvent(event)
        self.closed.emit()
