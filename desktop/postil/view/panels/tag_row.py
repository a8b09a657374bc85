"""The tags of the open card: chips to click and to take off, and a place to type another."""

from collections.abc import Mapping, Sequence
from typing import override

from PySide6.QtCore import QPointF, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QWidget

from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.flow_row import FlowRow
from postil_db.records import Color

_CROSS = 14  # room for the cross at a chip's end


class Chip(QWidget):
    """One tag. A click on it asks for its notes, one on the cross (or Delete) takes it off."""

    clicked = Signal(str)
    removed = Signal(str)

    def __init__(self, name: str, color: Color | None, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._color, self._theme = color, theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Tag {name}")
        self.setAccessibleDescription("Enter shows all notes with it, Delete takes it off.")
        self.setToolTip(f"{name}\nClick: all notes with this tag. ×: take it off.")

    @override
    def sizeHint(self) -> QSize:
        """Its name and the cross."""
        font = self.font()
        return QSize(style.chip_width(self.name, font, 10_000, _CROSS), style.chip_height(font))

    @override
    def minimumSizeHint(self) -> QSize:
        """A letter or two."""
        return QSize(48, style.chip_height(self.font()))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip, the cross, and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, mirrored = QRectF(self.rect()), self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ground, edge, ink = style.chip_colors(self._color, self._theme)
        painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else QPen(edge, 1))
        painter.setBrush(ground)
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        font = style.chip_font(self.font())
        painter.setFont(font)
        painter.setPen(ink)
        words = box.adjusted(style.CHIP_PAD, 0, -style.CHIP_PAD - _CROSS + 4, 0)
        if mirrored:
            words.translate(_CROSS - 4, 0)
        shown = QFontMetricsF(font).elidedText(self.name, Qt.TextElideMode.ElideMiddle, words.width() + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        middle, arm = self._cross().center(), 3.0
        painter.setPen(QPen(ink, 1.3))
        painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
        painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow the tag or take it off."""
        if event.button() != Qt.MouseButton.LeftButton or not self.rect().contains(event.position().toPoint()):
            return
        (self.removed if self._cross().contains(event.position()) else self.clicked).emit(self.name)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the card does not."""
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or space follows, Delete or Backspace takes off."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self.name)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.name)
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRectF:
        """Where the cross is: the whole end of the chip, so that it is easy to hit."""
        width = style.CHIP_PAD + _CROSS
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - width + 2
        return QRectF(left, 0, width - 2, self.height())


class TagEdit(QLineEdit):
    """Types one or more tags, with the library's tags to choose from. Enter or a comma adds; Escape leaves."""

    added = Signal(str)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.setPlaceholderText("Tag, another tag…")
        self.setAccessibleName("Add tags, separated by commas")
        self.setMaxLength(200)
        self.textEdited.connect(self._split)

    def set_names(self, names: Sequence[str]) -> None:
        """What to offer."""
        self._names.setStringList(list(names))

    def names(self) -> list[str]:
        """What is offered."""
        return self._names.stringList()

    def take(self) -> None:
        """Add what is typed."""
        self._add(self.text())
        self.clear()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, or leaves when there is nothing to add; Escape drops what is typed and leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.done.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip():
                self.take()
            else:
                self.done.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Add what is typed before leaving; a list that pops up is no leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.take()
            self.done.emit()

    def _choose(self, name: str) -> None:
        self._add(name)
        self.clear()

    def _split(self, text: str) -> None:
        if "," in text:
            *whole, rest = text.split(",")
            for name in whole:
                self._add(name)
            self.setText(rest.lstrip())

    def _add(self, name: str) -> None:
        if clean := " ".join(name.split()):
            self.added.emit(clean)


class TagRow(FlowRow):
    """Chips in lines, then "+ tag", then whatever else belongs there (`last`)."""

    clicked = Signal(str)
    added = Signal(str)
    removed = Signal(str)
    done = Signal()  # the reader has left the place to type

    def __init__(self, theme: Theme, last: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=4)
        self._theme = theme
        self._last = last
        self._chips: list[Chip] = []
        self.add_button = QPushButton("+ tag", self, flat=True)
        self.add_button.setAccessibleName("Add a tag")
        self.add_button.setToolTip("Add a tag (T)")
        self.add_button.setStyleSheet(style.SMALL_BUTTON)
        self.add_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.edit = TagEdit(self)
        self.edit.setFixedWidth(168)
        self.edit.hide()
        self.add_button.clicked.connect(self.start)
        self.edit.added.connect(self.added)
        self.edit.done.connect(self._stop)
        for widget in (self.add_button, self.edit, last):
            self._flow.addWidget(widget)

    def show_tags(self, tags: Sequence[str], colors: Mapping[str, Color | None], theme: Theme) -> None:
        """Show these, in this order; what is being typed stays."""
        self._theme = theme
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        fixed = (self.add_button, self.edit, self._last)
        for widget in fixed:
            self._flow.removeWidget(widget)
        self._chips = []
        before: QWidget | None = None
        for name in tags:
            chip = Chip(name, colors.get(name), theme, self)
            chip.clicked.connect(self.clicked)
            chip.removed.connect(self.removed)
            self._flow.addWidget(chip)
            self._chips.append(chip)
            chip.show()
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip
        for widget in fixed:
            self._flow.addWidget(widget)
        self._last.setFixedHeight(style.chip_height(self.font()))
        self.add_button.setFixedHeight(style.chip_height(self.font()))
        self.updateGeometry()

    def chips(self) -> list[Chip]:
        """The chips, in order."""
        return list(self._chips)

    def start(self) -> None:
        """Begin to type a tag."""
        self.add_button.hide()
        self.edit.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.updateGeometry()

    def editing(self) -> bool:
        """Whether a tag is being typed."""
        return not self.edit.isHidden()

    def _stop(self) -> None:
        if self.editing():
            self.edit.hide()
            self.add_button.show()
            self.updateGeometry()
            self.done.emit()
