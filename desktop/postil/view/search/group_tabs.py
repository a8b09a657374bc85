"""The groups of results with their totals: one of them, or all, are shown."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from postil.view.panels.flow_row import FlowRow
from postil.view.search.result_model import TITLES
from postil_db.records import Group

SHORT = {**TITLES, Group.TEXT: "Text"}


class GroupTabs(FlowRow):
    """A row of buttons; away where there is only one group."""

    chosen = Signal(object)  # Group, or None for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=2)
        self.only: Group | None = None
        self.buttons: dict[Group | None, QToolButton] = {}
        self._group = QButtonGroup(self)
        for group in (None, *Group):
            button = QToolButton()
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, one=group: self._choose(one))
            button.setStyleSheet("QToolButton { padding: 2px 8px; }")
            self._group.addButton(button)
            self._flow.addWidget(button)
            self.buttons[group] = button
        self.buttons[None].setChecked(True)
        self.setAccessibleName("Kinds of results")

    def show_totals(self, totals: Mapping[Group, int]) -> None:
        """Show how many there are of each; a group that has none any more is not held to."""
        there = [group for group in Group if totals.get(group)]
        if self.only is not None and self.only not in there:
            self.choose(None)
        for group, button in self.buttons.items():
            count = sum(totals.values()) if group is None else totals.get(group, 0)
            title = "All" if group is None else SHORT[group]
            button.setText(f"{title} {count:,}")
            button.setAccessibleName(f"{title}, {count:,}")
            button.setVisible(group is None or count > 0)
        self.setVisible(len(there) > 1)
        self.updateGeometry()

    def choose(self, group: Group | None) -> None:
        """Show this group alone, or all."""
        self.only = group
        self.buttons[group].setChecked(True)

    def _choose(self, group: Group | None) -> None:
        self.only = group
        self.chosen.emit(group)
