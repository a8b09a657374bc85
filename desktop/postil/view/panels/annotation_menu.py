"""What can be done with an annotation in the list, as its context menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from postil.view.look.icons import dot, icon
from postil.view.look.theme import Theme
from postil_db.records import Annotation, Color

if TYPE_CHECKING:
    from postil.view.panels.annotations import AnnotationsPanel


def annotation_menu(panel: "AnnotationsPanel", annotation: Annotation, theme: Theme) -> QMenu:
    """The menu of an annotation; what changes something is done to those selected beside it, too."""
    menu = QMenu(panel)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("Go to passage\tEnter", lambda: panel.activated.emit(annotation.id))
    menu.addAction(icon("note", theme), "Edit note\tN", panel.card.edit_note)
    menu.addAction(icon("tag", theme), "Add tag\tT", panel.card.edit_tags)
    colors = menu.addMenu("Colour")
    for number, color in enumerate(Color, 1):
        act = QAction(dot(color, theme), f"{color.capitalize()}\t{number}", colors)
        act.triggered.connect(lambda _on=False, chosen=color: panel.recolor(chosen))
        colors.addAction(act)
    quote = annotation.selector.quote
    menu.addAction(icon("copy", theme), "Copy quote", lambda: QGuiApplication.clipboard().setText(quote))
    menu.addSeparator()
    menu.addAction(icon("trash", theme), "Delete\tDel", panel.remove)
    return menu
