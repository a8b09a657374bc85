"""The library's tags: to follow, rename, merge, colour and delete."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QStyleOptionViewItem, QWidget

from postil.view.dialogs.choose import ChooseDialog
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.look.icons import dot, icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import CountLabel, EmptyState, FilterBox, FlatTree, column, count_words, header
from postil.view.panels.row_delegate import PAD, RowDelegate
from postil.view.panels.tag_model import NAME, TAG, TagModel
from postil.view.panels.words import plural
from postil_db.records import Color, Tag

type Index = QModelIndex | QPersistentModelIndex

SIGN = 20  # room for the dot


class TagDelegate(RowDelegate):
    """A colour dot, the name, the count."""

    @override
    def count(self, index: Index) -> str:
        """Annotations that carry it."""
        tag = index.data(TAG)
        return f"{tag.count:,}" if isinstance(tag, Tag) else ""

    @override
    def faint(self, index: Index) -> bool:
        """A mere part of a path is."""
        return not isinstance(index.data(TAG), Tag)

    @override
    def indent(self, index: Index) -> int:
        """Deeper parts of a path stand further in."""
        return 16 * (str(index.data(NAME)).count("/") if index.parent().isValid() else 0)

    @override
    def paint_sign(self, painter: QPainter, at: QPointF, index: Index) -> int:
        """A dot; hollow for tags without a colour."""
        tag = index.data(TAG)
        color = tag.color if isinstance(tag, Tag) else None
        if color is None:
            painter.setPen(QPen(self.theme.color("faint"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.highlight(color)[1])
        painter.drawEllipse(at + QPointF(5, 0), 4.5, 4.5)
        return SIGN

    @override
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line that fills the row."""
        editor = QLineEdit(parent)
        editor.setStyleSheet("QLineEdit, QLineEdit:focus { padding: 0 5px; min-height: 0; }")
        editor.setAccessibleName("Name of the tag")
        return editor

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """From where the name begins to where the row ends."""
        left = PAD + self.indent(index) + SIGN - 8
        editor.setGeometry(option.rect.adjusted(left, 2, -PAD, -2))


class TagTree(FlatTree):
    """Tags, all open; Enter or a click follows one."""

    followed = Signal(object)  # QModelIndex
    delete_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tags", parent)
        self.setItemsExpandable(False)
        self.setEditTriggers(FlatTree.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click follows."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.followed.emit(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows, Delete deletes."""
        editing = self.state() == FlatTree.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.followed.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class TagsPanel(QWidget):
    """Lists the library's tags."""

    activated = Signal(str)
    renamed = Signal(str, str)  # old, new
    merged = Signal(str, str)  # source, target
    deleted = Signal(str)
    color_changed = Signal(str, object)  # Color or None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = TagModel(self)
        self._delegate = TagDelegate(theme, self)
        self.filter = FilterBox(theme, "Filter tags")
        self.count = CountLabel()
        self.tree = TagTree()
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(self._delegate)
        self.empty = EmptyState(theme, "tag")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.empty)
        layout = column(self)
        layout.addLayout(header(self.filter, self.count))
        layout.addSpacing(8)
        layout.addWidget(self._stack, 1)
        self.setAccessibleName("Tags of the library")
        self.filter.textChanged.connect(self._refilter)
        self.filter.left.connect(self._enter_tree)
        self._model.rename_requested.connect(self._rename)
        self.tree.followed.connect(self._follow)
        self.tree.delete_pressed.connect(self.delete_current)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self._settle("")

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show the library's tags; the current one stays current."""
        current = self._current_name()
        if self._model.show(tags):
            self._settle(current)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = self._delegate.theme = theme
        self.filter.set_theme(theme)
        self.empty.set_theme(theme)
        self.tree.viewport().update()

    def rename_current(self) -> None:
        """Edit the current tag's name in place."""
        if self._model.tag(self.tree.currentIndex()) is not None:
            self.tree.edit(self.tree.currentIndex())

    def merge_current(self) -> None:
        """Ask which tag the current one should become part of."""
        tag = self._model.tag(self.tree.currentIndex())
        others = [name for name in self._model.names() if tag is not None and name != tag.name]
        if tag is None or not others:
            return
        words = f"Every annotation with “{tag.name}” gets this tag instead:"
        target = ChooseDialog.ask(self, f"Merge “{tag.name}”", words, others, "Merge")
        if target is not None:
            self.merged.emit(tag.name, target)

    def delete_current(self) -> None:
        """Ask, and delete the current tag."""
        tag = self._model.tag(self.tree.currentIndex())
        if tag is None:
            return
        words = f"It is taken off {plural(tag.count, 'annotation')}; the annotations stay. You can undo this."
        if not tag.count or ConfirmDialog.ask(self, f"Delete the tag “{tag.name}”?", words, "Delete tag"):
            self.deleted.emit(tag.name)

    # --- inside

    def _current_name(self) -> str:
        return str(self.tree.currentIndex().data(NAME) or "")

    def _refilter(self, words: str) -> None:
        current = self._current_name()
        self._model.set_filter(words)
        self._settle(current)

    def _settle(self, current: str) -> None:
        self.tree.expandAll()
        item = self._model.item_of(current)
        if item is not None:
            self.tree.setCurrentIndex(item.index())
        shown, total = len(self._model.shown()), len(self._model.names())
        self.count.say(count_words(shown, total, "tag") if total else "")
        self.filter.setEnabled(total > 0)
        if total:
            self.empty.say("No tag has these letters", "Press Escape in the filter to show all of them.")
        else:
            self.empty.say("No tags yet", "Select a highlight and press T.")
        self._stack.setCurrentWidget(self.tree if shown else self.empty)

    def _rename(self, old: str, new: str) -> None:
        """A new name that another tag has means to merge; that is asked first."""
        taken = next((name for name in self._model.names() if name.casefold() == new.casefold() and name != old), None)
        if taken is None:
            self.renamed.emit(old, new)
            return
        words = f"There is a tag “{taken}” already. Should “{old}” become part of it?"
        if ConfirmDialog.ask(self, "Merge the two tags?", words, "Merge"):
            self.merged.emit(old, taken)

    def _follow(self, index: QModelIndex) -> None:
        tag = self._model.tag(index)
        if tag is not None:
            self.activated.emit(tag.name)

    def _enter_tree(self) -> None:
        if self._model.shown():
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self._model.index(0, 0))
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_menu(self, at: QPoint) -> None:
        tag = self._model.tag(self.tree.indexAt(at))
        if tag is not None:
            self.menu(tag).popup(self.tree.viewport().mapToGlobal(at))

    def menu(self, tag: Tag) -> QMenu:
        """What can be done with a tag."""
        menu, theme = QMenu(self), self._theme
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show its annotations\tEnter", lambda: self.activated.emit(tag.name))
        menu.addSeparator()
        menu.addAction(icon("edit", theme), "Rename\tF2", self.rename_current)
        merge = menu.addAction(icon("merge", theme), "Merge into…", self.merge_current)
        merge.setEnabled(len(self._model.names()) > 1)
        colors = menu.addMenu("Colour")
        choices: list[Color | None] = [None, *Color]
        for color in choices:
            act = QAction(color.capitalize() if color else "None", colors)
            if color:
                act.setIcon(dot(color, theme))
            act.triggered.connect(lambda _on=False, one=color: self.color_changed.emit(tag.name, one))
            colors.addAction(act)
        menu.addSeparator()
        menu.addAction(icon("trash", theme), "Delete…\tDel", self.delete_current)
        return menu
