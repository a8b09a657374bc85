"""Tags every mention of a name, or every place of a phrase: all are listed, and what is not meant is left out."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, override

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from postil.anchors.offsets import Utf16
from postil.view import acts_entities as acts
from postil.view.dialogs.fitting import FittingDialog
from postil.view.look.icons import dot
from postil.view.look.theme import Theme
from postil.view.panels.entity_page_rows import cut_before
from postil.view.panels.furniture import FilterBox
from postil.view.panels.record_model import RECORD, Index
from postil.view.panels.row_delegate import CENTRE, PAD, paint_count, paint_ground
from postil.view.panels.text_block import TextBlock, scaled
from postil_db.records import Color
from postil_db.records.entity_page import Met, Shown

if TYPE_CHECKING:
    from postil.view.parts import Parts

type Line = Met | Shown
BATCH = 500
_CHECK = Qt.ItemDataRole.CheckStateRole


class PlacesModel(QAbstractListModel):
    """Documents, and the places in each; all of a document's are ticked or not with it."""

    ticked = Signal()

    def __init__(self, found: Sequence[Met], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._met = tuple(found)
        self._total = sum(len(met.passages) for met in self._met)
        self._off: dict[int, set[tuple[int, int]]] = {met.document_id: set() for met in self._met}
        self._folded: dict[int, list[str]] = {}
        self._lines: list[Line] = []
        self.filter("")

    def filter(self, words: str) -> None:
        """List only what holds every word."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._lines = []
        for met in self._met:
            title = met.title.casefold()
            missing = [word for word in wanted if word not in title]
            here = list(met.passages)
            if missing:
                here = [one for one, text in zip(here, self._texts(met), strict=True) if _holds(text, missing)]
            if here:
                self._lines += [met, *here]
        self.endResetModel()

    def _texts(self, met: Met) -> list[str]:
        """The words around each place of a document, as they are searched."""
        if met.document_id not in self._folded:
            self._folded[met.document_id] = [one.text.casefold() for one in met.passages]
        return self._folded[met.document_id]

    def chosen(self) -> list[Shown]:
        """The places that are ticked, listed or not."""
        return [
            one for met in self._met for one in met.passages if (one.start, one.end) not in self._off[one.document_id]
        ]

    def count(self) -> int:
        """How many are ticked."""
        return self._total - sum(map(len, self._off.values()))

    def total(self) -> int:
        """How many places there are."""
        return self._total

    def listed(self) -> list[Shown]:
        """The places that the filter lets through."""
        return [line for line in self._lines if isinstance(line, Shown)]

    def tick(self, places: Sequence[Shown], *, on: bool) -> None:
        """Tick places, or take their ticks away."""
        for number, some in groupby(places, key=lambda one: one.document_id):
            changed = {(one.start, one.end) for one in some}
            self._off[number] = self._off[number] - changed if on else self._off[number] | changed
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1), [_CHECK])
        self.ticked.emit()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None
        if line is None:
            return None
        if role == RECORD:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.title if isinstance(line, Met) else line.text
        return self._state(line) if role == _CHECK else None

    def _state(self, line: Line) -> Qt.CheckState:
        off = self._off[line.document_id]
        if isinstance(line, Shown):
            return Qt.CheckState.Unchecked if (line.start, line.end) in off else Qt.CheckState.Checked
        if not off:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if len(off) == len(line.passages) else Qt.CheckState.PartiallyChecked

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = index.data(RECORD)
        if role != _CHECK or line is None:
            return False
        places = line.passages if isinstance(line, Met) else (line,)
        self.tick(places, on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsUserCheckable if index.isValid() else flags(0)


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


class PlaceDelegate(QStyledItemDelegate):
    """Paints a tick and one line; a click anywhere on the row, or the space bar, ticks."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, round(QFontMetricsF(option.font).height()) + 12)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme)
        line, row = index.data(RECORD), QRectF(option.rect)
        state = Qt.CheckState(index.data(_CHECK))
        whole = isinstance(line, Met)
        left = row.left() + PAD + (0 if whole else 20)
        self._tick(painter, option, QRectF(left, row.center().y() - 8, 16, 16), state)
        left, right = left + 26, row.right() - PAD
        if whole:
            right -= paint_count(painter, option, f"{line.count:,}", right, self.theme) + 10
            font = scaled(option.font, 1.0, bold=True)
            painter.setFont(font)
            painter.setPen(self.theme.color("text"))
            shown = QFontMetricsF(font).elidedText(line.title, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRectF(left, row.top(), right - left + 2, row.height()), CENTRE, shown)
        else:
            self._passage(painter, option, line, QRectF(left, row.top(), right - left, row.height()), state)
        painter.restore()

    def _passage(
        self, painter: QPainter, option: QStyleOptionViewItem, one: Shown, room: QRectF, state: Qt.CheckState
    ) -> None:
        """The words around the place, cut before it so that it is in view."""
        bold = QTextCharFormat()
        bold.setFontWeight(600)
        measure = QFontMetricsF(option.font)
        text, at = cut_before(one, measure, room.width() * 0.4)
        units = Utf16(text)
        marks = [(units.to_utf16(at), units.to_utf16(at + one.length), bold)]
        block = TextBlock(text, option.font, room.width(), max_lines=1, marks=marks)
        ink = self.theme.color("text" if state == Qt.CheckState.Checked else "faint")
        block.draw(painter, room.left(), room.center().y() - block.height / 2, ink)

    def _tick(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, state: Qt.CheckState) -> None:
        how = QStyleOptionButton()
        how.rect = box.toAlignedRect()
        how.state = (
            QStyle.StateFlag.State_Enabled
            | {
                Qt.CheckState.Checked: QStyle.StateFlag.State_On,
                Qt.CheckState.Unchecked: QStyle.StateFlag.State_Off,
                Qt.CheckState.PartiallyChecked: QStyle.StateFlag.State_NoChange,
            }[state]
        )
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, how, painter, option.widget)

    @override
    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        released = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        space = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
        )
        if not released and not space:
            return False
        on = Qt.CheckState(index.data(_CHECK)) == Qt.CheckState.Checked
        new = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return index.model().setData(index, new, _CHECK)


