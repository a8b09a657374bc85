"""The library's tags as a tree: `policy/defence` stands under `policy`."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from postil.view.panels.record_model import Index
from postil.view.panels.words import plural
from postil_db.records import Tag

NAME = int(Qt.ItemDataRole.UserRole) + 1
TAG = int(Qt.ItemDataRole.UserRole) + 2


class TagModel(QStandardItemModel):
    """A row's text is the last part of a tag's name; what is edited is the whole of it.

    A part of a path that is no tag itself has a row too, but nothing can be done to it.
    """

    rename_requested = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tags: tuple[Tag, ...] = ()
        self._words = ""
        self._items: dict[str, QStandardItem] = {}

    def show(self, tags: Sequence[Tag]) -> bool:
        """Replace the tags; whether anything changed."""
        if tuple(tags) == self._tags:
            return False
        self._tags = tuple(tags)
        self._build()
        return True

    def set_filter(self, words: str) -> None:
        """Show only tags whose name holds every word."""
        self._words = words
        self._build()

    def names(self) -> list[str]:
        """Every tag's name, filtered or not."""
        return [tag.name for tag in self._tags]

    def shown(self) -> list[Tag]:
        """The tags that the filter lets through."""
        words = self._words.casefold().split()
        return [tag for tag in self._tags if all(word in tag.name.casefold() for word in words)]

    def tag(self, index: Index) -> Tag | None:
        """The tag of a row, or None."""
        tag = index.data(TAG) if index.isValid() else None
        return tag if isinstance(tag, Tag) else None

    def item_of(self, name: str) -> QStandardItem | None:
        """The row of a name, or None."""
        return self._items.get(name)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """An edited name is a wish: the tags that come back show whether it was granted."""
        if role != Qt.ItemDataRole.EditRole:
            return super().setData(index, value, role)
        tag, new = self.tag(index), " ".join(str(value).split()).strip("/")
        if tag is None or not new or new == tag.name:
            return False
        self.rename_requested.emit(tag.name, new)
        return True

    def _build(self) -> None:
        self.clear()
        self._items = {}
        for tag in sorted(self.shown(), key=lambda one: one.name.casefold()):
            item = self._item(tag.name)
            item.setData(tag, TAG)
            item.setEditable(True)
            item.setToolTip(f"{tag.name}\n{plural(tag.count, 'annotation')}")
            item.setAccessibleText(f"{tag.name}, {plural(tag.count, 'annotation')}")

    def _item(self, name: str) -> QStandardItem:
        """The row of a name, made with those above it if it is not there yet."""
        known = self._items.get(name)
        if known is not None:
            return known
        above, _, last = name.rpartition("/")
        item = _Item(last or name, name)
        parent = self._item(above) if above and last else self.invisibleRootItem()
        parent.appendRow(item)
        self._items[name] = item
        return item


class _Item(QStandardItem):
    """Shows the last part of a name, edits the whole."""

    def __init__(self, shown: str, name: str) -> None:
        super().__init__(shown)
        self._name = name
        self.setData(name, NAME)
        self.setEditable(False)

    @override
    def data(self, role: int = NAME) -> object:
        """The whole name where it is edited."""
        return self._name if role == Qt.ItemDataRole.EditRole else super().data(role)
