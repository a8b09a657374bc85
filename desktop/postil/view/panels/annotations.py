"""The annotations of the open document, in text order, as cards."""

from collections.abc import Mapping, Sequence
from typing import override

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.annotation_card import AnnotationCard
from postil.view.panels.annotation_delegate import AnnotationDelegate
from postil.view.panels.annotation_list import AnnotationList
from postil.view.panels.annotation_menu import annotation_menu
from postil.view.panels.annotation_model import AnnotationModel, TypedNotes, WordFilter
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
from postil.view.panels.margin_hint import MarginHint
from postil_db.records import Annotation, Color

BESIDE_TIP = "Notes beside the text: cards keep level with their passages"


class AnnotationsPanel(QWidget):
    """Lists, filters and edits annotations. What the reader does goes out as signals; records come back in."""

    activated = Signal(int)
    followed = Signal(int)  # beside the text, the keyboard went to this one: its passage should be in view
    beside_changed = Signal(bool)
    note_changed = Signal(int, str)
    color_changed = Signal(list, object)  # of all these at once
    tag_added = Signal(list, str)
    tag_removed = Signal(int, str)
    remove_requested = Signal(list)
    tag_clicked = Signal(str)
    link_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all: list[Annotation] = []
        self._colors: Mapping[str, Color | None] = {}
        self._typed, self._words = TypedNotes(), WordFilter()
        self._model = AnnotationModel(self)
        self._delegate = AnnotationDelegate(theme, self)
        self.filter = FilterBox(theme, "Filter annotations")
        self.count = CountLabel()
        self.beside_button = tool_button("beside", theme, "Notes beside the text", BESIDE_TIP)
        self.beside_button.setCheckable(True)
        self.list = AnnotationList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.card = AnnotationCard(theme, self.list.viewport())
        self.card.hide()
        self.margin_hint = MarginHint(self.list.viewport())
        self.empty = EmptyState(theme, "highlighter")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = column(self)
        layout.addLayout(header(self.filter, self.count, self.beside_button))
        layout.addSpacing(GAP // 2)  # cards that scroll out go under an edge of their own
        layout.addWidget(self._stack, 1)
        self.setAccessibleName("Annotations of this document")
        self._connect()
        self.set_theme(theme)
        self._refilter()

    def _connect(self) -> None:
        card, rows = self.card, self.list
        self.filter.textChanged.connect(lambda _text: self._refilter())
        self.filter.left.connect(self._enter_list)
        rows.selectionModel().currentChanged.connect(self._current_changed)
        rows.clicked_row.connect(lambda row: self.activated.emit(self._id_at(row)))
        rows.entered.connect(lambda row: self.activated.emit(self._id_at(row)))
        rows.color_requested.connect(self.recolor)
        rows.note_requested.connect(card.edit_note)
        rows.tag_requested.connect(card.edit_tags)
        rows.delete_requested.connect(self.remove)
        rows.context_requested.connect(self._open_menu)
        rows.focus_moved.connect(self._show_focus)
        rows.stepped.connect(lambda row: self.followed.emit(self._id_at(row)))
        rows.placed_changed.connect(self._show_hint)
        self.margin_hint.asked.connect(self._go_to_nearest)
        self.beside_button.toggled.connect(self._set_beside)
        card.activated.connect(self.activated)
        card.note_changed.connect(self._note_typed)
        card.color_chosen.connect(self.recolor)
        card.tag_added.connect(self._tag)
        card.tag_removed.connect(self.tag_removed)
        card.tag_clicked.connect(self.tag_clicked)
        card.link_clicked.connect(self.link_clicked)
        card.remove_requested.connect(self.remove)
        card.resized.connect(self._card_resized)
        card.left.connect(lambda: rows.setFocus(Qt.FocusReason.OtherFocusReason))

    # --- what it shows

    def show_annotations(
        self, annotations: Sequence[Annotation], tag_colors: Mapping[str, Color | None] | None = None
    ) -> None:
        """Show a document's annotations, in this order. The place, the selection and whatever is typed stay."""
        self._all = self._typed.over(annotations)
        if tag_colors is not None:
            if dict(tag_colors) != self._colors:
                self.list.paint_again()
            self._colors = dict(tag_colors)
            self._delegate.set_tag_colors(self._colors)
        self._refilter()

    def put_above(self, part: QWidget) -> None:
        """Put something above the filter and the list."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made so
        layout.insertWidget(0, part)

    def set_tag_names(self, names: Sequence[str]) -> None:
        """What to offer while a tag is typed."""
        self.card.tags.edit.set_names(names)

    def set_current(self, annotation_id: int | None) -> None:
        """Make an annotation the current one and bring it into view; None: none is. Tells nobody."""
        if annotation_id is None:
            self.list.setCurrentIndex(QModelIndex())
            self.list.clearSelection()
            return
        if self._model.row_of(annotation_id) < 0 and any(each.id == annotation_id for each in self._all):
            self.filter.clear()
        row = self._model.row_of(annotation_id)
        if row >= 0 and self.current() != annotation_id:
            with self.list.held():
                self.list.go_to_row(row)
            self.list.scrollTo(self.list.currentIndex())

    def set_beside(self, beside: bool) -> None:
        """Keep the cards beside their passages, or in a list."""
        self.beside_button.setChecked(beside)

    def current(self) -> int | None:
        """The current annotation's id, or None."""
        key = self.list.current_key()
        return key if isinstance(key, int) else None

    def selected(self) -> list[int]:
        """The selected annotations' ids, in text order."""
        return [self._id_at(row) for row in self.list.selected_rows()]

    def edit_note(self, annotation_id: int) -> None:
        """Make an annotation the current one and begin to write its note."""
        self._bring(annotation_id)
        if self.current() == annotation_id:
            self.card.edit_note()

    def edit_tags(self, annotation_id: int) -> None:
        """Make an annotation the current one and begin to type a tag."""
        self._bring(annotation_id)
        if self.current() == annotation_id:
            self.card.edit_tags()

    def save(self) -> None:
        """Tell whatever is typed and not told yet, now: before the document or the window closes."""
        self.card.save()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self._delegate.set_theme(theme)
        for part in (self.filter, self.empty, self.card):
            part.set_theme(theme)
        tint([self.beside_button], theme)
        self._fill_card()
        self.list.measure_again()

    # --- inside: showing

    def _set_beside(self, beside: bool) -> None:
        self.list.set_beside(beside)
        self.beside_changed.emit(beside)

    def _bring(self, annotation_id: int) -> None:
        """Make an annotation current and have its card in view."""
        self.set_current(annotation_id)
        if self.list.beside and self.list.currentIndex().row() not in self.list.placed():
            self.followed.emit(annotation_id)

    def _show_hint(self) -> None:
        rows = self.list
        if rows.beside and rows.isVisible() and not rows.placed():
            self.margin_hint.say(*rows.out_of_view())
            self.margin_hint.stand_in(rows.viewport().width(), rows.viewport().height())
        else:
            self.margin_hint.hide()

    def _go_to_nearest(self, way: int) -> None:
        above, below = self.list.out_of_view()
        self.activated.emit(self._id_at(above - 1 if way < 0 else self._model.rowCount() - below))

    def _refilter(self) -> None:
        current, chosen = self.current(), set(self.selected())
        editing = current if self.card.editing() else None
        shown = self._words.pick(self._all, self.filter.text(), keep=editing)
        with self.list.held():
            self._model.show(shown)
            self._restore(current, chosen)
            self._fill_card()
        self.count.say(count_words(len(shown), len(self._all), "note") if self._all else "")
        self.filter.setEnabled(bool(self._all))
        if not self._all:
            self.empty.say("Nothing marked yet", "Select a passage and press 1–5.")
        elif not shown:
            self.empty.say("No annotation has these words", "Press Escape to show all of them again.")
        self._stack.setCurrentWidget(self.list if shown else self.empty)

    def _restore(self, current: int | None, chosen: set[int]) -> None:
        """Give the list its current row and selection back after its rows were replaced."""
        if current is None or self.current() == current:
            return
        row = self._model.row_of(current)
        if row < 0:
            return
        flags = QItemSelectionModel.SelectionFlag
        picker = self.list.selectionModel()
        picker.setCurrentIndex(self._model.index(row), flags.NoUpdate)
        for one in chosen | {current}:
            if (at := self._model.row_of(one)) >= 0:
                picker.select(self._model.index(at), flags.Select)

    def _current_changed(self, _new: QModelIndex, _old: QModelIndex) -> None:
        with self.list.held():
            self._fill_card()

    def _fill_card(self) -> None:
        """Open the card of the current row; close it where there is none."""
        key = self.current()
        annotation = self._model.record(self._model.row_of(key)) if key is not None else None
        if annotation is None:
            self.card.close_editors()
            self.card.annotation = None
            if self.list.open_key() is not None:
                self.list.open_widget(None, None)
            return
        self.card.resize(self.list.viewport().width(), self.card.height())
        self.card.show_annotation(annotation, self._colors)
        if self.list.open_key() != key:
            self.list.open_widget(key, self.card)

    def _card_resized(self) -> None:
        key = self.list.open_key()
        if key is not None:
            self.list.measure_row(key)
            if self.card.editing():
                self.list.scrollTo(self.list.currentIndex())

    def _show_focus(self) -> None:
        self.card.focused = self.list.hasFocus()
        self.card.update()

    def _enter_list(self) -> None:
        if self._model.rowCount():
            if self.current() is None:
                self.list.go_to_row(0)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _id_at(self, row: int) -> int:
        record = self._model.record(row)
        return record.id if record is not None else -1

    # --- inside: acts

    def _note_typed(self, annotation_id: int, note: str) -> None:
        self._typed.put(annotation_id, note)
        self._all = self._typed.over(self._all)
        self._refilter()
        self.note_changed.emit(annotation_id, note)

    def recolor(self, color: Color) -> None:
        """Give the selected ones another colour."""
        if chosen := self.selected():
            self.color_changed.emit(chosen, color)

    def _tag(self, name: str) -> None:
        if chosen := self.selected():
            self.tag_added.emit(chosen, name)

    def remove(self) -> None:
        """Take the selected ones away."""
        if chosen := self.selected():
            self.remove_requested.emit(chosen)

    def _open_menu(self, at: QPoint) -> None:
        if self.card.annotation is not None:
            self.menu(self.card.annotation).popup(at)

    def menu(self, annotation: Annotation) -> QMenu:
        """What can be done with an annotation, and with those selected beside it."""
        return annotation_menu(self, annotation, self._theme)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Save before it is out of sight."""
        self.save()
        super().hideEvent(event)
