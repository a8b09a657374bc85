"""The rows of the shortcuts page: a heading for each menu, and under it the commands with their keys."""

from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from postil.view.commands import Commands
from postil.view.keys import native
from postil.view.look import keycaps
from postil.view.look.theme import Theme
from postil.view.panels.row_delegate import CENTRE, PAD, paint_ground
from postil.view.panels.text_block import scaled

type Index = QModelIndex | QPersistentModelIndex

ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Row:
    """A command as it stands in the list, or (without a name) a heading."""

    name: str
    title: str
    place: str
    keys: tuple[str, ...] = ()
    changed: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        if not self.name:
            return self.title
        keys = " or ".join(self.keys) or "no key"
        return f"{self.title}: {keys}" + (", changed" if self.changed else "")


class ShortcutModel(QAbstractListModel):
    """The commands that a filter lets through, under their headings."""

    def __init__(self, commands: Commands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._wanted = ""
        self.rows: list[Row] = []
        self.refresh()

    def filter(self, wanted: str) -> None:
        """Show only what has these words in its name, its menu or its keys."""
        self._wanted = wanted
        self.refresh()

    def refresh(self) -> None:
        """Read all keys again."""
        rows: list[Row] = []
        bindings, place = self._commands.bindings, ""
        for name, listed in self._commands.listed.items():
            keys = tuple(native(key) for key in bindings.keys(name))
            row = Row(name, listed.command.title, listed.place, keys, bindings.changed(name))
            if not self._fits(row):
                continue
            if row.place != place:
                place = row.place
                rows.append(Row("", place, place))
            rows.append(row)
        if [row.name for row in rows] == [row.name for row in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def row_of(self, name: str) -> int:
        """The row of a command, or of the first there is."""
        found = [number for number, row in enumerate(self.rows) if row.name]
        return next((number for number in found if self.rows[number].name == name), found[0] if found else -1)

    def _fits(self, row: Row) -> bool:
        words = f"{row.title} {row.place} {' '.join(row.keys)}".casefold()
        return all(word in words for word in self._wanted.casefold().split())

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row a command or heading."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row, or its words."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        return row.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        named = index.isValid() and bool(self.rows[index.row()].name)
        chosen = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return chosen if named else Qt.ItemFlag.NoItemFlags


class ShortcutDelegate(QStyledItemDelegate):
    """Paints the rows: the name, a dot for keys that were changed, the keys at the end."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line; headings stand a little apart."""
        line = round(QFontMetricsF(option.font).height())
        return QSize(160, line + (16 if index.data(ROW).name else 20))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(PAD + 2, 0, -PAD - 2, 0)
        if not row.name:
            painter.setFont(scaled(option.font, 0.88, bold=True))
            painter.setPen(self.theme.color("faint"))
            painter.drawText(box.adjusted(0, 8, 0, 0), CENTRE, row.title)
            painter.restore()
            return
        paint_ground(painter, option, self.theme)
        keycaps.paint(painter, row.keys, box, option.font, self.theme)
        room = max(box.width() - keycaps.width(row.keys, option.font) - 10, 40)
        painter.setFont(option.font)
        painter.setPen(self.theme.color("text"))
        words = QFontMetricsF(option.font).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(box.left(), box.top(), room + 2, box.height()), CENTRE, words)
        if row.changed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            ends = box.left() + QFontMetricsF(option.font).horizontalAdvance(words)
            painter.drawEllipse(QRectF(ends + 8, box.center().y() - 2.5, 6, 6))
        painter.restore()
