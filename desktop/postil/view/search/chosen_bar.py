"""What can be done with the results that are chosen, all at once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from postil.view.look.icons import dot, icon
from postil.view.look.theme import Theme
from postil.view.panels.furniture import GAP, ElidedLabel, tint, tool_button
from postil_db.records import Color


class ChosenBar(QFrame):
    """Says how many annotations are chosen, and offers what can be done with them."""

    tag_requested = Signal()
    color_chosen = Signal(object)  # Color
    export_requested = Signal()
    remove_requested = Signal()
    all_requested = Signal()  # all that the search finds, also what has not been fetched

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chosen_bar")
        self.label = ElidedLabel()
        self.all_button = QPushButton(flat=True)
        self.tag_button = tool_button("tag", theme, "Tag the chosen annotations")
        self.color_button = tool_button("highlighter", theme, "Recolour the chosen annotations")
        self.color_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.color_menu = QMenu(self.color_button)
        self.color_button.setMenu(self.color_menu)
        self.export_button = tool_button("export", theme, "Export the chosen annotations")
        self.remove_button = tool_button("trash", theme, "Move the chosen annotations to the trash")
        self._tools = [self.tag_button, self.color_button, self.export_button, self.remove_button]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, GAP, 4)
        layout.setSpacing(2)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.all_button)
        for tool in self._tools:
            layout.addWidget(tool)
        self.all_button.clicked.connect(self.all_requested)
        self.tag_button.clicked.connect(self.tag_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.remove_button.clicked.connect(self.remove_requested)
        self.set_theme(theme)
        self.hide()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in this order."""
        return [self.all_button, *self._tools]

    def show_chosen(self, rows: int, annotations: int, total: int) -> None:
        """Say how many rows are chosen, how many annotations are among them, and how many there are in all."""
        if annotations == rows:
            self.label.set_whole(f"{rows:,} chosen")
        else:
            self.label.set_whole(f"{annotations:,} of {rows:,} chosen can be changed")
        self.all_button.setText(f"Choose all {total:,}")
        self.all_button.setVisible(total > annotations)
        for tool in self._tools:
            tool.setEnabled(annotations > 0)
        self.setVisible(rows > 1 or annotations > 1)

    def fill_colors(self, menu: QMenu, theme: Theme) -> None:
        """Put the colours into a menu."""
        for color in Color:
            act = QAction(dot(color, theme), color.capitalize(), menu)
            act.triggered.connect(lambda _on=False, one=color: self.color_chosen.emit(one))
            menu.addAction(act)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        tint(self._tools, theme)
        self.color_menu.clear()
        self.fill_colors(self.color_menu, theme)


def result_menu(bar: ChosenBar, theme: Theme, parent: QWidget, *, changeable: int) -> QMenu:
    """A context menu with what the bar offers; `changeable`: how many annotations are chosen."""
    menu = QMenu(parent)
    if changeable:
        menu.addAction(icon("tag", theme), "Tag…", bar.tag_requested.emit)
        bar.fill_colors(menu.addMenu(icon("highlighter", theme), "Colour"), theme)
        menu.addAction(icon("export", theme), "Export…", bar.export_requested.emit)
        menu.addSeparator()
        what = "Move to trash" if changeable == 1 else f"Move {changeable:,} to trash"
        menu.addAction(icon("trash", theme), f"{what}\tDel", bar.remove_requested.emit)
    return menu
