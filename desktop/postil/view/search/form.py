"""The search as a form, for those who do not want to type it; box and form show the same query at all times."""

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.view.dialogs.fitting import FittingDialog
from postil.view.look.icons import dot
from postil.view.look.theme import Theme
from postil.view.panels.flow_layout import FlowLayout
from postil.view.search.form_query import LISTS, SPANS, Form, ends, read, span, write
from postil_db.records import Color

LINES = {
    "words": ("All of these words", "also OR, NEAR/10 and brackets", "fisheries subsid*"),
    "phrase": ("Exactly these words", "in this order", "maritime security"),
    "without": ("None of these words", "", "trade"),
}
NAMED = {
    "tag": ("With tags", "separated by commas", "policy/defence"),
    "entity": ("Naming", "persons, organisations, places…", "Kaja Kallas"),
    "title": ("Title has", "", "joint statement"),
    "author": ("Author", "", "Herman Melville"),
    "lang": ("Language", "en, fr, zh…", "en"),
}
DATES = {"created": "Marked", "published": "Published"}
CHOICES = {
    "in": {"highlight": "Highlights", "note": "Notes", "entity": "Names", "text": "Texts"},
    "has": {"note": "Has a note", "tag": "Has a tag"},
    "is": {
        "orphan": "Passage lost",
        "changed": "Passage changed",
        "unread": "Unread document",
        "trashed": "In the trash",
    },
    "color": {color.value: color.capitalize() for color in Color},
}
ROWS = {"in": "Look in", "color": "Colour", "has": "Only what", "is": "State"}


class SearchForm(FittingDialog):
    """Rows for what can be asked; each change is in the box at once."""

    query_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Advanced search")
        self._filling = False
        self._query = ""
        self.lines: dict[str, QLineEdit] = {}
        self.dates: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        self.checks: dict[str, dict[str, QCheckBox]] = {}
        self._names = {name: QStringListModel(self) for name in ("tag", "title")}
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        for name, (title, hint, example) in {**LINES, **NAMED}.items():
            rows.addRow(title, self._line(name, title, hint, example))
        for name, title in DATES.items():
            rows.addRow(title, self._span(name, title))
        for name, title in ROWS.items():
            rows.addRow(title, self._choice(name, title))
        self.query = QLabel()
        self.query.setProperty("role", "faint")
        self.query.setWordWrap(True)
        self.query.setTextFormat(Qt.TextFormat.PlainText)
        self.query.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.query.setAccessibleName("The query")
        clear, close = QPushButton("Clear"), QPushButton("Done")
        clear.setAutoDefault(False)
        close.setDefault(True)
        clear.clicked.connect(self._clear)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(clear)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(rows)
        layout.addStretch(1)
        layout.addWidget(self.query)
        layout.addLayout(foot)
        self.set_theme(theme)
        self.resize(560, 0)

    def set_names(self, tags: Sequence[str], titles: Sequence[str]) -> None:
        """What is completed."""
        self._names["tag"].setStringList(list(tags))
        self._names["title"].setStringList(list(titles))

    def show_query(self, query: str) -> None:
        """Show a query; what the form itself made of it just now stays as it is typed here."""
        if " ".join(query.split()) == self._query:
            return
        self._query = " ".join(query.split())
        self._filling = True
        form = read(query)
        for name, text in (("words", form.words), ("phrase", form.phrase), ("without", form.without)):
            self._put(name, text)
        for name in NAMED:
            self._put(name, ", ".join(form.values.get(name, ())))
        for name, (start, end) in self.dates.items():
            first, last = ends(form.spans.get(name, ""))
            start.setText(first)
            end.setText(last)
        for name, boxes in self.checks.items():
            for value, box in boxes.items():
                box.setChecked(value in form.values.get(name, ()))
        self._filling = False
        self._say()

    def form(self) -> Form:
        """What is filled in."""
        values = {name: _parts(self.lines[name].text()) for name in NAMED}
        values |= {name: tuple(v for v, box in boxes.items() if box.isChecked()) for name, boxes in self.checks.items()}
        spans = {name: span(start.text().strip(), end.text().strip()) for name, (start, end) in self.dates.items()}
        words, phrase, without = (self.lines[name].text() for name in LINES)
        known = {name: value for name, value in values.items() if name in LISTS}
        return Form(words, phrase, without, known, {name: value for name, value in spans.items() if name in SPANS})

    def set_theme(self, theme: Theme) -> None:
        """Give the colours their dots."""
        for value, box in self.checks["color"].items():
            box.setIcon(dot(Color(value), theme))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the next field's work being done: the form stays until one is done with it."""
        if event.key() == Qt.Key.Key_Escape:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _line(self, name: str, title: str, hint: str, example: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(title)
        line.setAccessibleDescription(hint)
        line.setToolTip(hint)
        line.setPlaceholderText(f"such as {example}" if example else "")
        line.setMaxLength(1000)
        if name in self._names:
            completer = QCompleter(self._names[name], self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        line.textChanged.connect(self._changed)
        self.lines[name] = line
        return line

    def _span(self, name: str, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        pair = QLineEdit(), QLineEdit()
        for line, side in zip(pair, ("from", "to"), strict=True):
            line.setPlaceholderText(f"{side}, as 2026-01")
            line.setAccessibleName(f"{title} {side}")
            line.setToolTip("A year, a month or a day: 2026, 2026-01, 2026-01-27")
            line.setMaxLength(40)
            line.textChanged.connect(self._changed)
            row.addWidget(line)
        row.insertWidget(1, QLabel("–"))
        self.dates[name] = pair
        return row

    def _choice(self, name: str, title: str) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=12)
        self.checks[name] = {}
        for value, words in CHOICES[name].items():
            box = QCheckBox(words)
            box.setAccessibleName(f"{title}: {words}")
            box.toggled.connect(self._changed)
            flow.addWidget(box)
            self.checks[name][value] = box
        return holder

    def _put(self, name: str, text: str) -> None:
        if self.lines[name].text() != text:
            self.lines[name].setText(text)

    def _changed(self, *_: object) -> None:
        if self._filling:
            return
        query = write(self.form())
        if " ".join(query.split()) != self._query:
            self._query = " ".join(query.split())
            self._say()
            self.query_changed.emit(query)

    def _clear(self) -> None:
        self.show_query("")
        self.query_changed.emit("")

    def _say(self) -> None:
        self.query.setText(self._query or "Nothing is asked yet.")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
