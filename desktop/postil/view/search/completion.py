"""What may stand at the caret, in a small list under it; the keyboard stays in the line."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.panels.row_delegate import PAD, RowDelegate
from postil_db.records import Completion

SHOWN = 8
WIDEST, NARROWEST = 460, 220
OFFER = int(Qt.ItemDataRole.UserRole)
type Index = QModelIndex | QPersistentModelIndex


class CompletionModel(QAbstractListModel):
    """The offers, in the order of their likelihood."""

    offers: Sequence[Completion] = ()

    def show(self, offers: Sequence[Completion]) -> None:
        """Show these."""
        self.beginResetModel()
        self.offers = list(offers)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """One row each."""
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What would be typed; for a screen reader with what it means."""
        if not 0 <= index.row() < len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == OFFER:
            return offer
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = f"{offer.count:,}" if offer.count else ""
            return ", ".join(part for part in (offer.text.rstrip(), detail(offer), count) if part)
        return offer.text.rstrip() if role == Qt.ItemDataRole.DisplayRole else None


class CompletionDelegate(RowDelegate):
    """What would be typed, what it means, and how often it is used."""

    @override
    def count(self, index: Index) -> str:
        """How often it is used."""
        offer = index.data(OFFER)
        return f"{offer.count:,}" if isinstance(offer, Completion) and offer.count else ""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row, and the meaning after the words where there is room."""
        super().paint(painter, option, index)
        offer = index.data(OFFER)
        if not isinstance(offer, Completion) or not (words := detail(offer)):
            return
        left = option.rect.left() + PAD + QFontMetricsF(option.font).horizontalAdvance(offer.text) + 14
        taken = QFontMetricsF(option.font).horizontalAdvance(self.count(index)) + PAD + 10
        room = option.rect.right() - taken - left
        if room < 30:
            return
        font = meta_font(option.font)
        painter.save()
        painter.setFont(font)
        painter.setPen(self.theme.color("faint"))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        box = option.rect.adjusted(int(left - option.rect.left()), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class CompletionPopup(QFrame):
    """Lies over the window under the line; arrows choose, Tab and Enter take, Escape puts it away."""

    chosen = Signal(object)  # Completion

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line: QWidget | None = None
        self.model = CompletionModel(self)
        self._delegate = CompletionDelegate(theme, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Completions")
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.addWidget(self.list)
        parent.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    def offer(self, offers: Sequence[Completion], line: QWidget, left: int) -> None:
        """Show what can be completed under `line`, `left` pixels from its start; nothing is chosen yet."""
        self._line = line
        self.model.show(offers)
        self.list.setCurrentIndex(QModelIndex())
        over = self.parentWidget()
        if over is None:
            return
        rows = min(len(offers), SHOWN)
        height = rows * max(self.list.sizeHintForRow(0), 24) + 10
        wide = QFontMetricsF(self.font()).horizontalAdvance
        wanted = max(wide(one.text) + wide(detail(one)) + 90 for one in offers[:SHOWN])
        room = over.width() - 16
        width = int(min(max(wanted, NARROWEST), WIDEST, room))
        at = line.mapTo(over, QPoint(left, line.height() + 2))
        self.setGeometry(max(8, min(at.x(), over.width() - width - 8)), at.y(), width, height)
        self.show()
        self.raise_()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._delegate.theme = theme

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for the list: then it is done."""
        key, row = event.key(), self.list.currentIndex().row()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and plain:
            self._go(row + (1 if key == Qt.Key.Key_Down else -1))
            return True
        if key == Qt.Key.Key_Tab and plain:
            self._choose(max(row, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._choose(row)
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Go away when the window changes its size: the line is elsewhere then."""
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False

    def _go(self, row: int) -> None:
        """Choose a row; before the first and after the last one nothing is chosen, as at first."""
        count = self.model.rowCount()
        target = count - 1 if row < -1 else row if row < count else -1
        index = self.model.index(target) if target >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if not index.isValid():
            self.list.clearSelection()
        words = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
        if words and self._line is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._line, words))

    def _choose(self, row: int) -> None:
        offer = self.model.index(row).data(OFFER)
        if isinstance(offer, Completion):
            self.hide()
            self.chosen.emit(offer)


def detail(offer: Completion) -> str:
    """What is to be said besides the words that would be typed."""
    return offer.label if offer.label and offer.label not in offer.text else ""
