"""What the results have in common, with counts: a click narrows the search to it, or to what is without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyleOptionViewItem, QWidget

from postil.view.look.icons import dot, icon
from postil.view.look.theme import Theme
from postil.view.panels.entity_model import TITLES as TITLES_OF_KINDS
from postil.view.panels.row_delegate import PAD, RowDelegate
from postil.view.panels.text_block import scaled
from postil_db.index.language import add_clause, clauses, drop_clause
from postil_db.records import Color, Facet

TITLES = {
    "tag": "Tags",
    "entity": "Names",
    "kind": "Kinds of names",
    "color": "Colours",
    "document": "Documents",
    "month": "Months",
}
"""The fields, in the order in which they are shown; the groups have buttons of their own."""

_KINDS = {str(kind): title for kind, title in TITLES_OF_KINDS.items()}
SHOWN = 5
"""So many of each field are shown at first."""
LINE = int(Qt.ItemDataRole.UserRole)
type Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (no facet), a facet, or what shows the rest (`more`: how many). `held`: 1 in force, -1 its contrary."""

    field: str
    facet: Facet | None = None
    more: int = 0
    held: int = 0

    @property
    def words(self) -> str:
        """What it says."""
        if self.facet is not None:
            if self.field == "kind":
                return _KINDS.get(self.facet.value, self.facet.label)
            return self.facet.label.capitalize() if self.field == "color" else self.facet.label
        return f"{self.more} more…" if self.more else TITLES[self.field]


class FacetModel(QAbstractListModel):
    """Headings and facets, one under another."""

    lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these."""
        if list(lines) != list(self.lines):
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row each."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line, its words, or its words and count."""
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and line.facet is not None:
            held = {1: ", chosen", -1: ", excluded"}.get(line.held, "")
            return f"{TITLES[line.field]}: {line.words}, {line.facet.count:,}{held}"
        if role == Qt.ItemDataRole.ToolTipRole and line.facet is not None:
            return f"{line.words}\nClick: only these. Ctrl+click: without these."
        return line.words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        line = self.data(index, LINE)
        heading = not isinstance(line, Line) or (line.facet is None and not line.more)
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FacetDelegate(RowDelegate):
    """A tick or a bar where it is in force, the words, the count."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A close line; more room above a heading."""
        line = index.data(LINE)
        heading = isinstance(line, Line) and line.facet is None and not line.more
        extra = 16 if heading and index.row() else 8
        return QSize(100, option.fontMetrics.height() + extra)

    @override
    def count(self, index: Index) -> str:
        """How many results have it."""
        line = index.data(LINE)
        return f"{line.facet.count:,}" if isinstance(line, Line) and line.facet is not None else ""

    @override
    def strong(self, index: Index) -> bool:
        """What is in force is bold."""
        line = index.data(LINE)
        return isinstance(line, Line) and bool(line.held)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A heading is small and bold, at the bottom of its room."""
        line = index.data(LINE)
        if not isinstance(line, Line) or line.facet is not None or line.more:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setFont(scaled(option.font, 0.88, bold=True))
        painter.setPen(self.theme.color("faint"))
        box = option.rect.adjusted(PAD, 0, -PAD, -3)
        painter.drawText(box, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, line.words)
        painter.restore()

    @override
    def faint(self, index: Index) -> bool:
        """What shows the rest."""
        line = index.data(LINE)
        return isinstance(line, Line) and line.facet is None

    @override
    def paint_sign(self, painter: QPainter, at: QPointF, index: Index) -> int:
        """A tick, a bar, or a colour's dot."""
        line = index.data(LINE)
        if not isinstance(line, Line) or line.facet is None:
            return 0
        place = at.toPoint() - QPoint(1, 7)
        if line.held:
            sign = icon("check" if line.held > 0 else "minus", self.theme, self.theme.color("accent"))
        elif line.field == "color" and line.facet.value in set(Color):
            sign = dot(Color(line.facet.value), self.theme)
        else:
            return 0
        sign.paint(painter, place.x(), place.y(), 14, 14)
        return 19


class FacetList(QListView):
    """Enter, Space or a click narrows the search; minus, or Ctrl with either, excludes."""

    query_changed = Signal(str)
    left = Signal()  # Escape: back to the results

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._query = theme, ""
        self._facets: Sequence[Facet] = ()
        self._whole: set[str] = set()
        self.lines = FacetModel(self)
        self._delegate = FacetDelegate(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Narrow the search")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.clicked.connect(lambda index: self._take(index, without=_control()))

    def show_facets(self, facets: Sequence[Facet], query: str) -> None:
        """Show what the results of a query have in common."""
        if query != self._query:
            self._whole.clear()
        self._facets, self._query = [one for one in facets if one.field in TITLES], query
        self._refresh()

    def show_query(self, query: str) -> None:
        """Tick what is in force in another query, until its own facets come."""
        self._query = query
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = self._delegate.theme = theme
        self.viewport().update()

    def menu(self, line: Line) -> QMenu:
        """What can be done with a facet."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self.lines.index(list(self.lines.lines).index(line))
        menu.addAction("Any" if line.held > 0 else "Only these\tEnter", lambda: self._take(index, without=False))
        menu.addAction("Any" if line.held < 0 else "Without these\t−", lambda: self._take(index, without=True))
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this list."""
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(index, without=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Delete):
            self._take(index, without=True)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _take(self, index: Index, *, without: bool) -> None:
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        if line.facet is None:
            self._whole.add(line.field)
            self._refresh()
        else:
            self.query_changed.emit(toggled(self._query, line.facet.clause, without=without))

    def _refresh(self) -> None:
        row = self.currentIndex().row()
        lines: list[Line] = []
        for field in TITLES:
            some = [one for one in self._facets if one.field == field]
            if not some:
                continue
            shown = some if field in self._whole else some[:SHOWN]
            lines.append(Line(field))
            lines += [Line(field, one, held=held(self._query, one.clause)) for one in shown]
            if len(some) > len(shown):
                lines.append(Line(field, more=len(some) - len(shown)))
        self.lines.show(lines)
        if 0 <= row < len(lines) and self.currentIndex().row() != row:
            self.setCurrentIndex(self.lines.index(row))

    def _open_menu(self, at: QPoint) -> None:
        line = self.indexAt(at).data(LINE)
        if isinstance(line, Line) and line.facet is not None:
            self.menu(line).popup(self.viewport().mapToGlobal(at))


def held(query: str, clause: str) -> int:
    """Whether a clause is in force in a query: 1, its contrary: -1, or neither."""
    found = _find(query, clause)
    return 0 if found < 0 else -1 if clauses(query)[found].negated else 1


def toggled(query: str, clause: str, *, without: bool = False) -> str:
    """A query with a clause (or its contrary) where it was without, and without it where it had it."""
    now, found = held(query, clause), _find(query, clause)
    rest = drop_clause(query, found) if found >= 0 else query
    if now == (-1 if without else 1):
        return rest
    return add_clause(rest, f"-{clause}" if without else clause)


def _find(query: str, clause: str) -> int:
    """The number of a clause in a query, negated or not; -1 if it is not there."""
    wanted = [(one.field, one.value.casefold()) for one in clauses(clause)]
    for number, one in enumerate(clauses(query)):
        if wanted and (one.field, one.value.casefold()) == wanted[0]:
            return number
    return -1


def _control() -> bool:
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
