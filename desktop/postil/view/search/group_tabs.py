"""The groups of results with their totals: one of them, or all, are shown."""

from collections.abc import Mapping
from typing import override

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from postil.view.panels.flow_layout import FlowLayout
from postil.view.search.result_model import TITLES
from postil_db.records import Group

SHORT = {**TITLES, Group.TEXT: "Text"}


class GroupTabs(QWidget):
    """A row of buttons; away where there is only one group."""

    chosen = Signal(object)  # Group, or None for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.only: Group | None = None
        self.buttons: dict[Group | None, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self, spacing=2)
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
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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

    @override
    def hasHeightForWidth(self) -> bool:
        """Buttons wrap."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """All lines."""
        return self._flow.heightForWidth(width)

    @override
    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(60, 24)
