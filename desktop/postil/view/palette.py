"""The palette: a box over the window in which every command, document, section and tag is found by typing."""

from collections.abc import Callable, Sequence
from typing import override

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.palette_rows import OFFER, Offer, OfferDelegate, OfferModel, choose

WIDEST = 680
SHARE = 0.72
"""Of the window's height, at most."""
SHADOW = 14
HINT = "Find a command, document, section or tag"
FOOT = "> commands   @ sections   # tags"
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_PageUp: -8,
}  # fmt: skip


class Palette(QFrame):
    """Shows offers and does the one that is chosen; closes as soon as the keyboard goes elsewhere."""

    chosen = Signal(object)  # Offer

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, parent
        self._offers: Sequence[Offer] = ()
        self._before: QWidget | None = None
        self._model = OfferModel(self)
        self._delegate = OfferDelegate(theme, self)
        self.line = PaletteLine()
        self.list = OfferList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.foot = QLabel(FOOT)
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 1, SHADOW + 1, SHADOW + 1, SHADOW + 1)
        column.setSpacing(0)
        for part in (self.line, self.list, self.foot):
            column.addWidget(part)
        self.setAccessibleName(HINT)
        self.line.textChanged.connect(self._search)
        self.line.stepped.connect(self._step)
        self.line.entered.connect(lambda: self._take(self.list.currentIndex().row()))
        self.line.left.connect(self.close_palette)
        self.line.lost.connect(self.hide)
        self.list.pressed.connect(lambda index: self._take(index.row()))
        parent.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    def open(self, offers: Sequence[Offer]) -> None:
        """Show what there is to choose, with the keyboard in the line."""
        self._offers = offers
        self._before = self._over.focusWidget()
        self.line.clear()
        self._search("")
        self.show()
        self.raise_()
        self._place()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def shown(self) -> list[Offer]:
        """What fits what is typed."""
        return list(self._model.offers)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self._delegate.set_theme(theme)
        line, faint, text = (theme.color(role).name() for role in ("line", "faint", "text"))
        self.line.setStyleSheet(
            "QLineEdit, QLineEdit:focus { border: none; background: transparent; padding: 12px 16px;"
            f" color: {text}; border-bottom: 1px solid {line}; border-radius: 0; }}"
        )
        self.list.setStyleSheet("QListView { background: transparent; border: none; padding: 6px 0; }")
        self.foot.setStyleSheet(f"QLabel {{ color: {faint}; border-top: 1px solid {line}; padding: 6px 18px; }}")
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a raised card with a soft shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(SHADOW + 0.5, SHADOW + 0.5, -SHADOW - 0.5, -SHADOW - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        shadow = QColor(self._theme.color("shadow"))
        shadow.setAlphaF(0.09 if self._theme.dark else 0.02)
        painter.setBrush(shadow)
        for reach in range(SHADOW, 0, -2):  # fewer and darker ones: the faintest would be rounded to other hues
            painter.drawRoundedRect(card.adjusted(-reach, -reach + 5, reach, min(reach + 5, SHADOW)), 12, 12)
        painter.setBrush(self._theme.color("raised"))
        painter.setPen(QPen(mix(self._theme.color("line"), self._theme.color("text"), 0.2), 1))
        painter.drawRoundedRect(card, 10, 10)

    def _search(self, typed: str) -> None:
        self._model.show(choose(self._offers, typed))
        self.list.scrollToTop()
        self._go(self._model.next_row(-1, 1))
        self.foot.setText(FOOT if self._model.offers else "Nothing is called that.")
        self._place()

    def _step(self, step: int) -> None:
        self._go(self._model.next_row(self.list.currentIndex().row(), step))

    def _go(self, row: int) -> None:
        index = self._model.index(row)
        self.list.setCurrentIndex(index)
        if row <= 1:
            self.list.scrollToTop()  # so that the first heading is seen
        words = str(index.data() or "")
        self.line.setAccessibleDescription(words)
        if words and self.line.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, words))

    def _take(self, row: int) -> None:
        """Do what a row offers; one that cannot be done now stays and says why."""
        offer = self._model.index(row).data(OFFER)
        if not isinstance(offer, Offer) or offer.do is None:
            return
        if offer.why:
            self.foot.setText(f"{offer.why}.")
            return
        do: Callable[[], object] = offer.do
        self.close_palette()
        self.chosen.emit(offer)
        do()

    def _place(self) -> None:
        """As wide and as high as its window lets it be, near the top."""
        room = self._over.rect()
        width = min(WIDEST, room.width() - 2 * SHADOW)
        rows = sum(self.list.sizeHintForRow(row) for row in range(min(self._model.rowCount(), 40)))
        edges = self.line.sizeHint().height() + self.foot.sizeHint().height() + 2
        height = min(rows + 14 + edges, round(room.height() * SHARE))
        top = max(0, min(round(room.height() * 0.08), room.height() - height - SHADOW))
        box = QRect((room.width() - width) // 2, top, width, height)
        self.setGeometry(box.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))


class OfferList(QListView):
    """The offers; the keyboard stays in the line above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("What can be chosen")

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only the first button chooses."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)


class PaletteLine(QLineEdit):
    """Where one types; keys that mean nothing in a line go to the list."""

    stepped = Signal(int)
    entered = Signal()
    left = Signal()
    lost = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(HINT)
        self.setAccessibleName(HINT)
        self.setMaxLength(200)

    @override
    def event(self, event: QEvent) -> bool:
        """Have Tab, too."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else 0
        if step := _STEPS.get(pressed, 0):
            self.stepped.emit(step)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard went elsewhere, unless it left the whole window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.lost.emit()
