"""The bars around the table of names: which names are shown, and what can be done with those that are chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.view.entities.table_keys import REMOVE, hint
from postil.view.entities.table_model import ORIGINS
from postil.view.entities.table_rows import Arrangement, Sort
from postil.view.keys import Bindings
from postil.view.look.theme import Theme
from postil.view.page.tips import kind_name
from postil.view.panels.flow_layout import FlowLayout
from postil.view.panels.furniture import GAP, ElidedLabel, FilterBox, tint, tool_button
from postil.view.panels.words import plural
from postil.view.together.frame import combo
from postil_db.records import EntityKind, Origin

_DEEDS = (
    ("name_page", "Page", True),
    ("walk", "Next mention", True),
    ("name_kind", "Kind…", False),
    ("name_rename", "Rename…", True),
    ("name_merge", "Merge…", False),
    ("name_split", "Split off…", True),
    (REMOVE, "Not a name", False),
    ("name_ignore", "Never mark", False),
)
"""The command, its word, and whether it is about one name alone."""
_TIPS = {
    "name_page": "Open the page of the name",
    "walk": "Go to its next mention on the page",
    "name_kind": "Change the kind",
    "name_rename": "Rename the name",
    "name_merge": "Merge with another name; several that are chosen become one",
    "name_split": "Split a form off: a name of its own",
    REMOVE: "Not a name, wherever one looks: in this document, or in the whole library",
    "name_ignore": "Never mark these words as a name",
}
_NAMES = "names"  # every kind but numbers, of which there are more than of all others, and which name nothing
_OWN_KEYS = {"name_page": "Enter", "walk": "Shift+Enter", REMOVE: "Del", "name_rename": "F2"}


class WhichBar(QWidget):
    """Where to look, and which names to show."""

    changed = Signal()  # what to show, but not where
    scope_changed = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = combo("Where", (("this document", True), ("the whole library", False)))
        kinds = [
            ("every name", _NAMES),
            *((kind_name(kind), kind) for kind in EntityKind),
            ("names and quantities", ""),
        ]
        self.kind = combo("Kind", kinds)
        self.kind.setMaxVisibleItems(len(kinds))
        self.filter = FilterBox(theme, "Filter names")
        self.filter.setMinimumWidth(120)
        found = [("found by anyone", None), *((f"found by: {ORIGINS[one]}", one) for one in Origin)]
        self.origin = combo("Found by", found)
        self.written = _switch("Noted or tagged", "Only names that you wrote a note on or tagged")
        self.new = _switch("New to you", "Only names that no earlier document has")
        self.count = QLabel()
        self.count.setProperty("role", "faint")
        self.export = tool_button("export", theme, "Export as a table", "Export as a table (CSV)…")
        above = QHBoxLayout()
        above.setSpacing(GAP)
        for part in (self.scope, self.kind, self.filter, self.export):
            above.addWidget(part, int(part is self.filter))
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self.origin)
        below.addWidget(self.written)
        below.addWidget(self.new)
        below.addStretch(1)
        below.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP + 4, GAP, GAP + 4, GAP)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addLayout(below)
        self.scope.currentIndexChanged.connect(lambda _index: self._change_scope())
        self.kind.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.origin.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.filter.textChanged.connect(lambda _text: self.changed.emit())
        for button in (self.written, self.new):
            button.toggled.connect(lambda _on: self.changed.emit())
        self.export.clicked.connect(self.export_asked)

    @property
    def here(self) -> bool:
        """Whether one document is looked at, not the library."""
        return bool(self.scope.currentData())

    def set_here(self, here: bool, *, possible: bool) -> None:
        """Look at one document, or at the library; without an open document only that is possible. Tells nobody."""
        self.scope.blockSignals(True)
        self.scope.setCurrentIndex(0 if here and possible else 1)
        self.scope.blockSignals(False)
        self.scope.setEnabled(possible)
        self._show_new()

    def wanted(self, sorts: tuple[Sort, ...]) -> Arrangement:
        """What is asked for."""
        kind, origin = self.kind.currentData(), self.origin.currentData()  # Qt keeps plain strings
        return Arrangement(
            self.filter.text(),
            EntityKind(kind) if kind and kind != _NAMES else None,
            Origin(origin) if origin else None,
            self.written.isChecked(),
            self.new.isChecked() and self.here,
            sorts,
            quantities=kind != _NAMES,
        )

    def clear(self) -> None:
        """Leave nothing out any more."""
        self.blockSignals(True)
        self.filter.clear()
        self.kind.setCurrentIndex(self.kind.findData(""))
        self.origin.setCurrentIndex(0)
        for button in (self.written, self.new):
            button.setChecked(False)
        self.blockSignals(False)
        self.changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        self.filter.set_theme(theme)
        tint([self.export], theme)

    def _change_scope(self) -> None:
        self._show_new()
        self.scope_changed.emit()

    def _show_new(self) -> None:
        self.new.setVisible(self.here)  # what is new is so in one document


class DeedBar(QFrame):
    """How many names are chosen, and everything that can be done with them, a click each."""

    asked = Signal(str)  # a command, "walk" or REMOVE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chosen_bar")
        self.label = ElidedLabel(role="faint")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the export is")
        self.progress.setFixedHeight(4)
        self.progress.hide()
        self.buttons: dict[str, QToolButton] = {}
        self._alone = {name for name, _words, alone in _DEEDS if alone}
        self._row = QWidget()
        flow = FlowLayout(self._row, 2)
        for name, words, _alone in _DEEDS:
            button = QToolButton()
            button.setText(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, name=name: self.asked.emit(name))
            flow.addWidget(button)
            self.buttons[name] = button
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._row.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 4, GAP, 6)
        layout.setSpacing(2)
        layout.addWidget(self.progress)
        layout.addWidget(self._row)
        layout.addWidget(self.label)
        self.label.setContentsMargins(4, 0, 4, 0)

    def set_bindings(self, bindings: Bindings) -> None:
        """Say in each tip which key does the same."""
        for name, button in self.buttons.items():
            keys = [
                key
                for key in (_OWN_KEYS.get(name, ""), "" if name in ("walk", REMOVE) else hint(bindings, name))
                if key
            ]
            button.setToolTip(f"{_TIPS[name]} ({', '.join(keys)})" if keys else _TIPS[name])
            button.setAccessibleName(_TIPS[name])

    def show_chosen(self, count: int, forms: int) -> None:
        """Say how many are chosen; `forms`: how many other forms the one that is chosen has."""
        for name, button in self.buttons.items():
            button.setEnabled(count == 1 if name in self._alone else count > 0)
        self.buttons["name_split"].setEnabled(count == 1 and forms > 0)
        self.label.set_whole(
            f"{plural(count, 'name')} chosen"
            if count > 1
            else "Type to find a name. Alt with a letter does what the letter does on the page."
        )

    def show_typed(self, text: str, found: bool) -> None:
        """Say what is being looked for by typing."""
        self.label.set_whole(f"Begins with “{text}”" if found else f"No name here begins with “{text}”")

    def show_progress(self, done: int, total: int) -> None:
        """Show how far something long is; nothing when it is done."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setVisible(0 <= done < total)


def _switch(words: str, tip: str) -> QCheckBox:
    box = QCheckBox(words)
    box.setToolTip(tip)
    box.setAccessibleDescription(tip)
    return box
