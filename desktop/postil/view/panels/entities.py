"""The names in the open document, by kind: a legend to the marks, and a way to walk through them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton, QWidget

from postil.view.keys import Bindings
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.panels.entity_bars import ProgressLine, StepBar, StrengthBar
from postil.view.panels.entity_card import EntityCard
from postil.view.panels.entity_delegate import INDENT, EntityDelegate, row_widget_room
from postil.view.panels.entity_model import EntityModel
from postil.view.panels.entity_page import EntityPageView
from postil.view.panels.entity_tree import EntityTree
from postil.view.panels.furniture import GAP, EmptyState, FilterBox, column, count_words, header, tint, tool_button
from postil_db.records import Entity, EntityKind, EntityNote


class EntitiesPanel(QWidget):
    """Lists entities by kind; shows how far recognition is."""

    entity_activated = Signal(int)
    step_requested = Signal(int, int)  # entity id, direction
    kinds_changed = Signal(frozenset)
    strength_changed = Signal(object)
    cancel_requested = Signal()
    page_requested = Signal(int)  # entity id
    name_requested = Signal(str)  # the page of what is called so: a link in a note was followed
    menu_requested = Signal(object)  # where on the screen; what is chosen is meant
    command_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EntityModel(self)
        self._delegate = EntityDelegate(theme, self)
        self._closed: set[EntityKind] = {EntityKind.QUANTITY}
        self._current = -1
        self._more = QTimer(self, singleShot=True, interval=0)
        self.filter = FilterBox(theme, "Filter names")
        self.count = QLabel()
        self.strength = StrengthBar()
        self.progress = ProgressLine(theme)
        self.tree = EntityTree()
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(self._delegate)
        self.steps = StepBar(theme, self.tree.viewport())
        self.steps.hide()
        self.note = QLabel()
        self.new_button = QToolButton()
        self.list_button = tool_button("contents", theme, "List all names as a table")
        self.page = EntityPageView(theme)
        self.card = EntityCard(theme)
        self.empty = EmptyState(theme, "person")
        self._lay_out()
        self._connect()
        self._say_empty()

    def _lay_out(self) -> None:
        self.count.setProperty("role", "faint")
        self.note.setProperty("role", "faint")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(12, GAP, 12, GAP)
        self.note.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.empty)
        self.new_button.setCheckable(True)
        self.new_button.setAccessibleName("Only names that are new to you")
        self.new_button.setToolTip("Only names that are new to you: no earlier document has them")
        self.new_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new_button.hide()
        names = QWidget()
        layout = column(names)
        layout.addLayout(header(self.filter, self.count, self.new_button, self.list_button))
        layout.addWidget(self.strength)
        layout.addWidget(self.progress)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.card)
        layout.addWidget(self.note)
        self._sheets = QStackedWidget()
        self._sheets.addWidget(names)
        self._sheets.addWidget(self.page)
        column(self).addWidget(self._sheets)
        self.setAccessibleName("Names")

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._refilter)
        self.filter.left.connect(self._enter_tree)
        self._model.kinds_changed.connect(self.kinds_changed)
        self.strength.chosen.connect(self.strength_changed)
        self.progress.cancelled.connect(self.cancel_requested)
        self.tree.walked.connect(self._walk)
        self.tree.opened.connect(self._ask_page)
        self.tree.menu_asked.connect(lambda _index, at: self.menu_requested.emit(at))
        self.tree.command_pressed.connect(self.command_requested)
        self.page.menu_asked.connect(self.menu_requested)
        self.tree.selectionModel().currentChanged.connect(lambda *_: self._show_card())
        self.card.opened.connect(self.page_requested)
        self.card.link_clicked.connect(self.page.link_clicked)
        self.new_button.toggled.connect(self._show_only_new)
        self.list_button.clicked.connect(lambda: self.command_requested.emit("names"))
        self.tree.moved.connect(self._place_steps)
        self.tree.moved.connect(self._more.start)
        self._more.timeout.connect(self._grow)
        self.tree.expanded.connect(lambda index: self._remember(index, opened=True))
        self.tree.collapsed.connect(lambda index: self._remember(index, opened=False))
        self.steps.stepped.connect(lambda way: self.step_requested.emit(self._current, way))

    # --- what it shows

    def show_entities(self, entities: Sequence[Entity]) -> None:
        """Show entities by kind, in the order given. What is open, chosen and in view stays."""
        self._change(partial(self._model.show, entities), entities)

    def show_known(self, news: frozenset[int], written: Mapping[int, EntityNote]) -> None:
        """Mark what is new to the reader, and what they wrote about."""
        chosen = self._chosen_id()
        self._model.set_known(news, written)
        if self.new_button.isChecked():
            self._settle(chosen)
        else:
            self._count()  # the rows are the same
        self._show_card()

    def show_page(self) -> None:
        """Show the page of an entity in the place of the list."""
        self.page.make()
        self._sheets.setCurrentWidget(self.page)

    def show_list(self) -> None:
        """Show the list again."""
        self.page.save()
        had_focus = self.page.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._sheets.setCurrentIndex(0)
        if had_focus:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def paged(self) -> bool:
        """Whether it shows a page."""
        return self._sheets.currentWidget() is self.page

    def chosen(self) -> Entity | None:
        """The entity that is meant: the page's, or the row's."""
        if self.paged:
            return self.page.page.entity if self.page.page is not None else None
        return self._model.entity(self.tree.currentIndex())

    def place_of_chosen(self) -> QPoint:
        """Where on the screen to ask about what is chosen."""
        if self.paged:
            return self.page.mapToGlobal(self.page.sign.geometry().bottomLeft())
        row = self.tree.visualRect(self.tree.currentIndex())
        return self.tree.viewport().mapToGlobal(row.bottomLeft() + QPoint(INDENT, 0))

    def set_bindings(self, bindings: Bindings) -> None:
        """Answer to these keys from now on."""
        self.tree.bindings = bindings
        key = bindings.hint("names")
        self.list_button.setToolTip(f"List all names as a table ({key})" if key else "List all names as a table")

    def set_current(self, entity_id: int | None, index: int = 0, total: int = 0) -> None:
        """Mark the entity being walked through; its mention `index` (from 1) of `total` is the current one."""
        self._current = -1 if entity_id is None else entity_id
        self.steps.show_place(index, total)
        self._delegate.stepping = self._current
        self._delegate.step_room = row_widget_room(self.steps)
        if self._model.crowded:
            self._change(self._model.trim, self._model.entities)
        at = self._model.reveal(self._current)
        if at.isValid():
            self.tree.setExpanded(at.parent(), True)
            self.tree.setCurrentIndex(at)
            self.tree.scrollTo(at)
            self._more.stop()  # it was not the reader who came to the end of the rows
        self._place_steps()
        self.tree.viewport().update()

    def set_progress(self, done: int, total: int) -> None:
        """Show how many of `total` paragraphs are recognised; nothing when all are, or none is to be."""
        self.progress.show_progress(done, total)
        self._say_empty()

    def set_note(self, text: str) -> None:
        """A sentence under the list, or none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def set_kinds(self, kinds: frozenset[EntityKind]) -> None:
        """Which kinds are marked; tells nobody."""
        self._model.set_kinds(kinds)

    def set_strength(self, strength: Strength) -> None:
        """How strongly; tells nobody."""
        self.strength.show_strength(strength)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._delegate.theme = theme
        for part in (self.filter, self.progress, self.steps, self.empty, self.page, self.card):
            part.set_theme(theme)
        tint([self.list_button], theme)
        self.tree.viewport().update()

    # --- inside

    def _change(self, change: Callable[[], None], entities: Sequence[Entity]) -> None:
        """Make other rows, and keep what is open, chosen and in view."""
        place, chosen = self.tree.verticalScrollBar().value(), self._model.entity(self.tree.currentIndex())
        group = self._group_at(self.tree.currentIndex())
        change()
        self._settle(self._id_of(chosen, entities))
        if chosen is None and group is not None:
            self._choose_group(group)
        self.tree.verticalScrollBar().setValue(place)
        self._more.stop()

    def _grow(self) -> None:
        """Show more of a group whose last row has come into view."""
        view = self.tree.viewport().rect()
        for row, group in enumerate(self._model.groups()):
            if self._model.can_grow(group):
                last = self._model.index(len(group.rows) - 1, 0, self._model.index(row))
                if self.tree.visualRect(last).intersects(view):
                    self._change(partial(self._model.grow, group.kind), self._model.entities)
                    return

    def _refilter(self, words: str) -> None:
        chosen = self._chosen_id()
        self._model.set_filter(words)
        self._settle(chosen)

    def _show_card(self) -> None:
        """Under the list: what the reader wrote about the name that is chosen."""
        entity = self._model.entity(self.tree.currentIndex())
        self.card.show_entity(entity, self._model.written.get(entity.id) if entity is not None else None)

    def _show_only_new(self, only: bool) -> None:
        chosen = self._chosen_id()
        self._model.set_only_new(only)
        self._settle(chosen)

    def _chosen_id(self) -> int | None:
        chosen = self._model.entity(self.tree.currentIndex())
        return chosen.id if chosen is not None else None

    def _id_of(self, chosen: Entity | None, among: Sequence[Entity]) -> int | None:
        """The entity that was chosen, which may have another id than while recognition ran."""
        if chosen is None:
            return None
        if any(one.id == chosen.id for one in among):
            return chosen.id
        return next((one.id for one in among if (one.kind, one.name) == (chosen.kind, chosen.name)), None)

    def _group_at(self, index: QModelIndex) -> EntityKind | None:
        groups = self._model.groups()
        named = index.isValid() and not index.parent().isValid() and index.row() < len(groups)
        return groups[index.row()].kind if named else None

    def _choose_group(self, kind: EntityKind) -> None:
        for row, group in enumerate(self._model.groups()):
            if group.kind is kind:
                self.tree.setCurrentIndex(self._model.index(row))

    def _ask_page(self, index: QModelIndex) -> None:
        if (entity := self._model.entity(index)) is not None:
            self.page_requested.emit(entity.id)

    def _settle(self, chosen: int | None) -> None:
        """After the rows were replaced: open the groups that were open, find the current row again, count."""
        searching = bool(self.filter.text().strip())
        for one in (self._current, chosen):
            if one is not None and one != -1:
                self._model.reveal(one)
        self.tree.blockSignals(True)
        self.tree.scheduleDelayedItemsLayout()  # else the rows are laid out anew for each group that is opened
        for row, group in enumerate(self._model.groups()):
            self.tree.setExpanded(self._model.index(row), searching or group.kind not in self._closed)
        self.tree.blockSignals(False)
        if chosen is not None and (at := self._model.index_of(chosen)).isValid():
            self.tree.setCurrentIndex(at)
        self._count()

    def _count(self) -> None:
        """Say how many there are, and how many of them are new."""
        shown, total = self._model.shown(), self._model.total()
        self.count.setText(count_words(shown, total, "name") if total else "")
        new = self._model.count_new()
        self.new_button.setText(f"{new:,} new")
        self.new_button.setVisible(0 < new < total or self.new_button.isChecked())
        self._say_empty()
        self._place_steps()

    def _say_empty(self) -> None:
        if self._model.total():
            if self.new_button.isChecked() and not self.filter.text().strip():
                self.empty.say("You have met every name here before", "Take the filter “new” away to show all of them.")
            else:
                self.empty.say("No name has these letters", "Press Escape in the filter to show all of them.")
        elif self.progress.running():
            self.empty.say("Reading…", "Names appear here as they are found.")
        else:
            self.empty.say("No names here", "People, places and dates of an open document appear here.")
        self._stack.setCurrentWidget(self.tree if self._model.shown() else self.empty)
        self.filter.setEnabled(self._model.total() > 0)

    def _walk(self, index: QModelIndex, way: int) -> None:
        entity = self._model.entity(index)
        if entity is None:
            return
        if entity.id == self._current:
            self.step_requested.emit(entity.id, way)
        else:
            self.entity_activated.emit(entity.id)

    def _remember(self, index: QModelIndex, *, opened: bool) -> None:
        groups = self._model.groups()
        if not index.parent().isValid() and index.row() < len(groups):
            (self._closed.discard if opened else self._closed.add)(groups[index.row()].kind)

    def _place_steps(self) -> None:
        at = self._model.index_of(self._current) if self._current != -1 else QModelIndex()
        row = self.tree.visualRect(at) if at.isValid() else QRect()
        if row.isEmpty():
            self.steps.hide()
            return
        size = self.steps.sizeHint()
        left = row.right() - size.width() - GAP
        self.steps.setGeometry(left, row.center().y() - size.height() // 2 + 1, size.width(), size.height())
        self.steps.show()

    def _enter_tree(self) -> None:
        if self._model.shown():
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self._model.index(0))
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
