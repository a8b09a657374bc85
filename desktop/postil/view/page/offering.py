"""What a face of the page offers to do: the toolbar beside a selection, a menu, and what a click means."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu, QWidget

from postil.view.page.toolbar import GAP

if TYPE_CHECKING:
    from postil.view.page.face import Face


def offer_marks(face: "Face", over: QWidget) -> None:
    """Show the toolbar beside the selection, if there is one; it covers it only where that fills the view.

    `over`: the widget that the toolbar floats over.
    """
    start, end = face.chosen.range
    words = face.bounds(start, end) if end > start else QRect()
    if words.isEmpty():
        face.bar.hide()
        return
    inside = QRect(face.viewport().mapTo(over, QPoint(0, 0)), face.viewport().size())
    words.translate(inside.topLeft())
    if face.bar.place(words, inside):
        return
    short = words.bottom() + face.bar.sizeHint().height() + 2 * GAP - inside.bottom()
    scroll = face.verticalScrollBar()
    if short < inside.height() // 4 and face.line_in_view(end):
        scroll.setValue(scroll.value() + short)
        face.bar.place(words.translated(0, -short) & inside.adjusted(0, -inside.height(), 0, 0), inside)
    else:
        face.bar.place_over(inside)


def dismiss(face: "Face") -> None:
    """Put the toolbar away; if there was none, the selection; if neither, let go of what is current."""
    if face.bar.isVisible():
        face.bar.hide()
    elif face.chosen.range[0] != face.chosen.range[1]:
        face.select(face.chosen.caret, face.chosen.caret)
    else:
        face.let_go_asked.emit()


def click(face: "Face", offset: int | None, href: str) -> None:
    """Tell what was clicked: a link, else the shortest mark there. Overlapping highlights take turns."""
    if offset is None:
        return
    if href:
        face.link_clicked.emit(href)
        return
    highlights, name = face.overlay.highlights_at(offset), face.overlay.name_at(offset)
    if highlights:
        ids = [mark.id for mark in highlights]
        shortest = highlights[0]
        current = face.overlay.manner.current
        if name is None or shortest.end - shortest.start <= name.end - name.start:
            again = ids.index(current) + 1 if current in ids else 0
            face.annotation_clicked.emit(ids[again % len(ids)])
            return
    if name is not None:
        face.mention_clicked.emit(name.entity, name.start, name.end)


def context_menu(face: "Face", offset: int | None = None) -> QMenu:
    """The menu of the right mouse button at a character, to which others add what they can do with a name there.

    It deletes itself when it closes.
    """
    menu = QMenu(face)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    selected = face.chosen.range[0] != face.chosen.range[1]
    for text, command, act, needs in (
        ("Copy", "copy", face.copy_selection, True),
        ("Copy with citation", "copy_citation", face.copy_citation, True),
        ("Copy as Markdown", "copy_markdown", face.copy_markdown, True),
        ("Tag…", "tag", face.tag_asked.emit, True),
        ("Note…", "note", face.note_asked.emit, True),
        ("Select all", "select_all", face.select_all, False),
        ("Find…", "find", face.find_asked.emit, False),
    ):
        hint = face.bindings.hint(command)
        action = menu.addAction(f"{text}\t{hint}" if hint else text)
        action.setEnabled(selected or not needs)
        action.triggered.connect(lambda _checked=False, act=act: act())
    if offset is not None and not selected:
        face.menu_filled.emit(menu, face.overlay.names_at(offset)[:1])
    elif selected:
        face.menu_filled.emit(menu, [])
    return menu
