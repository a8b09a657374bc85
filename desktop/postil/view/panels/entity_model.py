"""Entities grouped by kind, filtered by words.

Of a long group only the beginning has rows, and more of it once a reader has come to their end: a tree asks for every
row there is before it shows the first one, and a book names tens of thousands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, Signal

from postil.view.panels.record_model import RECORD, Index
from postil.view.panels.words import plural
from postil_db.records import Entity, EntityKind, EntityNote

NEW = RECORD + 1
"""Whether no earlier document names the entity of a row."""
WRITTEN = RECORD + 2
"""Whether the reader wrote or tagged anything about it."""

TITLES = {
    EntityKind.PERSON: "People",
    EntityKind.ORG: "Organisations",
    EntityKind.PLACE: "Places",
    EntityKind.DATE: "Dates",
    EntityKind.EVENT: "Events",
    EntityKind.DOCUMENT: "Documents",
    EntityKind.GROUP: "Groups",
    EntityKind.PRODUCT: "Products",
    EntityKind.QUANTITY: "Quantities",
}
SHOWN = frozenset(EntityKind) - {EntityKind.QUANTITY}
"""The kinds that are marked unless the reader says otherwise."""


STEP = 60
"""So many entities of a group have rows at first, and get some each time that the last row comes into view."""
MOST = 600
"""Beyond that the filter is the way to find one."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The row under those of a group that has more entities than rows: how many more."""

    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A kind and its entities, as far as the filter lets them through. `rows`: what there are rows of."""

    kind: EntityKind
    entities: Sequence[Entity]
    rows: "list[Entity | Rest]"


_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_ENTITY = _ROW | Qt.ItemFlag.ItemNeverHasChildren
_GROUP = _ROW | Qt.ItemFlag.ItemIsUserCheckable


class EntityModel(QAbstractItemModel):
    """Two levels: kinds that have entities, each with a switch; and the entities, as given."""

    kinds_changed = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entities: Sequence[Entity] = ()
        self._groups: list[Group] = []
        self._places: dict[int, tuple[int, int]] = {}  # entity id -> rows of its group and in it
        self._room: dict[EntityKind, int] = {}
        self._revealed = 0
        self._words = ""
        self._searched: list[str] | None = None
        self._only_new = False
        self.news: frozenset[int] = frozenset()
        self.written: Mapping[int, EntityNote] = {}
        self.kinds = SHOWN

    def show(self, entities: Sequence[Entity]) -> None:
        """Replace the entities."""
        if entities is self._entities or not (entities or self._entities):
            return
        if not entities:
            self._room.clear()
        self._entities, self._searched = entities, None
        self._regroup()

    @property
    def entities(self) -> Sequence[Entity]:
        """All entities, filtered or not."""
        return self._entities

    def set_filter(self, words: str) -> None:
        """Let through those whose name or another form holds every word."""
        self._words = words
        self._room.clear()
        self._regroup()

    def grow(self, kind: EntityKind) -> None:
        """Make rows of some more entities of a kind."""
        self._room[kind] = min(MOST, self._room.get(kind, STEP) + STEP)
        self._regroup()

    def can_grow(self, group: Group) -> bool:
        """Whether there is more of a group to make rows of."""
        return self._room.get(group.kind, STEP) < min(MOST, len(group.entities))

    @property
    def crowded(self) -> bool:
        """Whether many entities have rows only because they were walked to."""
        return self._revealed > STEP

    def trim(self) -> None:
        """Take those rows away."""
        self._regroup()

    def reveal(self, entity_id: int) -> QModelIndex:
        """Where an entity is, with a row of its own if it had none; an invalid index if the filter keeps it out."""
        if entity_id not in self._places:
            for row, group in enumerate(self._groups):
                entity = next((one for one in group.entities if one.id == entity_id), None)
                if entity is not None:
                    place = len(group.rows) - 1  # above the rest
                    self.beginInsertRows(self.index(row), place, place)
                    group.rows.insert(place, entity)
                    self._places[entity_id] = row, place
                    self._revealed += 1
                    self.endInsertRows()
                    break
        return self.index_of(entity_id)

    def set_known(self, news: frozenset[int], written: Mapping[int, EntityNote]) -> None:
        """Say which entities are new to the reader, and what is written about which."""
        if (news, written) != (self.news, self.written):
            self.news, self.written = news, written
            if self._only_new:
                self._regroup()
            for row, group in enumerate(self._groups):
                top = self.index(row)
                self.dataChanged.emit(self.index(0, 0, top), self.index(len(group.rows) - 1, 0, top))

    def set_only_new(self, only: bool) -> None:
        """Let through only those that are new to the reader, or all."""
        self._only_new = only
        self._regroup()

    def count_new(self) -> int:
        """How many are new to the reader, filtered or not."""
        return sum(entity.id in self.news for entity in self._entities) if self.news else 0

    def set_kinds(self, kinds: frozenset[EntityKind]) -> None:
        """Switch kinds on, the others off."""
        self.kinds = kinds
        if self._groups:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._groups) - 1, 0))

    def total(self) -> int:
        """How many entities there are, filtered or not."""
        return len(self._entities)

    def shown(self) -> int:
        """How many the filter lets through."""
        return sum(len(group.entities) for group in self._groups)

    def groups(self) -> list[Group]:
        """The groups, in order."""
        return list(self._groups)

    def entity(self, index: Index) -> Entity | None:
        """The entity of a row, or None for a group's."""
        record = index.data(RECORD) if index.isValid() else None
        return record if isinstance(record, Entity) else None

    def index_of(self, entity_id: int) -> QModelIndex:
        """Where an entity is; an invalid index if it has no row."""
        if entity_id not in self._places:
            return QModelIndex()
        row, place = self._places[entity_id]
        return self.index(place, 0, self.index(row, 0))

    @override
    def index(self, row: int, column: int = 0, parent: Index | None = None) -> QModelIndex:
        """A group's index has the internal id 0, an entity's that of its group's row plus one."""
        # A tree asks for every row that it lays out.
        if parent is None or not parent.isValid():
            group, rows = 0, len(self._groups)
        elif parent.internalId():
            return QModelIndex()
        else:
            group = parent.row() + 1
            rows = len(self._groups[group - 1].rows)
        return self.createIndex(row, 0, group) if 0 <= row < rows and column == 0 else QModelIndex()

    @override
    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        """The group of an entity."""
        group = index.internalId() if index is not None and index.isValid() else 0
        return self.createIndex(group - 1, 0, 0) if group else QModelIndex()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """Groups, or a group's entities."""
        if parent is None or not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() else len(self._groups[parent.row()].rows)

    @override
    def columnCount(self, _parent: Index | None = None) -> int:
        """One."""
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The record, its words, or the switch."""
        if not index.isValid():
            return None
        group = index.internalId()
        record = self._groups[group - 1].rows[index.row()] if group else self._groups[index.row()]
        if role == RECORD:
            return record
        if isinstance(record, Group):
            return self._group_data(record, role)
        if isinstance(record, Rest):
            said = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return rest_words(record) if said else None
        return self._entity_data(record, role)

    def _entity_data(self, entity: Entity, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return entity.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((entity.name, plural(entity.count, "mention"), *self._remarks(entity)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((entity.name, *entity.aliases[:12], *self._remarks(entity)))
        if role == NEW:
            return entity.id in self.news
        return entity.id in self.written if role == WRITTEN else None

    def _remarks(self, entity: Entity) -> list[str]:
        """What else there is to say of it."""
        said = ["new to you: no earlier document names it"] if entity.id in self.news else []
        kept = self.written.get(entity.id)
        if kept is not None:
            said += [part for part in (shortened(kept.note), ", ".join(f"#{tag}" for tag in kept.tags)) if part]
        return said

    def _group_data(self, group: Group, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[group.kind]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{TITLES[group.kind]}, {len(group.entities)}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if group.kind in self.kinds else Qt.CheckState.Unchecked
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Switch a kind on or off."""
        record = index.data(RECORD)
        if role != Qt.ItemDataRole.CheckStateRole or not isinstance(record, Group):
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.kinds = self.kinds | {record.kind} if on else self.kinds - {record.kind}
        self.dataChanged.emit(index, index)
        self.kinds_changed.emit(self.kinds)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups can be switched."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _ENTITY if index.internalId() else _GROUP

    def _regroup(self) -> None:
        by_kind: dict[EntityKind, list[Entity]] = {kind: [] for kind in EntityKind}
        for entity in self._let_through():
            by_kind[entity.kind].append(entity)
        self.beginResetModel()
        self._revealed = 0
        self._groups = [self._group(kind, found) for kind, found in by_kind.items() if found]
        self._places = {
            one.id: (row, place)
            for row, group in enumerate(self._groups)
            for place, one in enumerate(group.rows)
            if isinstance(one, Entity)
        }
        self.endResetModel()

    def _group(self, kind: EntityKind, entities: list[Entity]) -> Group:
        room = self._room.get(kind, STEP)
        more = len(entities) - room
        return Group(kind, entities, [*entities[:room], Rest(more)] if more > 0 else [*entities])

    def _let_through(self) -> Sequence[Entity]:
        """The entities that the filter lets through."""
        words, found = self._words.casefold().split(), self._entities
        if words:
            if self._searched is None:
                self._searched = ["\n".join((one.name, *one.aliases)).casefold() for one in self._entities]
            rows = zip(found, self._searched, strict=True)
            found = [one for one, text in rows if all(word in text for word in words)]
        return [one for one in found if one.id in self.news] if self._only_new else found


def rest_words(rest: Rest) -> str:
    """What is said of the entities of a group that have no rows."""
    return f"{rest.count:,} more: type above to find one"


def shortened(note: str, most: int = 300) -> str:
    """A note, cut where it is too long for a tip."""
    return note if len(note) <= most else note[: most - 1] + "…"
