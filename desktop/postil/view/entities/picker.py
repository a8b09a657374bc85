"""Picks one of all names, found by typing; those most like the one at hand come first."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from postil.view.dialogs.fitting import FittingDialog
from postil.view.entities.ranking import Known
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.page.tips import kind_name
from postil.view.panels.record_model import RECORD, RecordModel
from postil.view.panels.row_delegate import RowDelegate
from postil.view.panels.words import plural

MOST = 500
"""Names listed at most: further ones are found by typing more."""


class _Names(RecordModel[Known]):
    @override
    def key(self, record: Known) -> object:
        return record[:2]

    @override
    def text(self, record: Known) -> str:
        return record[0]

    @override
    def tip(self, record: Known) -> str:
        return f"{record[0]}\n{kind_name(record[1])}, {plural(record[2], 'mention')}"


class _Rows(RowDelegate):
    @override
    def count(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return f"{index.data(RECORD)[2]:,}"

    @override
    def paint_sign(self, painter: QPainter, at: QPointF, index: QModelIndex | QPersistentModelIndex) -> int:
        kind = index.data(RECORD)[1]
        box = QRect(round(at.x()), round(at.y()) - 8, 16, 16)
        icon(kind, self.theme, self.theme.entity(kind)[1]).paint(painter, box)
        return 26


class _Find(QLineEdit):
    """A box whose arrows move in the list below it."""

    def __init__(self, rows: QListView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._rows.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class EntityPicker(FittingDialog):
    """A question, a box to type in, and the names that fit, in the order given but for `like`, which is no answer.

    `among`: names that may well be meant, `like` perhaps with them: they come first.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        names: Sequence[Known],
        like: Known | None,
        act: str = "Merge",
        parent: QWidget | None = None,
        *,
        among: Sequence[Known] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge names" if like is not None else "Find a name")
        words = QLabel(text)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        offered = sorted(among, key=lambda one: -one[2])
        left_out = {one[:2] for one in (*offered, *([like] if like is not None else []))}
        others = [one for one in names if one[:2] not in left_out] if left_out else names
        self._names = [*offered, *others]
        self._plain: list[str] = []
        self._model = _Names(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Rows(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Names")
        self.list.doubleClicked.connect(lambda _index: self.accept())
        self.filter = _Find(self.list)
        self.filter.setPlaceholderText("Type to find")
        self.filter.setAccessibleName("Find a name")
        self.filter.textChanged.connect(self._refilter)
        self.act_button = QPushButton(act)
        self.act_button.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.act_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for part in (words, self.filter, self.list, buttons):
            layout.addWidget(part)
        self.resize(420, 460)
        self._refilter("")

    def chosen(self) -> Known | None:
        """The name chosen, or None where none fits."""
        return self._model.record(self.list.currentIndex())

    def _refilter(self, typed: str) -> None:
        words = typed.casefold().split()
        if words and not self._plain:
            self._plain = [one[0].casefold() for one in self._names]
        plain = zip(self._names, self._plain, strict=True) if words else ((one, "") for one in self._names)
        fitting = (one for one, text in plain if all(word in text for word in words))
        self._model.show([one for one, _n in zip(fitting, range(MOST), strict=False)])
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.act_button.setEnabled(self._model.rowCount() > 0)
