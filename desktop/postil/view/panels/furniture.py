"""What panels have in common: the filter box, the line that counts, and what stands where there is nothing."""

import re
from typing import override

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from postil.view.look.icons import icon
from postil.view.look.theme import Theme

GAP = 8
ICON = QSize(16, 16)
SIGNS = 5
"""How many wide letters the sign of a filter takes, with the space around it."""
_DIGIT = re.compile(r"\d")


class FilterBox(QLineEdit):
    """Types what to show. Escape clears it, Down leaves for the list below."""

    left = Signal()

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._hint = hint
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        for button, name in zip(self.findChildren(QToolButton), (hint, "Clear"), strict=True):
            button.setAccessibleName(name)  # not its action's text: Qt would show the button for that
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icon."""
        self._sign.setIcon(icon("filter", theme, theme.color("faint")))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the hint's first word alone where all of it has no room."""
        super().resizeEvent(event)
        room = self.width() - self.fontMetrics().horizontalAdvance("M") * SIGNS
        fits = self.fontMetrics().horizontalAdvance(self._hint) <= room
        self.setPlaceholderText(self._hint if fits else self._hint.split()[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Down, Enter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FlatTree(QTreeView):
    """A tree whose rows paint their own depth: no header, no branches, one height, no frame."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(name)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the rows where they are under another theme while nobody looks: Qt would ask for every one of them."""
        if event.type() is QEvent.Type.StyleChange and not self.isVisible():
            return QAbstractScrollArea.event(self, event)
        return super().event(event)


class EmptyState(QWidget):
    """An icon, a sentence, and what to do."""

    def __init__(self, theme: Theme, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._icon, self._title, self._hint = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "heading")
        self._hint.setProperty("role", "faint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        for label in (self._icon, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._icon)
            layout.addWidget(label)
        layout.addStretch(3)
        self.set_theme(theme)

    def say(self, title: str, hint: str = "") -> None:
        """Change the words."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._hint.text()}".strip()

    def set_theme(self, theme: Theme) -> None:
        """Tint the icon."""
        self._icon.setPixmap(
            icon(self._sign, theme, theme.color("faint")).pixmap(QSize(32, 32), self.devicePixelRatio())
        )


class ElidedLabel(QLabel):
    """One line of text, elided where it does not fit; the whole of it as a tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "") -> None:
        super().__init__(parent)
        self._whole = text
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Change the text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def whole(self) -> str:
        """The text, not elided."""
        return self._whole

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    @override
    def resizeEvent(self, event: object) -> None:
        """Fit it anew."""
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(24, self.fontMetrics().height())

    @override
    def sizeHint(self) -> QSize:
        """The whole text, if there is room."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, self.fontMetrics().height() + 2)


class CountLabel(QLabel):
    """How many there are. As wide as any count of as many digits: one more moves nothing around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "faint")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def say(self, text: str) -> None:
        """Change the words."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def _fit(self) -> None:
        measure = self.fontMetrics()
        size = QSize(measure.horizontalAdvance(_DIGIT.sub("0", self.text())), measure.height())
        if size != self.maximumSize():
            self.setFixedSize(size)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Fit another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()


def tool_button(sign: str, theme: Theme, name: str, tip: str = "", parent: QWidget | None = None) -> QToolButton:
    """A flat button with an icon; `name` is what a screen reader says."""
    button = QToolButton(parent)
    button.setIcon(icon(sign, theme))
    button.setIconSize(ICON)
    button.setProperty("sign", sign)
    button.setAccessibleName(name)
    button.setToolTip(tip or name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def tint(buttons: list[QToolButton], theme: Theme) -> None:
    """Give buttons made by `tool_button` their icons in another theme."""
    for button in buttons:
        button.setIcon(icon(str(button.property("sign")), theme))


def header(*widgets: QWidget) -> QHBoxLayout:
    """A row at the top of a panel."""
    row = QHBoxLayout()
    row.setContentsMargins(GAP, GAP, GAP, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget)
    return row


def column(parent: QWidget) -> QVBoxLayout:
    """A panel's own layout: no margins, no gaps; its parts bring theirs."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout


def count_words(shown: int, total: int, one: str) -> str:
    """The count line: "12 of 40" under a filter, "40 notes" without."""
    if shown != total:
        return f"{shown:,} of {total:,}"
    return f"{total:,} {one if total == 1 else one + 's'}"
