"""What a search found, with all that one can do about it: narrow it, order it, choose among it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import override

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from postil.view.acts_search import Chosen, Question
from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP, EmptyState, column
from postil.view.panels.words import plural
from postil.view.search.advising import advice
from postil.view.search.chips import ClauseChips
from postil.view.search.chosen_bar import ChosenBar, result_menu
from postil.view.search.facet_list import FacetList
from postil.view.search.facet_place import FacetPlace
from postil.view.search.group_tabs import GroupTabs
from postil.view.search.head import ResultsHead
from postil.view.search.hit_delegate import HitDelegate
from postil.view.search.result_list import ResultList
from postil.view.search.result_model import ResultModel, Row, rows
from postil.view.searching import MOST
from postil_db.index.language import add_clause
from postil_db.records import Answer, Color, Group, Result

ANNOTATIONS = (Group.HIGHLIGHT, Group.NOTE)


class SearchResults(QWidget):
    """Lists results group by group, in the order that the reader chooses; Enter or a double click opens one."""

    opened = Signal(object)  # Result
    stepped = Signal(object)  # Result: show it, and leave the keyboard where it is
    query_changed = Signal(str)  # narrowed, or as it may have been meant
    more_wanted = Signal()
    left = Signal()  # Escape: back to the box
    tag_requested = Signal(object)  # Chosen
    recolor_requested = Signal(object, object)  # Chosen, Color
    remove_requested = Signal(object)  # Chosen
    export_chosen = Signal(object)  # Chosen

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer, self._shown = Answer(""), ("", "")
        self._whole = False  # whether all that the search finds is chosen
        self._ends: dict[Group, tuple[int, int]] = {}  # by group: its last row, and how many rows it has
        self.advice = ""  # what else can be done where nothing is found
        self._model = ResultModel(self)
        self._delegate = HitDelegate(theme, self)
        self.head = ResultsHead(theme)
        self.count, self.order = self.head.count, self.head.order
        self.chips = ClauseChips(theme)
        self.tabs = GroupTabs()
        self.suggestion = QPushButton(flat=True)
        self.facets = FacetList(theme)
        self.facets.setObjectName("facets")
        self.list = ResultList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.empty = EmptyState(theme, "search")
        self.chosen_bar = ChosenBar(theme)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_answer(self._answer, Question(""))

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.setSpacing(0)
        middle.addWidget(self.facets)
        middle.addWidget(self._stack, 1)
        self._facet_place = FacetPlace(self.facets, middle, self.head.narrow_button)
        above = QVBoxLayout()
        above.setContentsMargins(12, 4, 12, 0)
        above.setSpacing(4)
        above.addWidget(self.suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        above.addWidget(self.chips)
        above.addWidget(self.tabs)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addLayout(above)
        layout.addSpacing(GAP // 2)
        layout.addLayout(middle, 1)
        layout.addWidget(self.chosen_bar)
        self.setAccessibleName("Search results")
        in_turn([*self.head.stops, self.suggestion, *self.tabs.buttons.values(), self.facets, self.list])
        in_turn([self.list, *self.chosen_bar.stops])

    def _connect(self) -> None:
        self.list.entered.connect(self._open)
        self.list.doubleClicked.connect(lambda index: self._open(index.row()))
        self.list.picked.connect(self._pick)
        self.list.left.connect(self.left)
        self.list.end_near.connect(self._look_ahead)
        self.list.all_chosen.connect(self._tell_chosen)
        self.list.context_requested.connect(self._open_menu)
        self.list.removed.connect(lambda: self.remove_requested.emit(self.chosen()))
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.head.narrow_button.clicked.connect(self._narrow)
        self.chips.query_changed.connect(self.query_changed)
        self.facets.query_changed.connect(self.query_changed)
        self.facets.left.connect(self.focus_results)
        self.suggestion.clicked.connect(lambda: self.query_changed.emit(self._answer.suggestion))
        self.tabs.chosen.connect(lambda _group: self._fill(fresh=True))
        bar = self.chosen_bar
        bar.tag_requested.connect(lambda: self.tag_requested.emit(self.chosen()))
        bar.color_chosen.connect(lambda color: self.recolor_requested.emit(self.chosen(), color))
        bar.remove_requested.connect(lambda: self.remove_requested.emit(self.chosen()))
        bar.export_requested.connect(lambda: self.export_chosen.emit(self.chosen()))
        bar.all_requested.connect(self._choose_all)

    # --- what is shown

    def show_answer(self, answer: Answer, question: Question) -> None:
        """Show what was found; the first one becomes the current one when query or order is new."""
        fresh = (answer.query, question.sort) != self._shown
        self._shown = (answer.query, question.sort)
        facets = answer.facets if question.facets else self._answer.facets
        self._answer = Answer(answer.query, answer.results, answer.totals, facets, answer.suggestion, answer.ready)
        self.tabs.show_totals(answer.totals)
        self.chips.show_query(answer.query, {one.document_id: one.title for one in answer.results})
        in_turn([self.suggestion, *self.chips.chips, self.tabs.buttons[None]])
        self.suggestion.setText(f"Did you mean: {answer.suggestion.strip()}?")
        self.suggestion.setVisible(bool(answer.suggestion.strip()))
        self.facets.show_facets(facets, answer.query)
        self._fill(fresh=fresh)
        found = bool(answer.results)
        self.head.show_state(found=found, query=answer.query)
        self.count.set_whole(self._summary())
        self.empty.say(*advice(answer, self.advice))
        self._stack.setCurrentWidget(self.list if found else self.empty)
        self._facet_place.fill(self.size())
        self._selection_changed()

    def sort(self) -> str:
        """The order that is chosen: relevance, newest or document."""
        return str(self.order.currentData())

    def query(self) -> str:
        """What these are the results of."""
        return self._answer.query

    def current(self) -> Result | None:
        """The current result, or None."""
        row = self._model.record(self.list.currentIndex())
        return row.result if row is not None else None

    def chosen(self) -> Chosen:
        """The annotations that are chosen."""
        if self._whole:
            only = self.tabs.only
            query = add_clause(self.query(), f"in:{only.value}") if only in ANNOTATIONS and only else self.query()
            return Chosen(self._annotations_in_all(), query=query)
        ids = tuple(row.annotation.id for row in self.list.chosen() if row.annotation is not None)
        return Chosen(len(ids), ids)

    def focus_results(self) -> None:
        """Give the keys to the list, on its current result."""
        if self._model.rowCount():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, direction: int) -> str:
        """Go to the next or previous result; says where that is, or why there is none."""
        count, row = self._model.rowCount(), self.list.currentIndex().row()
        if not count:
            return "Search for something first; then this leads from result to result."
        target = row + direction if self.list.been_opened else max(row, 0)
        if not 0 <= target < count:
            return "That was the last result." if direction > 0 else "That was the first result."
        self.list.go_to_row(target)
        self.list.been_opened = True
        self._look_ahead()
        if (result := self.current()) is not None:
            self.stepped.emit(result)
        return f"Result {target + 1:,} of {self._total():,}"

    @property
    def pane(self) -> QWidget:
        """What holds the list: one of the panes of the window while the results stay beside the page."""
        return self._stack

    def set_tag_colors(self, colors: Mapping[str, Color | None]) -> None:
        """The colours of tags; those not named are neutral."""
        self._delegate.set_tag_colors(colors)
        self.list.viewport().update()

    def set_pinned(self, pinned: bool) -> None:
        """Whether the results stay beside the page."""
        self.head.set_pinned(pinned)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self._delegate.set_theme(theme)
        for part in (self.head, self.chips, self.facets, self.empty, self.chosen_bar):
            part.set_theme(theme)
        self.list.measure_again()

    # --- inside

    def _fill(self, *, fresh: bool) -> None:
        """Put the rows into the list; the place, what is current and what is chosen stay, unless all is new."""
        keep = [] if fresh else [self._model.key(row) for row in self.list.chosen()]
        current = None if fresh else self.list.current_key()
        shown = rows(self._answer.results, self._answer.totals, self.tabs.only)
        self._ends.clear()
        for number, row in enumerate(shown):
            group = row.result.group
            self._ends[group] = number, self._ends.get(group, (0, 0))[1] + 1
        before = {self._model.key(row): row for row in self._model.records()}
        self._model.show(shown)
        self.list.measure_rows([key for row in shown if before.get(key := self._model.key(row), row) != row])
        if not self._model.rowCount():
            return
        if fresh:
            self.list.been_opened = False
            self.list.verticalScrollBar().setValue(0)
        if fresh or self._model.row_of(current) < 0:
            self.list.go_to_row(0)
        else:
            self.list.take_up(current, keep)

    def _total(self) -> int:
        only, totals = self.tabs.only, self._answer.totals
        return sum(totals.values()) if only is None else totals.get(only, 0)

    def _annotations_in_all(self) -> int:
        only = self.tabs.only
        return sum(self._answer.totals.get(one, 0) for one in ANNOTATIONS if only in (None, one))

    def _summary(self) -> str:
        total, answer = sum(self._answer.totals.values()), self._answer
        parts = [plural(total, "result")] if total else []
        if total and len(answer.results) == total:
            parts[0] += f" in {plural(self._documents(), 'document')}"
        if any(self._ends.get(one, (0, 0))[1] >= MOST < answer.totals[one] for one in answer.totals):
            parts.append(f"the first {MOST:,} of a kind are listed")
        if answer.ready < 1.0:
            parts.append(f"still indexing, {answer.ready:.0%} done")
        return " · ".join(parts)

    def _documents(self) -> int:
        return len({one.document_id for one in self._answer.results})

    def _look_ahead(self) -> None:
        """Ask for more where the end of what was fetched of a group comes near."""
        first, last = self.list.first_in_view(), max(self.list.last_in_view(), self.list.currentIndex().row() + 2)
        for group, (end, count) in self._ends.items():
            if first <= end <= last and count < self._answer.totals.get(group, 0):
                self.more_wanted.emit()
                return

    def _open(self, row: int) -> None:
        one = self._model.record(row)
        if one is not None:
            self.list.been_opened = True
            self.opened.emit(one.result)

    def _pick(self, row: int) -> None:
        """A click shows the place at once where the results stay beside the page."""
        one = self._model.record(row)
        if one is not None and self.head.pinned:
            self.list.been_opened = True
            self.stepped.emit(one.result)

    def _selection_changed(self, *_: object) -> None:
        self._whole = False
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        chosen: list[Row] = self.list.chosen()
        annotations = sum(row.annotation is not None for row in chosen)
        self.chosen_bar.show_chosen(len(chosen), annotations, self._annotations_in_all())

    def _choose_all(self) -> None:
        self.list.selectAll()
        self._whole = True
        total = self._annotations_in_all()
        self.chosen_bar.show_chosen(total, total, total)

    def _open_menu(self, at: QPoint) -> None:
        count = self.chosen().count
        menu = result_menu(self.chosen_bar, self._theme, self, changeable=count)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.list.currentIndex().row()
        first = menu.actions()[0] if menu.actions() else None
        for words, do in (("Open\tEnter", lambda: self._open(row)),):
            act = menu.addAction(words, do)
            if first is not None:
                menu.insertAction(first, act)
        menu.popup(at)

    def _narrow(self, on: bool) -> None:
        self._facet_place.want(self.size(), on=on)
        if on and self.facets.isVisible():
            self.facets.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the facets their place."""
        super().resizeEvent(event)
        self._facet_place.fill(self.size())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def in_turn(parts: Sequence[QWidget]) -> None:
    """Have Tab go from each to the next."""
    for before, after in pairwise(parts):
        QWidget.setTabOrder(before, after)
