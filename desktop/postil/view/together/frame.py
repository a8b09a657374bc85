"""What the windows of Together and Timeline have in common: a line of choices, a view, and the passages beside it."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from postil.view.look.theme import Theme, dress
from postil.view.panels.furniture import GAP, EmptyState
from postil.view.together.passages import PassagePane

USUAL = QSize(1180, 760)
PASSAGES = 330
"""Width of the passages at first, in pixels."""


class Frame(QWidget):
    """A window beside the main one, which may stand over it; Escape and closing it lead back to the page."""

    opened = Signal(object)  # Passage
    asked = Signal()  # what is shown had better be loaded anew
    scope_changed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, title: str, hint: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setObjectName("frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope = combo("Where", (("this document", True), ("the whole library", False)))
        self.scope.currentIndexChanged.connect(lambda _index: self.scope_changed.emit())
        self.choices = QHBoxLayout()
        self.choices.setContentsMargins(GAP + 4, GAP, GAP + 4, GAP)
        self.choices.setSpacing(GAP)
        self.stack = QStackedWidget()
        self.empty = EmptyState(theme, "find")
        self.pane = PassagePane(theme, hint)
        self.stack.addWidget(self.empty)
        self.pane.opened.connect(self.opened)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.stack)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 1)
        split.setSizes([USUAL.width() - PASSAGES, PASSAGES])
        self.pane.setMinimumWidth(220)
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.choices)
        layout.addWidget(line)
        layout.addWidget(split, 1)
        self.resize(USUAL.boundedTo(self.screen().availableSize()))
        self._theme = theme

    @property
    def here(self) -> bool:
        """Whether one document is looked at, not the library."""
        return bool(self.scope.currentData())

    def set_here(self, possible: bool) -> None:
        """Say whether a document is open, so that it can be looked at alone."""
        item = self.scope.model()
        self.scope.setEnabled(possible)
        if not possible and item is not None and self.here:
            self.scope.setCurrentIndex(1)

    def say(self, *words: str | QWidget) -> None:
        """Fill the line of choices: words between the boxes make it a sentence."""
        for word in words:
            self.choices.addWidget(QLabel(word) if isinstance(word, str) else word)

    def say_empty(self, title: str, hint: str = "") -> None:
        """Show words in the place of the view."""
        self.empty.say(title, hint)
        self.stack.setCurrentWidget(self.empty)
        self.pane.clear()

    def set_theme(self, theme: Theme) -> None:
        """Dress every part."""
        self._theme = theme
        dress(self, theme)
        panel, rule, text, accent, on_accent = (
            theme.color(role).name() for role in ("panel", "line", "text", "accent", "accent_text")
        )
        self.setStyleSheet(
            f"{self.styleSheet()}\n#frame {{ background: {panel}; }} #rule {{ background: {rule}; border: none; }}"
            f"QTableView {{ background: {panel}; gridline-color: {rule}; border: none; border-radius: 0;"
            f" selection-background-color: {accent}; selection-color: {on_accent}; }}"
            f"QHeaderView {{ background: {panel}; }}"
            f"QTableCornerButton::section {{ background: {panel}; border: none; }}"
            f"QHeaderView::section {{ background: {panel}; color: {text}; border: none; padding: 0 8px; }}"
            f"QPushButton:checked {{ background: {accent}; color: {on_accent}; }}"
        )
        self.empty.set_theme(theme)
        self.pane.set_theme(theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so, for the keyboard to go back to the page."""
        super().closeEvent(event)
        self.closed.emit()


def combo(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    """A box of choices: (words, what they stand for)."""
    box = QComboBox()
    box.setAccessibleName(name)
    for words, value in choices:
        box.addItem(words, value)
    return box
