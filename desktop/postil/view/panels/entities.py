"""The names in the open document, by kind: a legend to the marks, and a way to walk through them."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.panels.entity_bars import ProgressLine, StepBar, StrengthBar
from postil.view.panels.entity_delegate import EntityDelegate, row_widget_room
from postil.view.panels.entity_model import EntityModel
from postil.view.panels.furniture import GAP, EmptyState, FilterBox, FlatTree, column, count_words, header
from postil_db.records import Entity, EntityKind


class EntityTree(FlatTree):
    """Groups that open at a click, and rows that are walked through."""

    walked = Signal(object, int)  # QModelIndex of an entity, direction
    moved = Signal()  # rows are elsewhere now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Names in this document", parent)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(FlatTree.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.expanded.connect(self.moved)
        self.collapsed.connect(self.moved)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a group (but not on its switch) and walks an entity."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.parent().isValid():
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.walked.emit(index, -1 if back else 1)
            return
        delegate = self.itemDelegate()
        if isinstance(delegate, EntityDelegate) and not delegate.on_switch(self.visualRect(index), at.x()):
            self.setExpanded(index, not self.isExpanded(index))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on, Shift+Enter back; on a group it opens or closes."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if index.parent().isValid():
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.walked.emit(index, -1 if back else 1)
            else:
                self.setExpanded(index, not self.isExpanded(index))
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows end elsewhere."""
        super().resizeEvent(event)
        self.moved.emit()


class EntitiesPanel(QWidget):
    """Lists entities by kind; shows how far recognition is."""

    entity_activated = Signal(int)
    step_requested = Signal(int, int)  # entity id, direction
    kinds_changed = Signal(frozenset)
    strength_changed = Signal(object)
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EntityModel(self)
        self._delegate = EntityDelegate(theme, self)
        self._closed: set[EntityKind] = {EntityKind.QUANTITY}
        self._current = -1
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
        layout = column(self)
        layout.addLayout(header(self.filter, self.count))
        layout.addWidget(self.strength)
        layout.addWidget(self.progress)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.note)
        self.setAccessibleName("Names")

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._refilter)
        self.filter.left.connect(self._enter_tree)
        self._model.kinds_changed.connect(self.kinds_changed)
        self.strength.chosen.connect(self.strength_changed)
        self.progress.cancelled.connect(self.cancel_requested)
        self.tree.walked.connect(self._walk)
        self.tree.moved.connect(self._place_steps)
        self.tree.expanded.connect(lambda index: self._remember(index, opened=True))
        self.tree.collapsed.connect(lambda index: self._remember(index, opened=False))
        self.steps.stepped.connect(lambda way: self.step_requested.emit(self._current, way))

    # --- what it shows

    def show_entities(self, entities: Sequence[Entity]) -> None:
        """Show entities by kind, in the order given. What is open, chosen and in view stays."""
        place, chosen = self.tree.verticalScrollBar().value(), self._model.entity(self.tree.currentIndex())
        self._model.show(entities)
        self._settle(chosen.id if chosen is not None else None)
        self.tree.verticalScrollBar().setValue(place)

    def set_current(self, entity_id: int | None, index: int = 0, total: int = 0) -> None:
        """Mark the entity being walked through; its mention `index` (from 1) of `total` is the current one."""
        self._current = -1 if entity_id is None else entity_id
        self.steps.show_place(index, total)
        self._delegate.stepping = self._current
        self._delegate.step_room = row_widget_room(self.steps)
        at = self._model.index_of(self._current)
        if at.isValid():
            self.tree.setExpanded(at.parent(), True)
            self.tree.setCurrentIndex(at)
            self.tree.scrollTo(at)
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
        for part in (self.filter, self.progress, self.steps, self.empty):
            part.set_theme(theme)
        self.tree.viewport().update()

    # --- inside

    def _refilter(self, words: str) -> None:
        chosen = self._model.entity(self.tree.currentIndex())
        self._model.set_filter(words)
        self._settle(chosen.id if chosen is not None else None)

    def _settle(self, chosen: int | None) -> None:
        """After the rows were replaced: open the groups that were open, find the current row again, count."""
        searching = bool(self.filter.text().strip())
        self.tree.blockSignals(True)
        for row, group in enumerate(self._model.groups()):
            self.tree.setExpanded(self._model.index(row), searching or group.kind not in self._closed)
        self.tree.blockSignals(False)
        if chosen is not None and (at := self._model.index_of(chosen)).isValid():
            self.tree.setCurrentIndex(at)
        shown, total = self._model.shown(), self._model.total()
        self.count.setText(count_words(shown, total, "name") if total else "")
        self._say_empty()
        self._place_steps()

    def _say_empty(self) -> None:
        if self._model.total():
            self.empty.say("No name has these letters", "Press Escape in the filter to show all of them.")
        elif self.progress.running():
            self.empty.say("Reading…", "Names appear here as they are found.")
        else:
            self.empty.say("No names yet", "People, places and dates of an open document appear here.")
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
        at = self._model.index_of(self._current) if self._current >= 0 else QModelIndex()
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
