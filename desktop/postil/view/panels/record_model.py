"""A flat item model over a tuple of records, known by their keys."""

from collections.abc import Hashable, Sequence
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

type Index = QModelIndex | QPersistentModelIndex

RECORD = int(Qt.ItemDataRole.UserRole)


class RecordModel[T](QAbstractListModel):
    """Shows records in the order given. Showing the same keys again touches only the rows that differ.

    So a list keeps its place, its selection and its measured heights through the many small refreshes that follow a
    reader's acts.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: list[T] = []
        self._rows: dict[Hashable, int] = {}

    def key(self, record: T) -> Hashable:
        """What makes a record the same one after a change."""
        raise NotImplementedError

    def text(self, record: T) -> str:
        """What a screen reader says for a record."""
        raise NotImplementedError

    def tip(self, record: T) -> str:
        """What hovering over a record tells."""
        raise NotImplementedError

    def show(self, records: Sequence[T]) -> None:
        """Replace what is shown."""
        keys = [self.key(record) for record in records]
        if keys == list(self._rows):
            self._replace(records)
            return
        self.beginResetModel()
        self._records = list(records)
        self._rows = {key: row for row, key in enumerate(keys)}
        self.endResetModel()

    def keys(self) -> list[Hashable]:
        """The keys, in order."""
        return list(self._rows)

    def records(self) -> list[T]:
        """The records, in order."""
        return list(self._records)

    def record(self, index: Index | int) -> T | None:
        """The record at an index or row, or None where there is none."""
        row = index if isinstance(index, int) else index.row()
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, key: Hashable) -> int:
        """The row of a key, or -1."""
        return self._rows.get(key, -1)

    def refresh(self, key: Hashable) -> None:
        """Have the row of `key`, if there is one, drawn and measured again."""
        row = self.row_of(key)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row a record."""
        return 0 if parent is not None and parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The record, its words, or its tip."""
        record = self.record(index) if index.isValid() else None
        if record is None:
            return None
        if role == RECORD:
            return record
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(record)
        return self.tip(record) if role == Qt.ItemDataRole.ToolTipRole else None

    def _replace(self, records: Sequence[T]) -> None:
        for row, (old, new) in enumerate(zip(self._records, records, strict=True)):
            if old is not new and old != new:
                self._records[row] = new
                self.dataChanged.emit(self.index(row), self.index(row))
