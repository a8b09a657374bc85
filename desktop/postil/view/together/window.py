"""The window of what stands together: a table and a graph of the same numbers, and the passages behind each of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from postil.view.acts_together import Against, Asked, Sight
from postil.view.look.theme import Theme
from postil.view.together.frame import Frame, combo
from postil.view.together.graph import Graph
from postil.view.together.passages import heading_of
from postil.view.together.table import TogetherTable
from postil_db.records import Passage, Unit


class TogetherWindow(Frame):
    """Asks by signals for numbers and passages, and shows what comes."""

    passages_asked = Signal(object, object, object)  # Asked, entity id, the other's id or a tag

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Together", "Choose a number or a line to see its passages.")
        self._sight: Sight | None = None
        self.against = combo("Names with", (("names", Against.NAMES), ("tags", Against.TAGS)))
        self.unit = combo("In one", [(f"{unit}", unit) for unit in Unit])
        self.unit.setCurrentIndex(self.unit.findData(Unit.PARAGRAPH))
        self.table, self.graph = TogetherTable(theme), Graph(theme)
        self.as_table, self.as_graph = QPushButton("Table"), QPushButton("Graph")
        group = QButtonGroup(self)
        for button, view in ((self.as_table, self.table), (self.as_graph, self.graph)):
            button.setCheckable(True)
            group.addButton(button)
            self.stack.addWidget(view)
            button.clicked.connect(self._show_view)
        self.as_table.setChecked(True)
        self.say("Names with", self.against, "in one", self.unit, "of", self.scope)
        self.choices.addStretch(1)
        self.say(self.as_table, self.as_graph)
        self.against.currentIndexChanged.connect(self._change_against)
        self.unit.currentIndexChanged.connect(lambda _index: self.asked.emit())
        self.scope_changed.connect(self.asked)
        self.table.chosen.connect(self._ask_cell)
        self.graph.chosen.connect(self._ask_passages)
        self.table.entered.connect(self.pane.list.setFocus)
        self.graph.entered.connect(self.pane.list.setFocus)
        self.set_theme(theme)

    def question(self, document: int | None) -> Asked:
        """What is asked for; `document`: the one that lies open."""
        against, unit = Against(self.against.currentData()), Unit(self.unit.currentData())  # Qt keeps plain strings
        return Asked(against, unit, document if self.here else None)

    def show_sight(self, sight: Sight) -> None:
        """Show an answer."""
        self._sight = sight
        if not sight.table.counts:
            self.say_empty(*_nothing(sight))
            return
        self.pane.clear()
        self.graph.show_drawing(sight.drawing)
        self.table.show_table(sight.table)
        self._show_view()

    def show_passages(self, asked: Asked, first: int, other: int | str, passages: Sequence[Passage]) -> None:
        """Show the passages of a pair, if that is still what is looked at."""
        if self._sight is not None and asked == self._sight.asked:
            names = self._names(first, other)
            self.pane.show_passages(heading_of(" and ".join(names), len(passages)), passages, names)

    def set_theme(self, theme: Theme) -> None:
        """Dress every part."""
        super().set_theme(theme)
        self.table.set_theme(theme)
        self.graph.set_theme(theme)

    def _show_view(self) -> None:
        if self._sight is not None and self._sight.table.counts:
            view = self.graph if self.as_graph.isChecked() else self.table
            self.stack.setCurrentWidget(view)
            view.setFocus()
            if view is self.graph and self.graph.line is not None:
                self.graph.choose_line(self.graph.line)
            elif view is self.table:
                index = self.table.currentIndex()
                self._ask_cell(index.row(), index.column())

    def _change_against(self) -> None:
        # Tags are given to passages: there one asks by highlight first.
        tags = self.against.currentData() == Against.TAGS
        with QSignalBlocker(self.unit):
            self.unit.setCurrentIndex(self.unit.findData(Unit.HIGHLIGHT if tags else Unit.PARAGRAPH))
        self.asked.emit()

    def _ask_cell(self, row: int, column: int) -> None:
        if self._sight is None or row < 0 or not self.table.numbers.count(row, column):
            return
        other = self._sight.table.columns[column]
        self._ask_passages(self._sight.table.rows[row].id, other if isinstance(other, str) else other.id)

    def _ask_passages(self, first: int, other: int | str) -> None:
        if self._sight is not None:
            self.passages_asked.emit(self._sight.asked, first, other)

    def _names(self, first: int, other: int | str) -> tuple[str, str]:
        names = {one.id: one.name for one in self._sight.table.rows} if self._sight else {}
        return names[first], f"#{other}" if isinstance(other, str) else names[other]


def _nothing(sight: Sight) -> tuple[str, str]:
    asked = sight.asked
    if not sight.table.rows:
        return "No names yet", "Names appear here when Postil has found some."
    if asked.against is Against.TAGS and not sight.table.columns:
        return "Nothing is tagged", "Tag passages, and see here which names stand in them."
    what = "No name stands with a tag" if asked.against is Against.TAGS else "No two names stand together"
    return f"{what} in one {asked.unit}", "Choose something larger above, or the whole library."
