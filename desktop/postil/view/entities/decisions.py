"""The decisions that stand: what was ruled, when, what each changes; to be withdrawn, carried out and in."""

from collections.abc import Hashable
from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from postil.exchange.decision_words import counted, said
from postil.view import acts_entities as acts
from postil.view.dialogs.fitting import FittingDialog
from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.panels.furniture import EmptyState, FilterBox
from postil.view.panels.record_model import RECORD, RecordModel
from postil.view.panels.row_delegate import PAD, paint_ground
from postil.view.panels.text_block import TextBlock
from postil.view.panels.words import full_time, short_time
from postil_db.records import Decision, Effect


class DecisionModel(RecordModel[Decision]):
    """The latest decision first; what each changes comes in as it is found out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles: dict[int, str] = {}
        self.effects: dict[int, Effect] = {}

    @override
    def key(self, record: Decision) -> Hashable:
        return record.id

    @override
    def text(self, record: Decision) -> str:
        return said(record.what, self.titles.get(record.what.document_id or 0, ""))

    @override
    def tip(self, record: Decision) -> str:
        return f"{self.text(record)}\n{full_time(record.created_at)}"

    def detail(self, record: Decision) -> str:
        """When it was made, and what it changes."""
        effect = self.effects.get(record.id)
        changes = (
            "" if effect is None else f" · changes {counted(effect)}" if effect.mentions else " · changes nothing now"
        )
        return f"{short_time(record.created_at)}{changes}"


class DecisionDelegate(QStyledItemDelegate):
    """Two lines: what was ruled; when, and what it changes."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, round(QFontMetricsF(option.font).height() * 1.9) + 18)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme)
        row, record = QRectF(option.rect), index.data(RECORD)
        model = index.model()
        width = row.width() - 2 * PAD
        block = TextBlock(str(index.data()), option.font, width, max_lines=1)
        block.draw(painter, row.left() + PAD, row.top() + 8, self.theme.color("text"))
        if isinstance(model, DecisionModel):
            font = meta_font(option.font)
            painter.setFont(font)
            painter.setPen(self.theme.color("faint"))
            words = QFontMetricsF(font).elidedText(model.detail(record), Qt.TextElideMode.ElideRight, width)
            base = row.top() + 8 + block.height + QFontMetricsF(font).ascent() + 3
            painter.drawText(QPointF(row.left() + PAD, base), words)
        painter.restore()


class DecisionList(QListView):
    """Rows; Delete withdraws those chosen."""

    withdraw_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdraw_asked.emit()
        else:
            super().keyPressEvent(event)


class DecisionsDialog(FittingDialog):
    """All decisions, and what can be done with them."""

    withdraw_asked = Signal(list)
    export_asked = Signal()
    import_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Decisions about names")
        self._all: list[Decision] = []
        self._told = False
        self.model = DecisionModel(self)
        words = QLabel("What you ruled about names, the latest first. It holds for documents that come later, too.")
        words.setWordWrap(True)
        self.filter = FilterBox(theme, "Filter decisions")
        self.list = DecisionList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(DecisionDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Decisions")
        self.empty = EmptyState(theme, "check")
        self.withdraw_button = QPushButton("Withdraw")
        self.export_button, self.import_button = QPushButton("Export…"), QPushButton("Import…")
        self._stack = QStackedWidget()
        self._lay_out(words)
        self._connect()
        self.resize(560, 520)
        self.filter.setFocus()
        self._refilter()

    def _lay_out(self, words: QLabel) -> None:
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        below = QHBoxLayout()
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        self.close_button = close.button(QDialogButtonBox.StandardButton.Close)
        for button in (self.withdraw_button, self.export_button, self.import_button):
            button.setAutoDefault(False)
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(self.filter)
        layout.addWidget(self._stack, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._refilter())
        self.filter.left.connect(self.list.setFocus)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.list.withdraw_asked.connect(self._ask)
        self.withdraw_button.clicked.connect(self._ask)
        self.export_button.clicked.connect(self.export_asked)
        self.import_button.clicked.connect(self.import_asked)

    def show_decisions(self, ruled: acts.Ruled) -> None:
        """Show these, the latest first."""
        self._all = list(reversed(ruled.decisions))
        self.model.titles = dict(ruled.titles)
        self._refilter()
        if not self._told:
            self._told = True
            (self.filter if self._all else self.close_button).setFocus()

    def show_effect(self, decision_id: int, effect: Effect) -> None:
        """Show what a decision changes."""
        self.model.effects[decision_id] = effect
        self.model.refresh(decision_id)

    def chosen(self) -> list[int]:
        """The decisions that are chosen."""
        records = [self.model.record(index) for index in self.list.selectedIndexes()]
        return [one.id for one in records if one is not None]

    def _ask(self) -> None:
        if chosen := self.chosen():
            self.withdraw_asked.emit(chosen)

    def _refilter(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [one for one in self._all if all(word in self.model.text(one).casefold() for word in words)]
        self.model.show(shown)
        if self._all:
            self.empty.say("No decision has these words", "Press Escape in the filter to show all of them.")
        else:
            self.empty.say("Nothing decided yet", "Right-click a name to rename it, merge it, or say that it is none.")
        self._stack.setCurrentWidget(self.list if shown else self.empty)
        self.filter.setEnabled(bool(self._all))
        self._enable()

    def _enable(self) -> None:
        self.withdraw_button.setEnabled(bool(self.list.selectedIndexes()))
        self.export_button.setEnabled(bool(self._all))
