"""The names as a table for Qt: a row each, in the order that was found out elsewhere."""

from collections.abc import Callable, Mapping
from typing import override

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from postil.view.entities.table_rows import COLUMNS, USUAL, Arrangement, Column, Shown, Sort, shown
from postil.view.entities.table_rows import listing as listing_of
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.page.tips import kind_name
from postil.view.panels.entity_model import shortened
from postil.view.panels.words import plural
from postil_db.records import EntityKind, Origin
from postil_db.records.entity_list import ListedEntity

type Index = QModelIndex | QPersistentModelIndex

ORIGINS = {Origin.MODEL: "Model", Origin.RULE: "Rule", Origin.YOU: "You"}
TITLES = {
    Column.NAME: "Name",
    Column.KIND: "Kind",
    Column.ALIASES: "Also written",
    Column.MENTIONS: "Mentions",
    Column.DOCUMENTS: "Documents",
    Column.FIRST: "First seen",
    Column.LAST: "Last seen",
    Column.ORIGIN: "Found by",
    Column.WRITTEN: "Note and tags",
}
_TIPS = {
    Column.FIRST: "The day of the first document that names it",
    Column.LAST: "The day of the last document that names it",
    Column.ORIGIN: "Who says that it is a name: the language model, a rule, or you by a decision",
}
NUMBERS = frozenset((Column.MENTIONS, Column.DOCUMENTS))
_LONGEST = 300
_FORMS = 12
NOTHING = shown(listing_of(None, ()), Arrangement())


class NamesModel(QAbstractTableModel):
    """Shows a `Shown`; where only cells differ and no row does, rows stay where they are."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sight = NOTHING
        self.set_theme(theme)

    def show(self, sight: Shown) -> None:
        """Take other names, or another order of them."""
        same = self.sight.ids == sight.ids
        if not same:
            self.beginResetModel()
        self.sight = sight
        if not same:
            self.endResetModel()
        elif sight.places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(sight.places) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def entity(self, row: int) -> ListedEntity | None:
        """The name in a row."""
        places = self.sight.places
        return self.sight.listing.rows[places[row]] if 0 <= row < len(places) else None

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._icons = {kind: icon(kind, theme, theme.entity(kind)[1]) for kind in EntityKind}
        self._note = icon("note", theme, theme.color("accent"))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row a name."""
        return 0 if parent is not None and parent.isValid() else len(self.sight.places)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        """Everything there is to know."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        one = self.entity(index.row())
        if one is None:
            return None
        column = COLUMNS[index.column()]
        told = _DATA.get(role)
        return (
            self._sign(one, column) if role == Qt.ItemDataRole.DecorationRole else told(one, column) if told else None
        )

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads, with an arrow on the one that the rows are sorted by."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{TITLES[column]}{_arrow(self.sorts, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{_TIPS.get(column, TITLES[column])}. Click to sort"
        return None

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """How the rows are sorted."""
        return self.sight.arrangement.sorts or USUAL

    def _sign(self, one: ListedEntity, column: Column) -> QIcon | None:
        if column is Column.NAME:
            return self._icons[one.kind]
        return self._note if column is Column.WRITTEN and one.note else None


def cell(one: ListedEntity, column: Column) -> str:
    """What a cell says."""
    return _CELLS[column](one)


def _written(one: ListedEntity) -> str:
    note = " ".join(one.note[:_LONGEST].split())
    return "  ".join([*(f"#{tag}" for tag in one.tags), *([note] if note else [])])


_CELLS: Mapping[Column, Callable[[ListedEntity], str]] = {
    Column.NAME: lambda one: one.name,
    Column.KIND: lambda one: kind_name(one.kind),
    Column.ALIASES: lambda one: ", ".join(one.aliases[:_FORMS]),
    Column.MENTIONS: lambda one: f"{one.mentions:,}",
    Column.DOCUMENTS: lambda one: f"{one.documents:,}",
    Column.FIRST: lambda one: one.first_seen,
    Column.LAST: lambda one: one.last_seen,
    Column.ORIGIN: lambda one: ORIGINS[one.origin],
    Column.WRITTEN: _written,
}


def spoken(one: ListedEntity) -> str:
    """A name as a screen reader says it, whichever of its columns are in view."""
    said = [one.name, kind_name(one.kind), f"{plural(one.mentions, 'mention')} in {plural(one.documents, 'document')}"]
    said += ["new to you"] if one.new else []
    said += ["with a note"] if one.note else []
    return ", ".join([*said, *(f"#{tag}" for tag in one.tags)])


def _tip(one: ListedEntity, column: Column) -> str:
    if column in (Column.NAME, Column.ALIASES):
        more = f"and {len(one.aliases) - _FORMS:,} more" if len(one.aliases) > _FORMS else ""
        new = "New to you: no earlier document names it" if one.new else ""
        return "\n".join(part for part in (one.name, *one.aliases[:_FORMS], more, new) if part)
    if column is Column.WRITTEN:
        return "\n".join(part for part in (" ".join(f"#{tag}" for tag in one.tags), shortened(one.note)) if part)
    return ""


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _accessible(one: ListedEntity, column: Column) -> str:
    return spoken(one) if column is Column.NAME else f"{TITLES[column]}: {cell(one, column) or 'none'}"


_DATA: Mapping[int, Callable[[ListedEntity, Column], object]] = {
    Qt.ItemDataRole.DisplayRole: cell,
    Qt.ItemDataRole.TextAlignmentRole: lambda _one, column: _side(column),
    Qt.ItemDataRole.AccessibleTextRole: _accessible,
    Qt.ItemDataRole.ToolTipRole: _tip,
}


def _arrow(sorts: tuple[Sort, ...], column: Column) -> str:
    first, largest = sorts[0]
    return "" if first is not column else "  ↓" if largest else "  ↑"
