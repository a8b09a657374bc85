"""The small toolbar beside a selection: five colours, tag, note, copy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil_db.records import Color

if TYPE_CHECKING:
    from postil.view.keys import Bindings

GAP = 8
"""Pixels between the toolbar and the words it is for."""


class SelectionBar(QFrame):
    """Floats over the page; never takes the keyboard, so that the selection keeps it."""

    color_chosen = Signal(object)
    tag_chosen = Signal()
    note_chosen = Signal()
    copy_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Mark the selection")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(3)
        names = ("Yellow", "Green", "Blue", "Pink", "Purple")
        self.dots: dict[Color, _Dot] = {}
        for color, name in zip(Color, names, strict=True):
            dot = _Dot(color, name, theme, self)
            dot.setAccessibleName(f"Highlight: {name}")
            dot.clicked.connect(lambda _checked=False, color=color: self.color_chosen.emit(color))
            row.addWidget(dot)
            self.dots[color] = dot
        row.addSpacing(4)
        row.addWidget(_Separator(self))
        row.addSpacing(4)
        self.buttons = {
            "tag": self._button("Tag", self.tag_chosen),
            "note": self._button("Note", self.note_chosen),
            "copy": self._button("Copy", self.copy_chosen),
        }
        for button in self.buttons.values():
            row.addWidget(button)
        self.set_theme(theme)
        self.hide()

    def set_bindings(self, bindings: "Bindings") -> None:
        """Say by which keys the same is done."""
        for color, dot in self.dots.items():
            dot.key = bindings.hint(f"mark_{color}")
            dot.setToolTip(_with_key(dot.name, dot.key))
        for name, button in self.buttons.items():
            button.setToolTip(_with_key(button.accessibleName(), bindings.hint(name)))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        for name, button in self.buttons.items():
            button.setIcon(icon(name, theme))
        for dot in self.dots.values():
            dot.theme = theme
        self.update()

    def place(self, words: QRect, inside: QRect) -> bool:
        """Show it above the words, or below where there is more room; False (and hidden) if neither is free.

        `words`: the bounds of what is selected and in view, `inside`: where the bar may be; both in the parent's
        coordinates.
        """
        size = self.sizeHint()
        x = min(max(inside.left() + GAP, words.center().x() - size.width() // 2), inside.right() - size.width() - GAP)
        above = words.top() - size.height() - GAP
        below = words.bottom() + GAP
        if above >= inside.top() + GAP // 2:
            y = above
        elif below + size.height() <= inside.bottom() - GAP // 2:
            y = below
        else:
            self.hide()
            return False
        self._show_at(QPoint(max(inside.left(), x), y))
        return True

    def place_over(self, inside: QRect) -> None:
        """Show it at the foot of the view, for a selection that leaves no other room."""
        size = self.sizeHint()
        x = inside.center().x() - size.width() // 2
        self._show_at(QPoint(max(inside.left(), x), inside.bottom() - size.height() - GAP))

    def _show_at(self, point: QPoint) -> None:
        self.setGeometry(QRect(point, self.sizeHint()))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw a raised, rounded card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1.5, 0.5, -1.5, -2.5)
        shadow = QColor(self._theme.color("shadow"))
        for step, alpha in ((2.0, 0.10), (1.0, 0.16)):
            shadow.setAlphaF(alpha)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shadow)
            painter.drawRoundedRect(area.translated(0, step).adjusted(-0.5, 0, 0.5, 0), 10, 10)
        painter.setBrush(self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRoundedRect(area, 9, 9)

    def _button(self, tip: str, chosen: object) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(chosen)
        return button


class _Dot(QAbstractButton):
    """A colour with the key that chooses it."""

    def __init__(self, color: Color, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.color, self.name, self.key, self.theme = color, name, "", theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        fill, line = self.theme.highlight(self.color)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 2.5 if self.underMouse() else 3.5
        painter.setPen(QPen(line, 2.2 if self.underMouse() else 1.5))
        painter.setBrush(fill)
        painter.drawEllipse(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(self.theme.color("text"))
        if len(self.key) == 1:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.key)


def _with_key(words: str, key: str) -> str:
    return f"{words} ({key})" if key else words


class _Separator(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(1, 20)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        color = self.palette().color(self.foregroundRole())
        color.setAlphaF(0.18)
        painter.fillRect(self.rect(), color)
