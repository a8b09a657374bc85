"""The review of a newer version, above the notes: which passages changed or are lost, the old and the new words."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP, tint, tool_button
from postil.view.panels.orphan_marks import marked_changes
from postil.view.reviewing import Shown
from postil_db.records import AnchorState


class OrphanBar(QFrame):
    """Shows one annotation at a time, and what can be done with it; away where there is nothing to look at."""

    step_requested = Signal(int)
    accept_requested = Signal()
    accept_all_requested = Signal()
    pin_requested = Signal()
    lost_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._shown = theme, Shown()
        self.setObjectName("review")
        self.setAccessibleName("Review of the newer version")
        self.count, self.place = QLabel(), QLabel()
        self.count.setProperty("role", "heading")
        self.place.setProperty("role", "faint")
        self.begin = QPushButton("Review")
        self.previous = tool_button("previous", theme, "Previous change")
        self.next = tool_button("next", theme, "Next change")
        self.was, self.now, self.advice = QLabel(), QLabel(), QLabel()
        self._titles = QLabel("Was"), QLabel("Now")
        self.accept, self.pin = QPushButton("Accept"), QPushButton("Pin here")
        self.lost, self.accept_all = QPushButton("Keep as lost"), QPushButton("Accept all")
        self._build()
        self._connect()
        self.set_theme(theme)
        self.show_review(Shown())

    @property
    def commands(self) -> Mapping[QAbstractButton, str]:
        """Its buttons, and the commands that do the same."""
        return {
            self.begin: "next_change",
            self.next: "next_change",
            self.previous: "previous_change",
            self.accept: "accept_change",
            self.accept_all: "accept_changes",
            self.pin: "pin_here",
            self.lost: "keep_lost",
        }

    def show_review(self, shown: Shown) -> None:
        """Show what there is to look at."""
        self._shown = shown
        self.setVisible(shown.total > 0)
        told = ((shown.changed, f"Changed {shown.changed:,}"), (shown.lost, f"Lost {shown.lost:,}"))
        self.count.setText(" · ".join(words for count, words in told if count))
        item = shown.item
        self.place.setText(f"{item.number:,} of {shown.total:,}" if item else "")
        self.begin.setVisible(item is None)
        for part in (self.place, self.previous, self.next, self._body):
            part.setVisible(item is not None)
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        tint([self.previous, self.next], theme)
        line = theme.color("line").name()
        self.setStyleSheet(f"#review {{ border: none; border-bottom: 1px solid {line}; }}")
        self._fill()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP // 2)
        head.addWidget(self.count, 1)
        for part in (self.place, self.previous, self.next, self.begin):
            head.addWidget(part)
        quotes = QGridLayout()
        quotes.setSpacing(GAP // 2)
        quotes.setHorizontalSpacing(GAP)
        quotes.setColumnStretch(1, 1)
        for row, (title, label) in enumerate(zip(self._titles, (self.was, self.now), strict=True)):
            title.setProperty("role", "faint")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            quotes.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            quotes.addWidget(label, row, 1)
        self.advice.setWordWrap(True)
        self.advice.setProperty("role", "faint")
        self.advice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(GAP // 2)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP)
        body.addLayout(quotes)
        body.addWidget(self.advice)
        body.addLayout(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP + 2, GAP, GAP, GAP)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addWidget(self._body)

    def _connect(self) -> None:
        self.begin.clicked.connect(lambda: self.step_requested.emit(1))
        self.next.clicked.connect(lambda: self.step_requested.emit(1))
        self.previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self.accept.clicked.connect(self.accept_requested)
        self.accept_all.clicked.connect(self.accept_all_requested)
        self.pin.clicked.connect(self.pin_requested)
        self.lost.clicked.connect(self.lost_requested)

    def _fill(self) -> None:
        item = self._shown.item
        if item is None:
            return
        lost = item.annotation.anchor_state is AnchorState.ORPHAN
        went = f"color: {self._theme.color('faint').name()}; text-decoration: line-through;"
        came = f"color: {self._theme.color('accent').name()}; font-weight: 600;"
        after = "" if lost else item.annotation.selector.quote
        was, now = marked_changes(item.before, after, went if not lost else "", came)
        self.was.setText(was)
        self.now.setText(now)
        for part in (self._titles[1], self.now):
            part.setVisible(not lost)
        self._place_buttons({self.accept: not lost, self.accept_all: self._shown.changed + self._shown.moved > 1})
        section = item.annotation.selector.section
        where = f" It stood in “{section}”." if section else ""
        self.advice.setText(f"This version has no such passage.{where} Select where the note belongs and pin it there.")
        self.advice.setVisible(lost)
        self.lost.setText("Leave as lost" if lost else "Keep as lost")

    def _place_buttons(self, there: Mapping[QPushButton, bool]) -> None:
        """Put those that can do something side by side, without holes."""
        shown = 0
        for button in (self.accept, self.pin, self.lost, self.accept_all):
            self._buttons.removeWidget(button)
            button.setVisible(there.get(button, True))
            if there.get(button, True):
                self._buttons.addWidget(button, shown // 2, shown % 2)
                shown += 1