class TagAllDialog(FittingDialog):
    """All places with ticks, the tag, the colour."""

    def __init__(
        self, theme: Theme, name: str, found: Sequence[Met], tags: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tag every mention")
        self.model = PlacesModel(found, self)
        heading = QLabel(f"Tag every mention of “{name}”")
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.tag = QLineEdit()
        completer = QCompleter(list(tags), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.tag.setCompleter(completer)
        self.tag.setPlaceholderText("Tag")
        self.tag.setAccessibleName("Tag")
        self.color = QComboBox()
        self.color.setAccessibleName("Colour")
        for color in Color:
            self.color.addItem(dot(color, theme), color.capitalize(), color)
        self.filter = FilterBox(theme, "Filter places")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlaceDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)  # tens of thousands of places: some at a time
        self.list.setBatchSize(BATCH)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Places")
        self.all_button, self.none_button = QPushButton("All", flat=True), QPushButton("None", flat=True)
        self.count = QLabel()
        self.count.setProperty("role", "faint")
        self.act_button = QPushButton("Tag")
        self.act_button.setDefault(True)
        self._lay_out(heading)
        self._connect()
        self.resize(640, 560)
        self._say()
        self.tag.setFocus()

    def _lay_out(self, heading: QLabel) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.act_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        top, middle = QHBoxLayout(), QHBoxLayout()
        for part, stretch in ((self.tag, 1), (self.color, 0)):
            top.addWidget(part, stretch)
        middle.addWidget(self.filter, 1)
        for widget in (self.count, self.all_button, self.none_button):
            widget.setMinimumWidth(0)
            if isinstance(widget, QPushButton):
                widget.setAutoDefault(False)
            middle.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addLayout(top)
        layout.addLayout(middle)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.model.filter)
        self.filter.left.connect(self.list.setFocus)
        self.all_button.clicked.connect(lambda: self.model.tick(self.model.listed(), on=True))
        self.none_button.clicked.connect(lambda: self.model.tick(self.model.listed(), on=False))
        self.model.ticked.connect(self._say)
        self.tag.textChanged.connect(lambda _text: self._say())

    def chosen(self) -> list[acts.Wanted]:
        """The places to be tagged."""
        return [acts.Wanted(one.document_id, one.start, one.end) for one in self.model.chosen()]

    def tag_name(self) -> str:
        """The tag."""
        return " ".join(self.tag.text().split())

    def chosen_color(self) -> Color:
        """The colour of new marks."""
        return Color(self.color.currentData())

    @override
    def accept(self) -> None:
        """Go on once there are a tag and places."""
        if self.act_button.isEnabled():
            super().accept()

    def _say(self) -> None:
        chosen, total = self.model.count(), self.model.total()
        self.count.setText(f"{total:,}" if chosen == total else f"{chosen:,} of {total:,}")
        self.act_button.setText(f"Tag {chosen:,} place{'' if chosen == 1 else 's'}")
        self.act_button.setEnabled(bool(chosen and self.tag_name()))


def connect(dialog: TagAllDialog, parts: "Parts") -> None:
    """Tag what was chosen when the dialog is left by its button."""

    def tag() -> None:
        name = dialog.tag_name()

        def done(tagged: acts.Tagged) -> None:
            count = tagged.made + tagged.known
            words = f"{count:,} place{'' if count == 1 else 's'} tagged “{name}”."
            parts.window.messages.show_news(words, undoable=True)

        act = acts.tag_places(places=dialog.chosen(), name=name, color=dialog.chosen_color())
        parts.work.act(act, done, initiator=dialog.parent())

    dialog.accepted.connect(tag)
